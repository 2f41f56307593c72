"""Which vehicles make the same trip at about the same time on many days?"""

from datetime import UTC, datetime
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import kept
from fourfold.picture.calls.events import only
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.plates import plates_typed
from fourfold.picture.vehicles.reads import (
    DAY_SECONDS,
    Reads,
    cameras_of,
    map_points,
    usable_reads,
)

TRIPS = (
    Field("rank", "Rank", "whole"),
    Field("plate", "Plate"),
    Field("from_camera", "From camera"),
    Field("to_camera", "To camera"),
    Field("days", "Days", "whole"),
    Field("of_days", "Days with that trip at any hour", "whole"),
    Field("trips", "Trips", "whole"),
    Field("weekdays", "Of them Monday to Friday", "whole"),
    Field("earliest", "Earliest start"),
    Field("latest", "Latest start"),
    Field("minutes", "Mean time between the cameras", "number", "minutes"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("why", "Why"),
)
SINGLE = (
    Field("plate", "Plate"),
    Field("from_camera", "From camera"),
    Field("to_camera", "To camera"),
    Field("at", "Left", "instant"),
    Field("local", "By the clock on the wall"),
    Field("seconds", "Seconds to the next camera", "whole"),
    Field("input", "File", "whole"),
    Field("line", "Line of the first read", "whole"),
    Field("to_input", "File of the second", "whole"),
    Field("to_line", "Line of the second read", "whole"),
)
KEY = ["plate", "from_camera", "to_camera"]
SATURDAY = 5
EPOCH_WEEKDAY = 3
"""1 January 1970 was a Thursday, counted from Monday as 0."""


def run_regular_trips(case: Case) -> Findings:
    """Find trips that are made again and again, for a case."""
    reads = usable_reads(case)
    case.tell(0.2, "Putting reads in order")
    narrow = trips_of(case, reads.rows)
    trips = kept(case.backend, _often(case, narrow, reads))
    case.tell(0.7, "Looking for the same time of day")
    regular = kept(case.backend, _regular(case, trips))
    whole = int(regular.count().to_pyarrow().as_py())
    most = int(case.parameters["most_rows"])
    order = [_.days.desc(), _.trips.desc(), *KEY]
    found = regular.order_by(order).limit(most).to_pyarrow().to_pylist()
    rows = [_row(row, at, reads) for at, row in enumerate(found, start=1)]
    plates = len({row["plate"] for row in rows})
    caption = (
        f"{of(len(rows), whole, 'regular trip')}, made by {many(plates, 'vehicle')} on "
        f"{case.parameters['least_days']} days or more at about the same time, "
        f"{'is' if len(rows) == 1 else 'are'} listed."
    )
    details = _details(case, rows, reads)
    tables = (
        shown("regular_trips", caption, TRIPS, rows),
        shown("trips", f"The {many(len(details), 'trip')} of those listed, whenever.",
              SINGLE, details),
    )  # fmt: skip
    answers = [Answer(caption, "regular_trips")]
    answers += [
        Answer(row["why"], "regular_trips", (at,)) for at, row in enumerate(rows[:5])
    ]
    notes = (*reads.notes, f"The reads reach from {reads.span}.")
    return Findings(tuple(answers), tables, _points(reads, rows), notes=notes)


def trips_of(case: Case, rows: Any, more: tuple[str, ...] = ()) -> Any:
    """Which two reads of a vehicle after each other are a trip between two cameras?

    Args:
        case: the targets and the longest time of a trip.
        rows: usable reads.
        more: columns of the reads to bring along, of the second as `to_` too.
    """
    targets = plates_typed(case.parameters["targets"])
    rows = only(rows, "plate", targets) if targets else rows
    ends = [name for name in ("input", "line") if name in more]
    ordered = ibis.window(group_by="plate", order_by=["second", "camera", *ends])
    names = ("camera", "second", *ends)
    after = rows.select(
        "plate",
        *{"camera", "second", *more},
        **{f"to_{name}": rows[name].lead().over(ordered) for name in names},
    )
    longest = float(case.parameters["longest_trip"]) * 60
    took = after.mutate(seconds=_.to_second - _.second)
    moved = took.filter((_.to_camera != _.camera) & (_.seconds <= longest))
    return moved.rename(from_camera="camera")


def _often(case: Case, trips: Any, reads: Reads) -> Any:
    """The trips that are made on enough days, at any hour, with day and time of day."""
    local = reads.clock.local(trips.second)
    timed = trips.mutate(
        day=(local / DAY_SECONDS).floor().cast("int64"), clock=local % DAY_SECONDS
    )
    least = int(case.parameters["least_days"])
    counted = timed.group_by(KEY).agg(of_days=_.day.nunique(), n=_.count())
    return timed.join(counted.filter(_.n >= least).drop("n"), KEY)


def _regular(case: Case, trips: Any) -> Any:
    """For each trip, the window of the day with most days, where there are enough."""
    size = int(float(case.parameters["minutes"]) * 60)
    slots = -(-DAY_SECONDS // size)
    slot = (trips.clock / size).floor().cast("int64")
    twice = ibis.union(
        trips.mutate(window=slot, since=trips.clock - slot * size),
        trips.mutate(  # a window over midnight is of the day on which it begins
            window=(slot + (slots - 1)) % slots,
            since=trips.clock - slot * size + size,
            day=trips.day - (slot == 0).ifelse(1, 0),
        ),
    )
    weekday = (twice.day + EPOCH_WEEKDAY) % 7
    grouped = twice.group_by([*KEY, "window", "of_days"]).agg(
        days=_.day.nunique(),
        trips=_.count(),
        weekdays=(weekday < SATURDAY).ifelse(1, 0).sum(),
        earliest=_.since.min(),
        latest=_.since.max(),
        seconds=_.seconds.mean(),
        first_second=_.second.min(),
        last_second=_.second.max(),
    )
    enough = grouped.filter(_.days >= int(case.parameters["least_days"]))
    best = ibis.window(group_by=KEY, order_by=[_.days.desc(), _.trips.desc(), "window"])
    first = enough.mutate(place=ibis.row_number().over(best)).filter(_.place == 0)
    begins = first.window * size
    return first.mutate(
        earliest=first.earliest + begins, latest=first.latest + begins
    ).drop("place")


def _row(row: dict[str, Any], rank: int, reads: Reads) -> dict[str, Any]:
    earliest, latest = _time(row["earliest"]), _time(row["latest"])
    made = {
        "rank": rank,
        "first_at": datetime.fromtimestamp(row["first_second"], UTC),
        "last_at": datetime.fromtimestamp(row["last_second"], UTC),
        "of_days": max(row["of_days"], row["days"]),
        "earliest": earliest,
        "latest": latest,
        "minutes": round(row["seconds"] / 60, 1),
        "why": f"{row['plate']} went from {row['from_camera']} to {row['to_camera']} "
        f"between {earliest} and {latest} on {many(row['days'], 'day')} "
        f"({row['weekdays']} of {many(row['trips'], 'trip')} on Monday to Friday), out "
        f"of {many(max(row['of_days'], row['days']), 'day')} with that trip at any "
        f"hour; the data span "
        f"{reads.days:.0f} days.",
    }
    return row | made


def _time(second: float) -> str:
    minutes = int(second // 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _details(case: Case, rows: list[dict[str, Any]], reads: Reads) -> list[Any]:
    if not rows:
        return []
    wanted = {tuple(row[name] for name in KEY) for row in rows}
    mine = only(reads.rows, "plate", {row["plate"] for row in rows})
    trips = trips_of(case, mine, ("at", "input", "line"))
    ordered = trips.order_by([*KEY, "at", "input", "line"]).to_pyarrow().to_pylist()
    return [
        row | {"local": reads.clock.shown(row["at"]), "seconds": int(row["seconds"])}
        for row in ordered
        if tuple(row[name] for name in KEY) in wanted
    ]


def _points(reads: Reads, rows: list[dict[str, Any]]) -> Any:
    points = [
        {"camera": row[end], "at": None, "who": row["plate"], "kind": "regular trip"}
        | {"label": f"{row['plate']} regularly {word} here"}
        for row in rows
        for end, word in (("from_camera", "sets out"), ("to_camera", "arrives"))
    ]
    return map_points(cameras_of(reads.rows), points) if points else None
