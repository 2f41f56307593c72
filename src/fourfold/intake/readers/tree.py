"""Which rows do records made of named, nested values hold?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fourfold.intake.cells import Cell, RawRow, Wrong

LOOKED_AT = 200
"""Records that are looked at to learn which names a file uses."""


@dataclass(frozen=True)
class Record:
    """One record: its line, its values by path, or why it cannot be read."""

    line: int
    values: dict[str, Cell] = field(default_factory=dict)
    text: str = ""
    wrong: Wrong | None = None


def tree_headings(records: Iterable[Record]) -> tuple[str, ...]:
    """Which paths do the first records use, in the order in which they come?"""
    seen: dict[str, None] = {}
    for record in islice(records, LOOKED_AT):
        seen |= dict.fromkeys(record.values)
    return tuple(seen)


def tree_rows(
    records: Iterable[Record], places: Sequence[str | None]
) -> Iterator[RawRow]:
    """Which raw rows do the records hold? An absent value is None."""
    for record in records:
        if record.wrong is not None:
            yield RawRow(record.line, [record.text], record.wrong)
        else:
            get = record.values.get
            yield RawRow(
                record.line, [None if place is None else get(place) for place in places]
            )
