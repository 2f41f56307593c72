"""Which rows does a file of delimited text hold?"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from fourfold.intake.cells import RawRow
from fourfold.intake.errors import BrokenQuotes, Truncated
from fourfold.intake.layout import Layout
from fourfold.intake.readers.grid import Footing, GridRow, grid_rows, header_of
from fourfold.intake.readers.text_lines import TextLines

DELIMITERS = ",;\t|"


def csv_headings(path: Path, layout: Layout) -> tuple[str, ...]:
    """Which headings does the file have? "" for a column without one."""
    return header_of(_grid(TextLines(path, layout), _delimiter(path, layout)), layout)


def csv_rows(
    path: Path, layout: Layout, places: Sequence[int | None], footing: Footing
) -> Iterator[RawRow]:
    """Which raw rows does the file hold, one at a time?

    Raises:
        Truncated: a quotation mark never closes, or the last row stops early.
        BrokenQuotes: a quotation mark stands out of place.
        WrongEncoding, LineTooLong, NulByte: see `TextLines`.
    """
    headings = csv_headings(path, layout)
    width = max((n for n, name in enumerate(headings, start=1) if name), default=0)
    lines = TextLines(path, layout)
    grid = _grid(lines, _delimiter(path, layout))
    short: RawRow | None = None
    for raw in grid_rows(grid, layout, places, width=width, footing=footing):
        if short is not None:
            yield short
            short = None
        if raw.wrong is None:
            yield raw
        else:
            short = raw
    if short is not None and not lines.ended and short.line == lines.line:
        raise Truncated(
            file=path.name, line=short.line, seen="the last row stops part of the way"
        )
    if short is not None:
        yield short


def _grid(lines: TextLines, delimiter: str) -> Iterator[GridRow]:
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in rows:
            yield line, cells
            line = rows.line_num + 1
    except csv.Error as error:
        name = lines.path.name
        if "unexpected end" in str(error):
            seen = "a quotation mark opens and never closes"
            raise Truncated(file=name, line=line, seen=seen) from error
        raise BrokenQuotes(file=name, line=line, seen=str(error)) from error


def _delimiter(path: Path, layout: Layout) -> str:
    if layout.delimiter != "auto":
        return layout.delimiter
    lines = TextLines(path, layout)
    last = max(layout.header_rows)
    heading = next((text for text in lines if lines.line >= last), "")
    return max(DELIMITERS, key=heading.count)
