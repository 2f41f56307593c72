"""Is a mark a British number plate, and which others does a camera take it for?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import SheetFault

PACKAGE = "fourfold.picture.vehicles"
LONGEST = 11
"""Characters of the longest mark in the police standard (POLE dictionary v1.1)."""


@dataclass(frozen=True)
class Lookalike:
    """Characters that cameras take for each other."""

    key: str
    says: str
    characters: str
    source: str
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True)
class PlateFormat:
    """One form of British plate; `tag`: its first two letters name an office."""

    key: str
    says: str
    pattern: str
    source: str
    examples: tuple[Any, ...]
    tag: bool = False


@dataclass(frozen=True)
class MemoryTag:
    """Where plates of the current form with these first letters are registered."""

    key: str
    says: str
    first: str
    letters: str
    source: str


def _checked(found: tuple[Lookalike, ...]) -> tuple[Lookalike, ...]:
    seen: set[str] = set()
    for row in found:
        twice = seen & set(row.characters)
        if twice:
            fault = f"{', '.join(sorted(twice))} stands in two rows"
            raise SheetFault(sheet="lookalikes", row=row.key, fault=fault)
        seen |= set(row.characters)
    return found


LOOKALIKES = _checked(rules.load(Lookalike, PACKAGE, "lookalikes"))
FORMATS = rules.load(PlateFormat, PACKAGE, "plate_formats")
TAGS = rules.load(MemoryTag, PACKAGE, "memory_tags")
ALIKE = "".join(row.characters[1:] for row in LOOKALIKES)
STANDS_FOR = "".join(row.characters[0] * len(row.characters[1:]) for row in LOOKALIKES)
_FOLDING = str.maketrans(ALIKE, STANDS_FOR)


def plate_of(text: str) -> str:
    """How is a mark written here? In capitals, letters and digits only."""
    return re.sub("[^A-Z0-9]", "", text.upper())


def plates_typed(typed: Sequence[str] | None) -> list[str]:
    """Which plates does somebody mean? In the order typed, each once."""
    made = (plate_of(text) for text in typed or ())
    return list(dict.fromkeys(plate for plate in made if plate))


def folded(plate: Any) -> Any:
    """An expression that is the same for plates that a camera may confuse."""
    return plate.translate(ALIKE, STANDS_FOR)


def fold(plate: str) -> str:
    """What is the same for all plates that a camera may take for this one?"""
    return plate.translate(_FOLDING)


def differences(one: str, other: str) -> str:
    """Where do two plates of one length differ? As "5: O for 0", from 1, "; " between.

    Args:
        one: the plate as read.
        other: the plate that is looked for.
    """
    pairs = enumerate(zip(one, other, strict=False), start=1)
    return "; ".join(f"{at}: {a} for {b}" for at, (a, b) in pairs if a != b)


def differing(one: Any, other: Any) -> Any:
    """An expression for at how many places two plates of one length differ."""
    places = [
        (one.substr(at, 1) != other.substr(at, 1)).ifelse(1, 0) for at in range(LONGEST)
    ]
    total = places[0]
    for place in places[1:]:
        total = total + place
    return total


def uk_format(plate: str) -> str:
    """Which British form has a plate? The key of the sheet; "" for none."""
    return next((row.key for row in FORMATS if _fits(row, plate)), "")


def registered_in(plate: str) -> str:
    """Where was a plate of the current form first registered? "" where unknown."""
    if len(plate) < 2:
        return ""
    return next((tag.says for tag in TAGS if _has_tag(tag, plate)), "")


def _fits(row: PlateFormat, plate: str) -> bool:
    whole = _pattern(row.pattern).fullmatch(plate) is not None
    return whole and (not row.tag or plate[0] == "X" or registered_in(plate) != "")


def _has_tag(tag: MemoryTag, plate: str) -> bool:
    low, _, high = tag.letters.partition("-")
    return plate[0] == tag.first and low <= plate[1] <= (high or low)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
