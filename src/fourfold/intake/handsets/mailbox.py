"""Which letters does a mailbox or an .eml file hold?"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from fourfold.intake.errors import LineTooLong
from fourfold.intake.handsets.found import Items, Spoilt, spoilt
from fourfold.intake.handsets.letter import Threads, items_of_letter
from fourfold.intake.handsets.limits import fits, most
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.setting import Setting

BEGINS = b"From "
QUOTED = re.compile(rb"^>(>*From )")
LONGEST = 20_000_000
"""Bytes of one line: some programs write an attachment as one (chosen)."""


def mbox_items(part: Part, setting: Setting) -> Items:
    """Which letters, and faults, does a file of many letters give?

    A letter begins at a line `From ` after an empty line, as all kinds of mbox have it;
    `>From ` in a letter is read as the writer meant it.

    Raises:
        LineTooLong: a line is longer than any letter has.
    """
    threads = Threads()
    with part.open() as stream:
        for place, (line, raw, size) in enumerate(_letters(stream, part.shown), 1):
            if not fits("item_bytes", size):
                yield _too_large(place, size)
                continue
            where = f"letter {place}, line {line}"
            yield from items_of_letter(raw, (place, where), part, setting, threads)


def letter_items(part: Part, setting: Setting) -> Items:
    """Which message, pictures and faults does one .eml file give?"""
    if not fits("item_bytes", part.size):
        yield _too_large(part.place, part.size)
        return
    with part.open() as stream:
        raw = stream.read()
    where = (part.place, part.name or part.file)
    yield from items_of_letter(raw, where, part, setting, Threads())


def _too_large(place: int, size: int) -> Spoilt:
    fault = f"a letter of {size:,} bytes, more than {most('item_bytes'):,}"
    return spoilt(place, "", fault, "Save its attachments apart.")


def _letters(stream: BinaryIO, shown: str) -> Iterator[tuple[int, bytes, int]]:
    """Line, bytes and size of each letter; only the size of one that is too large."""
    pieces: list[bytes] = []
    line = begun = size = 0
    blank = True
    while raw := stream.readline(LONGEST + 1):
        line += 1
        if len(raw) > LONGEST:
            raise LineTooLong(file=shown, line=line, limit=f"{LONGEST:,}")
        if blank and raw.startswith(BEGINS):
            if begun:
                yield begun, b"".join(pieces), size
            pieces, begun, size = [], line, 0
        else:
            size += len(raw)
            if fits("item_bytes", size):
                pieces.append(QUOTED.sub(rb"\1", raw))
        blank = not raw.strip()
    if begun:
        yield begun, b"".join(pieces), size
