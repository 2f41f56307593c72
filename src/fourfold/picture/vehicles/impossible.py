"""Which plates were read at two places too far apart for one vehicle?"""

from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import kept
from fourfold.picture.calls.events import only
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.lookalike_reads import Misreads, misreads_of
from fourfold.picture.vehicles.plates import plates_typed
from fourfold.picture.vehicles.reads import (
    Reads,
    cameras_of,
    map_points,
    metres_expression,
    usable_reads,
)

PLATES = (
    Field("rank", "Rank", "whole"),
    Field("plate", "Plate"),
    Field("pairs", "Impossible pairs of reads", "whole"),
    Field("unexplained", "Of them unexplained", "whole"),
    Field("days", "Days", "whole"),
    Field("kmh", "Highest speed needed", "number", "km/h"),
    Field("lookalikes", "Plates that look alike, and their reads"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("why", "Why"),
)
PAIRS = (
    Field("plate", "Plate"),
    Field("a_camera", "Camera"),
    Field("a_at", "When", "instant"),
    Field("a_local", "By the clock on the wall"),
    Field("a_confidence", "Confidence", "number"),
    Field("b_camera", "Then camera"),
    Field("b_at", "When there", "instant"),
    Field("b_local", "There, by the clock on the wall"),
    Field("b_confidence", "Confidence there", "number"),
    Field("km", "Great circle", "number", "km"),
    Field("seconds", "Seconds between", "whole"),
    Field("kmh", "Speed needed", "number", "km/h"),
    Field("explained", "What may explain it"),
    Field("a_input", "File", "whole"),
    Field("a_line", "Line", "whole"),
    Field("b_input", "File there", "whole"),
    Field("b_line", "Line there", "whole"),
)
SIDE = ("camera", "at", "second", "lat", "lon", "confidence", "input", "line")
PAIRS_A_PLATE = 50
"""Pairs shown of one plate (chosen)."""


def run_impossible(case: Case) -> Findings:
    """Find plates that were at two places at once, for a case."""
    reads = usable_reads(case)
    case.tell(0.2, "Putting reads in order")
    fast = fast_plates(case, reads)
    pairs = kept(case.backend, impossible_pairs(case, reads, fast))
    case.tell(0.6, "Looking for plates that look alike")
    plates = int(pairs.plate.nunique().to_pyarrow().as_py())
    found = _of_plates(case, pairs)
    misreads = misreads_of(case, reads, {row["plate"] for row in found})
    details = [_pair(row, case, reads, misreads) for row in found]
    rows = _rows(details, misreads)[: int(case.parameters["most_rows"])]
    names = {row["plate"] for row in rows}
    details = [row for row in details if row["plate"] in names]
    all_plates = int(reads.rows.plate.nunique().to_pyarrow().as_py())
    caption = (
        f"{of(plates, all_plates, 'plate')} {'was' if plates == 1 else 'were'} read at "
        f"two places that need more than {case.parameters['kmh']:g} km/h between."
    )
    tables = (
        shown("impossible", caption, PLATES, rows),
        shown("pairs", f"The {many(len(details), 'pair')} of reads of those listed, at "
              f"most {PAIRS_A_PLATE} of one plate.", PAIRS, details),
    )  # fmt: skip
    answers = [Answer(caption, "impossible")]
    answers += [
        Answer(row["why"], "impossible", (at,)) for at, row in enumerate(rows[:5])
    ]
    unplaced = _unplaced(reads)
    notes = [*reads.notes]
    if unplaced:
        notes.append(
            f"{many(unplaced, 'read')} without a place took that of their camera; "
            f"where "
            "none is known, they are not compared."
        )
    return Findings(tuple(answers), tables, _points(reads, details), notes=tuple(notes))


def fast_plates(case: Case, reads: Reads) -> Any:
    """Which plates have two reads after each other that need too high a speed?

    Only what that needs is put in order; the rest is read for these plates alone.
    """
    targets = plates_typed(case.parameters["targets"])
    rows = only(reads.rows, "plate", targets) if targets else reads.rows
    narrow = ("camera", "second", "lat", "lon")
    return kept(case.backend, _fast(case, _placed(rows, reads), narrow)
                .select("plate").distinct())  # fmt: skip


def impossible_pairs(case: Case, reads: Reads, plates: Any) -> Any:
    """Which two reads of some plates after each other need too high a speed?

    Args:
        case: the speed, the distance and how far clocks may differ.
        reads: all usable reads.
        plates: a table with `plate`.

    Returns:
        Rows in no order: `plate`, of both sides `a_` and `b_` of SIDE, `km`, `seconds`,
        `kmh`.
    """
    rows = reads.rows.semi_join(plates, "plate")
    return _fast(case, _placed(rows, reads), SIDE)


def _fast(case: Case, placed: Any, names: tuple[str, ...]) -> Any:
    p = case.parameters
    # Reads of one moment and camera need no order of their own: neither moved.
    ends = [name for name in ("input", "line") if name in names]
    order = ibis.window(group_by="plate", order_by=["second", "camera", *ends])
    before = placed.select(
        "plate",
        **{f"b_{name}": placed[name] for name in names},
        **{f"a_{name}": placed[name].lag().over(order) for name in names},
    )
    metres = metres_expression(_.a_lat, _.a_lon, _.b_lat, _.b_lon)
    apart = before.filter(_.a_camera.notnull() & (_.a_camera != _.b_camera)).mutate(
        km=metres / 1000, seconds=_.b_second - _.a_second
    )
    far = apart.filter(_.km.notnull() & (_.km * 1000 >= float(p["least_metres"])))
    hours = (far.seconds + max(int(p["clock_seconds"]), 1)) / 3600
    fast = far.mutate(kmh=far.km / hours)
    return fast.filter(fast.kmh > float(p["kmh"]))


def _placed(rows: Any, reads: Reads) -> Any:
    """Reads without a place take that of their camera, where there are any such."""
    if not _unplaced(reads):
        return rows
    known = reads.rows.filter(_.lat.notnull() & _.lon.notnull())
    cameras = known.group_by("camera").agg(c_lat=_.lat.max(), c_lon=_.lon.max())
    joined = rows.left_join(cameras, "camera")
    return joined.mutate(
        lat=joined.lat.coalesce(joined.c_lat), lon=joined.lon.coalesce(joined.c_lon)
    )


def _unplaced(reads: Reads) -> int:
    bare = reads.rows.filter(_.lat.isnull() | _.lon.isnull())
    return int(bare.count().to_pyarrow().as_py())


def _of_plates(case: Case, pairs: Any) -> list[dict[str, Any]]:
    """The pairs of the plates that have most of them, by plate and time."""
    counted = pairs.group_by("plate").agg(n=_.count(), fastest=_.kmh.max().round(6))
    order = [_.n.desc(), _.fastest.desc(), "plate"]
    most = counted.order_by(order).limit(2 * int(case.parameters["most_rows"]))
    mine = pairs.semi_join(most, "plate")
    place = ibis.window(group_by="plate", order_by=["b_second", "b_input", "b_line"])
    some = mine.mutate(place=ibis.row_number().over(place))
    some = some.filter(some.place < PAIRS_A_PLATE)
    return list(some.order_by(["plate", "place"]).to_pyarrow().to_pylist())


def _pair(
    row: dict[str, Any], case: Case, reads: Reads, misreads: Misreads
) -> dict[str, Any]:
    doubtful = float(case.parameters["least_confidence"])
    said = []
    for side in ("a", "b"):
        confidence = row[f"{side}_confidence"]
        where = f"at {row[f'{side}_camera']}"
        if confidence is not None and confidence < doubtful:
            said.append(f"the camera was unsure {where} ({confidence:.2f})")
        other = misreads.fits(row, side)
        if other:
            said.append(f"the read {where} fits the journey of {other}")
    return row | {
        "a_local": reads.clock.shown(row["a_at"]),
        "b_local": reads.clock.shown(row["b_at"]),
        "km": round(row["km"], 2),
        "kmh": round(row["kmh"], 1),
        "seconds": int(row["seconds"]),
        "explained": "; ".join(said),
    }


def _rows(pairs: list[dict[str, Any]], misreads: Misreads) -> list[dict[str, Any]]:
    """One row a plate, those with most unexplained pairs first."""
    by_plate: dict[str, list[dict[str, Any]]] = {}
    for pair in pairs:
        by_plate.setdefault(pair["plate"], []).append(pair)
    rows = [_row(plate, theirs, misreads) for plate, theirs in by_plate.items()]
    rows.sort(key=lambda r: (-r["unexplained"], -r["pairs"], -r["kmh"], r["plate"]))
    return [row | {"rank": at} for at, row in enumerate(rows, start=1)]


def _row(plate: str, pairs: list[dict[str, Any]], misreads: Misreads) -> dict[str, Any]:
    fastest = max(pairs, key=lambda p: (p["kmh"], p["b_at"]))
    left = [pair for pair in pairs if not pair["explained"]]
    row = {
        "plate": plate,
        "pairs": len(pairs),
        "unexplained": len(left),
        "days": len({pair["b_at"].date() for pair in pairs}),
        "kmh": fastest["kmh"],
        "lookalikes": misreads.named(plate),
        "first_at": min(pair["a_at"] for pair in pairs),
        "last_at": max(pair["b_at"] for pair in pairs),
    }
    rest = (
        f"{of(len(left), len(pairs), 'pair')} {'is' if len(left) == 1 else 'are'} not "
        "explained by an unsure camera or a plate that looks alike"
    )
    return row | {
        "why": f"{plate} was read at {fastest['a_camera']} and {fastest['seconds']:,} "
        f"seconds later at {fastest['b_camera']}, {fastest['km']:g} km away: "
        f"{fastest['kmh']:,.0f} km/h. {rest}. Two vehicles may bear this plate, or a "
        "read is wrong."
    }


def _points(reads: Reads, pairs: list[dict[str, Any]]) -> Any:
    points = [
        {"camera": pair[f"{s}_camera"], "at": pair[f"{s}_at"], "who": pair["plate"]}
        | {"label": f"{pair['plate']} was read here", "kind": "impossible"}
        for pair in pairs
        for s in ("a", "b")
    ]
    return map_points(cameras_of(reads.rows), points) if points else None
