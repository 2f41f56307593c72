"""Which days does a text name, and which day of the calendar is each?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from fourfold.base import rules

_DAYS = "mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|"
_DAYS += "sat(?:urday)?|sun(?:day)?"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?P<which>on|this|next|last|by|til|till|until|before|come)\s)?"
    rf"(?P<day>{_DAYS})(?!\w)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<![\w£$.,/-])(?:(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>(?:20)?\d\d))(?![\w/-]|\.\d)"
)
_SPOKEN = re.compile(
    rf"(?<!\w)(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m>{_MONTH})"
    rf"|(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?:,?\s(?P<y>20\d\d))?(?!\w)",
    re.IGNORECASE,
)
_BARE = (
    "mon",
    "wed",
    "sat",
    "sun",
    "fri",
    "tue",
    "thu",
    "tues",
    "thur",
    "thurs",
    "weds",
)


@dataclass(frozen=True)
class DayWord:
    """One row of the sheet: words for a day, and how many days from the message."""

    key: str
    says: str
    source: str
    forms: tuple[str, ...]
    days: int
    examples: tuple[Any, ...]
    part: str = ""


@dataclass(frozen=True)
class Day:
    """A day as written. `day` is `None` when it hangs on an unknown day of sending.

    `part`: am or pm, where the word says it; `derived`: it hangs on the message's day.
    """

    start: int
    end: int
    day: date | None
    part: str = ""
    derived: bool = True


RULES = rules.load(DayWord, "fourfold.picture.messages", "days")
_NAMES = (
    "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday "
    "sat saturday sun sunday"
)
DAY_WORDS = (*(form for rule in RULES for form in rule.forms), *_NAMES.split())
"""A text without a digit names no day unless it has one of these."""


def days(text: str, sent: date | None) -> Iterator[Day]:
    """Which days stand in a text sent on a day, in no order? They may overlap.

    A day of the week is the next one after the message, or the last one before it
    where the text says "last"; a date without a year is the one nearest to the message.
    """
    for rule, pattern in _words():
        for found in pattern.finditer(text):
            day = sent + timedelta(days=rule.days) if sent else None
            yield Day(found.start(), found.end(), day, _part(rule, text, found.end()))
    for found in _WEEKDAY.finditer(text):
        if (
            found["which"]
            or found["day"].lower() not in _BARE
            or found["day"].istitle()
        ):
            yield Day(found.start(), found.end(), _weekday(found, sent))
    for found in _NUMBERS.finditer(text):
        year, month, number = (found[n] or found[f"{n}2"] for n in ("y", "m", "d"))
        day = _date(int(year) % 100 + 2000, int(month), int(number))
        if day is not None:
            yield Day(found.start(), found.end(), day, derived=False)
    for found in _SPOKEN.finditer(text):
        yield from _spoken(found, sent)


def _part(rule: DayWord, text: str, end: int) -> str:
    after = text[end : end + 14].lower()
    if "morning" in after:
        return "am"
    said = any(word in after for word in ("night", "evening", "afternoon", "aft"))
    return "pm" if said else rule.part


def _weekday(found: re.Match[str], sent: date | None) -> date | None:
    if sent is None:
        return None
    wanted = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(
        found["day"].lower()[:3]
    )
    which = (found["which"] or "").lower()
    if which == "last":
        return sent - timedelta(days=(sent.weekday() - wanted - 1) % 7 + 1)
    return sent + timedelta(days=(wanted - sent.weekday() - 1) % 7 + 1)


def _spoken(found: re.Match[str], sent: date | None) -> Iterator[Day]:
    month = _MONTHS.split().index((found["m"] or found["m2"]).lower()[:3]) + 1
    number = int(found["d"] or found["d2"])
    if found["y"]:
        day = _date(int(found["y"]), month, number)
        if day is not None:
            yield Day(found.start(), found.end(), day, derived=False)
    elif sent is None:
        if _date(2000, month, number) is not None:
            yield Day(found.start(), found.end(), None)
    else:
        near = [_date(sent.year + n, month, number) for n in (-1, 0, 1)]
        possible = [day for day in near if day is not None]
        if possible:
            nearest = min(possible, key=lambda day: abs(day - sent))
            yield Day(found.start(), found.end(), nearest)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


@cache
def _words() -> tuple[tuple[DayWord, re.Pattern[str]], ...]:
    return tuple(
        (rule, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
        for rule in RULES
        for words in ["|".join(sorted(rule.forms, key=len, reverse=True))]
    )
