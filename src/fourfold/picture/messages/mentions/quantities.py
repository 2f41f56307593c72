"""Which amounts in which drugs are sold does a text name?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourfold.base import rules
from fourfold.picture.messages.mentions.amounts import AMOUNT, DIGITS, amount
from fourfold.picture.messages.mentions.mention import Mention, Written, mention


@dataclass(frozen=True)
class QuantityWord:
    """One row of the sheet: words for an amount and what one weighs.

    `digits`: only a number written in digits may stand before it.
    """

    key: str
    says: str
    source: str
    forms: tuple[str, ...]
    grams: float
    alone: bool
    examples: tuple[Any, ...]
    digits: bool = False


RULES = rules.load(QuantityWord, "fourfold.picture.messages", "quantities")
QUANTITY_WORDS = tuple(form for rule in RULES for form in rule.forms)
"""A text without a digit names no amount unless it has one of these."""
_MONTH = re.compile(
    r"\s+(?:of\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)"
)


def quantities(written: Written) -> Iterator[Mention]:
    """Which amounts? The value is in grams, or a count and the word."""
    for rule, pattern in _patterns():
        for found in pattern.finditer(written.text):
            if _MONTH.match(written.text[found.end() :].lower()):
                continue
            many = amount(found[1]) if found[1] else 1.0
            if rule.grams:
                value = f"{round(many * rule.grams, 2):g} g"
                yield mention("quantity", found, value, rule.says)
            else:
                yield mention("quantity", found, f"{many:g} {found[2].lower()}")


@cache
def _patterns() -> tuple[tuple[QuantityWord, re.Pattern[str]], ...]:
    made = []
    for rule in RULES:
        words = "|".join(map(re.escape, sorted(rule.forms, key=len, reverse=True)))
        number = DIGITS if rule.digits else AMOUNT
        lead = rf"(?:({number})(?:\s?x)?\s?)" + ("?" if rule.alone else "")
        text = rf"(?<![\w£€$.,'’]){lead}({words})(?![\w'’])"
        made.append((rule, re.compile(text, re.IGNORECASE)))
    return tuple(made)
