"""How does a file of rows, in whichever form, become CSV text in UTF-8?"""

import csv
import gzip
import json
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any

import duckdb
import python_calamine

from fourfold.intake.bulk.scanned import AT_ONCE, MARKS, UTF_8, Scanned, scanned
from fourfold.intake.bulk.sql_text import quoted
from fourfold.intake.errors import (
    EmptyFile,
    NoSuchFile,
    NotThisFormat,
    NotWellFormed,
    OldWorkbook,
    PasswordProtected,
    Truncated,
    UnsafeFile,
)
from fourfold.intake.readers.formats import format_of

ROWS_FOR_KEYS = 1_000
GZIP, PARQUET = b"\x1f\x8b", b"PAR1"
LARGEST_RATIO = 400
"""How many times its size a compressed file may hold (chosen)."""
WORKBOOK_BYTES = 1 << 30
READS = "CSV, Excel, JSON Lines or Parquet"


@dataclass(frozen=True)
class Converted:
    """A CSV text in UTF-8 that says what a file says.

    `text` is the file itself where it is one already. `notes`: what was taken for
    granted. `numbered`: the number that the file gives to what became the first row of
    the text; `None`: the lines of the text count.
    """

    text: Path
    notes: tuple[str, ...]
    scan: Scanned
    numbered: int | None = None


def as_utf8_csv(path: Path, scratch: Path) -> Converted:
    """Which UTF-8 CSV file says what a file says, and what was taken for granted?

    The file itself where it is one already; else a copy in `scratch`.

    Raises:
        FileRefused: it is empty, damaged, locked, too large or no table.
    """
    if not path.is_file():
        raise NoSuchFile(file=str(path))
    with path.open("rb") as file:
        first = file.read(8)
    if not first:
        raise EmptyFile(file=path.name)
    if first.startswith(GZIP):
        return _unzipped(path, scratch)
    if first.startswith(PARQUET):
        copy = _from_parquet(path, scratch)
        return Converted(copy, (), scanned(copy), numbered=0)
    form = format_of(path)
    if form == "xlsx":
        copy, notes = _from_workbook(path, scratch)
        return Converted(copy, notes, scanned(copy), numbered=1)
    if form == "jsonl":
        copy = _from_json_lines(path, scratch)
        return Converted(copy, (), scanned(copy), numbered=0)
    if form != "csv":
        raise NotThisFormat(file=path.name, found=form.upper(), expected=READS)
    return _from_text(path, scratch)


def _unzipped(path: Path, scratch: Path) -> Converted:
    """A gzip file, unpacked once: it is read more than once, and looked into."""
    copy = scratch / f"{path.stem}.unzipped"
    limit = max(path.stat().st_size, 1 << 20) * LARGEST_RATIO
    done = 0
    try:
        with gzip.open(path) as packed, copy.open("wb") as out:
            while block := packed.read(AT_ONCE):
                done += len(block)
                if done > limit:
                    seen = f"it holds over {LARGEST_RATIO} times its size"
                    raise UnsafeFile(file=path.name, seen=seen)
                out.write(block)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Truncated(file=path.name, line=1, seen=str(error)) from error
    return as_utf8_csv(copy, scratch)


def _from_text(path: Path, scratch: Path) -> Converted:
    scan = scanned(path)
    encoding = scan.encoding
    if encoding == UTF_8 and not scan.old_ends:
        return Converted(path, (), scan)
    copy = scratch / f"{path.name}.utf8"
    try:
        with (
            path.open(encoding=encoding, newline=None if scan.old_ends else "") as file,
            copy.open("w", encoding=UTF_8, newline="") as out,
        ):
            shutil.copyfileobj(file, out, AT_ONCE)
    except UnicodeError as error:
        raise NotWellFormed(
            file=path.name, line=1, format=encoding, seen=str(error)
        ) from error
    guessed = encoding not in (UTF_8, *(name for _, name in MARKS))
    notes = (f"{path.name} was read as {encoding}.",) if guessed else ()
    return Converted(copy, notes, scanned(copy))


def _from_parquet(path: Path, scratch: Path) -> Path:
    copy = scratch / f"{path.name}.csv"
    try:
        with duckdb.connect() as base:
            base.execute(
                "COPY (SELECT COLUMNS(*)::VARCHAR FROM"
                f" read_parquet({quoted(str(path))}))"
                f" TO {quoted(str(copy))} (HEADER, QUOTE '\"')"
            )
    except duckdb.Error as error:
        raise Truncated(
            file=path.name, line=1, seen=str(error).split("\n")[0]
        ) from error
    return copy


def _from_workbook(path: Path, scratch: Path) -> tuple[Path, tuple[str, ...]]:
    """The sheet with most rows; merged titles above stay as rows above the heading."""
    if path.stat().st_size > WORKBOOK_BYTES:
        raise UnsafeFile(file=path.name, seen="it is larger than any workbook we read")
    try:
        book = python_calamine.load_workbook(str(path))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except python_calamine.PasswordError as error:
        raise PasswordProtected(file=path.name) from error
    except (python_calamine.CalamineError, ValueError) as error:
        raise OldWorkbook(file=path.name) from error
    rows = {name: sheet.total_height for name, sheet in sheets.items()}
    if not rows or not max(rows.values()):
        raise EmptyFile(file=path.name)
    chosen = max(rows, key=lambda name: rows[name])
    copy = scratch / f"{path.name}.csv"
    with copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for row in sheets[chosen].iter_rows():
            writer.writerow([_cell(value) for value in row])
    others = [name for name, count in rows.items() if count and name != chosen]
    if not others:
        return copy, ()
    left = ", ".join(others)
    return copy, (f"{path.name}: sheet {chosen} was read; {left} was not.",)


def _cell(value: Any) -> str:
    """A cell of a workbook as text: whole numbers without a point, moments as ISO."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(int(value.total_seconds()))
    return "" if value is None else str(value)


def _from_json_lines(path: Path, scratch: Path) -> Path:
    copy = scratch / f"{path.name}.csv"
    with path.open("rb") as file:
        keys = dict.fromkeys(
            key
            for record in islice(_records(file, path.name), ROWS_FOR_KEYS)
            for key in record
        )
    with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(keys)
        for record in _records(file, path.name):
            writer.writerow([_json_cell(record.get(key)) for key in keys])
    return copy


def _records(file: IO[bytes], name: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise NotWellFormed(
                file=name, line=number, format="JSON Lines", seen=str(error)
            ) from error
        if not isinstance(record, dict):
            seen = "it is not an object"
            raise NotWellFormed(file=name, line=number, format="JSON Lines", seen=seen)
        yield record


def _json_cell(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
