"""What did the phones, plates and accounts of some people do, as one table?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Case, NothingToRead, Parameter, require
from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.events import seconds_of
from fourfold.picture.joined.attributions import People, people_of
from fourfold.picture.joined.sightings import CELL, SOURCES, sightings
from fourfold.picture.survey.tables import many
from fourfold.picture.vehicles.reads import HOME, Clock, clock_over

TIMES = {
    "calls": "start_at", "messages": "sent_at", "images": "taken_at", "locations": "at",
    "reads": "at", "payments": "at",
}  # fmt: skip
PEOPLE = Parameter(
    "people",
    "Only these people, as the identifiers name them; empty: all.",
    "texts",
    (),
)
FROM_ON = Parameter("from_on", "First day to count, by the clock of the zone.", "day")
TO_ON = Parameter("to_on", "Last day to count, by the clock of the zone.", "day")
ZONE = Parameter(
    "clock_zone", "Zone of days, and of pictures whose clock names none.", "text", HOME
)
WHO = (PEOPLE, FROM_ON, TO_ON, ZONE)
"""What every question about people lets one set."""
WHOLE = ["source", "input", "line", "side", "key"]


@dataclass(frozen=True)
class Events:
    """The events of the people asked about.

    `rows` has the columns of `sightings` and `person`, `number` (which attribution),
    `site` (mast, where the cells are listed): one row a record, side and person.
    """

    rows: Any
    people: People
    clock: Clock
    sources: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    notes: tuple[str, ...]

    @property
    def days(self) -> float:
        """How many days do the sources span, at least one?"""
        if self.first is None or self.last is None:
            return 1.0
        return max((self.last - self.first).total_seconds() / 86_400, 1.0)


def events_of(case: Case, analysis: str) -> Events:
    """Whose are the rows of all sources, at their time, and where were they?

    Args:
        case: has `identifiers` and at least one source.
        analysis: key of the question, for the error.

    Raises:
        NothingToRead: there is no source.
        NobodyNamed: somebody has no identifiers.
        NoSuchZone: the zone is none.
    """
    sources = tuple(kind for kind in SOURCES if kind in case.tables)
    if not sources:
        given = " and ".join(case.tables)
        raise NothingToRead(
            analysis=analysis, lacks=f"one of {', '.join(SOURCES)}", given=given
        )
    people = people_of(case, case.parameters["people"])
    first, last = _span(case, sources)
    clock = clock_over(str(case.parameters["clock_zone"] or HOME), first, last)
    case.tell(0.1, "Looking for their phones, plates and accounts")
    found = sightings(case, people, clock)
    if found is None:  # no identifier is of a kind that the sources could name
        found = _none(case)
    seen = kept(case.backend, found)
    rows, outside = _attributed(case, people, seen)
    rows = _in_days(rows, case, clock.zone)
    placed = kept(case.backend, _placed(case, rows))
    notes = (*people.notes, *_counted(seen, outside), *_zoneless(case, seen))
    return Events(placed, people, clock, sources, first, last, notes)


def instant(second: float | None) -> datetime | None:
    """Which instant is so many seconds after 1970? `None` stays unknown."""
    return None if second is None else datetime.fromtimestamp(second, UTC)


def _span(
    case: Case, sources: tuple[str, ...]
) -> tuple[datetime | None, datetime | None]:
    ends = []
    for source in sources:
        require(case.tables[source], source, (TIMES[source],))
        at = case.tables[source][TIMES[source]]
        row = case.tables[source].aggregate(first=at.min(), last=at.max())
        ends += row.to_pyarrow().to_pylist()
    first = [row["first"] for row in ends if row["first"] is not None]
    last = [row["last"] for row in ends if row["last"] is not None]
    return min(first, default=None), max(last, default=None)


def _none(case: Case) -> Any:
    schema = pa.schema(
        [(n, pa.string()) for n in ("source", "kind", "side", "id_kind", "key")]
        + [("second", pa.float64()), ("local", pa.timestamp("us"))]
        + [(n, pa.string()) for n in ("other", "place", "place_kind", "last_place")]
        + [("lat", pa.float64()), ("lon", pa.float64()), ("seconds", pa.int64())]
        + [("words", pa.string()), ("amount_gbp", pa.float64())]
        + [("input", pa.int64()), ("line", pa.int64())]
    )
    return laid_down(case.backend, schema.empty_table())


def _attributed(case: Case, people: People, seen: Any) -> tuple[Any, int]:
    """Rows whose identifier was theirs at the time; how many records were not?"""
    whose = laid_down(case.backend, people.table())
    joined = seen.join(whose, ["id_kind", "key"])
    after = joined.from_second.isnull() | (joined.second >= joined.from_second)
    before = joined.until_second.isnull() | (joined.second < joined.until_second)
    inside = joined.filter(after.fill_null(False) & before.fill_null(False))  # noqa: FBT003
    one = ibis.window(
        group_by=["source", "input", "line", "side", "person"], order_by="number"
    )
    once = inside.mutate(place_in_row=ibis.row_number().over(one))
    rows = once.filter(_.place_in_row == 0).drop(
        "place_in_row", "from_second", "until_second"
    )
    outside = seen.select(*WHOLE).distinct().anti_join(inside, WHOLE)
    return rows, int(outside.count().to_pyarrow().as_py())


def _in_days(rows: Any, case: Case, zone: str) -> Any:
    first: date | None = case.parameters["from_on"]
    last: date | None = case.parameters["to_on"]
    keeper = ZoneInfo(zone)
    if first is not None:
        begins = datetime.combine(first, time(), keeper).timestamp()
        rows = rows.filter(rows.second >= begins)
    if last is not None:
        ends = datetime.combine(last + timedelta(days=1), time(), keeper).timestamp()
        rows = rows.filter(rows.second < ends)
    return rows


def _placed(case: Case, rows: Any) -> Any:
    """Cells take the place of their mast at the time, where a list of cells has it."""
    if "cells" not in case.tables:
        return rows.mutate(site=ibis.literal("", "string"))
    return placed_cells(case, rows)


def placed_cells(case: Case, rows: Any) -> Any:
    """Rows with `place`, `place_kind`, `second` and where the mast of their cell stood.

    A `lat` and `lon` that a row has stay; `site` is the name of the mast, "" for none.
    """
    masts = laid_down(case.backend, cell_list(case))
    joined = rows.left_join(
        masts,
        [
            rows.place == masts.cell,
            rows.place_kind == CELL,
            rows.second >= masts.from_second,
            rows.second < masts.until_second,
        ],
    )
    return joined.mutate(
        lat=joined.lat.coalesce(joined.c_lat),
        lon=joined.lon.coalesce(joined.c_lon),
        site=joined.mast.coalesce(ibis.literal("", "string")),
    ).select(*rows.columns, "site")


def cell_list(case: Case) -> pa.Table:
    """Where each cell's antennas stood from when until when, never two at one time.

    Of several entries for a cell the one that begins later holds from there on.
    """
    names = ("cell", "lat", "lon", "site", "valid_from", "valid_to")
    require(case.tables["cells"], "cells", names)
    cells = case.tables["cells"].filter(_.lat.notnull() & _.lon.notnull())
    listed = cells.select(
        "cell", "lat", "lon", "site",
        from_second=seconds_of(_.valid_from), until_second=seconds_of(_.valid_to),
    ).to_pyarrow().to_pylist()  # fmt: skip
    for row in listed:
        row["from_second"] = -1e12 if row["from_second"] is None else row["from_second"]
        row["until_second"] = (
            1e12 if row["until_second"] is None else row["until_second"]
        )
    listed.sort(key=lambda r: (r["cell"], r["from_second"], r["lat"], r["lon"]))
    for row, after in pairwise(listed):
        if row["cell"] == after["cell"]:
            row["until_second"] = min(row["until_second"], after["from_second"])
    schema = pa.schema(
        {
            "cell": pa.string(),
            "c_lat": pa.float64(),
            "c_lon": pa.float64(),
            "mast": pa.string(),
            "from_second": pa.float64(),
            "until_second": pa.float64(),
        }
    )
    rows = [
        row | {"c_lat": row["lat"], "c_lon": row["lon"], "mast": row["site"]}
        for row in listed
        if row["from_second"] < row["until_second"]
    ]
    rows = [{name: row[name] for name in schema.names} for row in rows]
    return pa.Table.from_pylist(rows, schema=schema)


def _counted(seen: Any, outside: int) -> tuple[str, ...]:
    if not outside:
        return ()
    whole = int(seen.select(*WHOLE).distinct().count().to_pyarrow().as_py())
    return (
        f"{outside:,} of {many(whole, 'record')} that name one of their identifiers "
        f"are "
        "not used: they lie outside the time for which it is attributed, or have no "
        "time.",
    )


def _zoneless(case: Case, seen: Any) -> tuple[str, ...]:
    if "images" not in case.tables:
        return ()
    images = case.tables["images"]
    bare = images.filter(images.taken_at.isnull() & images.taken_local.notnull())
    mine = seen.filter(_.source == "images").select("input", "line")
    count = int(bare.semi_join(mine, ["input", "line"]).count().to_pyarrow().as_py())
    if not count:
        return ()
    zone = case.parameters["clock_zone"] or HOME
    return (
        f"{many(count, 'picture')} by a clock that names no zone; it is taken as the "
        f"clock of {zone}.",
    )
