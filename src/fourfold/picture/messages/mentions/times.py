"""Which days and times does a text name, worked out from when it was sent?"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from fourfold.picture.messages.mentions.amounts import AMOUNT, amount
from fourfold.picture.messages.mentions.clocks import CLOCK_WORDS, Clock, clocks
from fourfold.picture.messages.mentions.days import DAY_WORDS, Day, days
from fourfold.picture.messages.mentions.mention import Mention, Written, mention

_IN = re.compile(
    rf"(?<!\w)in\s({AMOUNT})\s?(mins?|minutes?|hours?|hrs?|days?|weeks?)(?!\w)",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"(?<![\w£.,:/-])(\d{1,2})\s?(mins?|minutes?)(?!\w|\s(?:ago|before|late|walk|early|of))",
    re.IGNORECASE,
)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
_UNITS |= {"d": timedelta(days=1), "w": timedelta(weeks=1)}
_BETWEEN = re.compile(
    r"\s*(?:,|@|-)?\s*(?:morning|night|evening|afternoon|nite)?\s*"
    r"(?:at|around|about|bout|by|from|round|for)?\s*",
    re.IGNORECASE,
)
_LENGTHS = "min mins minute minutes hour hours hr hrs day days week weeks"
TIME_WORDS = tuple(dict.fromkeys((*DAY_WORDS, *CLOCK_WORDS, *_LENGTHS.split())))
"""A text without a digit names no time unless it has one of these."""
UNKNOWN = "the message does not say when it was sent"


def times(written: Written) -> Iterator[Mention]:
    """Which days and times? The value is ISO: a day, or a day and a time.

    What hangs on when the message was sent is noted as derived, with that time, and has
    no value where it is not known.
    """
    text, sent = written.text, written.sent_local
    soon = [found for pattern in (_IN, _SOON) for found in pattern.finditer(text)]
    for found in soon:
        yield _in_a_while(found, sent)
    named = list(_longest(days(text, sent.date() if sent else None)))
    hours = list(clocks(text))
    for day in named:
        hour = next((h for h in hours if _belong(text, day, h)), None)
        if hour is not None:
            hours.remove(hour)
        yield _timed(written, day, hour)
    for hour in hours:
        yield _timed(written, None, hour)


def _in_a_while(found: re.Match[str], sent: datetime | None) -> Mention:
    if sent is None:
        return mention("time", found, "", UNKNOWN)
    unit = found[2].lower()
    then = sent + amount(found[1]) * _UNITS[unit[0]]
    whole_days = unit[0] in "dw"
    value = then.date().isoformat() if whole_days else f"{then:%Y-%m-%dT%H:%M}"
    return mention("time", found, value, _derived(found[0], sent))


def _timed(written: Written, day: Day | None, hour: Clock | None) -> Mention:
    parts = [part for part in (day, hour) if part is not None]
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    text, sent = written.text[start:end], written.sent_local
    date = day.day if day is not None else (sent.date() if sent else None)
    if date is None:
        return Mention("time", text, "", start, end, UNKNOWN)
    if hour is None:
        value, taken = date.isoformat(), ""
    else:
        hours, minutes, taken = hour.at(day.part if day is not None else "")
        value = f"{datetime.combine(date, time(hours, minutes)):%Y-%m-%dT%H:%M}"
    derived = day is None or day.derived
    notes = [_derived(text, sent) if derived and sent else "", taken]
    return Mention("time", text, value, start, end, "; ".join(filter(None, notes)))


def _derived(text: str, sent: datetime) -> str:
    return f"derived from '{text}', sent {sent:%A %d %B %Y %H:%M} by the local clock"


def _belong(text: str, day: Day, hour: Clock) -> bool:
    first, last = (day, hour) if day.start < hour.start else (hour, day)
    return first.end <= last.start and bool(
        _BETWEEN.fullmatch(text[first.end : last.start])
    )


def _longest(found: Iterator[Day]) -> Iterator[Day]:
    taken: list[Day] = []
    for day in sorted(found, key=lambda d: (d.start - d.end, d.start)):
        if all(day.end <= t.start or t.end <= day.start for t in taken):
            taken.append(day)
    yield from sorted(taken, key=lambda d: d.start)
