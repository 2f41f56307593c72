"""Which lines of text does a part hold, whatever its encoding?"""

import codecs
import io
from collections.abc import Iterator

from fourfold.intake.errors import LineTooLong, NulByte
from fourfold.intake.handsets.parts import Part
from fourfold.intake.readers.text_lines import LONGEST_LINE

CHUNK = 1 << 20
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(part: Part) -> str:
    """In which encoding is the whole part: utf-16, utf-8 or, failing both, Windows'?

    Raises:
        NulByte: it holds one, so it is damaged or not text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with part.open() as file:
        chunk = file.read(CHUNK)
        if chunk.startswith(UTF_16):
            return "utf-16"
        while chunk:
            if b"\0" in chunk:
                raise NulByte(file=part.shown, line=chunk.count(b"\n") + 1)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return "windows-1252"
            chunk = file.read(CHUNK)
    return "utf-8-sig"


def lines_of(part: Part, encoding: str) -> Iterator[tuple[int, str]]:
    """Which lines, numbered from 1, without their ends?

    Raises:
        LineTooLong: one is longer than any message.
    """
    with part.open() as file:
        text = io.TextIOWrapper(file, encoding=encoding, errors="replace")
        number = 0
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise LineTooLong(
                    file=part.shown, line=number, limit=f"{LONGEST_LINE:,}"
                )
            yield number, line.rstrip("\r\n")
        text.detach()
