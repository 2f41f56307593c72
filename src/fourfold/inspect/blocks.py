"""Which paragraphs does a document hold, and on which line does each word stand?"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fourfold.inspect import bodies, phrases
from fourfold.inspect.documents import Document, Line
from fourfold.inspect.wording import plain, squeezed

_BULLET = re.compile(r"\s*(?:[•●▪◦·‣∙*]+\s*|[-‐‑–—−]\s+|o\s{2,})(?=\S)")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-z]\)|[ivx]+\.)\s+(?=\S)")
_RUN_ON = re.compile(r"(?<=\S)\s*[•●▪‣]\s*(?=\S)")
_WRAPPED_AT_LEAST = 45
_WRAPPED_SHARE = 0.3
_WRAPPED_MOST = 120
_PUBLISHED = re.compile(r"(?:first )?published\b.{0,40}\d{4}", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or list item, without its list mark.

    `starts` are (place in `text`, line number), rising; `mark` is the list mark as
    printed, "" outside lists; `level` is 1 to 6 where the file marks a heading.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    mark: str = ""
    level: int | None = None

    @property
    def line(self) -> int:
        """On which line does it begin?"""
        return self.starts[0][1]

    @property
    def plain(self) -> str:
        """How does it read with plain quotes, hyphens and spaces?"""
        return plain(self.text)

    @property
    def key(self) -> str:
        """By which words is it known again? Lower case, single spaces."""
        return squeezed(self.text).rstrip(" .").lower()

    def line_at(self, place: int) -> int:
        """On which line does a place in the text stand?"""
        n = bisect_right([begins for begins, _ in self.starts], place)
        return self.starts[max(n - 1, 0)][1]


def blocks_of(document: Document) -> list[Block]:
    """Which paragraphs does the document hold, in order?

    Lines that a text file has wrapped are joined; bullets run on in one line are
    taken apart. Empty for a document without words.
    """
    wrapped = document.form == "text" and _is_wrapped(document.lines)
    width = _width(document.lines) if wrapped else 0
    blocks: list[Block] = []
    last = ""
    for number, line in enumerate(document.lines, start=1):
        if not line.text.strip():
            last = ""
            continue
        if wrapped and blocks and _continues(last, line.text, width):
            blocks[-1] = _joined(blocks[-1], line.text.strip(), number)
        else:
            blocks.extend(_blocks(line, number))
        last = line.text
    return [part for block in blocks for part in _taken_apart(block)]


def _blocks(line: Line, number: int) -> list[Block]:
    text = line.text.strip()
    found = None if line.level else _BULLET.match(text) or _NUMBERED.match(text)
    mark = found[0].strip() if found else ""
    words = text[found.end() :] if found else text
    return [Block(words, ((0, number),), mark, line.level)]


def _joined(block: Block, words: str, number: int) -> Block:
    begins = len(block.text) + 1
    text = f"{block.text} {words}"
    return Block(text, (*block.starts, (begins, number)), block.mark, block.level)


def _taken_apart(block: Block) -> list[Block]:
    breaks = list(_RUN_ON.finditer(block.text))
    if not breaks:
        return [block]
    edges = [0, *(b.end() for b in breaks)]
    ends = [*(b.start() for b in breaks), len(block.text)]
    marks = [block.mark] + ["•"] * len(breaks)
    return [
        Block(block.text[a:b].strip(), ((0, block.line_at(a)),), mark, block.level)
        for a, b, mark in zip(edges, ends, marks, strict=True)
        if block.text[a:b].strip()
    ]


def _is_wrapped(lines: Sequence[Line]) -> bool:
    pairs = [
        (a.text.strip(), b.text.strip())
        for a, b in pairwise(lines)
        if len(a.text.strip()) >= _WRAPPED_AT_LEAST and b.text.strip()
    ]
    broken = [1 for a, b in pairs if a[-1] not in ".:;?!" and b[0].islower()]
    most = max((len(line.text.rstrip()) for line in lines), default=0)
    if most <= _WRAPPED_MOST and sum(_is_full(a, b, most) for a, b in pairs) >= 2:
        return True
    return len(pairs) >= 4 and len(broken) >= _WRAPPED_SHARE * len(pairs)


def _is_full(line: str, after: str, most: int) -> bool:
    """Is the line broken because the next word had no room left?"""
    first = after.split()[0]
    return first[0].islower() and len(line) + 1 + len(first) >= most - 2


def stands_alone(text: str) -> bool:
    """Is a line of wrapped text a label, a section's label or a body's name?"""
    parts = [text, *re.split(r"\s*:\s*|\s+[-–]\s+", text)]
    uses = ("label", "section", "region", "front", "back")
    if any(phrases.whole(use, part) for use in uses for part in parts):
        return True
    if _PUBLISHED.match(text):
        return True
    name = text[:1].isupper() and not text.rstrip().endswith((".", ","))
    return name and bodies.named(text) is not None


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text.rstrip()) for line in lines if line.text.strip())
    return lengths[int(len(lengths) * 0.9)]


def _continues(last: str, text: str, width: int) -> bool:
    if not last.strip() or _BULLET.match(text) or _NUMBERED.match(text):
        return False
    if stands_alone(last) or stands_alone(text):
        return False
    first = text.split()[0]
    room = width - len(last.rstrip())
    return len(first) + 1 > room or text.strip()[0].islower()
