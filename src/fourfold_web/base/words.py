"""How do we write dates, times, money and figures, so that officers read them alike?"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

Number = int | float | Decimal


def uk_date(day: date | None) -> str:
    """How is a day written? As "2 March 2022"; an instant by its day in London.

    Returns:
        The words; empty when the day is unknown.
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def uk_time(at: datetime | time | None) -> str:
    """How is a time of day written? On 24 hours, London time, as "09:05"."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        at = _local(at)
    return f"{at.hour:02d}:{at.minute:02d}"


def uk_instant(at: datetime | None) -> str:
    """How is an instant written? As "2 March 2022 at 09:05", London time."""
    return "" if at is None else f"{uk_date(at)} at {uk_time(at)}"


def money(pounds: Number | None) -> str:
    """How is a sum in pounds written? As "£2.5 million", "£14,500" or "£12.50".

    Returns:
        Millions and billions to one decimal place, smaller sums in full, pence only
        when there are some; empty when the sum is unknown.
    """
    if pounds is None:
        return ""
    exact = Decimal(str(pounds)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign, size = ("-" if exact < 0 else ""), abs(exact)
    for unit, words in ((Decimal(10**9), "billion"), (Decimal(10**6), "million")):
        tenths = (size / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if tenths >= 1 and size >= unit * Decimal("0.99995"):
            plain = f"{tenths:,}".removesuffix(".0")
            return f"{sign}£{plain} {words}"
    whole = size == size.to_integral_value()
    return f"{sign}£{size:,.0f}" if whole else f"{sign}£{size:,.2f}"


def number(value: Number | None) -> str:
    """How is a number written? With commas: "1,930"; empty when unknown.

    A fraction is shown to two decimal places at most.
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    short = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{short:,}".rstrip("0").rstrip(".")


def percent(numerator: Number, denominator: Number) -> str:
    """What share is that, in whole hundredths? Empty where there is no base.

    A share that is not nothing is never written 0%, nor one that is not all 100%.
    """
    if not denominator:
        return ""
    exact = Decimal(str(numerator)) / Decimal(str(denominator)) * 100
    whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if whole == 0 and exact > 0:
        return "under 1%"
    if whole == 100 and exact < 100:
        return "over 99%"
    return f"{whole}%"


def share(numerator: Number | None, denominator: Number | None) -> str:
    """How is a figure written with its base? As "128 of 533 (24%)"."""
    if numerator is None or denominator is None:
        return "Not known"
    figure = f"{number(numerator)} of {number(denominator)}"
    part = percent(numerator, denominator)
    return f"{figure} ({part})" if part else figure


def counted(count: int, one: str, many: str) -> str:
    """How many of them are there? As "1 threat", "312 threats", "No threats"."""
    if count == 0:
        return f"No {many}"
    return f"{count:,} {one if count == 1 else many}"


def listed(items: Sequence[str]) -> str:
    """How are a few things named in a sentence? As "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at
