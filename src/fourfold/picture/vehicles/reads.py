"""Which reads of plates can be used, where do cameras stand, and what hour was it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Case, Parameter, require
from fourfold.base.errors import FourfoldError
from fourfold.picture.calls.events import only, seconds_of
from fourfold.picture.vehicles.plates import plates_typed

READ_COLUMNS = (
    "input", "line", "plate", "at", "camera", "lat", "lon", "heading", "confidence",
)  # fmt: skip
DAY_SECONDS = 86_400
EARTH_METRES = 6_371_000.0
HOME = "Europe/London"

TARGETS = Parameter("targets", "Only these plates; empty: every plate.", "texts", ())
FROM_ON = Parameter("from_on", "First day to count, by the clock of the zone.", "day")
TO_ON = Parameter("to_on", "Last day to count, by the clock of the zone.", "day")
ZONE = Parameter(
    "clock_zone", "Zone whose clock counts for days and hours.", "text", HOME
)
PERIOD = (FROM_ON, TO_ON, ZONE)
"""What every question about reads lets one set."""


class NoSuchZone(FourfoldError):
    """A zone was named that no clock keeps."""

    what = "No time zone is called '{zone}'."
    do = "Use a name such as Europe/London or UTC."
    status = 422


class TargetsNeeded(FourfoldError):
    """A question about chosen vehicles was asked without naming one."""

    what = "{analysis} needs at least one plate in targets, and was given none."
    do = "Name the plates, one a line, or with commas between."
    status = 422


@dataclass(frozen=True)
class Clock:
    """The clock of a zone over the time that the data spans.

    `steps` holds from which second after 1970 the clock was how many seconds ahead of
    UTC, the first for everything before it too.
    """

    zone: str
    steps: tuple[tuple[int, int], ...]

    def local(self, second: Any) -> Any:
        """An expression for the second by this clock, as if 1970 had begun by it."""
        ahead = ibis.literal(float(self.steps[0][1]))
        for begins, offset in self.steps[1:]:
            ahead = (second >= begins).ifelse(float(offset), ahead)
        return second + ahead

    def shown(self, at: datetime | None) -> str:
        """An instant by this clock, as ISO text with its offset; "" for none."""
        if at is None:
            return ""
        return at.astimezone(ZoneInfo(self.zone)).isoformat(timespec="seconds")

    def begins(self, day: date) -> float:
        """The second after 1970 at which a day begins by this clock."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).timestamp()


@dataclass(frozen=True)
class Reads:
    """The usable reads of a case.

    `rows` have READ_COLUMNS and `second`, the second after 1970. `first` and `last` are
    the ends of what the data holds (`None`: it holds nothing), `count` its rows.
    """

    rows: Any
    clock: Clock
    count: int
    first: datetime | None
    last: datetime | None
    notes: tuple[str, ...]

    @property
    def span(self) -> str:
        """From when until when do the data reach, in words?"""
        if self.first is None:
            return "no reads"
        return f"{self.clock.shown(self.first)} to {self.clock.shown(self.last)}"

    @property
    def days(self) -> float:
        """How many days do the data span?"""
        if self.first is None or self.last is None:
            return 0.0
        return max((self.last - self.first).total_seconds() / DAY_SECONDS, 1 / 24)


def usable_reads(case: Case) -> Reads:
    """Which reads of a case have plate, camera and time, within the days asked for?

    Asks the engine once for how many and from when until when.

    Raises:
        MissingColumns: the table of reads lacks a column.
        NoSuchZone: the zone is none.
    """
    table = case.tables["reads"]
    require(table, "reads", READ_COLUMNS)
    whole = table.select(*READ_COLUMNS)
    usable = whole.filter((_.plate != "") & (_.camera != "") & _["at"].notnull())
    usable = usable.mutate(second=seconds_of(_["at"]))
    zone = str(case.parameters.get("clock_zone") or HOME)
    usable = _in_days(usable, case.parameters, zone)
    asked = usable.aggregate(n=_.count(), first=_["at"].min(), last=_["at"].max())
    row = asked.to_pyarrow().to_pylist()[0]
    given = int(whole.count().to_pyarrow().as_py())
    notes: tuple[str, ...] = ()
    if row["n"] < given:
        notes = (
            f"{given - row['n']:,} of {given:,} reads are not counted: they lie "
            f"outside "
            "the days asked for, or have no plate, no camera or no time.",
        )
    clock = clock_over(zone, row["first"], row["last"])
    return Reads(usable, clock, row["n"], row["first"], row["last"], notes)


