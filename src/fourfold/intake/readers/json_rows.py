"""Which records does a file of JSON, or of JSON Lines, hold?"""

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from fourfold.intake.cells import Cell, Wrong, in_full
from fourfold.intake.errors import (
    NotThisFormat,
    NotWellFormed,
    Truncated,
    UnsafeFile,
    WrongEncoding,
)
from fourfold.intake.layout import Layout
from fourfold.intake.readers.text_lines import LONGEST_LINE, TextLines
from fourfold.intake.readers.tree import Record

DEEPEST = 6
NOT_JSON = Wrong("not a JSON object", "Correct the line, or export the file again.")
HALF = Wrong("half a character", "Correct the text, or export the file again.")
BETWEEN = re.compile(r"[\s,]*")
NAMED_LIST = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:\s*\[')


class _NotAllowed(Exception):
    """Inside this file only: a number that is none (NaN), or nesting too deep."""


def jsonl_records(path: Path, layout: Layout) -> Iterator[Record]:
    """Which records does a file with one JSON object a line hold?

    A line that is no object is a record that is `wrong`; a cut last line stops it all.

    Raises:
        NotThisFormat: the first line is no JSON object.
        Truncated: the last line is cut.
        WrongEncoding, LineTooLong, NulByte: see `TextLines`.
    """
    lines = TextLines(path, layout)
    first = True
    for text in lines:
        if not text.strip():
            continue
        record = _record(text, lines.line)
        if record.wrong is NOT_JSON and not lines.ended:
            raise Truncated(file=path.name, line=lines.line, seen="a cut JSON object")
        if record.wrong is NOT_JSON and first:
            raise NotThisFormat(
                file=path.name, found="other text", expected="JSON Lines"
            )
        first = False
        yield record


def json_records(path: Path, layout: Layout) -> Iterator[Record]:
    """Which records does a JSON list hold, alone or named by `record` in an object?

    Raises:
        NotThisFormat: there is no list of objects.
        Truncated: the file ends before the list does.
        NotWellFormed: something else than objects stands in the list.
        UnsafeFile: one object is longer than any row.
        WrongEncoding, LineTooLong, NulByte: see `TextLines`.
    """
    feed = _Feed(path, layout)
    feed.start(layout.record)
    while True:
        line, value = feed.next_value()
        if line == 0:
            return
        yield _flat_record(value, line, str(value)[:200])


class _Feed:
    """A JSON text that is read piece by piece."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path = path
        self.pieces = _pieces(path)
        self.layout = layout
        self.buffer = ""
        self.line = 1
        self.decoder = json.JSONDecoder(parse_constant=_no_constant)

    def more(self) -> bool:
        try:
            piece = next(self.pieces, None)
        except UnicodeDecodeError as error:
            raise WrongEncoding(
                file=self.path.name,
                line=self.line + self.buffer.count("\n"),
                encoding="utf-8",
                fits="windows-1252",
                layout=self.layout.name,
            ) from error
        self.buffer += piece or ""
        return piece is not None

    def drop(self, to: int) -> None:
        self.line += self.buffer.count("\n", 0, to)
        self.buffer = self.buffer[to:]

    def start(self, name: str) -> None:
        while len(self.buffer) < LONGEST_LINE and self.more():
            pass
        text = self.buffer.lstrip("\ufeff \t\r\n")
        at = len(self.buffer) - len(text)
        if text.startswith("{"):
            found = [m for m in NAMED_LIST.finditer(text) if name in ("", "row", m[1])]
            if not found:
                raise self._no_list()
            at += found[0].end() - 1
        elif not text.startswith("["):
            raise self._no_list()
        self.drop(at + 1)

    def next_value(self) -> tuple[int, Any]:
        while True:
            self.drop(BETWEEN.match(self.buffer).end())  # type: ignore[union-attr]
            if self.buffer.startswith("]"):
                return 0, None
            if self.buffer and self.buffer[0] != "{":
                seen = "something else than an object in the list"
                raise NotWellFormed(
                    file=self.path.name, line=self.line, format="JSON", seen=seen
                )
            try:
                value, end = self.decoder.raw_decode(self.buffer)
            except (JSONDecodeError, _NotAllowed, RecursionError) as error:
                self._grow(error)
                continue
            line = self.line
            self.drop(end)
            return line, value

    def _grow(self, error: Exception) -> None:
        if len(self.buffer) > 4 * LONGEST_LINE:
            seen = f"line {self.line} begins an object that is too long or broken"
            raise UnsafeFile(file=self.path.name, seen=seen) from error
        if not self.more():
            raise Truncated(
                file=self.path.name, line=self.line, seen="the list does not end"
            ) from error

    def _no_list(self) -> NotThisFormat:
        return NotThisFormat(
            file=self.path.name, found="other text", expected="a JSON list of objects"
        )


def _pieces(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        while piece := file.read(1 << 16):
            yield piece


def _record(text: str, line: int) -> Record:
    shown = text.strip()[:200]
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError, _NotAllowed):
        return Record(line, text=shown, wrong=NOT_JSON)
    return _flat_record(value, line, shown)


def _flat_record(value: Any, line: int, shown: str) -> Record:
    if not isinstance(value, dict):
        return Record(line, text=shown, wrong=NOT_JSON)
    values: dict[str, Cell] = {}
    try:
        _flatten(value, "", values, DEEPEST)
    except _NotAllowed:
        return Record(line, text=shown, wrong=NOT_JSON)
    try:
        "".join(map(in_full, values.values())).encode()
    except UnicodeEncodeError:  # an escape such as \\ud800 without its other half
        whole = shown.encode("utf-8", "backslashreplace").decode()
        return Record(line, text=whole, wrong=HALF)
    return Record(line, values)


def _flatten(
    value: dict[str, Any], path: str, into: dict[str, Cell], left: int
) -> None:
    if not left:
        raise _NotAllowed
    for name, inner in value.items():
        here = path + name
        if isinstance(inner, dict):
            _flatten(inner, f"{here}.", into, left - 1)
        elif isinstance(inner, list):
            _flatten_list(inner, here, into, left - 1)
        else:
            into[here] = inner


def _flatten_list(
    values: list[Any], path: str, into: dict[str, Cell], left: int
) -> None:
    plain = [
        str(v) for v in values if not isinstance(v, (dict, list)) and v is not None
    ]
    if plain or not values:
        into[path] = plain
    for inner in values:
        found: dict[str, Cell] = {}
        if isinstance(inner, list):
            raise _NotAllowed
        if isinstance(inner, dict):
            _flatten(inner, f"{path}.", found, left)
        for name, cell in found.items():
            whole = into.setdefault(name, [])
            if isinstance(whole, list):
                whole += cell if isinstance(cell, list) else [str(cell)]


def _no_constant(name: str) -> None:
    raise _NotAllowed(name)
