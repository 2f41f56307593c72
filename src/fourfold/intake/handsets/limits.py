"""How large may a container, an item or a picture be before we refuse it?"""

from dataclasses import dataclass
from typing import Any

from fourfold.base import rules


@dataclass(frozen=True)
class Limit:
    """One limit: what it holds down, its figure, and why that figure."""

    key: str
    says: str
    most: int
    unit: str
    source: str
    examples: tuple[Any, ...]


LIMITS = {
    row.key: row for row in rules.load(Limit, "fourfold.intake.handsets", "limits")
}


def most(key: str) -> int:
    """Which figure has the limit called `key`?"""
    return LIMITS[key].most


def fits(key: str, value: float) -> bool:
    """Does a value stay within the limit called `key`?"""
    return value <= LIMITS[key].most
