"""Which rows does a sheet of a workbook hold?"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import InvalidFileException

from fourfold.intake.cells import Cell, Formula, RawRow
from fourfold.intake.errors import (
    NoSuchSheet,
    NotWellFormed,
    PasswordProtected,
    Truncated,
    UnsafeFile,
)
from fourfold.intake.layout import Layout
from fourfold.intake.nearest import near_miss
from fourfold.intake.readers.grid import Footing, GridRow, grid_rows, header_of

MOST_PARTS = 2_000
LARGEST_WHOLE = 2_000_000_000
LARGEST_STRINGS = 100_000_000
SMALL_PART = 10_000_000
MOST_SQUEEZED = 200
MOST_COLUMNS = 500
"""Limits of a workbook that could exhaust the machine: parts, bytes once unpacked in
all and of shared texts, and how far a part above the small ones may be squeezed."""

DAMAGED = (
    InvalidFileException,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    SyntaxError,
    TypeError,
    ValueError,
)
MERGED = re.compile(rb'mergeCell\s+ref="([A-Z]+[0-9]+):([A-Z]+[0-9]+)"')


def xlsx_headings(path: Path, layout: Layout) -> tuple[str, ...]:
    """Which headings does the layout's sheet have, merged cells read as one?"""
    merged = None
    if len(layout.header_rows) > 1:
        merged = _merged_from(path, layout)
    with _sheet(path, layout) as sheet:
        return header_of(_grid(sheet, path), layout, merged)


def xlsx_rows(
    path: Path, layout: Layout, places: Sequence[int | None], footing: Footing
) -> Iterator[RawRow]:
    """Which raw rows does the layout's sheet hold, one at a time?

    A cell with a formula is a fault when it is read, whatever value it last had.

    Raises:
        PasswordProtected, Truncated, UnsafeFile, NotWellFormed: the whole workbook is.
        NoSuchSheet: it lacks the layout's sheet.
    """
    width = max((p + 1 for p in places if p is not None), default=0)
    with _sheet(path, layout) as sheet:
        grid = ((n, _fitted(cells, width)) for n, cells in _grid(sheet, path))
        yield from grid_rows(grid, layout, places, width=width, footing=footing)


UNLISTED = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError)
"""What the list of a zip's parts may raise where its bytes were altered, by trial."""


def check_parts(path: Path) -> None:
    """Is the workbook whole, open and of bearable size?

    Raises:
        Truncated: its end is missing, or a part is damaged.
        PasswordProtected: a part is locked.
        UnsafeFile: unpacked, it would be larger than the limits.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except UNLISTED as error:
        seen = "the end of the workbook is missing or damaged"
        raise Truncated(file=path.name, line=0, seen=seen) from error
    if any(part.flag_bits & 1 for part in parts):
        raise PasswordProtected(file=path.name)
    whole = sum(part.file_size for part in parts)
    squeezed = [
        part
        for part in parts
        if part.file_size > SMALL_PART
        and part.file_size > MOST_SQUEEZED * max(part.compress_size, 1)
    ]
    strings = sum(
        p.file_size for p in parts if p.filename.endswith("sharedStrings.xml")
    )
    too_big = whole > LARGEST_WHOLE or strings > LARGEST_STRINGS
    if len(parts) > MOST_PARTS or too_big or squeezed:
        seen = f"unpacked it would be {whole / 1e6:,.0f} MB in {len(parts):,} parts"
        raise UnsafeFile(file=path.name, seen=seen)


@contextmanager
def _sheet(path: Path, layout: Layout) -> Iterator[Any]:
    check_parts(path)
    with _refusing(path):
        book = openpyxl.load_workbook(
            path, read_only=True, data_only=False, keep_links=False
        )
    try:
        with _refusing(path):
            sheet = _named(book, path, layout)
            sheet.reset_dimensions()
        yield sheet
    finally:
        book.close()


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn what the workbook's reader raises on a damaged file into our answer."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        seen = "a part of the workbook is damaged"
        raise Truncated(file=path.name, line=0, seen=seen) from error
    except DAMAGED as error:
        if isinstance(error, DefusedXmlException) or isinstance(
            error.__context__, DefusedXmlException
        ):
            seen = "it declares entities, which can exhaust the machine"
            raise UnsafeFile(file=path.name, seen=seen) from error
        seen = f"a part of the workbook cannot be read ({type(error).__name__})"
        raise NotWellFormed(
            file=path.name, line=0, format="Excel", seen=seen
        ) from error


def _named(book: Any, path: Path, layout: Layout) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not layout.sheet:
        shown = [s for s in sheets.values() if s.sheet_state == "visible"]
        return (shown or list(sheets.values()))[0]
    for title, sheet in sheets.items():
        if title.strip().casefold() == layout.sheet.strip().casefold():
            return sheet
    near = near_miss(layout.sheet, sheets)
    raise NoSuchSheet(
        file=path.name,
        sheet=layout.sheet,
        present=", ".join(sheets),
        hint=f" '{near}'" if near else "",
        layout=layout.name,
    )


def _grid(sheet: Any, path: Path) -> Iterator[GridRow]:
    rows = sheet.iter_rows()
    number = 0
    while True:
        number += 1
        with _refusing(path):
            cells = next(rows, None)
        if cells is None:
            return
        yield number, [_cell(cell) for cell in cells]


def _cell(cell: Any) -> Cell:
    if cell.data_type in ("f", "e"):
        return Formula.CELL
    value: Cell = cell.value
    return value


def _fitted(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells[:width], *[None] * (width - len(cells))]


def _merged_from(path: Path, layout: Layout) -> Callable[[int, int], int | None] | None:
    """Where does the merged cell begin in which a header cell lies?"""
    spans: dict[tuple[int, int], int] = {}
    rows = sorted(layout.header_rows)
    for first, last in _merged_ranges(path, layout):
        (left, top), (right, bottom) = map(coordinate_from_string, (first, last))
        start, stop = column_index_from_string(left), column_index_from_string(right)
        spans |= {
            (depth, column): start - 1
            for depth, row in enumerate(rows)
            if top <= row <= bottom
            for column in range(start - 1, min(stop, MOST_COLUMNS))
        }
    if not spans:
        return None
    return lambda depth, column: spans.get((depth, column))


def _merged_ranges(path: Path, layout: Layout) -> Iterator[tuple[str, str]]:
    with _sheet(path, layout) as sheet:
        part = sheet._worksheet_path
    with (
        _refusing(path),
        zipfile.ZipFile(path) as archive,
        archive.open(part) as file,
    ):
        rest = b""
        while chunk := file.read(1 << 20):
            text = rest + chunk
            for found in MERGED.finditer(text):
                yield found[1].decode(), found[2].decode()
            rest = text[-60:]
