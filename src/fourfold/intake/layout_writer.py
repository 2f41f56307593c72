"""How would a body's own system print canonical rows?"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from fourfold.base.codes import CODES
from fourfold.intake.date_styles import EXCEL, write_day
from fourfold.intake.kinds import Field
from fourfold.intake.layout import Column, Layout
from fourfold.intake.readers.grid import JOINT
from fourfold.intake.values import AUTO

RawValue = str | list[str] | date | int | float | bool | None
MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - no zone: stamped on every workbook
"""When each workbook says it was made, so that equal rows give equal files."""
Raw = dict[str, Any]
"""One row as the sender prints it: heading or path → value."""


def write_rows(
    rows: Iterable[Mapping[str, Any]],
    layout: Layout,
    path: Path,
    *,
    footer: Sequence[str] = (),
) -> int:
    """Write canonical rows in a layout's raw form; how many were written?

    Args:
        rows: canonical rows of the layout's kind.
        layout: how to print them.
        path: the file to write; its folder is made.
        footer: cells of a line after the last row (CSV, Excel); "{rows}" in one
            becomes the number of rows.

    Returns:
        The number of rows. Fields that the layout has no column for are not written.
    """
    return write_raw(
        (raw_row(row, layout) for row in rows), layout, path, footer=footer
    )


def raw_row(row: Mapping[str, Any], layout: Layout) -> Raw:
    """How does the sender print one canonical row: heading or path → value?

    Text in CSV, Excel and XML, with real dates in Excel where the layout's first style
    is `excel`; numbers, booleans, lists and null as such in JSON. An unknown list is
    the layout's first unknown word; any other unknown value is empty.
    """
    fields = layout.kind.fields
    return {
        column.headings[0]: _printed(row[name], fields[name], column, layout)
        for name, column in layout.columns.items()
    }


def write_raw(
    raws: Iterable[Mapping[str, Any]],
    layout: Layout,
    path: Path,
    *,
    footer: Sequence[str] = (),
) -> int:
    """Write raw rows (from `raw_row`, altered or not) to a file; how many are there?

    Rows before the heading stay blank, but the first gets the layout's `says`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    writers = {
        "csv": _write_csv,
        "xlsx": _write_xlsx,
        "jsonl": _write_jsonl,
        "json": _write_json,
        "xml": _write_xml,
    }
    return writers[layout.format](raws, layout, path, footer)


def _printed(value: Any, field: Field, column: Column, layout: Layout) -> RawValue:
    json_like = layout.format in ("json", "jsonl")
    if field.type in ("list", "bodies"):
        return _printed_list(value, field, column, layout)
    if value is None:
        return None
    words = _sender_words(layout, field)
    plain = value.isoformat() if isinstance(value, date) else str(value)
    if not isinstance(value, bool) and plain in words:
        return words[plain]
    if isinstance(value, bool):
        word = (layout.true if value else layout.false)[0]
        return value if json_like else word
    if isinstance(value, date):
        real = column.dates[0] == EXCEL and layout.format == "xlsx"
        day: date = value
        return day if real else write_day(day, column.dates[0])
    if isinstance(value, (int, float)):
        return value if json_like or layout.format == "xlsx" else _digits(value)
    if field.type == "code":
        return CODES[field.codes].label(value)
    return str(value)


def _printed_list(
    value: list[str] | None, field: Field, column: Column, layout: Layout
) -> RawValue:
    if value is None:
        return column.unknown[0]
    words = _sender_words(layout, field)
    items = [words.get(item, item) for item in value]
    if layout.format in ("json", "jsonl", "xml"):
        return items
    return (";" if column.separator == AUTO else column.separator).join(items)


def _sender_words(layout: Layout, field: Field) -> dict[str, str]:
    """Which of the sender's words stands for each of our codes? The first given."""
    words: dict[str, str] = {}
    for word, code in layout.codes.get(field.name, {}).items():
        words.setdefault(code, word)
    return words


