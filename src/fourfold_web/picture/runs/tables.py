"""Which rows of a table of results are shown: narrowed, ordered, a page at a time?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.compute as pc
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fourfold.base.analysis import Column, Shown
from fourfold_web.base.cells import NO_NUMBER, shown_cell, shown_value
from fourfold_web.base.cells import Shown as Cell
from fourfold_web.base.words import counted, number

PAGE_SIZE = 50
NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
UTC_SAID = "UTC"
SHORT = 24
"""A value without blanks so long at most stands on one line (chosen)."""
SENTENCE = 40
"""A longer value is a sentence, and is given the width to be read (chosen)."""
AT_SIGHT = 6
"""So much of a list stands in a cell; more is folded (chosen)."""
LONG = 9
INPUT = "input"
"""Column with the number of a file; others end in it, such as `a_input`."""
MOMENT = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


@dataclass(frozen=True)
class Heading:
    """A heading, where pressing it leads, and which way it is ordered now."""

    words: str
    url: str
    aria_sort: str
    numeric: bool


@dataclass(frozen=True)
class TablePage:
    """One page of a table of results, ready to be shown."""

    name: str
    caption: str
    headings: Sequence[Heading]
    cells: Sequence[Sequence[Cell]]
    total: int
    whole: int
    where: str
    page: int
    pages: int
    previous_url: str
    next_url: str
    query: str
    words: str
    chosen: bool = False
    exports: Sequence[tuple[str, str]] = field(default=())


def table_page(shown: Shown, asked: QueryDict, files: Sequence[str] = ()) -> TablePage:
    """Which page of the table does the address ask for?

    Args:
        shown: the table of results.
        files: references of the files that its rows name by number.
        asked: `q` words to find, `rows` positions, `sort` a column ("-" in front:
            largest first), `page`, `of` how many on it.
    """
    rows = narrowed(shown, asked)
    size = _whole(asked.get("of")) if "of" in asked else PAGE_SIZE
    pages = max(1, -(-rows.num_rows // size))
    page = min(max(1, _whole(asked.get("page"))), pages)
    first = (page - 1) * size
    part = rows.slice(first, size)
    columns = _present(shown.columns, rows)
    words = asked.get("q", "").strip()
    return TablePage(
        name=shown.name,
        caption=shown.caption,
        headings=[_heading(column, rows, asked) for column in columns],
        cells=_cells(part, columns, files),
        total=rows.num_rows,
        whole=shown.rows.num_rows,
        where=_where(first, part.num_rows, rows.num_rows),
        page=page,
        pages=pages,
        previous_url=_url(asked, page=str(page - 1)) if page > 1 else "",
        next_url=_url(asked, page=str(page + 1)) if page < pages else "",
        query=_url(asked, page=None),
        words=words,
        chosen=bool(asked.get("rows")),
        exports=[
            ("Download CSV", _url(asked, page=None, format="csv")),
            ("Download Excel", _url(asked, page=None, format="xlsx")),
        ],
    )


def narrowed(shown: Shown, asked: QueryDict) -> pa.Table:
    """Which rows does the address ask for, in which order?"""
    rows = shown.rows
    if positions := _positions(asked.get("rows", ""), rows.num_rows):
        rows = rows.take(positions)
    for word in asked.get("q", "").split():
        rows = rows.filter(_holds(rows, word))
    sort = asked.get("sort", "")
    name = sort.removeprefix("-")
    if name in rows.column_names and not pa.types.is_nested(
        rows.schema.field(name).type
    ):
        way = "descending" if sort.startswith("-") else "ascending"
        rows = rows.take(pc.sort_indices(rows, [(name, way)]))
    return rows


def plain_rows(shown: Shown, rows: pa.Table) -> Any:
    """The rows as lists of values, in the order of the columns, one by one."""
    names = [column.name for column in _present(shown.columns, rows)]
    for batch in rows.select(names).to_batches(max_chunksize=2000):
        for row in batch.to_pylist():
            yield [_plain(row[name]) for name in names]


def headings_of(shown: Shown) -> list[str]:
    """What stands above the columns, with their units?"""
    present = _present(shown.columns, shown.rows)
    return [_heading_words(column, shown.rows) for column in present]


def _present(columns: Sequence[Column], rows: pa.Table) -> list[Column]:
    return [column for column in columns if column.name in rows.column_names]


def _positions(said: str, most: int) -> list[int]:
    typed = [part for part in said.split(",")[:10_000] if part.strip().isdigit()]
    return [int(part) for part in typed if int(part) < most]


def _holds(rows: pa.Table, word: str) -> Any:
    found: Any = None
    for name in rows.column_names:
        column = rows.column(name)
        if pa.types.is_list(column.type):
            column = pc.binary_join(column.cast(pa.list_(pa.string())), " ")
        elif not pa.types.is_string(column.type):
            try:
                column = column.cast(pa.string())
            except pa.ArrowInvalid:
                continue
        has = pc.match_substring(column, word, ignore_case=True)
        has = pc.fill_null(has, fill_value=False)
        found = has if found is None else pc.or_(found, has)
    return pa.array([False] * rows.num_rows) if found is None else found


def _heading(column: Column, rows: pa.Table, asked: QueryDict) -> Heading:
    sort = asked.get("sort", "")
    mine = sort.removeprefix("-") == column.name
    down = mine and not sort.startswith("-")
    turn = f"-{column.name}" if down else column.name
    order = ("ascending" if down else "descending") if mine else ""
    numeric = _numeric(rows, column.name)
    return Heading(
        _heading_words(column, rows), _url(asked, sort=turn, page=None), order, numeric
    )


def _heading_words(column: Column, rows: pa.Table) -> str:
    """The heading with its unit; instants are in UTC, and it says so."""
    unit = column.unit
    if not unit and _is_instant(rows, column.name) and UTC_SAID not in column.heading:
        unit = UTC_SAID
    return f"{column.heading} ({unit})" if unit else column.heading


def _is_instant(rows: pa.Table, name: str) -> bool:
    kind = rows.schema.field(name).type
    return pa.types.is_timestamp(kind) and kind.tz is not None


def _numeric(rows: pa.Table, name: str) -> bool:
    kind = rows.schema.field(name).type
    return any(is_one(kind) for is_one in NUMBERS)


def _cells(
    rows: pa.Table, columns: Sequence[Column], files: Sequence[str]
) -> list[list[Cell]]:
    numeric = {column.name: _numeric(rows, column.name) for column in columns}
    return [
        [_cell(row, column.name, files, numeric[column.name]) for column in columns]
        for row in rows.to_pylist()
    ]


def _cell(row: dict[str, Any], name: str, files: Sequence[str], numeric: bool) -> Cell:
    """One value; a file's number is its reference, and a picture's name leads to it."""
    value = _read(row[name])
    if name == INPUT or name.endswith(f"_{INPUT}"):
        file = _file(row[name], files)
        html = _link("intake:evidence-file", file) if file else shown_value(value)
        return Cell(html, nowrap=True)
    file = _file(row.get(INPUT), files)
    if name == "path" and file and row.get("sha256"):
        words = shown_value(value)
        return Cell(_link("picture:picture", file, row["sha256"], words=words))
    if isinstance(value, list | tuple) and len(value) > AT_SIGHT:
        return Cell(_folded(value))
    if value is None or value == "":
        return Cell(NO_NUMBER, numeric=numeric)
    if isinstance(value, str) and len(value) > SENTENCE:
        return Cell(format_html('<div class="ff-sentence">{}</div>', value))
    return shown_cell(value, numeric=numeric, nowrap=_is_short(value))


def _is_short(value: Any) -> bool:
    """Is it one word, or a moment, that is read badly on two lines?"""
    if not isinstance(value, str) or len(value) > SHORT:
        return False
    return " " not in value or MOMENT.match(value) is not None


def _folded(values: Sequence[Any]) -> SafeString:
    """A long list: the first of it, and the rest for those who open it."""
    return format_html(
        '{}<details class="ff-fold"><summary>{} more</summary>{}</details>',
        ", ".join(map(str, values[:AT_SIGHT])),
        number(len(values) - AT_SIGHT),
        ", ".join(map(str, values[AT_SIGHT:])),
    )


def _file(number: Any, files: Sequence[str]) -> str:
    known = isinstance(number, int) and 0 <= number < len(files)
    return files[number] if known else ""


def _link(page: str, *of: str, words: str = "") -> SafeString:
    address = reverse(page, args=of)
    return format_html(
        '<a class="govuk-link" href="{}">{}</a>', address, words or of[0]
    )


def _read(value: Any) -> Any:
    """How is a value shown to a person? Times to the second, as the records have them.

    An instant stands in UTC under a heading that says so; one that is written out with
    its distance from UTC stands by the clocks of London, with the name of their time.
    """
    if isinstance(value, str) and INSTANT.fullmatch(value):
        local = timezone.localtime(datetime.fromisoformat(value))
        return f"{local:%d/%m/%Y %H:%M:%S %Z}"
    plain = _plain(value)
    return f"{plain:%d/%m/%Y %H:%M:%S}" if isinstance(plain, datetime) else plain


def _plain(value: Any) -> Any:
    """A value as a file of rows has it: an instant in UTC."""
    if isinstance(value, datetime):
        utc = value.astimezone(UTC) if value.tzinfo else value
        return utc.replace(tzinfo=None)
    if isinstance(value, float):
        return round(value, 6) + 0.0  # no minus before nothing
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    return value


def _where(first: int, shown: int, total: int) -> str:
    if not total:
        return "No row"
    last = first + shown
    rows = counted(total, "row", "rows")
    return f"Showing {number(first + 1)} to {number(last)} of {rows}"


def _url(asked: QueryDict, **changed: str | None) -> str:
    said = {n: asked.get(n, "") for n in ("q", "rows", "sort", "page")} | changed
    return "?" + urlencode({name: value for name, value in said.items() if value})


def _whole(typed: str | None) -> int:
    return max(1, int(typed)) if typed and typed.isdigit() and len(typed) < LONG else 1