def clock_over(zone: str, first: datetime | None, last: datetime | None) -> Clock:
    """The clock of a zone between two instants.

    Raises:
        NoSuchZone: there is no such zone.
    """
    keeper = _zone(zone)
    day = (first or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
    end = (last or day).astimezone(UTC) + timedelta(days=1)
    ahead = _ahead(keeper, day)
    steps = [(int(day.timestamp()), ahead)]
    while day < end:
        after = day + timedelta(days=1)
        if _ahead(keeper, after) != steps[-1][1]:
            steps.append(_change(keeper, day, after))
        day = after
    return Clock(zone, tuple(steps))


def cameras_of(reads: Any) -> dict[str, tuple[float, float]]:
    """Where does each camera stand? Those without a place are left out."""
    placed = reads.filter(_.lat.notnull() & _.lon.notnull())
    found = placed.group_by("camera").agg(lat=_.lat.max(), lon=_.lon.max()).to_pyarrow()
    return {row["camera"]: (row["lat"], row["lon"]) for row in found.to_pylist()}


def reads_of(reads: Reads, plates: Collection[str]) -> Any:
    """The reads of some plates only."""
    return only(reads.rows, "plate", plates)


def targets_named(case: Case, analysis: str) -> list[str]:
    """Which plates are asked about?

    Raises:
        TargetsNeeded: none is.
    """
    targets = plates_typed(case.parameters["targets"])
    if not targets:
        raise TargetsNeeded(analysis=analysis)
    return targets


def metres_expression(lat: Any, lon: Any, lat_b: Any, lon_b: Any) -> Any:
    """An expression for the metres between two places; null where one is unknown."""
    half_north = (lat_b - lat).radians() / 2
    half_east = (lon_b - lon).radians() / 2
    chord = half_north.sin() * half_north.sin() + (
        lat.radians().cos() * lat_b.radians().cos() * half_east.sin() * half_east.sin()
    )
    within = (chord > 1.0).ifelse(1.0, chord)  # the least of null and 1 would be 1
    return within.sqrt().asin() * (2 * EARTH_METRES)


def map_points(
    cameras: Mapping[str, tuple[float, float]], shown: list[dict[str, Any]]
) -> pa.Table | None:
    """Points for the map, of those reads whose camera has a place.

    Args:
        cameras: where each stands.
        shown: rows with `camera`, `at` (or null), `label`, `kind`, `who`.
    """
    rows = [
        {name: row[name] for name in ("at", "label", "kind", "who")}
        | dict(zip(("lat", "lon"), cameras[row["camera"]], strict=True))
        for row in shown
        if row["camera"] in cameras
    ]
    if not rows:
        return None
    schema = pa.schema(
        [("lat", pa.float64()), ("lon", pa.float64())]
        + [("at", pa.timestamp("us", tz="UTC"))]
        + [(name, pa.string()) for name in ("label", "kind", "who")]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _in_days(reads: Any, parameters: Mapping[str, Any], zone: str) -> Any:
    keeper = Clock(_zone(zone).key, ((0, 0),))
    first, last = parameters.get("from_on"), parameters.get("to_on")
    if first is not None:
        reads = reads.filter(reads.second >= keeper.begins(first))
    if last is not None:
        reads = reads.filter(reads.second < keeper.begins(last + timedelta(days=1)))
    return reads


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise NoSuchZone(zone=name) from error


def _ahead(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> tuple[int, int]:
    """At which second within a day, and to what, does the clock change?"""
    was = _ahead(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _ahead(zone, middle) == was else (low, middle)
    return round(high.timestamp()), _ahead(zone, high)
