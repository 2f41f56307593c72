"""How do rows of an answer become a table with headings?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Answer, Column, Shown
from fourfold.intake.evidence import ARROW_TYPES

Shape = Sequence[tuple[str, str, str]]
"""Columns of a table of results: name, type as in evidence.toml, heading."""

MESSAGE: Shape = (
    ("input", "whole", "File"),
    ("line", "whole", "Line"),
    ("thread", "text", "Conversation"),
    ("sent_at", "instant", "Sent (UTC)"),
    ("sender", "text", "Sender"),
)
"""What every row says of the message that it comes from."""

MESSAGE_COLUMNS = tuple(name for name, _, _ in MESSAGE)


def shown(
    name: str, caption: str, shape: Shape, rows: Iterable[Mapping[str, Any]]
) -> Shown:
    """A table of results from plain rows; a column that a row lacks is null."""
    schema = pa.schema([(column, ARROW_TYPES[kind]) for column, kind, _ in shape])
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    return shown_table(name, caption, shape, table)


def shown_table(name: str, caption: str, shape: Shape, table: pa.Table) -> Shown:
    """A table of results from an Arrow table that has the columns already."""
    columns = tuple(Column(column, heading) for column, _, heading in shape)
    ordered = table.select([column.name for column in columns])
    return Shown(name, caption, columns, ordered)


def answer_from(text: str, table: str, rows: Sequence[int]) -> Answer:
    """A sentence that rests on these rows alone: on nothing where there are none."""
    return Answer(text, table, tuple(rows)) if rows else Answer(text)


def said(count: int, noun: str) -> str:
    """How is a count said? "1 message", "4,827 messages"."""
    if count == 1:
        return f"1 {noun}"
    many = noun[:-1] + "ies" if noun.endswith(("ty", "ry")) else noun + "s"
    return f"{count:,} {many}"


def in_order(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows by file, line and place in the text, whatever order they came in."""
    return sorted(rows, key=lambda r: (r["input"], r["line"], r.get("start", 0)))
