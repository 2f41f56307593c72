"""Which rows does a grid of cells hold between its heading and its footer?"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fourfold.intake.cells import Cell, RawRow, Wrong, shown
from fourfold.intake.layout import Layout
from fourfold.intake.words import same_word, tidy

GridRow = tuple[int, Sequence[Cell]]
"""A line or row number, and its cells."""

JOINT = " / "
COUNTED = re.compile(
    r"\b(?:rows?|records?|lines?|entries|count)\b\D{0,20}?(\d[\d,]*)"
    r"|(\d[\d,]*)\s*(?:rows?|records?|lines?|entries)\b"
)
INTEGER = re.compile(r"(?<![\d./£-])\d[\d,]*(?![\d./-])")


@dataclass(frozen=True)
class FooterLine:
    """A line after the last row, and how many rows it says there are, if it does."""

    line: int
    text: str
    stated: int | None


@dataclass
class Footing:
    """What was found after the last row; filled while the rows are read."""

    lines: list[FooterLine] = field(default_factory=list)


def joined_headings(
    rows: Sequence[Sequence[Cell]], merged: Callable[[int, int], int | None] | None
) -> tuple[str, ...]:
    """Which headings do one or more header rows give, from the left?

    Args:
        rows: the header rows from the top.
        merged: for a row (from 0) and column (from 0) the column where its merged cell
            begins, or None when it is not merged; without it, a blank cell of an upper
            row belongs to the one on its left.

    Returns:
        One heading a column, the parts of several rows joined by " / "; "" for none.
    """
    width = max((len(row) for row in rows), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        texts = [tidy(shown(cell)) for cell in row] + [""] * (width - len(row))
        last = depth == len(rows) - 1
        for column in range(width):
            text = texts[column]
            if not text and merged is not None:
                start = merged(depth, column)
                text = texts[start] if start is not None else ""
            elif not text and not last and column:
                text = texts[column] = texts[column - 1]
            if text and text not in parts[column]:
                parts[column].append(text)
    return tuple(JOINT.join(part).replace("\n", " ") for part in parts)


def header_of(
    grid: Iterable[GridRow],
    layout: Layout,
    merged: Callable[[int, int], int | None] | None = None,
) -> tuple[str, ...]:
    """Which headings does the grid have in the layout's header rows?"""
    found: list[Sequence[Cell]] = []
    last = max(layout.header_rows)
    for line, cells in grid:
        if line in layout.header_rows:
            found.append(cells)
        if line >= last:
            break
    return joined_headings(found, merged)


def grid_rows(
    grid: Iterable[GridRow],
    layout: Layout,
    places: Sequence[int | None],
    *,
    width: int,
    footing: Footing,
) -> Iterator[RawRow]:
    """Which raw rows does the grid hold?

    Args:
        grid: all rows of the file, heading too, with their numbers.
        layout: says where data starts and how a footer begins.
        places: for each column of the layout its place in the grid, or None.
        width: how many cells a whole row has.
        footing: takes the footer lines found.

    Returns:
        One raw row for each row that is neither blank nor footer. A row with too few or
        too many cells is `wrong`. Lines that look like a footer but stand before more
        rows are rows.
    """
    starts = tuple(f"{same_word(word)} " for word in layout.footer.starts)
    held: list[tuple[FooterLine, RawRow]] = []
    for line, cells in grid:
        if line < layout.data_row or not any(map(_says, cells)):
            continue
        raw = _raw_row(line, cells, places, width)
        if starts:
            footer = _footer(line, cells, starts, layout)
            if footer is not None:
                held.append((footer, raw))
                continue
        for _, row in held:
            yield row
        held.clear()
        yield raw
    footing.lines += [footer for footer, _ in held]


def _says(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(cell.strip())
    return cell is not None


def _raw_row(
    line: int, cells: Sequence[Cell], places: Sequence[int | None], width: int
) -> RawRow:
    if len(cells) < width or (len(cells) > width and any(map(_says, cells[width:]))):
        size = len(cells)
        mend = "Look for a stray or missing delimiter or quotation mark."
        wrong = Wrong(f"{size} cells where the heading has {width}", mend)
        return RawRow(line, [" | ".join(shown(cell) for cell in cells)], wrong)
    return RawRow(line, [None if p is None else cells[p] for p in places])


def _footer(
    line: int, cells: Sequence[Cell], starts: tuple[str, ...], layout: Layout
) -> FooterLine | None:
    first = next(shown(cell) for cell in cells if _says(cell))
    if not f"{same_word(first)} ".startswith(starts):
        return None
    filled = [tidy(shown(cell)) for cell in cells if _says(cell)]
    if len(filled) > max(3, len(cells) // 2):
        return None
    text = " ".join(filled)
    return FooterLine(line, text, _stated(text, counts_rows=layout.footer.counts_rows))


def _stated(text: str, *, counts_rows: bool) -> int | None:
    counted = COUNTED.search(text.casefold())
    if counted:
        return int((counted[1] or counted[2]).replace(",", ""))
    numbers = INTEGER.findall(text) if counts_rows else []
    return int(numbers[0].replace(",", "")) if numbers else None