def _digits(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(value)


def _headings(layout: Layout) -> list[str]:
    names = dict.fromkeys(column.headings[0] for column in layout.columns.values())
    return [*names, *layout.ignore]


def _footer_cells(footer: Sequence[str], rows: int) -> list[str]:
    return [cell.replace("{rows}", str(rows)) for cell in footer]


def _heading_rows(layout: Layout) -> dict[int, list[str]]:
    """What stands in each row up to the heading, by row number?"""
    headings = _headings(layout)
    rows: dict[int, list[str]] = {n: [] for n in range(1, layout.data_row)}
    header = sorted(layout.header_rows)
    if header[0] > 1:
        rows[1] = [layout.says]
    deep = len(header)
    parts = [heading.split(JOINT, deep - 1) for heading in headings]
    for depth, row in enumerate(header):
        rows[row] = [part[depth] if depth < len(part) else "" for part in parts]
    return rows


def _write_csv(
    raws: Iterable[Mapping[str, Any]],
    layout: Layout,
    path: Path,
    footer: Sequence[str],
) -> int:
    headings = _headings(layout)
    delimiter = "," if layout.delimiter == AUTO else layout.delimiter
    with path.open("w", encoding=layout.encoding, newline="") as file:
        out = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        for cells in _heading_rows(layout).values():
            out.writerow([*cells, *[""] * (len(headings) - len(cells))])
        count = 0
        for raw in raws:
            out.writerow([_cell_text(raw.get(heading)) for heading in headings])
            count += 1
        if footer:
            out.writerow(_footer_cells(footer, count))
    return count


def _cell_text(value: RawValue) -> str:
    return "" if value is None else str(value)


def _write_xlsx(
    raws: Iterable[Mapping[str, Any]],
    layout: Layout,
    path: Path,
    footer: Sequence[str],
) -> int:
    headings = _headings(layout)
    options = {
        "constant_memory": len(layout.header_rows) < 2,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": MADE_AT})
        sheet = book.add_worksheet(layout.sheet or None)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        _write_heading(sheet, layout)
        line = layout.data_row - 1
        for raw in raws:
            for column, heading in enumerate(headings):
                value = raw.get(heading)
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif value is not None and value != "":
                    sheet.write(line, column, value)
            line += 1
        count = line - layout.data_row + 1
        for column, text in enumerate(_footer_cells(footer, count)):
            sheet.write(line, column, text)
    return count


def _write_heading(sheet: Any, layout: Layout) -> None:
    rows = _heading_rows(layout)
    header = sorted(layout.header_rows)
    for row, cells in rows.items():
        for column, text in enumerate(cells):
            if text:
                sheet.write(row - 1, column, text)
    if len(header) == 2:
        _merge(sheet, rows, header)


def _merge(sheet: Any, rows: Mapping[int, list[str]], header: Sequence[int]) -> None:
    """Merge equal upper cells side by side, and upper cells with nothing under them."""
    top, bottom = rows[header[0]], rows[header[1]]
    column = 0
    while column < len(top):
        end = column
        while bottom[column] and end + 1 < len(top) and top[end + 1] == top[column]:
            end += 1
        low = header[0] - 1 if bottom[column] else header[1] - 1
        if end > column or low > header[0] - 1:
            sheet.merge_range(header[0] - 1, column, low, end, top[column])
        column = end + 1


def _write_jsonl(
    raws: Iterable[Mapping[str, Any]],
    layout: Layout,
    path: Path,
    _footer: Sequence[str],
) -> int:
    count = 0
    with path.open("w", encoding=layout.encoding, newline="\n") as file:
        for raw in raws:
            file.write(json.dumps(_nested(raw), ensure_ascii=False) + "\n")
            count += 1
    return count


def _write_json(
    raws: Iterable[Mapping[str, Any]],
    layout: Layout,
    path: Path,
    _footer: Sequence[str],
) -> int:
    rows = [_nested(raw) for raw in raws]
    named = layout.record not in ("", "row")
    text = json.dumps({layout.record: rows} if named else rows, ensure_ascii=False)
    path.write_text(text, encoding=layout.encoding)
    return len(rows)


def _nested(raw: Mapping[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for path, value in raw.items():
        *folders, last = path.split(".")
        inner = whole
        for folder in folders:
            inner = inner.setdefault(folder, {})
        inner[last] = value
    return whole


def _write_xml(
    raws: Iterable[Mapping[str, Any]],
    layout: Layout,
    path: Path,
    _footer: Sequence[str],
) -> int:
    encoding = layout.encoding.removesuffix("-sig")
    record = layout.record or "row"
    count = 0
    with path.open(
        "w", encoding=layout.encoding, newline="\n", errors="xmlcharrefreplace"
    ) as file:
        file.write(f'<?xml version="1.0" encoding="{encoding}"?>\n<{layout.root}>\n')
        for raw in raws:
            file.write(f"  {_element(record, _tree(raw))}\n")
            count += 1
        file.write(f"</{layout.root}>\n")
    return count


def _tree(raw: Mapping[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, value in raw.items():
        *folders, last = path.split("/")
        inner = tree
        for folder in folders:
            inner = inner.setdefault(folder, {})
        inner[last] = value
    return tree


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if not isinstance(value, dict):
        text = escape(_cell_text(value)).replace("\r", "&#13;")
        return f"<{name}>{text}</{name}>" if text else ""
    attributes = "".join(
        f" {key[1:]}={quoteattr(_cell_text(inner))}"
        for key, inner in value.items()
        if key.startswith("@") and inner is not None
    )
    inside = "".join(
        _element(key, inner) for key, inner in value.items() if not key.startswith("@")
    )
    return f"<{name}{attributes}>{inside}</{name}>"
