"""How are times, spans and counts said in the sentences about calls?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = 60, 3600, 86_400
HOME = ZoneInfo("Europe/London")
NAMED = 5


def said_at(at: datetime) -> str:
    """How is an instant said? By the United Kingdom's clock: 8 March 2026 at 20:05.

    A time without a zone is taken as UTC.
    """
    known = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    local = known.astimezone(HOME)
    return f"{said_on(local)} at {local:%H:%M}"


def said_on(day: date) -> str:
    """How is a day said?"""
    return f"{day.day} {day:%B %Y}"


def said_span(seconds: float) -> str:
    """How is a length of time said, in its largest fitting unit?"""
    size = abs(seconds)
    if size < MINUTE:
        return many(int(size), "second")
    if size < 2 * HOUR:
        return many(int(size // MINUTE), "minute")
    if size < 2 * DAY:
        return f"{size / HOUR:.1f} hours"
    return f"{size / DAY:.1f} days"


def many(count: int, word: str, plural: str = "") -> str:
    """How is a count said: 1 call, 2,400 calls?"""
    return f"{count:,} {word if count == 1 else plural or word + 's'}"


def named(values: Sequence[str], most: int = NAMED) -> str:
    """How are some values listed: the first few, and how many more?"""
    shown = ", ".join(values[:most])
    left = len(values) - most
    return f"{shown} and {left:,} more" if left > 0 else shown
