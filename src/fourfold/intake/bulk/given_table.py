"""What is a file of rows: where its heading stands, what parts its columns, its sample?

Whatever comes in, a CSV text in UTF-8 comes out, which the engine reads by itself.
"""

import csv
import hashlib
import io
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fourfold.intake.bulk.converted import as_utf8_csv
from fourfold.intake.bulk.headings import fields_of, plain_heading
from fourfold.intake.errors import EmptyFile, UnsafeFile
from fourfold.intake.nearest import near_miss

SAMPLE_BYTES = 1 << 19
SAMPLE_ROWS = 2_000
HEADING_WITHIN = 30
"""The heading is looked for in so many rows at the top (chosen)."""
DELIMITERS = ",;\t|"
SLICES, SLICE_BYTES = 48, 1 << 12
"""Rows are looked at in so many places of a long text (chosen)."""
LONGEST_LINE = 1 << 20
"""Characters; no row of evidence is longer (chosen)."""


@dataclass(frozen=True)
class GivenTable:
    """One file of rows, ready to be read.

    `text` is the UTF-8 file that is read; `above` how many lines stand over the first
    row of data, `skip` how many rows that is and `ahead` how many of the lines are in
    `text`; `headings` are those of the file, or "column 1", … where it has none;
    `sample` its first rows as text, `spread` some from all over it. `lines` is how many
    the text has, `nul` whether a NUL byte is among them; `first_row` is the number
    of the first row of data, where the file is no text and has rows instead of lines.
    """

    name: str
    path: Path
    text: Path
    sha256: str
    size: int
    delimiter: str
    above: int
    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    lines: int = 0
    nul: bool = False
    first_row: int | None = None
    skip: int = 0
    ahead: int = 0
    spread: tuple[tuple[str, ...], ...] = ()


def given_table(
    path: Path, kind: str, scratch: Path, names: Sequence[str] = (), delimiter: str = ""
) -> GivenTable:
    """How are the rows of a file laid out?

    Args:
        path: CSV in any usual encoding and with any usual delimiter, a workbook, JSON
            Lines or Parquet; each may be compressed by gzip.
        kind: the kind of evidence, whose headings are looked for.
        scratch: a folder of our own for a converted copy.
        names: the columns of a file without a heading, where a layout says them.
        delimiter: what parts the columns, where a layout says it.

    Raises:
        FileRefused: it is empty, damaged, locked or no table.
    """
    converted = as_utf8_csv(path, scratch)
    text = converted.text
    head = _head(text, path.name)
    found = delimiter or _delimiter(head)
    rows = _rows(head, found)
    if not rows:
        raise EmptyFile(file=path.name)
    at = -1 if names else _heading_at(rows, kind)
    width = Counter(len(row) for _, row in rows[at + 1 :]).most_common(1)
    headings = tuple(names) or _headings(rows, at, width[0][0] if width else 1)
    above = rows[at][0] if at >= 0 else 0
    skip, left = _passed(head, found, above)
    read = text if skip is not None else _without_top(text, above, scratch)
    return GivenTable(
        name=path.name,
        path=path,
        text=read,
        sha256=converted.scan.sha256 if text == path else file_digest(path),
        size=path.stat().st_size,
        delimiter=found,
        above=above,
        headings=headings,
        sample=tuple(
            tuple(row)
            for _, row in rows[at + 1 :][:SAMPLE_ROWS]
            if len(row) == len(headings)
        ),
        notes=converted.notes,
        lines=converted.scan.lines,
        nul=converted.scan.nul,
        first_row=_first_row(left, converted.numbered),
        skip=skip or 0,
        ahead=above if read == text else 0,
        spread=spread_rows(text, found, len(headings)),
    )


def _passed(head: str, delimiter: str, above: int) -> tuple[int | None, int]:
    """How many rows does the engine pass over to come below so many lines?

    `None` where quotation marks up there would mislead it; and how many rows there are.
    """
    top = "".join(head.splitlines(keepends=True)[:above])
    plain = sum(1 for _ in csv.reader(io.StringIO(top), delimiter=delimiter))
    try:
        strict = csv.reader(io.StringIO(top), delimiter=delimiter, strict=True)
        return sum(1 for _ in strict), plain
    except csv.Error:
        return None, plain


