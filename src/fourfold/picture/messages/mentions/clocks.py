"""Which times of day does a text name?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

AFTERNOON = range(1, 8)
"""Hours that are taken for the afternoon when a text does not say (chosen)."""

_HOURS = "one two three four five six seven eight nine ten eleven twelve"
_NAMED = {word: n for n, word in enumerate(_HOURS.split(), start=1)}
_HOUR = rf"(?:1[0-2]|0?[1-9]|{'|'.join(_NAMED)})"
CLOCK_WORDS = (*_NAMED, "half", "quarter", "noon", "midday", "midnight")
CLOCK_WORDS += tuple(f"{word}ish" for word in _NAMED)
"""A text without a digit names no time of day unless it has one of these."""
_CLOCK = re.compile(
    rf"""(?<![\w£$€.:/-])(?:
      (?P<h24>[01]?\d|2[0-3])[:.](?P<m24>[0-5]\d)\s?(?P<p24>[ap]\.?m\b\.?)?
    | (?P<h>{_HOUR})\s?(?P<p>[ap]\.?m\b\.?)
    | (?P<ho>{_HOUR})\s?o\s?['’]?\s?clock
    | (?P<hi>{_HOUR})\s?ish
    | (?P<past>half|quarter\s(?:past|to)|\d{{1,2}}\s(?:past|to))\s(?P<hp>{_HOUR})
    | (?:at|@|by|around|about|bout|round|till|til|before|after|from)\s(?P<ha>{_HOUR})
      (?!\s?(?:min|hour|hr|day|week|month|year|quid|pound|k\b|p\b|%|g\b|oz|of\b|st\b
      |nd\b|rd\b|th\b|ppl|people|times|miles|more|each|per))
    | (?P<named>noon|midday|midnight)
    )(?![\w%£]|[:.]\d)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Clock:
    """A time of day as written: `sure` unless morning or afternoon was taken for it."""

    start: int
    end: int
    hour: int
    minute: int
    sure: bool

    def at(self, part: str) -> tuple[int, int, str]:
        """Hour and minute when the text says which half of the day, and a note."""
        if self.sure:
            return self.hour, self.minute, ""
        if part:
            hour = self.hour % 12 + (12 if part == "pm" else 0)
            return hour, self.minute, ""
        late = self.hour in AFTERNOON
        hour = self.hour + 12 if late else self.hour
        return hour, self.minute, f"{'afternoon' if late else 'morning'} taken"


def clocks(text: str) -> Iterator[Clock]:
    """Which times of day stand in a text, from left to right?"""
    for found in _CLOCK.finditer(text):
        read = _read(found)
        if read is not None:
            hour, minute, sure = read
            yield Clock(found.start(), found.end(), hour, minute, sure)


def _read(found: re.Match[str]) -> tuple[int, int, bool] | None:
    if found["named"]:
        return (0 if found["named"].lower() == "midnight" else 12), 0, True
    if found["h24"]:
        return _with_minutes(found)
    if found["h"]:
        return _half(_number(found["h"]), found["p"]), 0, True
    if found["past"]:
        return _spoken(found["past"].lower(), _number(found["hp"]))
    hour = _number(found["ho"] or found["hi"] or found["ha"])
    return hour, 0, False


def _with_minutes(found: re.Match[str]) -> tuple[int, int, bool] | None:
    hour, minute = int(found["h24"]), int(found["m24"])
    if found["p24"]:
        return (_half(hour, found["p24"]), minute, True) if 1 <= hour <= 12 else None
    if "." in found[0] and len(found["h24"]) == 1:
        return None  # 6.30 alone may be a price
    sure = hour == 0 or hour > 12 or len(found["h24"]) == 2
    return hour, minute, sure


def _spoken(past: str, hour: int) -> tuple[int, int, bool] | None:
    if past == "half":
        return hour, 30, False
    amount, way = past.split()
    minutes = 15 if amount == "quarter" else int(amount)
    if minutes > 59:
        return None
    if way == "to":
        return (hour - 1 or 12), 60 - minutes, False
    return hour, minutes, False


def _half(hour: int, part: str) -> int:
    return hour % 12 + (12 if part.lower().startswith("p") else 0)


def _number(text: str) -> int:
    return _NAMED.get(text.lower()) or int(text)
