"""In which style are the moments of a file written, and which instants are they?"""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from fourfold.intake.bulk.errors import UnknownZone
from fourfold.intake.bulk.sql_text import quoted

HOME = "Europe/London"
FARTHEST = timedelta(hours=14)
"""No clock is farther from UTC."""
UTC_NAMES = ("UTC", "Etc/UTC", "GMT")
ISO_ZONED, EPOCH, EPOCH_MS, EXCEL = "iso with zone", "epoch", "epoch ms", "excel"
ISO = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d",
)
COMPACT = (
    "%Y%m%d %H%M",
    "%Y%m%d %H%M%S",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d %H:%M",
    "%Y%m%dT%H%M%S",
    "%Y%m%d%H%M%S",
    "%Y%m%d%H%M",
    "%Y%m%d",
)
CLOCKS = (
    "%H:%M:%S",
    "%H:%M",
    "%H.%M.%S",
    "%H.%M",
    "%H%M%S",
    "%H%M",
    "%I:%M:%S %p",
    "%I:%M %p",
)
# Years of two figures stand first: the engine reads 22 as a whole year, the year 22.
UK_DAYS = ("%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
US_DAYS = ("%m/%d/%y", "%m-%d-%y", "%m/%d/%Y", "%m-%d-%Y")
NAMED_DAYS = (
    "%d-%b-%y",
    "%d %b %y",
    "%d/%b/%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d %Y",
    "%d/%b/%Y",
)
WORDS = {
    "YYYY": "%Y",
    "YY": "%y",
    "MMM": "%b",
    "DD": "%d",
    "HH": "%H",
    "SS": "%S",
}
LETTERS = {
    **{sign: letters for letters, sign in WORDS.items()},
    "%m": "MM",
    "%M": "MM",
    "%B": "Month",
    "%I": "HH",
    "%p": "AM",
    "%f": "000",
}
IN_WORDS = {
    ISO_ZONED: "2022-03-27T14:30:00+01:00",
    EPOCH: "seconds since 1970",
    EPOCH_MS: "thousandths of a second since 1970",
    EXCEL: "a day number of Excel",
}
NAMES = {"iso": ISO, "epoch": (EPOCH,), "epoch ms": (EPOCH_MS,), "excel": (EXCEL,)}
_of_thread = threading.local()
FIRST_YEAR, LAST_YEAR = 1995, 2045
"""Changes of clocks are known between these years."""
FIRST_SECOND, LAST_SECOND = 631_152_000, 2_366_841_600
"""Seconds since 1970 that stand for a moment: 1990 to 2045."""


def _with_clocks(days: Sequence[str]) -> tuple[str, ...]:
    whole = [
        f"{day}{gap}{clock}" for gap in (" ", "T") for day in days for clock in CLOCKS
    ]
    return (*whole, *days)


GROUPS = {
    "iso": ISO,
    "compact": COMPACT,
    "uk": _with_clocks(UK_DAYS),
    "named": _with_clocks(NAMED_DAYS),
    "us": _with_clocks(US_DAYS),
}


@dataclass(frozen=True)
class Style:
    """How moments are written: one or more strptime styles, or one of our names.

    `month_first`: the styles in which the sample fits just as well, months before days.
    """

    styles: tuple[str, ...]
    month_first: tuple[str, ...] = ()

    @property
    def zoned(self) -> bool:
        """Does each moment say its own distance from UTC, or count from 1970 in UTC?"""
        return self.styles[0] in (ISO_ZONED, EPOCH, EPOCH_MS)


def said_style(words: str) -> Style:
    """Which style is meant by words such as "%d/%m/%Y", "DD/MM/YYYY HH:MM" or "uk"?"""
    name = words.strip().lower()
    if name in NAMES:
        return Style(NAMES[name])
    if name in GROUPS:
        return Style(GROUPS[name])
    if "%" in words:
        return Style((words,))
    return Style((_from_letters(words),))


def in_letters(style: str) -> str:
    """How do people write a style? As DD/MM/YYYY HH:MM:SS; `said_style` reads it."""
    if style in IN_WORDS:
        return IN_WORDS[style]
    for sign, letters in LETTERS.items():
        style = style.replace(sign, letters)
    return style


def style_of(sample: Sequence[str]) -> Style | None:
    """In which style is every value of a sample written? `None`: in none we know.

    Where 3/4 may be a day in April or in March, it is April, and `month_first` says so.
    """
    values = list(dict.fromkeys(value.strip() for value in sample if value.strip()))
    if not values:
        return None
    if all(re.fullmatch(r"\d+(\.\d+)?", value) for value in values):
        return _counted(values)
    if all(re.search(r"\d([+-]\d\d:?\d\d|Z)$", value) for value in values):
        return Style((ISO_ZONED,))
    fits = {name: _fits(values, styles) for name, styles in GROUPS.items()}
    for name, found in fits.items():
        if found:
            return Style(found, fits["us"] if name == "uk" else ())
    return None


def local_sql(raw: str, style: Style) -> str:
    """SQL for the moment as written, a TIMESTAMP; null where it cannot be read.

    For a style with a zone it is a TIMESTAMPTZ.
    """
    first = style.styles[0]
    if first == ISO_ZONED:
        return f"TRY_CAST(replace({raw}, 'T', ' ') AS TIMESTAMPTZ)"
    if first in (EPOCH, EPOCH_MS):
        scale = "1" if first == EPOCH_MS else "1000"
        return f"to_timestamp(TRY_CAST({raw} AS DOUBLE) * {scale} / 1000)"
    if first == EXCEL:
        days = f"TRY_CAST({raw} AS DOUBLE)"
        return f"(TIMESTAMP '1899-12-30' + to_seconds(round({days} * 86400)))"
    listed = ", ".join(f"'{one}'" for one in style.styles)
    return f"try_strptime({raw}, [{listed}])"


def unread(values: Sequence[str], style: Style) -> int:
    """How many of the values are not written in the style?"""
    if not values:
        return 0
    found = _own_base().execute(
        f"SELECT count(*) FILTER ({local_sql('v', style)} IS NULL)"
        " FROM (SELECT unnest($1) AS v)",
        [list(values)],
    )
    row = found.fetchone()
    return row[0] if row else 0


def zone_called(name: str) -> ZoneInfo:
    """Which time zone has that name?

    Raises:
        UnknownZone: none has.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(zone=name) from error


def instant_sql(clock: str, zone: str) -> str:
    """SQL for the instant of a moment that clocks of a zone show, a TIMESTAMPTZ.

    The engine's own sum asks the zone's rules row by row. In most months all clocks of
    a zone keep one distance from UTC whatever the year: there we take it away.
    """
    if zone in UTC_NAMES:
        return f"make_timestamptz(epoch_us({clock}))"
    asked = f"timezone('{zone}', {clock})"
    if twice := hours_twice(zone):
        # The engine takes the second of an hour shown twice; we take the first.
        back = f"CASE WHEN {within_hours(clock, twice)} THEN 1 ELSE 0 END"
        asked = f"({asked} - to_hours({back}))"
    return _by_month(
        clock,
        {
            months: f"make_timestamptz(epoch_us({clock}) - {micros})"
            for micros, months in steady_months(zone)
        },
        asked,
    )


def clock_sql(instant: str, zone: str) -> str:
    """SQL for what clocks of a zone show at an instant, a TIMESTAMP."""
    utc = f"make_timestamp(epoch_us({instant}))"
    return _by_month(
        utc,
        {
            months: f"make_timestamp(epoch_us({instant}) + {micros})"
            for micros, months in steady_months(zone)
        },
        f"timezone('{zone}', {instant})",
    )


def _by_month(moment: str, known: Mapping[tuple[int, ...], str], otherwise: str) -> str:
    first, last = f"{FIRST_YEAR}-02-01", f"{LAST_YEAR - 1}-12-01"
    whens = "".join(
        f" WHEN month({moment}) IN ({', '.join(map(str, months))}) THEN {made}"
        for months, made in known.items()
    )
    within = f"{moment} BETWEEN TIMESTAMP '{first}' AND TIMESTAMP '{last}'"
    return f"CASE WHEN NOT {within} THEN {otherwise}{whens} ELSE {otherwise} END"


@cache
def steady_months(zone: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """In which months do a zone's clocks never change, and keep which distance?

    Microseconds ahead of UTC, with the months in which all clocks kept it in all years
    that are known, and 14 hours before and after: so by UTC as by the clock.
    """
    of, seen = zone_called(zone), {month: set[int]() for month in range(1, 13)}
    day = datetime.fromisoformat(f"{FIRST_YEAR}-01-01")
    while day.year < LAST_YEAR:
        for fold in (0, 1):
            ahead = day.replace(tzinfo=of, fold=fold).utcoffset() or timedelta()
            for near in (-FARTHEST, timedelta(), FARTHEST):
                seen[(day + near).month].add(ahead // timedelta(microseconds=1))
        day += timedelta(days=1)
    steady: dict[int, list[int]] = {}
    for month, found in seen.items():
        if len(found) == 1:
            steady.setdefault(found.pop(), []).append(month)
    return tuple((ahead, tuple(months)) for ahead, months in steady.items())


def within_hours(read: str, hours: tuple[str, ...]) -> str:
    """SQL that is true where a moment lies in one of the hours.

    Month and hour are asked first: most moments need no more.
    """
    listed = ", ".join(f"TIMESTAMP {quoted(hour)}" for hour in hours)
    months = ", ".join(sorted({str(int(hour[5:7])) for hour in hours}))
    clocks = ", ".join(sorted({str(int(hour[11:13])) for hour in hours}))
    return (
        f"CASE WHEN hour({read}) IN ({clocks}) AND month({read}) IN ({months})"
        f" THEN date_trunc('hour', {read}) IN ({listed}) ELSE false END"
    )


@cache
def hours_never(zone: str) -> tuple[str, ...]:
    """Which hours did the clocks of a zone skip? Their beginnings, as ISO text."""
    return tuple(hour for hour, twice in _odd_hours(zone) if not twice)


@cache
def hours_twice(zone: str) -> tuple[str, ...]:
    """Which hours did the clocks of a zone show twice? Their beginnings."""
    return tuple(hour for hour, twice in _odd_hours(zone) if twice)


def _odd_hours(zone: str) -> list[tuple[str, bool]]:
    of = zone_called(zone)
    at = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    odd, hour = [], timedelta(hours=1)
    before = at.astimezone(of).utcoffset()
    while at.year < LAST_YEAR:
        at += hour * 24
        after = at.astimezone(of).utcoffset()
        if before is not None and after is not None and after != before:
            odd += _around(at, of)
        before = after
    return odd


def _around(at: datetime, of: ZoneInfo) -> list[tuple[str, bool]]:
    found = []
    for hours in range(-48, 24):
        local = (at + timedelta(hours=hours)).replace(tzinfo=None)
        first = local.replace(tzinfo=of, fold=0)
        if first.utcoffset() == local.replace(tzinfo=of, fold=1).utcoffset():
            continue
        back = first.astimezone(UTC).astimezone(of).replace(tzinfo=None)
        found.append((local.isoformat(" "), back == local))
    return found


def _counted(values: list[str]) -> Style | None:
    whole = [float(value) for value in values]
    if all(FIRST_SECOND <= value < LAST_SECOND for value in whole):
        return Style((EPOCH,))
    if all(FIRST_SECOND <= value / 1000 < LAST_SECOND for value in whole):
        return Style((EPOCH_MS,))
    found = _fits(values, COMPACT)
    if found:
        return Style(found)
    if all(30_000 <= value < 60_000 for value in whole):
        return Style((EXCEL,))
    return None


def _fits(values: list[str], styles: Sequence[str]) -> tuple[str, ...]:
    """Which of the styles are needed to read all values? () when some are not read."""
    first = " ".join(
        f"WHEN try_strptime(v, '{style}') IS NOT NULL THEN {number}"
        for number, style in enumerate(styles)
    )
    found = _own_base().execute(
        f"SELECT DISTINCT CASE {first} END FROM (SELECT unnest($1) AS v)", [values]
    )
    numbers = [number for (number,) in found.fetchall()]
    if None in numbers:
        return ()
    return tuple(styles[number] for number in sorted(numbers))


def _own_base() -> duckdb.DuckDBPyConnection:
    """A base in memory for this thread: opening one a question takes far longer."""
    base: duckdb.DuckDBPyConnection | None = getattr(_of_thread, "base", None)
    if base is None:
        base = _of_thread.base = duckdb.connect(config={"threads": "1"})
    return base


def _from_letters(words: str) -> str:
    """Letters such as DD/MM/YYYY HH:MM as strptime has it; MM after HH is minutes."""
    text = words.strip()
    for letters, sign in WORDS.items():
        text = text.replace(letters, sign)
    day, hour, clock = text.partition("%H")
    return day.replace("MM", "%m") + hour + clock.replace("MM", "%M")
