"""Which lines of text does a file hold, read a line at a time?"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fourfold.intake.errors import LineTooLong, NulByte, Truncated, WrongEncoding
from fourfold.intake.layout import Layout

LONGEST_LINE = 1_000_000
"""Bytes; a longer line is no row. Keeps memory bounded whatever the file (chosen)."""

BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 1 << 16


class TextLines:
    """The lines of a file with their ends, in the layout's encoding.

    `line` is the number of the last line given; `ended` tells, once all are read,
    whether the last line had its end.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path = path
        self.layout = layout
        self.line = 0
        self.ended = True

    def __iter__(self) -> Iterator[str]:
        """Which lines are there, in order?

        Raises:
            WrongEncoding: a line is not in the encoding of the layout.
            LineTooLong: a line is longer than any row.
            NulByte: a line holds one.
            Truncated: the last line stops inside a character.
        """
        for raw in self._raw_lines():
            self.line += 1
            if len(raw) > LONGEST_LINE:
                raise LineTooLong(
                    file=self.path.name, line=self.line, limit=f"{LONGEST_LINE:,}"
                )
            if self.line == 1:
                raw = self._without_bom(raw)
            self.ended = raw.endswith((b"\n", b"\r"))
            yield (
                raw.decode() if raw.isascii() and b"\0" not in raw else self._text(raw)
            )

    def _raw_lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            head = file.read(CHUNK)
            file.seek(0)
            if b"\r" in head.rstrip(b"\r") and b"\n" not in head:
                yield from _carriage_return_lines(file)
                return
            while raw := file.readline(LONGEST_LINE + 1):
                yield raw

    def _without_bom(self, raw: bytes) -> bytes:
        if raw.startswith(UTF_16):
            raise self._wrong_encoding("utf-16")
        if raw.startswith(BOM) and not self.layout.encoding.startswith("utf-8"):
            raise self._wrong_encoding("utf-8")
        return raw.removeprefix(BOM)

    def _text(self, raw: bytes) -> str:
        if b"\0" in raw:
            raise NulByte(file=self.path.name, line=self.line)
        if self.layout.encoding.startswith("utf-8"):
            return self._utf_8(raw)
        if _reads_as_utf_8(raw):
            raise self._wrong_encoding("utf-8")
        try:
            return raw.decode(self.layout.encoding)
        except UnicodeDecodeError as error:
            raise self._wrong_encoding("no encoding that we know") from error

    def _utf_8(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            if not self.ended and error.reason == "unexpected end of data":
                raise Truncated(
                    file=self.path.name, line=self.line, seen="half a character"
                ) from error
            raise self._wrong_encoding(_fits(raw)) from error

    def _wrong_encoding(self, fits: str) -> WrongEncoding:
        return WrongEncoding(
            file=self.path.name,
            line=max(self.line, 1),
            encoding=self.layout.encoding,
            fits=fits,
            layout=self.layout.name,
        )


def _reads_as_utf_8(raw: bytes) -> bool:
    """Is the line good UTF-8 that gives European letters and marks, as ours does?"""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(c < "\u0250" or "\u2000" <= c < "\u2200" for c in text)


def _fits(raw: bytes) -> str:
    try:
        raw.decode("windows-1252")
    except UnicodeDecodeError:
        return "no encoding that we know"
    return "windows-1252"


def _carriage_return_lines(file: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while chunk := file.read(CHUNK):
        *lines, rest = (rest + chunk).split(b"\r")
        for line in lines:
            yield line + b"\n"
        if len(rest) > LONGEST_LINE:
            break
    if rest:
        yield rest
