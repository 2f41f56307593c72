"""Which vehicles pass the same cameras one soon after the other, again and again?"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import kept, laid_down
from fourfold.picture.surprise import surprise
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.convoy_journeys import JOURNEYS, Journey, journeys_of
from fourfold.picture.vehicles.plates import plates_typed
from fourfold.picture.vehicles.reads import (
    DAY_SECONDS,
    Reads,
    cameras_of,
    map_points,
    reads_of,
    usable_reads,
)

CONVOYS = (
    Field("rank", "Rank", "whole"),
    Field("a", "Vehicle"),
    Field("b", "Other vehicle"),
    Field("cameras", "Cameras of the longest journey", "whole"),
    Field("journeys", "Journeys together", "whole"),
    Field("days", "Days", "whole"),
    Field("passes", "Passes together", "whole"),
    Field("expected", "Passes expected by chance", "number"),
    Field("surprise", "Surprise", "number"),
    Field("weight", "Weight of quiet cameras and hours", "number"),
    Field("ahead", "Who was ahead, and how far"),
    Field("companions", "Other vehicles on those journeys", "whole"),
    Field("route", "Cameras in order", "list"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("why", "Why"),
)
PASS = ("plate", "camera", "at", "second", "hour", "input", "line")
HOUR = 3600
LOOKED_AT = 20
"""Pairs looked at closely for each that is to be listed."""


@dataclass(frozen=True)
class Seen:
    """How often did the vehicles of the pairs pass each camera in each hour?

    `times` maps (plate, camera, hour) to passes; `share` is which part of an hour lies
    within the minutes set of a pass, over all days of the data.
    """

    times: dict[tuple[str, str, int], int]
    by_plate: dict[str, list[tuple[str, int]]]
    share: float

    def expected(self, a: str, b: str) -> float:
        """How often would b be near a by chance, keeping its cameras and hours?"""
        total = 0.0
        for camera, hour in self.by_plate.get(a, ()):
            near = min(1.0, self.times.get((b, camera, hour), 0) * self.share)
            total += self.times[a, camera, hour] * near
        return total


def run_convoys(case: Case) -> Findings:
    """Find vehicles that travel with each other, for a case."""
    reads = usable_reads(case)
    targets = plates_typed(case.parameters["targets"])
    case.tell(0.1, "Looking for vehicles at one camera at one time")
    pairs = _pairs(case, reads, targets)
    case.tell(0.7, "Putting their passes in order")
    journeys = _journeys(case, reads, pairs)
    case.tell(0.9, "Comparing with chance")
    rows = _rows(case, reads, pairs, journeys)
    names = {(row["a"], row["b"]) for row in rows}
    each = [j for j in journeys if (j.a, j.b) in names]
    caption = (
        f"{many(len(rows), 'pair')} of vehicles passed "
        f"{case.parameters['least_cameras']} or more different cameras in one journey, "
        f"within {case.parameters['minutes']:g} minutes of each other at each, among "
        f"{many(reads.count, 'read')}."
    )
    tables = (
        shown("convoys", caption, CONVOYS, rows),
        shown("journeys", f"{many(len(each), 'journey')} of the pairs, by time.",
              JOURNEYS, [p for j in each for p in j.rows(reads.clock)]),
    )  # fmt: skip
    answers = [Answer(caption, "convoys")]
    answers += [Answer(row["why"], "convoys", (at,)) for at, row in enumerate(rows[:5])]
    notes = (*reads.notes, f"The reads reach from {reads.span}.")
    return Findings(tuple(answers), tables, _points(reads, each), notes=notes)


def passes_together(mine: Any, theirs: Any, seconds: int, *, twice: bool) -> Any:
    """Which passes of one camera by two vehicles lie within so many seconds?

    Args:
        mine: rows with PASS, the fewer ones.
        theirs: rows with PASS.
        seconds: how far apart two passes may be.
        twice: a pair may stand the other way round too, and must not be lost; else
            each two passes are wanted once, the earlier as `a`.

    Returns:
        Rows in no order: `a`, `b`, `camera`, `hour`, and of both `_at`, `_second`,
        `_input`, `_line`.
    """
    left = mine.select(camera=_.camera, hour=_.hour, **_sided(mine, "a"))
    right = theirs.select(camera=_.camera, **_sided(theirs, "b"))
    steps = (-1, 0, 1) if twice else (0, 1)
    wide = ibis.union(
        *(left.mutate(bucket=_bucket(_.a_second, seconds) + step) for step in steps)
    )
    right = right.mutate(bucket=_bucket(_.b_second, seconds))
    joined = wide.join(right, ["camera", "bucket"]).filter(_.a != _.b)
    apart = joined.b_second - joined.a_second
    if twice:
        return joined.filter(apart.abs() <= seconds).drop("bucket")
    later = (apart > 0) | ((apart == 0) & (joined.a < joined.b))
    return joined.filter(later & (apart <= seconds)).drop("bucket")


def _bucket(second: Any, seconds: int) -> Any:
    return (second / seconds).floor().cast("int64")


def _sided(table: Any, side: str) -> dict[str, Any]:
    names = ("at", "second", "input", "line")
    return {side: table.plate} | {f"{side}_{name}": table[name] for name in names}


def _passes(reads: Reads) -> Any:
    local = reads.clock.local(reads.rows.second)
    hour = ((local % DAY_SECONDS) / HOUR).floor().cast("int64")
    return reads.rows.mutate(hour=hour).select(*PASS)


def _together(case: Case, reads: Reads, targets: list[str], among: Any = None) -> Any:
    """Passes together, each pair of vehicles one way round: `a` < `b` by name."""
    passes = _passes(reads)
    seconds = int(case.parameters["minutes"] * 60)
    if among is not None:
        passes = passes.semi_join(among, "plate")
    if targets:
        mine = passes.filter(passes.plate.isin(targets))
        found = passes_together(mine, passes, seconds, twice=True)
        return found.filter(~found.b.isin(targets) | (found.a < found.b))
    found = passes_together(passes, passes, seconds, twice=False)
    first = found.a < found.b
    named: dict[str, Any] = {}
    for name in ("", "_at", "_second", "_input", "_line"):
        one, other = found[f"a{name}"], found[f"b{name}"]
        named |= {f"a{name}": first.ifelse(one, other)}
        named |= {f"b{name}": first.ifelse(other, one)}
    return found.mutate(**named)


def _pairs(case: Case, reads: Reads, targets: list[str]) -> list[dict[str, Any]]:
    """The pairs with enough cameras together, those of quiet hours first."""
    per_window = 2 * case.parameters["minutes"] * 60 / HOUR / max(reads.days, 1.0)
    flow = _passes(reads).group_by("camera", "hour").agg(n=_.count())
    weight = -((1 - (-(flow.n * per_window)).exp()).ln())
    busy = kept(case.backend, flow.select("camera", "hour", weight=weight))
    least = int(case.parameters["least_cameras"])
    enough = _passes(reads).group_by("plate").agg(n=_.camera.nunique())
    enough = kept(case.backend, enough.filter(_.n >= least).select("plate"))
    together = _together(case, reads, targets, enough)
    places = together.group_by("a", "b", "camera").agg(
        passes=_.count(), hour=_.hour.min()
    )
    weighed = places.join(busy, ["camera", "hour"])
    grouped = weighed.group_by("a", "b").agg(
        cameras=_.count(), passes=_.passes.sum(), weight=_.weight.sum()
    )
    often = grouped.filter(_.cameras >= least).mutate(weight=_.weight.round(6))
    most = int(case.parameters["most_rows"]) * LOOKED_AT
    first = often.order_by([_.weight.desc(), _.cameras.desc(), "a", "b"]).limit(most)
    return list(first.to_pyarrow().to_pylist())


def _journeys(
    case: Case, reads: Reads, pairs: list[dict[str, Any]]
) -> tuple[Journey, ...]:
    """The journeys of the pairs, in the order of the pairs, then of time."""
    if not pairs:
        return ()
    table = {name: [pair[name] for pair in pairs] for name in ("a", "b")}
    wanted = laid_down(case.backend, ibis.memtable(table).to_pyarrow())
    plates = sorted({*table["a"], *table["b"]})
    some = laid_down(case.backend, ibis.memtable({"plate": plates}).to_pyarrow())
    together = _together(case, reads, plates_typed(case.parameters["targets"]), some)
    details = together.semi_join(wanted, ["a", "b"]).to_pyarrow().to_pylist()
    least = int(case.parameters["least_cameras"])
    pause = float(case.parameters["longest_pause"]) * 60
    found = journeys_of(details, pause)
    order = {(pair["a"], pair["b"]): at for at, pair in enumerate(pairs)}
    enough = [j for j in found if len(j.route) >= least]
    return tuple(sorted(enough, key=lambda j: (order[j.a, j.b], j.first_at)))


def _rows(
    case: Case,
    reads: Reads,
    pairs: list[dict[str, Any]],
    journeys: tuple[Journey, ...],
) -> list[dict[str, Any]]:
    by_pair: dict[tuple[str, str], list[Journey]] = {}
    for journey in journeys:
        by_pair.setdefault((journey.a, journey.b), []).append(journey)
    seen = _seen(case, reads, {plate for pair in by_pair for plate in pair})
    weights = {(pair["a"], pair["b"]): pair["weight"] for pair in pairs}
    rows = [_row(pair, theirs, weights[pair], seen) for pair, theirs in by_pair.items()]
    least = int(case.parameters["least_journeys"])
    rows = [row for row in rows if row["journeys"] >= least]
    rows.sort(key=lambda r: (-r["weight"], -r["surprise"], r["a"], r["b"]))
    for row in rows:
        row["companions"] = _companions(by_pair, row["a"], row["b"])
        row["why"] = _why(row)
    rows = rows[: int(case.parameters["most_rows"])]
    return [row | {"rank": at} for at, row in enumerate(rows, start=1)]


def _row(
    pair: tuple[str, str], journeys: list[Journey], weight: float, seen: Seen
) -> dict[str, Any]:
    longest = max(journeys, key=lambda j: (len(j.route), j.first_at))
    passes = sum(len(j.passes) for j in journeys)
    expected = seen.expected(*pair)
    sure = round(float(surprise(passes, expected)), 2)
    lags = [p["b_second"] - p["a_second"] for j in journeys for p in j.passes]
    leads = sum(lag > 0 for lag in lags)
    first = pair[0] if leads * 2 >= len(lags) else pair[1]
    share = max(leads, len(lags) - leads)
    return {
        "a": pair[0],
        "b": pair[1],
        "cameras": len(longest.route),
        "route": list(longest.route),
        "journeys": len(journeys),
        "days": len({j.first_at.date() for j in journeys}),
        "passes": passes,
        "expected": round(expected, 2),
        "surprise": sure,
        "weight": round(weight, 2),
        "ahead": f"{first} ahead at {of(share, len(lags), 'pass', 'passes')}, "
        f"half the time by {np.median(np.abs(lags)):.0f} seconds or less",
        "first_at": min(j.first_at for j in journeys),
        "last_at": max(j.last_at for j in journeys),
    }


def _why(row: dict[str, Any]) -> str:
    crowd = (
        f" {many(row['companions'], 'other vehicle')} did so on the same journeys, as "
        "traffic on one road does."
        if row["companions"]
        else ""
    )
    return (
        f"{row['a']} and {row['b']} passed {many(row['passes'], 'camera')} one soon "
        f"after the other on {many(row['journeys'], 'journey')} on "
        f"{many(row['days'], 'day')}, where {row['expected']:.1f} would be expected by "
        f"chance from the cameras and hours that each keeps; {row['ahead']}.{crowd}"
    )


def _companions(by_pair: dict[tuple[str, str], list[Journey]], a: str, b: str) -> int:
    """How many others went with either on a journey that the two made together?"""
    spans = [(j.first_at, j.last_at) for j in by_pair[a, b]]
    others = set()
    for pair, journeys in by_pair.items():
        shared = {a, b} & set(pair)
        if len(shared) == 1 and any(
            j.first_at <= end and begin <= j.last_at
            for j in journeys
            for begin, end in spans
        ):
            others |= set(pair) - shared
    return len(others)


def _seen(case: Case, reads: Reads, plates: set[str]) -> Seen:
    share = 2 * case.parameters["minutes"] * 60 / HOUR / max(reads.days, 1.0)
    if not plates:
        return Seen({}, {}, share)
    mine = _passes(reads).semi_join(
        reads_of(reads, plates).select("plate").distinct(), "plate"
    )
    counted = mine.group_by("plate", "camera", "hour").agg(n=_.count())
    times: dict[tuple[str, str, int], int] = {}
    by_plate: dict[str, list[tuple[str, int]]] = {}
    for row in counted.to_pyarrow().to_pylist():
        times[row["plate"], row["camera"], row["hour"]] = row["n"]
        by_plate.setdefault(row["plate"], []).append((row["camera"], row["hour"]))
    return Seen(times, {p: sorted(seen) for p, seen in by_plate.items()}, share)


def _points(reads: Reads, journeys: list[Journey]) -> Any:
    cameras = {p["camera"] for j in journeys for p in j.passes}
    if not cameras:
        return None
    return map_points(
        cameras_of(reads.rows.filter(_.camera.isin(sorted(cameras)))),
        [
            {
                "camera": p["camera"],
                "at": p["a_at"],
                "label": f"{j.a} and {j.b} were read here soon after each other",
                "kind": "passed together",
                "who": f"{j.a}, {j.b}",
            }
            for j in journeys
            for p in j.passes
        ],
    )
