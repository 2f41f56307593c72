"""Which sums of money does a text name?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourfold.base import rules
from fourfold.picture.messages.mentions.amounts import AMOUNT, DIGITS, amount
from fourfold.picture.messages.mentions.mention import Mention, Written, mention, near

PAYING = re.compile(
    r"\b(?:ow(?:e|es|ed|ing)|pay|pays|paid|paying|cost|costs|price|worth|bill|lend|lent|"
    r"borrow(?:ed)?|charge[ds]?|cash|money|quid|pounds?|drop(?:ped)?|collect(?:ed)?|tick|"
    r"debt|sell(?:ing)?|sold|buy|bought|deposit|transfer(?:red)?|p/?w|each)\b|£",
    re.IGNORECASE,
)
WITHIN = 30
"""Letters between a word for money that has other meanings and a word of paying."""
_SIGNED = re.compile(rf"([£€$])\s?({DIGITS})\s?(k|m|bn|grand)?(?![\w,]|\.\d)", re.I)
_SHORT = re.compile(rf"(?<![\w£€$.,])({DIGITS})\s?(k)(?!\w)", re.IGNORECASE)
_PENCE = re.compile(r"(?<![\w£€$.,])(\d{1,4})p(?!\w)", re.IGNORECASE)
_TIMES = {"": 1.0, "k": 1e3, "grand": 1e3, "m": 1e6, "bn": 1e9}
_CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD"}


@dataclass(frozen=True)
class MoneyWord:
    """One row of the sheet: words for a sum, and whether they need another beside."""

    key: str
    says: str
    source: str
    forms: tuple[str, ...]
    pounds: float
    alone: bool
    examples: tuple[Any, ...]


RULES = rules.load(MoneyWord, "fourfold.picture.messages", "money")
MONEY_WORDS = tuple(form for rule in RULES for form in rule.forms)
"""A text without a digit names no sum unless it has one of these."""


def sums(written: Written) -> Iterator[Mention]:
    """Which sums? The value is currency and amount, such as "GBP 2500.00"."""
    text = written.text
    for found in _SIGNED.finditer(text):
        total = amount(found[2]) * _TIMES[(found[3] or "").lower()]
        yield mention("money", found, f"{_CURRENCIES[found[1]]} {total:.2f}")
    for found in _SHORT.finditer(text):
        note = "candidate: thousands, of pounds"
        yield mention("money", found, f"GBP {amount(found[1]) * 1e3:.2f}", note)
    for found in _PENCE.finditer(text):
        yield mention("money", found, f"GBP {int(found[1]) / 100:.2f}")
    for rule, pattern in _patterns():
        for found in pattern.finditer(text):
            if rule.alone or near(text, *found.span(), PAYING, WITHIN):
                note = "" if rule.key == "quid" else f"'{found[2]}': {rule.says}"
                total = amount(found[1]) * rule.pounds
                yield mention("money", found, f"GBP {total:.2f}", note)


@cache
def _patterns() -> tuple[tuple[MoneyWord, re.Pattern[str]], ...]:
    return tuple(
        (rule, re.compile(rf"(?<![\w£€$.,])({AMOUNT})\s?({words})(?!\w)", re.I))
        for rule in RULES
        for words in ["|".join(map(re.escape, rule.forms))]
    )
