"""How does a chat write its dates: is the day first or the month?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fourfold.intake.handsets.errors import DatesDisagree

DATE = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})")
TIME = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?[\s\u202f\u00a0]*(?:([AaPp])\.?[\s\u202f]?[Mm]\.?)?"
)
YEAR_FIRST, DAY_FIRST, MONTH_FIRST = "year first", "day first", "month first"


@dataclass(frozen=True)
class Order:
    """In which order the parts of a date stand, and how that is known."""

    order: str
    because: str = ""


def date_order(dates: Iterable[tuple[int, str]], file: str, asked: str = "") -> Order:
    """Which order do all the dates of a chat share?

    A day above 12 settles it. Without one, the order asked for holds; else the order
    under which the chat runs forward in time; else the day is first, as in the UK.

    Args:
        dates: line number and date, in the order of the chat.
        file: what to call the chat in an error.
        asked: the style that an officer named, such as "mm/dd/yyyy"; "" for none.

    Raises:
        DatesDisagree: one line must have the day first and another the month.
    """
    tally = _Tally()
    for line, text in dates:
        tally.take(line, text)
    if tally.year_first and not tally.seen:
        return Order(YEAR_FIRST)
    if tally.day_line and tally.month_line:
        raise DatesDisagree(
            file=file, day_first=tally.day_line, month_first=tally.month_line
        )
    if tally.day_line:
        return Order(DAY_FIRST)
    if tally.month_line:
        return Order(MONTH_FIRST)
    return _undecided(tally, asked)


def chat_time(date: str, time: str, order: str) -> datetime | None:
    """Which wall-clock time is written? `None`: there is none such."""
    day_parts, clock = DATE.fullmatch(date), TIME.fullmatch(time)
    if not day_parts or not clock:
        return None
    one, _, two, three = day_parts.groups()
    hour = int(clock[1])
    if clock[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if clock[4] in "pP" else 0)
    try:
        year, month, day = _ordered(int(one), int(two), int(three), order)
        return datetime(  # noqa: DTZ001 (a clock on the wall has no zone)
            year + 2000 if year < 100 else year,
            month,
            day,
            hour,
            int(clock[2]),
            int(clock[3] or 0),
        )
    except ValueError:
        return None


def _ordered(one: int, two: int, three: int, order: str) -> tuple[int, int, int]:
    if order == YEAR_FIRST or one > 31:
        return one, two, three
    return (three, two, one) if order == DAY_FIRST else (three, one, two)


def _asked(style: str) -> str:
    """Which order does an officer mean by "uk", "mm/dd/yyyy" or "%d/%m/%y"?"""
    plain = style.strip().lower().lstrip("%")
    if plain.startswith(("us", "m", "b")):
        return MONTH_FIRST
    return YEAR_FIRST if plain.startswith(("iso", "y")) else DAY_FIRST


class _Tally:
    """What the dates of a chat say of their order."""

    def __init__(self) -> None:
        self.seen = self.year_first = self.day_line = self.month_line = 0
        self.back = {DAY_FIRST: 0, MONTH_FIRST: 0}
        self.last: dict[str, tuple[int, int, int]] = {}

    def take(self, line: int, text: str) -> None:
        found = DATE.fullmatch(text)
        if not found:
            return
        one, two, three = int(found[1]), int(found[3]), int(found[4])
        if one > 31:
            self.year_first += 1
            return
        self.seen += 1
        if one > 12 >= two:
            self.day_line = self.day_line or line
        if two > 12 >= one:
            self.month_line = self.month_line or line
        for order in self.back:
            day = _ordered(one, two, three, order)
            self.back[order] += day < self.last.get(order, day)
            self.last[order] = day


def _undecided(tally: _Tally, asked: str) -> Order:
    if asked:
        order = _asked(asked)
        return Order(order, f"the {order}, as asked")
    if tally.back[DAY_FIRST] and not tally.back[MONTH_FIRST]:
        why = "the month first, since only so the chat runs forward in time"
        return Order(MONTH_FIRST, why)
    if tally.back[MONTH_FIRST] and not tally.back[DAY_FIRST]:
        why = "the day first, since only so the chat runs forward in time"
        return Order(DAY_FIRST, why)
    why = "the day first, as in the UK; nothing in the file settles it"
    return Order(DAY_FIRST, why)
