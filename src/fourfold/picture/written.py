"""In which file is an answer written, whole or not at all?"""

import csv
import json
import math
import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from fourfold.base.errors import FourfoldError
from fourfold.base.result import Result, plain
from fourfold.picture.evidential.report import write_report

EXCEL_ROWS = 1_048_576
EXCEL_LETTERS = 32_767
EXCEL_EXACT = 10**15
# A spreadsheet takes text that begins so for a formula; the wide forms as well.
FORMULA = re.compile("^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


class UnknownForm(FourfoldError):
    """An answer was asked for in a form that we do not write."""

    what = "An answer cannot be written to '{name}'."
    do = "Name a file that ends in {endings}, or a new folder for the whole result."
    status = 422


class NoPlace(FourfoldError):
    """The place for an answer cannot take it."""

    what = "An answer cannot be written to {path}: {fault}."
    do = "Name another file or folder; nothing was written."
    status = 422


def check_place(path: Path) -> None:
    """Can an answer be written there? Asked before the work, not after.

    Raises:
        UnknownForm: the ending is none that we write.
        NoPlace: the folder around it is missing, or a folder is in use.
    """
    if path.suffix and path.suffix.lower() not in FORMS and not path.is_dir():
        raise UnknownForm(name=path.name, endings=", ".join(FORMS))
    if not path.absolute().parent.is_dir():
        raise NoPlace(path=str(path), fault="the folder around it does not exist")
    as_folder = path.suffix.lower() not in FORMS
    if as_folder and path.exists() and (path.is_file() or any(path.iterdir())):
        raise NoPlace(path=str(path), fault="it is there already and not empty")
    if not as_folder and path.is_dir():
        raise NoPlace(path=str(path), fault="it is a folder")


def write_result(result: Result, path: Path) -> None:
    """Write an answer to a file, or the whole result into a new folder.

    .json, .csv, .xlsx and .parquet hold the main table; .docx and .pdf the evidential
    report. The file appears whole or not at all.

    Raises:
        UnknownForm: the ending is none that we write.
        NoPlace: the folder around it is missing, or a folder is in use.
    """
    check_place(path)
    part = path.with_name(f".{path.name}.part")
    write = FORMS.get(path.suffix.lower())
    try:
        if write is None:
            result.keep(part)
        else:
            write(result, part)
    except BaseException:
        _take_away(part)
        raise
    if path.is_dir():
        path.rmdir()
    part.replace(path)


def json_text(result: Result) -> str:
    """The rows of the main table as a JSON list; a number that is none is null."""
    rows = [
        {name: _finite(value) for name, value in row.items()}
        for row in result.records()
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)


def guarded(value: Any) -> Any:
    """What stands in a spreadsheet for text that it would run? Numbers stay."""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value


def _take_away(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


def _json(result: Result, path: Path) -> None:
    path.write_text(json_text(result) + "\n", encoding="utf-8")


def _csv(result: Result, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(_headings(result))
        for row in result.records():
            out.writerow([guarded(_flat(value)) for value in row.values()])


def _xlsx(result: Result, path: Path) -> None:
    if len(result.records()) >= EXCEL_ROWS:
        raise NoPlace(path=path.name, fault=f"a sheet holds {EXCEL_ROWS - 1:,} rows")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    text = book.add_format({"quote_prefix": True, "valign": "top"})
    sheet = book.add_worksheet(result.analysis.split(".")[1][:31])
    sheet.write_row(0, 0, _headings(result), book.add_format({"bold": True}))
    for number, row in enumerate(result.records(), start=1):
        for column, value in enumerate(row.values()):
            _cell(sheet, (number, column), _flat(value), text)
    sheet.freeze_panes(1, 0)
    book.close()


def _cell(sheet: Any, at: tuple[int, int], value: Any, text: Any) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and -EXCEL_EXACT < value < EXCEL_EXACT:
        sheet.write_number(*at, value)
    elif value is not None and value != "":
        sheet.write_string(*at, str(value)[:EXCEL_LETTERS], text)


def _parquet(result: Result, path: Path) -> None:
    pq.write_table(result.findings.tables[0].rows, path)


def _report_as(ending: str) -> Callable[[Result, Path], None]:
    def write(result: Result, path: Path) -> None:
        made = path.with_name(path.name + ending)
        write_report(result, made)
        made.replace(path)

    return write


FORMS: dict[str, Callable[[Result, Path], None]] = {
    ".json": _json,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".docx": _report_as(".docx"),
    ".pdf": _report_as(".pdf"),
}
"""What writes each kind of file, by its ending."""


def _headings(result: Result) -> list[str]:
    return [column.name for column in result.findings.tables[0].columns]


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return value


def _flat(value: Any) -> Any:
    """One cell of a sheet: several values joined, instants as ISO text."""
    if isinstance(value, list):
        return "; ".join(str(_flat(item)) for item in value)
    if isinstance(value, dict):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _finite(value)
