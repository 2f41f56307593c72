"""How does a file look that a body's system prints, in each of the five formats?"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from fourfold.intake.layout import Layout

Cells = Sequence[Any]

EXCEL_DAY_ZERO = date(1899, 12, 30)
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Time stamped on the parts of a workbook, so that equal rows give equal files."""
TITLE = {
    "derbyshire": "Derbyshire Constabulary: crime system extract",
    "leicestershire": "Leicestershire Police: force intelligence workbook",
}
RUN_ON = "Run on 1 Jun 2022"


def print_file(layout: Layout, rows: list[Cells], path: Path) -> None:
    """Write the file that holds these printed rows in the layout's format.

    Args:
        layout: says the format and where each column stands.
        rows: cells in the order of the layout's columns; "" is nothing.
        path: the file; what was there is lost.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    headings = [column.headings[0] for column in layout.columns.values()]
    match layout.format:
        case "csv":
            path.write_bytes(_csv(layout, headings, rows).encode(layout.encoding))
        case "xlsx":
            _workbook(layout, headings, rows, path)
        case "jsonl":
            lines = (_json(headings, row) for row in rows)
            path.write_text("".join(lines), encoding="utf-8")
        case _:
            path.write_text(_xml(layout, headings, rows), encoding="utf-8")


def _csv(layout: Layout, headings: list[str], rows: list[Cells]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.delimiter, lineterminator="\r\n")
    if layout.header_rows[0] == 3:
        writer.writerow([TITLE[layout.body]])
        writer.writerow([RUN_ON])
    writer.writerow(headings)
    writer.writerows(rows)
    if layout.footer.starts:
        writer.writerow([layout.footer.starts[0], len(rows)])
    return text.getvalue()


def _json(headings: list[str], row: Cells) -> str:
    record: dict[str, Any] = {}
    for heading, value in zip(headings, row, strict=True):
        *outer, last = heading.split(".")
        place = record
        for name in outer:
            place = place.setdefault(name, {})
        place[last] = None if value == "" else value
    return json.dumps(record, ensure_ascii=False) + "\n"


def _xml(layout: Layout, headings: list[str], rows: list[Cells]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<{layout.root}>"]
    lines += [_element(layout.record, headings, row) for row in rows]
    return "\n".join([*lines, f"</{layout.root}>", ""])


def _element(record: str, headings: list[str], row: Cells) -> str:
    """One record: `@a` an attribute of it, `B` a child, `C/@a`, `C/D` of a child."""
    own, parts = "", {}
    for heading, value in zip(headings, row, strict=True):
        if value == "" or value == []:
            continue
        outer, _, last = heading.rpartition("/")
        if not outer and last.startswith("@"):
            own += f" {last[1:]}={quoteattr(str(value))}"
            continue
        attributes, children = parts.setdefault(outer or last, ([], []))
        if last.startswith("@"):
            attributes.append(f" {last[1:]}={quoteattr(str(value))}")
        else:
            children.append(_text(outer, last, value))
    inner = "".join(
        f"<{name}{''.join(a)}>{''.join(c)}</{name}>" if name_is_outer else "".join(c)
        for name, (a, c) in parts.items()
        for name_is_outer in [
            bool(a) or any("/" in h and h.startswith(name) for h in headings)
        ]
    )
    return f"  <{record}{own}>{inner}</{record}>"


def _text(outer: str, name: str, value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return "".join(f"<{name}>{escape(str(item))}</{name}>" for item in items)


def _workbook(
    layout: Layout, headings: list[str], rows: list[Cells], path: Path
) -> None:
    """A workbook with a title, two header rows with merged groups, and date cells."""
    groups = [heading.rpartition(" / ")[0] for heading in headings]
    names = [heading.rpartition(" / ")[2] for heading in headings]
    starts = [i for i, g in enumerate(groups) if i == 0 or g != groups[i - 1]]
    top = [g if i in starts else "" for i, g in enumerate(groups)]
    ends = [*(s - 1 for s in starts[1:]), len(groups) - 1]
    merged = [(0, len(groups) - 1, 1)]
    merged += [(a, b, 2) for a, b in zip(starts, ends, strict=True) if a < b]
    grid: Iterator[Cells] = iter([[TITLE[layout.body]], top, names, *rows])
    sheet = _sheet(grid, merged)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in (PARTS | {"xl/worksheets/sheet1.xml": sheet}).items():
            part = zipfile.ZipInfo(name, date_time=LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(part, text.replace("{sheet}", layout.sheet))


def _sheet(grid: Iterator[Cells], merged: list[tuple[int, int, int]]) -> str:
    lines = [
        f'<row r="{number}">{"".join(map(_cell, _letters(number, row), row))}</row>'
        for number, row in enumerate(grid, start=1)
    ]
    spans = "".join(
        f'<mergeCell ref="{_letter(a)}{line}:{_letter(b)}{line}"/>'
        for a, b, line in merged
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>'
        f'<mergeCells count="{len(merged)}">{spans}</mergeCells></worksheet>'
    )


def _letters(number: int, row: Cells) -> list[str]:
    return [f"{_letter(i)}{number}" for i in range(len(row))]


def _letter(column: int) -> str:
    first, second = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _cell(place: str, value: Any) -> str:
    if value == "" or value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - EXCEL_DAY_ZERO).days}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = escape(value)
    return (
        f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org"
MAIN = f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f"{HEAD}<Relationships "
    f'xmlns="{OFFICE}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    "</Relationships>",
    "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>",
}
