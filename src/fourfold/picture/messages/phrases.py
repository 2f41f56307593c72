"""Where does a phrase with choices and gaps stand in a text, whatever its spelling?"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fourfold.picture.messages.words import LONG, words_of

GAP_WORDS = 4
"""How many words `...` may stand for."""


COMMON = frozenset(
    (resources.files("fourfold.picture.messages") / "data" / "common_words.txt")
    .read_text(encoding="utf-8")
    .split()
)
"""Words that stand in many texts: poor ones to look for first. Speed alone."""


@dataclass(frozen=True)
class Spelt:
    """A text as its words, in small letters, single spaces, and where each stood."""

    plain: str
    begins: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Where in the text as written does a part of `plain` stand?"""
        first = bisect_right(self.begins, begin) - 1
        last = bisect_right(self.begins, max(begin, end - 1)) - 1
        return self.starts[first], self.ends[last]


@dataclass(frozen=True, order=True)
class Match:
    """One place where a phrase stands: in `Spelt.plain`, from `begin` to `end`."""

    begin: int
    end: int


def spellings(text: str) -> tuple[Spelt, ...]:
    """As which texts may one with stressed letters be meant? "stabbb": stabb and stab.

    Returns:
        The text with such letters twice, and, where it has any, with them once.
    """
    twice = spelt(text)
    return (twice, spelt(text, r"\1")) if LONG.search(text.lower()) else (twice,)


def spelt(text: str, stressed: str = r"\1\1") -> Spelt:
    """How is a text compared with phrases?

    Args:
        text: as written.
        stressed: what takes the place of three or more of one letter.
    """
    words = words_of(text)
    begins, plain, at = [], [], 0
    for word in words:
        shape = LONG.sub(stressed, word.plain)
        begins.append(at)
        plain.append(shape)
        at += len(shape) + 1
    return Spelt(
        " ".join(plain),
        tuple(begins),
        tuple(word.start for word in words),
        tuple(word.end for word in words),
    )


def matches(phrases: tuple[str, ...], text: Spelt) -> Iterator[Match]:
    """Where does any of the phrases stand? From left to right, none inside another."""
    if phrases:
        for found in compiled(phrases).finditer(text.plain):
            yield Match(found.start(), found.end())


@cache
def compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Which pattern finds any of the phrases?

    In a phrase `a/b` is a choice, `_` a space within it, `...` up to `GAP_WORDS`
    words, and `word*` any word that begins so.
    """
    return re.compile(r"(?<!\S)(?:" + "|".join(map(_pattern, phrases)) + r")(?!\S)")


def anchors(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Words of which any text that holds one of the phrases holds at least one.

    Of each phrase, the choices of one part: that with the fewest common words, and of
    those the one whose shortest choice is longest, as long words are rare ones.
    """
    found: dict[str, None] = {}
    for phrase in phrases:
        parts = [part.split("/") for part in phrase.split() if part != "..."]
        whole = [part for part in parts if not any(w.endswith("*") for w in part)]
        best = min(whole, key=_commonness)
        found |= dict.fromkeys(word.replace("_", " ") for word in best)
    return tuple(found)


def _commonness(part: list[str]) -> tuple[int, int]:
    common = sum(set(word.split("_")) <= COMMON for word in part)
    return common, -min(map(len, part))


def _pattern(phrase: str) -> str:
    pattern, gap = "", ""
    for part in phrase.split():
        if part == "...":
            gap = rf"(?: \S+){{0,{GAP_WORDS}}}?"
            continue
        choice = "|".join(_word(word) for word in part.split("/"))
        pattern += f"{gap}{' ' if pattern else ''}(?:{choice})"
        gap = ""
    return pattern


def _word(word: str) -> str:
    open_end = word.endswith("*")
    escaped = re.escape(word.rstrip("*").replace("_", " "))
    return escaped + (r"\S*" if open_end else "")
