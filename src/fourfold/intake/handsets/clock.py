"""When was something, in UTC and by the clock on the wall?"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fourfold.intake.handsets.errors import UnknownZone

USUAL = "Europe/London"
FIRST_YEAR, LAST_YEAR = 1970, 2100
ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?"
)
SHOWN = re.compile(
    r"(\d\d)/(\d\d)/(\d{4}) (\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"\s*(?:([AP]M)\s*)?\(?(?:UTC)?([+-]\d{1,2}(?::?\d\d)?)?\)?"
)
NAMED = re.compile(r"\b([A-Z][A-Za-z_]+/[A-Z][A-Za-z_/]+)\b")


@dataclass(frozen=True)
class Moment:
    """One instant, and the wall clock where it happened."""

    at: datetime
    local: datetime


@dataclass
class Clock:
    """Reads times; knows the zone of those that name none, and counts the doubtful.

    `said` tells whether the file or the officer named the zone. `twice` counts times
    that the clock showed twice when summer time ended, `never` those that it skipped.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(USUAL))
    said: bool = False
    assumed: int = 0
    twice: int = 0
    never: int = 0

    def from_local(self, local: datetime) -> Moment:
        """Which instant is meant by a wall-clock time of this zone?

        Of two, the first is taken; a time that never was is read as summer time.
        """
        first = local.replace(tzinfo=self.zone, fold=0)
        second = local.replace(tzinfo=self.zone, fold=1)
        at = first.astimezone(UTC)
        if first.utcoffset() != second.utcoffset():
            if at.astimezone(self.zone).replace(tzinfo=None) == local:
                self.twice += 1
            else:
                self.never += 1
        if not self.said:
            self.assumed += 1
        return Moment(at, local)

    def from_instant(self, at: datetime) -> Moment:
        """What did the wall clock of this zone show at an instant?"""
        return Moment(at.astimezone(UTC), at.astimezone(self.zone).replace(tzinfo=None))

    def moment(self, text: str) -> Moment | None:
        """Which moment does a report's own way of writing mean? `None`: none."""
        text = text.strip()
        parts = _parts(text)
        if parts is None:
            return None
        naive, offset = parts
        if offset is None:
            return self.from_local(naive)
        return self.from_instant(naive.replace(tzinfo=offset))

    def remarks(self, name: str) -> list[str]:
        """Which sentences must the reader know of the times of file `name`?"""
        said = []
        if self.assumed:
            said.append(
                f"{name}: {self.assumed:,} times name no zone and were read as "
                f"{self.zone.key}."
            )
        if self.twice:
            said.append(
                f"{name}: {self.twice:,} times fall in an hour that the clock ran "
                "twice; the first was taken."
            )
        if self.never:
            said.append(
                f"{name}: {self.never:,} times fall in an hour that the clock skipped; "
                "the zone may be wrong."
            )
        return said


def clock_of(zone: str | None) -> Clock:
    """A clock of the zone an officer named, or of London where none was named.

    Raises:
        UnknownZone: nobody knows the zone.
    """
    if not zone:
        return Clock()
    try:
        return Clock(ZoneInfo(zone), said=True)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(file=zone) from error


def zone_named(text: str) -> ZoneInfo | None:
    """Which zone does a report name in its words about the device, if any?"""
    for name in NAMED.findall(text):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _parts(text: str) -> tuple[datetime, timezone | None] | None:
    found = ISO.fullmatch(text)
    if found:
        year, month, day, hour, minute, second, part, zone = found.groups()
        half = None
    else:
        found = SHOWN.fullmatch(text)
        if not found:
            return None
        day, month, year, hour, minute, second, part, half, zone = found.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half == "PM" else 0)
    try:
        naive = datetime(  # noqa: DTZ001 (a clock on the wall has no zone)
            int(year),
            int(month),
            int(day),
            hours,
            int(minute),
            int(second or 0),
            int(((part or "0") + "000000")[:6]),
        )
    except ValueError:
        return None
    if not FIRST_YEAR <= naive.year <= LAST_YEAR:
        return None
    return naive, _offset(zone)


def _offset(zone: str | None) -> timezone | None:
    if zone is None:
        return None
    if zone == "Z":
        return UTC
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:].replace(":", "")
    hours, minutes = (
        (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    )
    if hours > 14 or minutes > 59:
        return UTC
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
