"""How is it shown what became of a delivery's rows?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 1000
PARTS = (
    ("loaded", "loaded", "green", "#00703c"),
    ("changed", "changed", "blue", "#1d70b8"),
    ("unchanged", "unchanged", "grey", "#b1b4b6"),
    ("quarantined", "kept back", "red", "#d4351c"),
)


@dataclass(frozen=True)
class Part:
    """One part of the bar: its words, its count, where it begins and how wide it is.

    `tag` is the colour of the words below it, the same as its own.
    """

    words: str
    count: int
    tag: str
    colour: str
    x: float
    width: float

    @property
    def label(self) -> str:
        """What stands below it? As "27 changed"."""
        return f"{self.count:,} {self.words}"


def bar(counts: Any) -> Sequence[Part]:
    """Which parts has the bar? Those with rows, `WIDTH` wide in all.

    Args:
        counts: a delivery or a tally: loaded, changed, unchanged, quarantined, rows.
    """
    return bar_of(counts, PARTS)


def bar_of(counts: Any, named: Sequence[tuple[str, str, str, str]]) -> Sequence[Part]:
    """Which parts has a bar of counts with these names, words, tags and colours?"""
    parts, x = [], 0.0
    for name, words, tag, colour in named:
        count = getattr(counts, name)
        width = WIDTH * count / max(counts.rows, 1)
        if count:
            parts.append(Part(words, count, tag, colour, round(x, 1), round(width, 1)))
        x += width
    return parts


def arithmetic(counts: Any) -> str:
    """How do the rows add up, in words? As "88 rows = 87 loaded + 1 kept back"."""
    parts = [f"{getattr(counts, name):,} {words}" for name, words, *_ in PARTS]
    return f"{counts.rows:,} rows = {' + '.join(parts)}"
