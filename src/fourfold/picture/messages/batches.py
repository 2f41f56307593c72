"""How are messages read batch by batch, so that memory stays bounded on any engine?"""

from collections.abc import Iterator
from typing import Any

import ibis
import pyarrow as pa

from fourfold.base.analysis import Case, require
from fourfold.intake.evidence import evidence_kind

ROWS = 50_000
"""Messages in one batch: some 10 MB of text (chosen)."""

MESSAGES, TEXT = "messages", "text"


def messages_of(case: Case, columns: tuple[str, ...]) -> Any:
    """The messages of a case with the columns that are needed, unread as yet.

    Returns:
        An ibis table of those columns and `text`: the words, the subject line above
        them where there is one. Positions that an analysis gives are positions in it.

    Raises:
        MissingColumns: the table lacks some of them.
    """
    table = case.tables[MESSAGES]
    require(table, MESSAGES, (*columns, "subject", "body"))
    body, subject = table.body.fill_null(""), table.subject.fill_null("")
    text = ibis.ifelse(subject == "", body, subject + "\n" + body)
    return table.select(*columns, text=text)


def batches(case: Case, table: Any, doing: str) -> Iterator[pa.Table]:
    """A table of one kind of evidence, some rows at a time, telling how far it is.

    Args:
        case: its engine reads, its `tell` is told.
        table: an ibis table from `messages_of`.
        doing: what is being done, for whoever waits.

    Yields:
        Tables of at most `ROWS` rows, in no order, typed as in evidence.toml.
    """
    known = evidence_kind(MESSAGES).schema
    schema = pa.schema(
        [
            pa.field(name, pa.string()) if name == TEXT else known.field(name)
            for name in table.columns
        ]
    )
    total = int(case.backend.to_pyarrow(table.count()).as_py())
    done = 0
    for batch in case.backend.to_pyarrow_batches(table, chunk_size=ROWS):
        case.tell(min(0.9, 0.9 * done / max(total, 1)), doing)
        if batch.num_rows:
            yield pa.Table.from_batches([batch]).cast(schema)
        done += batch.num_rows