def _without_top(text: Path, above: int, scratch: Path) -> Path:
    """A copy of a text without the lines above its rows."""
    copy = scratch / f"{text.name}.rows"
    with text.open("rb") as given, copy.open("wb") as out:
        for _ in range(above):
            given.readline()
        shutil.copyfileobj(given, out, SAMPLE_BYTES)
    return copy


def _first_row(above: int, numbered: int | None) -> int | None:
    """Which number has the first row of data, where rows are numbered?"""
    return None if numbered is None else numbered + above


def spread_rows(text: Path, delimiter: str, width: int) -> tuple[tuple[str, ...], ...]:
    """Some rows from all over a text that is longer than its sample, in its order."""
    size = text.stat().st_size
    if size <= SAMPLE_BYTES:
        return ()
    rows: list[tuple[str, ...]] = []
    with text.open("rb") as file:
        for step in range(1, SLICES + 1):
            file.seek(size * step // (SLICES + 1))
            lines = file.read(SLICE_BYTES).decode("utf-8", "ignore").splitlines()[1:-1]
            rows += (
                tuple(cell.strip() for cell in row)
                for row in csv.reader(lines, delimiter=delimiter)
                if len(row) == width
            )
    return tuple(rows)


def file_digest(path: Path) -> str:
    """Which sha256 have the bytes of a file?"""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _head(text: Path, name: str) -> str:
    with text.open("rb") as file:
        data = file.read(SAMPLE_BYTES)
    if not data.strip():
        raise EmptyFile(file=name)
    decoded = data.decode("utf-8", errors="ignore").removeprefix("\ufeff")
    if len(data) == SAMPLE_BYTES:
        whole = decoded.rfind("\n")
        if whole < 0:
            raise UnsafeFile(
                file=name, seen=f"its first line is over {SAMPLE_BYTES:,} bytes"
            )
        decoded = decoded[: whole + 1]
    return decoded


def _delimiter(head: str) -> str:
    """Which mark parts the rows into the same number of columns most often?"""
    lines = [line for line in head.splitlines()[:200] if line.strip()]
    best, most = ",", (0.0, 0)
    for mark in DELIMITERS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if row)
        width, rows = max(counts.items(), key=lambda one: (one[0] > 1, one[1], one[0]))
        score = (rows / len(lines) if width > 1 else 0.0, width)
        if score > most:
            best, most = mark, score
    return best


def _rows(head: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows of the sample, each with the number of its last line, from 1."""
    reader = csv.reader(io.StringIO(head), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, [cell.strip() for cell in row]))
            if len(rows) > SAMPLE_ROWS + HEADING_WITHIN:
                break
    except csv.Error:
        return rows
    return rows


def _heading_at(rows: list[tuple[int, list[str]]], kind: str) -> int:
    """At which place of the sample does the heading stand? -1: there is none."""
    known = {
        words for heading in fields_of(kind).values() for words in heading.headings
    }
    known |= {name.replace("_", " ") for name in fields_of(kind)}
    scores = [
        (sum(plain_heading(cell) in known for cell in row), -at, at)
        for at, (_, row) in enumerate(rows[:HEADING_WITHIN])
    ]
    best, _, at = max(scores)
    if best >= 2 or (best == 1 and len(rows[at][1]) <= 3):
        return at
    return 0 if _looks_like_words(rows) else -1


def _looks_like_words(rows: list[tuple[int, list[str]]]) -> bool:
    """Is the first row a heading although we know none of it? It has no figures."""
    return not any(c.isdigit() for cell in rows[0][1] for c in cell)


def _headings(
    rows: list[tuple[int, list[str]]], at: int, width: int
) -> tuple[str, ...]:
    if at < 0:
        return tuple(f"column {number}" for number in range(1, width + 1))
    seen: Counter[str] = Counter()
    headings = []
    for number, cell in enumerate(rows[at][1], start=1):
        name = cell or f"column {number}"
        seen[name] += 1
        headings.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(headings)


def meant_heading(word: str, headings: Sequence[str]) -> str | None:
    """Which heading does somebody mean: by its words, or by its place from 1?"""
    plain = {plain_heading(heading): heading for heading in headings}
    if word in headings:
        return word
    if plain_heading(word) and plain_heading(word) in plain:
        return plain[plain_heading(word)]
    if word.isdigit() and 1 <= int(word) <= len(headings):
        return headings[int(word) - 1]
    return None


def nearest_heading(word: str, headings: Sequence[str]) -> str:
    """Which heading may have been meant? "" when none is near."""
    return near_miss(word, headings)
