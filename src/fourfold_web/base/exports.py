"""How do rows leave the site as a CSV file or an Excel workbook, safely and marked?

The rows are written to a file while the request still holds its database context,
because row-level security ends with the transaction; the file is sent afterwards. A
large file spools to disk, so memory stays bounded.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from xlsxwriter.worksheet import Worksheet

from fourfold.base.errors import FourfoldError

IN_MEMORY = 4 * 1024 * 1024
EXCEL_ROWS = 1_048_576
EXCEL_LETTERS = 32_767
EXCEL_EXACT = 10**15  # It keeps fifteen figures, and no infinities.
CUT = " [cut here: the CSV file has the whole text]"
ABOVE = 2  # The marking and the headings stand above the rows.
WIDTHS = (10, 60)
# A spreadsheet takes text that begins so for a formula; the wide forms as well.
FORMULA = re.compile("^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TooManyRows(FourfoldError):
    """An Excel sheet has no room for the rows asked for."""

    what = "An Excel sheet holds {most} rows, and this list has more."
    do = "Narrow the list with its filters, or take the CSV file, which has no limit."
    status = 422


@dataclass(frozen=True)
class Export:
    """Rows on their way out: what they are, how they are marked, what they hold."""

    name: str
    title: str
    marking: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def exported(
    export: Export, kind: str, on_count: Callable[[int], None] | None = None
) -> FileResponse:
    """What is sent to somebody who asks for the rows as a file?

    Args:
        export: the rows; read once.
        kind: "csv" or "xlsx".
        on_count: told how many rows the file holds, before any of it is sent; what it
            raises stops the export.

    Raises:
        TooManyRows: more rows than an Excel sheet holds.
    """
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    write = write_csv if kind == "csv" else write_xlsx
    try:
        count = write(export, file)
        if on_count is not None:
            on_count(count)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{export.name}.{kind}")
    response["Content-Type"] = TYPES[kind]
    response["Cache-Control"] = "no-store"
    return response


def write_csv(export: Export, file: IO[bytes]) -> int:
    """How many rows went into the CSV file?

    UTF-8 with a byte order mark; the marking on the first line, headings on the
    second, a row a line. Text a spreadsheet would run gets a leading apostrophe.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write("\ufeff")
    out = csv.writer(text)
    out.writerow([neutral(export.marking)])
    out.writerow([neutral(heading) for heading in export.headings])
    count = 0
    for row in export.rows:
        out.writerow([neutral(plain(value)) for value in row])
        count += 1
    text.detach()
    return count


def write_xlsx(export: Export, file: IO[bytes]) -> int:
    """How many rows went into the workbook?

    One sheet: marking, headings, rows. Numbers and days stay what they are; text is
    stored as text and quoted, so that editing a cell does not make it a formula. The
    marking is printed at the head and foot of each page.

    Raises:
        TooManyRows: more rows than a sheet holds.
    """
    options = {"constant_memory": True, "in_memory": False, "remove_timezone": True}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": export.title, "category": export.marking})
    cells = _Cells(book)
    sheet = book.add_worksheet(FORBIDDEN_IN_NAMES.sub(" ", export.title)[:31] or "Rows")
    _dress(sheet, export)
    sheet.write_string(0, 0, export.marking, cells.bold)
    for column, heading in enumerate(export.headings):
        sheet.write_string(1, column, heading, cells.bold)
    count = 0
    for count, row in enumerate(export.rows, start=1):
        if count + ABOVE > EXCEL_ROWS:
            raise TooManyRows(most=f"{EXCEL_ROWS - ABOVE:,}")
        for column, value in enumerate(row):
            cells.put(sheet, count + 1, column, plain(value))
    if export.headings:
        sheet.autofilter(1, 0, count + 1, len(export.headings) - 1)
    book.close()
    return count


def neutral(value: Any) -> Any:
    """What is written in place of text that a spreadsheet would run? Numbers stay."""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value


def plain(value: Any) -> Any:
    """What is left of a cell without its markup: text, number, day or nothing?

    Instants are given in London time; several values are joined with "; ".
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, SafeString):
        return " ".join(unescape(strip_tags(value)).split())
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None)
    if isinstance(value, (str, int, float, Decimal, date)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(str(plain(part)) for part in value)
    return str(value)


class _Cells:
    """The formats of a workbook, and which of them a value takes."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.bold = book.add_format({"bold": True})
        self._text = book.add_format({"quote_prefix": True, "valign": "top"})
        self._day = book.add_format({"num_format": "d mmmm yyyy", "align": "left"})
        self._at = book.add_format({"num_format": "d mmmm yyyy hh:mm", "align": "left"})

    def put(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        """Write one value as what it is."""
        if value == "":
            return
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._at)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, (int, float, Decimal)) and _exact(value):
            sheet.write_number(row, column, value)
        else:
            text = str(value)
            if len(text) > EXCEL_LETTERS:
                text = text[: EXCEL_LETTERS - len(CUT)] + CUT
            sheet.write_string(row, column, text, self._text)


def _exact(value: int | float | Decimal) -> bool:
    return -EXCEL_EXACT < value < EXCEL_EXACT


def _dress(sheet: Worksheet, export: Export) -> None:
    sheet.set_header(f"&C{export.marking.replace('&', '&&')}")
    sheet.set_footer(f"&C{export.marking.replace('&', '&&')}&RPage &P of &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(ABOVE, 0)
    narrow, wide = WIDTHS
    for column, heading in enumerate(export.headings):
        sheet.set_column(column, column, min(max(len(heading) + 4, narrow), wide))
