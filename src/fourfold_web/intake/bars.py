"""How is it shown what became of a delivery's rows?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 1000
PARTS = (
    ("loaded", "loaded", "#00703c"),
    ("changed", "changed", "#1d70b8"),
    ("unchanged", "unchanged", "#b1b4b6"),
    ("quarantined", "kept back", "#d4351c"),
)


@dataclass(frozen=True)
class Part:
    """One part of the bar: its words, its count, where it begins and how wide it is."""

    words: str
    count: int
    colour: str
    x: float
    width: float


def bar(counts: Any) -> Sequence[Part]:
    """Which parts has the bar? Those with rows, `WIDTH` wide in all.

    Args:
        counts: a delivery or a tally: loaded, changed, unchanged, quarantined, rows.
    """
    parts, x = [], 0.0
    for name, words, colour in PARTS:
        count = getattr(counts, name)
        width = WIDTH * count / max(counts.rows, 1)
        if count:
            parts.append(Part(words, count, colour, round(x, 1), round(width, 1)))
        x += width
    return parts


def arithmetic(counts: Any) -> str:
    """How do the rows add up, in words? As "88 rows = 87 loaded + 1 kept back"."""
    parts = [f"{getattr(counts, name):,} {words}" for name, words, _ in PARTS]
    return f"{counts.rows:,} rows = {' + '.join(parts)}"
