"""Of which format is a file, and which reader reads it?"""

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fourfold.intake.cells import RawRow
from fourfold.intake.errors import (
    EmptyFile,
    NoSuchFile,
    NotThisFormat,
    OldWorkbook,
    PasswordProtected,
)
from fourfold.intake.layout import Layout
from fourfold.intake.readers.csv_rows import csv_headings, csv_rows
from fourfold.intake.readers.grid import Footing
from fourfold.intake.readers.json_rows import json_records, jsonl_records
from fourfold.intake.readers.text_lines import LONGEST_LINE, UTF_16
from fourfold.intake.readers.tree import tree_headings, tree_rows
from fourfold.intake.readers.xlsx_rows import check_parts, xlsx_headings, xlsx_rows
from fourfold.intake.readers.xml_rows import xml_records

NAMES = {
    "csv": "delimited text (CSV)",
    "xlsx": "an Excel workbook",
    "jsonl": "JSON Lines",
    "json": "a JSON list",
    "xml": "XML",
}
GRIDS = ("csv", "xlsx")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf": "a compressed file (7-Zip)",
    b"Rar!": "a compressed file (RAR)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a Rich Text document",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
}
READS = "CSV, Excel, JSON Lines, JSON or XML"


def format_of(path: Path) -> str:
    """Of which format is the content, whatever the file's name?

    Returns:
        csv, xlsx, jsonl, json or xml. Text that is none of the others is csv.

    Raises:
        NoSuchFile, EmptyFile: there is nothing to read.
        PasswordProtected, OldWorkbook, Truncated, UnsafeFile: a workbook that is
            locked, old, cut or too large.
        NotThisFormat: it is something else altogether.
    """
    if not path.is_file():
        raise NoSuchFile(file=str(path))
    with path.open("rb") as file:
        head = file.read(LONGEST_LINE)
    if head.startswith(UTF_16):
        head = head.decode("utf-16", "ignore").encode()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise EmptyFile(file=path.name)
    if head.startswith(OLE):
        raise _old_or_locked(path)
    if head.startswith(b"PK"):
        return _zipped(path)
    for magic, found in OTHERS.items():
        if head.startswith(magic):
            raise NotThisFormat(file=path.name, found=found, expected=READS)
    if text.startswith(b"<"):
        return _marked_up(path, text)
    if text.startswith(b"{"):
        return _braced(text)
    return "json" if text.startswith(b"[") else "csv"


def headings_of(path: Path, layout: Layout) -> tuple[str, ...]:
    """Which headings, or paths of values, does the file use under the layout?"""
    if layout.format == "csv":
        return csv_headings(path, layout)
    if layout.format == "xlsx":
        return xlsx_headings(path, layout)
    return tree_headings(_records(path, layout))


def rows_of(
    path: Path, layout: Layout, places: Sequence[Any], footing: Footing
) -> Iterator[RawRow]:
    """Which raw rows does the file hold, read as the layout says?

    Args:
        path: the file.
        layout: how it is laid out.
        places: for each column of the layout where it stands: a number in a grid, a
            path in JSON and XML, or None.
        footing: takes the lines found after the last row of a grid.
    """
    if layout.format == "csv":
        return csv_rows(path, layout, places, footing)
    if layout.format == "xlsx":
        return xlsx_rows(path, layout, places, footing)
    return tree_rows(_records(path, layout), places)


def _records(path: Path, layout: Layout) -> Iterator[Any]:
    readers = {"jsonl": jsonl_records, "json": json_records, "xml": xml_records}
    return readers[layout.format](path, layout)


def _old_or_locked(path: Path) -> PasswordProtected | OldWorkbook:
    with path.open("rb") as file:
        rest = b""
        while chunk := file.read(LONGEST_LINE):
            if LOCKED in rest + chunk:
                return PasswordProtected(file=path.name)
            rest = chunk[-len(LOCKED) :]
    return OldWorkbook(file=path.name)


def _zipped(path: Path) -> str:
    check_parts(path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if any(name.startswith("xl/workbook") for name in names):
        return "xlsx"
    word = any(name.startswith("word/") for name in names)
    found = "a Word document" if word else "a zip file"
    raise NotThisFormat(file=path.name, found=found, expected=READS)


def _marked_up(path: Path, text: bytes) -> str:
    start = text[:500].lower()
    if b"<html" in start or b"<!doctype html" in start:
        raise NotThisFormat(file=path.name, found="a web page", expected=READS)
    return "xml"


def _braced(text: bytes) -> str:
    first, _, rest = text.partition(b"\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return "json" if first.strip() == b"{" or b'": [' in first[:200] else "jsonl"
    lists = [v for v in value.values() if isinstance(v, list)]
    rows = [v for v in lists if v and all(isinstance(each, dict) for each in v)]
    return "json" if len(value) <= 3 and rows and not rest.strip() else "jsonl"
