"""Which day does a cell mean, and how is that day written?

A style is written with `dd` or `d`, `mm` or `m`, `Mon` or `Month`, `yyyy` or `yy`, and
the marks between them: "dd/mm/yyyy", "d Mon yyyy", "dd-Mon-yy", "yyyy-mm-dd". The style
`excel` is a day number of a workbook, or a real date cell. A time after the date is
read and dropped; with a zone it is first turned into the time in London.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from fourfold.intake.cells import Wrong
from fourfold.intake.words import plain_dashes

EXCEL = "excel"
DEFAULT_STYLES = ("yyyy-mm-dd", "dd/mm/yyyy", "d Mon yyyy")
FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(367, 73051)
"""Day numbers from 1901 to 2099; a smaller number is a count, not a day."""

LONDON = ZoneInfo("Europe/London")
MONTHS = (
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
)
MONTH_NUMBERS = (
    {name.lower(): n for n, name in enumerate(MONTHS, start=1)}
    | {name[:3].lower(): n for n, name in enumerate(MONTHS, start=1)}
    | {"sept": 9}
)
TOKENS = re.compile("yyyy|yy|Month|Mon|mm|m|dd|d")
PATTERNS = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<short>\d{2})",
    "Month": r"(?P<name>[A-Za-z]{3,9})\.?",
    "Mon": r"(?P<name>[A-Za-z]{3,9})\.?",
    "mm": r"(?P<month>\d{1,2})",
    "m": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
    "d": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
}
TIME = (
    r"(?:(?:T|,? +)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
    r" ?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)


def is_style(style: str) -> bool:
    """Does the style name a day, a month and a year, each once?"""
    if style == EXCEL:
        return True
    tokens = TOKENS.findall(style)
    kinds = sorted("m" if token[0] == "M" else token[0] for token in tokens)
    return kinds == ["d", "m", "y"] and not re.search(
        "[A-Za-z0-9]", TOKENS.sub("", style)
    )


def day_of(
    text: str, styles: Iterable[str], today: date | None, *, past: bool
) -> date | Wrong:
    """Which day does the text mean, read in the first style that fits it?

    Args:
        text: a tidy cell, not empty.
        styles: the styles that the layout allows, in order.
        today: the clock, for two-digit years; None takes 2068 as the last.
        past: the day lies in the past by nature (a birth); so do two-digit years.

    Returns:
        The day, or why there is none. 05/13/2022 under dd/mm/yyyy is never read as May.
    """
    text = plain_dashes(text)
    styles = tuple(styles)
    for style in styles:
        if style == EXCEL:
            if text.replace(".", "", 1).isdigit() and int(float(text)) in EXCEL_DAYS:
                return EXCEL_DAY_ZERO + timedelta(days=int(float(text)))
            continue
        found = _pattern(style).fullmatch(text)
        if found:
            return _day(found, style, today, past=past)
    shown = " or ".join(styles)
    return Wrong("not a date in the style of this layout", f"Write it as {shown}.")


def write_day(day: date, style: str) -> str:
    """How is the day written in the style? `excel` gives the day number."""
    if style == EXCEL:
        return str((day - EXCEL_DAY_ZERO).days)
    words = {
        "yyyy": f"{day.year:04}",
        "yy": f"{day.year % 100:02}",
        "Month": MONTHS[day.month - 1],
        "Mon": MONTHS[day.month - 1][:3],
        "mm": f"{day.month:02}",
        "m": str(day.month),
        "dd": f"{day.day:02}",
        "d": str(day.day),
    }
    return TOKENS.sub(lambda token: words[token.group()], style)


@cache
def _pattern(style: str) -> re.Pattern[str]:
    parts = re.split(f"({TOKENS.pattern})", style)
    body = "".join(
        PATTERNS[part] if part in PATTERNS else re.escape(part).replace(r"\ ", " +")
        for part in parts
    )
    return re.compile(body + TIME, re.IGNORECASE)


def _day(
    found: re.Match[str], style: str, today: date | None, *, past: bool
) -> date | Wrong:
    parts = found.groupdict()
    day = int(parts["day"])
    if parts.get("name"):
        month = MONTH_NUMBERS.get(parts["name"].lower(), 0)
        if not month:
            return Wrong(
                f"'{parts['name']}' is not a month", "Write the month in English."
            )
    else:
        month = int(parts["month"])
    year = int(parts["year"]) if parts.get("year") else _full_year(parts, today, past)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Wrong(
            f"the year {year} is out of range",
            f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.",
        )
    if not 1 <= month <= 12:
        return Wrong(
            f"there is no month {month}",
            f"Write it as {style}; the month is never read first.",
        )
    try:
        named = date(year, month, day)
    except ValueError:
        return Wrong(
            f"there is no {day} {MONTHS[month - 1]} {year}",
            "Give a day that the month has.",
        )
    return _in_london(named, parts)


def _full_year(parts: dict[str, str | None], today: date | None, past: bool) -> int:
    short = int(parts["short"] or 0)
    last = 2068 if today is None else today.year if past else today.year + 20
    return last - (last - short) % 100


def _in_london(day: date, parts: dict[str, str | None]) -> date | Wrong:
    if parts["hour"] is None:
        return day
    hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
    if hour > 23 or minute > 59:
        return Wrong(f"there is no time {hour}:{minute:02}", "Correct the time.")
    if parts["zone"] is None:
        return day
    zone = parts["zone"].replace("Z", "+00:00").replace("z", "+00:00")
    try:
        instant = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}{zone}")
    except ValueError:
        return Wrong(f"there is no time zone {zone}", "Correct the time zone.")
    return instant.astimezone(LONDON).date()
