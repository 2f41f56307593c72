"""On which line of its file does a row stand?

Most often a row is a line. Where lines are blank, broken or part of a longer value, the
text is read once more, row by row, and only the places where that shifts are kept.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from fourfold.intake.bulk.given_table import GivenTable
from fourfold.intake.errors import NotWellFormed

LONGEST_FIELD = 1 << 24
Numbers = Any
"""A numpy array of whole numbers; numpy has no name for it that helps a reader."""


@dataclass(frozen=True)
class Lines:
    """The line of a row by its place: from `places[n]` on, place + `shifts[n]`.

    `first`: the line of the first row where each row is a line.
    """

    places: Numbers
    shifts: Numbers
    first: int

    def of(self, places: Numbers) -> Numbers:
        """On which line stands the row at each place?"""
        return places + self.shifts[np.searchsorted(self.places, places, "right") - 1]


def plain_lines(table: GivenTable) -> Lines:
    """The lines where each row has one of its own."""
    return Lines(np.array([0]), np.array([table.above + 1]), table.above + 1)


def row_lines(table: GivenTable, rows: int, broken: Sequence[int]) -> Lines:
    """Where does each row of a file stand?

    Args:
        table: the file.
        rows: how many lines or values of several lines were read as rows.
        broken: the lines that were not, in order.

    Raises:
        NotWellFormed: rows have gone missing between misplaced quotation marks.
    """
    first = table.above + 1
    if table.first_row is None and table.lines == table.above + rows + len(broken):
        return _shifted(first, np.array(broken, dtype=np.int64) - first)
    if table.first_row is not None and not broken:
        return Lines(np.array([0]), np.array([table.first_row]), first)
    starts, begun = _record_starts(table)
    if begun != rows + len(broken):
        seen = f"{rows + len(broken):,} rows were read where {begun:,} stand"
        says = f"{seen}: a quotation mark is out of place"
        raise NotWellFormed(file=table.name, line=first, format="CSV", seen=says)
    records, shifts = starts[:, 0], starts[:, 1]
    begins = np.searchsorted(records + shifts, np.array(broken), "right") - 1
    ordinals = np.array(broken, dtype=np.int64) - shifts[begins]
    passed = _shifted(0, ordinals)
    # A row's line shifts where a broken line stands before it or lines are no records.
    places = records - np.searchsorted(ordinals, records, "left")
    at = np.unique(np.concatenate([passed.places, places]))
    by_record = Lines(records, shifts, first)
    return Lines(at, by_record.of(passed.of(at)) - at, first)


def _shifted(first: int, ordinals: Numbers) -> Lines:
    """Rows one after another, with some of them left out."""
    places = np.concatenate([[0], ordinals - np.arange(len(ordinals))])
    shifts = first + np.arange(len(ordinals) + 1)
    last = np.append(places[1:] != places[:-1], True)  # of several at one place
    return Lines(places[last], shifts[last], first)


@contextmanager
def long_fields() -> Iterator[None]:
    """Let a field be as long as a line may be, here alone: the limit is everybody's."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _record_starts(table: GivenTable) -> tuple[Numbers, int]:
    """From which record on lines are shifted by how much, and how many there are."""
    starts: list[tuple[int, int]] = []
    record, shift = 0, None
    with (
        long_fields(),
        table.text.open(encoding="utf-8", errors="replace", newline="") as file,
    ):
        for _ in range(table.ahead):
            next(file, "")
        reader = csv.reader(file, delimiter=table.delimiter)
        ended = 0
        for row in reader:
            begun, ended = ended, reader.line_num
            if not row:
                continue
            here = table.above + begun + 1 - record
            if here != shift:
                starts.append((record, here))
                shift = here
            record += 1
    return np.array(starts or [(0, table.above + 1)], dtype=np.int64), record
