"""Which rows stood before with the same content?"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from fourfold.intake.bulk.source_sql import HASH
from fourfold.intake.bulk.sql_text import named, quoted
from fourfold.intake.bulk.written import AFTER, BATCH, Written, rows_writer
from fourfold.intake.evidence import evidence_kind

WHERE = ("input", "line", "subject")
"""Where a row stands is no content, nor on which side's record a call does."""
OF_THE_ITEM = ("item", "place_in_source")


@dataclass(frozen=True)
class Settled:
    """The rows that stay, in their order, and how many of each input do not."""

    rows: Path
    repeated: Counter[int]


def content_columns(kind: str) -> tuple[str, ...]:
    """Which columns must agree for two rows to be one?"""
    skip = set(WHERE) | set(OF_THE_ITEM if kind == "messages" else ())
    if kind == "messages":
        skip.discard("subject")
    return tuple(c.name for c in evidence_kind(kind).columns if c.name not in skip)


def without_repeats(
    base: duckdb.DuckDBPyConnection, kind: str, written: Written, scratch: Path
) -> Settled:
    """Look again at the rows that were put aside.

    Each is compared with those that were written by both hashes of its content, 128
    bits together. One that is like none of them goes back to its place.

    Args:
        base: a connection with room to spill.
        kind: the kind of evidence.
        written: what a reading wrote.
        scratch: a folder for the rows, should they have to be written again.
    """
    if not written.put_aside:
        return Settled(written.rows, Counter())
    _tell_apart(base, kind, written)
    counted = base.execute(
        "SELECT input, count(*) FROM aside WHERE NOT alone GROUP BY input"
    ).fetchall()
    repeated = Counter(dict(counted))
    if repeated.total() == written.put_aside:
        return Settled(written.rows, repeated)
    whole = scratch / "whole.parquet"
    _put_back(base, written, whole)
    return Settled(whole, repeated)


def _tell_apart(base: duckdb.DuckDBPyConnection, kind: str, written: Written) -> None:
    """Make `aside`: the rows, and whether each is `alone`, like none before it."""
    content = ", ".join(named(column) for column in content_columns(kind))
    again = f"hash('again', {content})"
    base.execute(
        f"CREATE TABLE put_aside AS SELECT *, {again} AS again, file_row_number AS nth"
        f" FROM {_numbered(written.aside)}"
    )
    base.execute(
        f"CREATE TABLE likely AS SELECT file_row_number AS nth, {HASH}"
        f" FROM {_numbered(written.hashes)}"
        f" SEMI JOIN (SELECT DISTINCT {HASH} FROM put_aside) USING ({HASH})"
    )
    base.execute(
        f"CREATE TABLE stands AS SELECT DISTINCT l.{HASH}, {again} AS again"
        f" FROM {_numbered(written.rows)} r JOIN likely l ON r.file_row_number = l.nth"
    )
    base.execute(
        "CREATE TABLE aside AS SELECT a.*, s.again IS NULL AND row_number() OVER"
        f" (PARTITION BY a.{HASH}, a.again ORDER BY a.nth) = 1 AS alone"
        f" FROM put_aside a LEFT JOIN stands s USING ({HASH}, again)"
    )


def _put_back(base: duckdb.DuckDBPyConnection, written: Written, out: Path) -> None:
    """Write all rows again, those that stand alone where they were taken out."""
    ours = ", ".join(named(name) for name in written.schema.names)
    rows = base.execute(
        f"SELECT {ours} FROM (SELECT {ours}, file_row_number AS spot, true AS late,"
        f" 0 AS nth FROM {_numbered(written.rows)} UNION ALL SELECT {ours}, {AFTER},"
        " false, nth FROM aside WHERE alone) ORDER BY spot, late, nth"
    ).to_arrow_reader(BATCH)
    with rows_writer(out, written.schema) as writer:
        for batch in rows:
            writer.write_batch(batch.cast(written.schema))


def _numbered(path: Path) -> str:
    return f"read_parquet({quoted(str(path))}, file_row_number = true)"
