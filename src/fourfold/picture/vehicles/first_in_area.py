"""Which vehicles were read in an area for the first time in the data?"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.errors import FourfoldError
from fourfold.base.kept import kept
from fourfold.picture.calls.events import only
from fourfold.picture.calls.place_sites import Site, metres_between
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.plates import plates_typed
from fourfold.picture.vehicles.reads import (
    DAY_SECONDS,
    Reads,
    cameras_of,
    map_points,
    usable_reads,
)

FIRST = (
    Field("plate", "Plate"),
    Field("first_at", "First read in the area", "instant"),
    Field("local", "By the clock on the wall"),
    Field("camera", "Camera"),
    Field("reads", "Reads in the area", "whole"),
    Field("days", "Days in the area", "whole"),
    Field("last_at", "Last read in the area", "instant"),
    Field("before", "Reads elsewhere before", "whole"),
    Field("known_since", "First read anywhere", "instant"),
    Field("why", "Why"),
    Field("input", "File", "whole"),
    Field("line", "Line", "whole"),
)


class NoSuchArea(FourfoldError):
    """An area was named that no camera of the data stands in."""

    what = "The area cannot be used: {fault}."
    do = "Name cameras as the data writes them, or a middle (lat, lon) and metres."
    status = 422


def run_first_in_area(case: Case) -> Findings:
    """Find vehicles that are new in an area, for a case."""
    reads = usable_reads(case)
    cameras = cameras_of(reads.rows)
    area = _area(case, reads, cameras)
    since = _since(case, reads)
    case.tell(0.3, "Looking for first reads")
    visits = kept(case.backend, _visits(case, reads, area))
    whole = int(visits.count().to_pyarrow().as_py())
    fresh = visits.filter(visits.first_second >= since)
    new = int(fresh.count().to_pyarrow().as_py())
    case.tell(0.7, "Looking where they were read before")
    rows = _rows(case, reads, fresh, area)
    caption = (
        f"{of(new, whole, 'vehicle')} read in the area ({many(len(area), 'camera')}) "
        f"{'was' if new == 1 else 'were'} first read there on or after "
        f"{_day(since, reads)}."
    )
    table = shown("first_in_area", caption, FIRST, rows)
    answers = [Answer(caption, "first_in_area"), Answer(_reach(reads, since))]
    points = [
        {"camera": row["camera"], "at": row["first_at"], "who": row["plate"]}
        | {"label": f"{row['plate']} was first read in the area here", "kind": "first"}
        for row in rows
    ]
    notes = (*reads.notes, _reach(reads, since))
    return Findings(tuple(answers), (table,), map_points(cameras, points), notes=notes)


def _area(
    case: Case, reads: Reads, cameras: dict[str, tuple[float, float]]
) -> list[str]:
    """Which cameras stand in the area?

    Raises:
        NoSuchArea: none does, or one that is named is not in the data.
    """
    p = case.parameters
    named = list(p["cameras"] or ())
    if named:
        known = set(only(reads.rows, "camera", named).camera.to_pyarrow().to_pylist())
        lacks = [camera for camera in named if camera not in known]
        if lacks:
            raise NoSuchArea(fault=f"no read is from camera {', '.join(lacks)}")
        return sorted(known)
    if p["lat"] is None or p["lon"] is None:
        raise NoSuchArea(fault="neither cameras nor a middle was named")
    middle = Site("", "", float(p["lat"]), float(p["lon"]))
    near = [
        camera
        for camera, (lat, lon) in cameras.items()
        if metres_between(middle, Site(camera, camera, lat, lon)) <= p["metres"]
    ]
    if not near:
        raise NoSuchArea(fault=f"no camera stands within {p['metres']:g} metres")
    return sorted(near)


def _since(case: Case, reads: Reads) -> float:
    if case.parameters["since"] is not None:
        return reads.clock.begins(case.parameters["since"])
    if reads.last is None:
        return 0.0
    keeper = ZoneInfo(reads.clock.zone)
    last = reads.last.astimezone(keeper).date()
    days = int(case.parameters["last_days"]) - 1
    return reads.clock.begins(last - timedelta(days=days))


def _visits(case: Case, reads: Reads, area: list[str]) -> Any:
    """A row for each vehicle read in the area."""
    targets = plates_typed(case.parameters["targets"])
    rows = only(reads.rows, "plate", targets) if targets else reads.rows
    day = (reads.clock.local(_.second) / DAY_SECONDS).floor().cast("int64")
    inside = only(rows, "camera", area).mutate(day=day)
    return inside.group_by("plate").agg(
        first_second=_.second.min(),
        first_at=_["at"].min(),
        last_at=_["at"].max(),
        reads=_.count(),
        days=_.day.nunique(),
    )


def _rows(case: Case, reads: Reads, fresh: Any, area: list[str]) -> list[Any]:
    first = fresh.order_by(["first_at", "plate"]).limit(
        int(case.parameters["most_rows"])
    )
    found = list(first.to_pyarrow().to_pylist())
    if not found:
        return []
    plates = [row["plate"] for row in found]
    mine = only(reads.rows, "plate", plates)
    joined = mine.join(fresh.select("plate", "first_second"), "plate")
    earlier = joined.filter(joined.second < joined.first_second)
    before = earlier.group_by("plate").agg(before=_.count(), known_since=_["at"].min())
    known = {row["plate"]: row for row in before.to_pyarrow().to_pylist()}
    entries = joined.filter(joined.second == joined.first_second)
    entries = only(entries, "camera", area).select("plate", "camera", "input", "line")
    at: dict[str, dict[str, Any]] = {}
    for row in (
        entries.order_by(["plate", "camera", "input", "line"]).to_pyarrow().to_pylist()
    ):
        at.setdefault(row["plate"], row)
    return [_row(row | at[row["plate"]] | known.get(row["plate"], {}), reads)
            for row in found]  # fmt: skip


def _row(row: dict[str, Any], reads: Reads) -> dict[str, Any]:
    before = row.get("before", 0)
    elsewhere = (
        f"it was read elsewhere {many(before, 'time')} before, since "
        f"{reads.clock.shown(row['known_since'])}"
        if before
        else "it was not read anywhere before"
    )
    return row | {
        "before": before,
        "known_since": row.get("known_since", row["first_at"]),
        "local": reads.clock.shown(row["first_at"]),
        "why": f"{row['plate']} was first read in the area at {row['camera']} on "
        f"{reads.clock.shown(row['first_at'])}; {elsewhere}.",
    }


def _day(since: float, reads: Reads) -> str:
    keeper = ZoneInfo(reads.clock.zone)
    return datetime.fromtimestamp(since, keeper).date().isoformat()


def _reach(reads: Reads, since: float) -> str:
    if reads.first is None:
        return "There are no reads."
    back = (since - reads.first.timestamp()) / DAY_SECONDS
    if back <= 0:
        return (
            "The data do not reach back before that day, so that every vehicle is new "
            "in them."
        )
    return (
        f"Before that day the data reach back {back:.1f} days, to "
        f"{reads.clock.shown(reads.first)}; what came before is not known."
    )
