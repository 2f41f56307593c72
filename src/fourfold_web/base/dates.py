"""Which day did somebody mean who typed a date the way officers do?"""

import re
from datetime import date

from fourfold.base.errors import FourfoldError
from fourfold_web.base.words import MONTHS

_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})")
_UK = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s./-]*(?P<month>\d{1,2}|[a-z]{3,9})\.?,?"
    r"[\s./-]*(?P<year>\d{4}|\d{2})",
    re.IGNORECASE,
)
_UK_NUMBERS = re.compile(
    r"(?P<day>\d{1,2})[\s./-]+(?P<month>\d{1,2})[\s./-]+(?P<year>\d{4}|\d{2})"
)
CENTURY = 2000


class NoSuchDay(FourfoldError):
    """Somebody typed a date that we cannot read, or that no calendar has."""

    what = "'{typed}' is not a day we can read."
    do = "Write it like 2/3/2022 or 2 March 2022: day, month, year."
    status = 422


def typed_date(typed: str) -> date:
    """Which day is meant by "2/3/2022", "2 March 2022" or "2022-03-02"?

    The day comes before the month, never after it; two figures of a year mean 20xx.

    Raises:
        NoSuchDay: it is not a date, or there is no such day.
    """
    text = " ".join(typed.split())
    found = _ISO.fullmatch(text) or _UK_NUMBERS.fullmatch(text) or _named_month(text)
    if found is None:
        raise NoSuchDay(typed=typed[:40])
    month, year = month_number(found["month"]), int(found["year"])
    if len(found["year"]) == len("22"):
        year += CENTURY
    return _day(year, month, int(found["day"]), typed=typed)


def month_number(typed: str) -> int:
    """Which month is "3", "March" or "mar"? 0: none of the twelve."""
    text = typed.strip().lower().rstrip(".")
    if text.isascii() and text.isdigit():
        number = int(text[:4])
        return number if number in range(1, 13) else 0
    if text == "sept":
        return 9
    for number, name in enumerate(MONTHS, start=1):
        if text in (name.lower(), name.lower()[:3]):
            return number
    return 0


def _named_month(text: str) -> re.Match[str] | None:
    found = _UK.fullmatch(text)
    return found if found is not None and found["month"].isalpha() else None


def _day(year: int, month: int, day: int, *, typed: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise NoSuchDay(typed=typed[:40]) from fault
