"""Which number plates does a text seem to name?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourfold.base import rules
from fourfold.picture.messages.mentions.mention import Mention, Written, mention, near

WORDS = re.compile(
    r"\b(?:reg(?:istration)?|plates?|number\s?plate|vrm|car|van|whip|motor|vehicle|audi|"
    r"bmw|beamer|golf|merc(?:edes)?|corsa|astra|focus|fiesta|transit|range|rover|"
    r"landrover|seat|leon|polo|vw|ford|vauxhall|toyota|nissan|insignia|tesla|moped|"
    r"bike|scooter|lorry|taxi|parked|driving|drives|yaris|clio|peugeot|citroen)\b",
    re.IGNORECASE,
)
WITHIN = 40
"""Letters between a plate and a word of vehicles (chosen)."""


@dataclass(frozen=True)
class PlateRule:
    """One form of plate: its pattern, and whether it needs a word of vehicles."""

    key: str
    says: str
    source: str
    pattern: str
    alone: bool
    examples: tuple[Any, ...]
    capitals: bool = False

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern at word boundaries."""
        return _compiled(self.pattern)


RULES = rules.load(PlateRule, "fourfold.picture.messages", "plates")


def plates(written: Written) -> Iterator[Mention]:
    """Which plates? Always candidates; the value is in capitals without spaces.

    The first form of the sheet that fits takes the place.
    """
    taken: list[tuple[int, int]] = []
    for rule in RULES:
        for found in rule.compiled.finditer(written.text):
            free = all(found.end() <= a or b <= found.start() for a, b in taken)
            if free and _counts(rule, found, written.text):
                taken.append(found.span())
                value = "".join(part for part in found.groups() if part).upper()
                yield mention("plate", found, value, f"candidate: {rule.says}")


def _counts(rule: PlateRule, found: re.Match[str], text: str) -> bool:
    in_capitals = found[0] == found[0].upper()
    if rule.capitals and not in_capitals:
        return False
    beside = near(text, *found.span(), WORDS, WITHIN)
    return beside or (rule.alone and (in_capitals or " " not in found[0]))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w£$@#/.-])(?:{pattern})(?![\w%/-]|\.\d)", re.IGNORECASE)
