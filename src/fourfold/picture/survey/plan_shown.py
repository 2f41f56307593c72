"""What does a planned drive look like on paper and on the map?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Answer, Findings, Shown
from fourfold.picture.survey.drive import Crew, Drives
from fourfold.picture.survey.roads import Leg, Roads
from fourfold.picture.survey.stops import Stop
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.survey.targets import ADDRESS, Target, clock_of

HOUR, KM = 3600, 1000
STOP_FIELDS = (
    Field("car", "Car", "whole"),
    Field("stop", "Stop", "whole"),
    Field("arrives", "Arrives"),
    Field("leaves", "Leaves"),
    Field("lat", "Latitude", "number"),
    Field("lon", "Longitude", "number"),
    Field("km", "From the last", "number", "km"),
    Field("places", "Places covered", "whole"),
    Field("covers", "What it covers", "list"),
    Field("reason", "Why it is there"),
)
TARGET_FIELDS = (
    Field("place", "Place"),
    Field("kind", "Kind"),
    Field("planned", "Planned", "flag"),
    Field("car", "Car", "whole"),
    Field("stop", "Stop", "whole"),
    Field("metres", "From the stop", "number", "m"),
    Field("reason", "Why"),
)
DRIVE_FIELDS = (
    Field("drive", "Drive"),
    Field("km", "Distance", "number", "km"),
    Field("driving_hours", "Driving", "number", "hours"),
    Field("stops", "Stops", "whole"),
    Field("stop_hours", "At stops", "number", "hours"),
    Field("hours", "Together", "number", "hours"),
    Field("saved_km", "The plan saves", "number", "km"),
    Field("saved_hours", "The plan saves", "number", "hours"),
    Field("reason", "How it is reckoned"),
)
PLACE_SCHEMA = pa.schema(
    [
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("label", pa.string()),
        ("kind", pa.string()),
        ("who", pa.string()),
    ]
)


@dataclass(frozen=True)
class Plan:
    """A whole plan: what was asked, where to stop, how to drive, and two other drives.

    `legs`: for each car with stops, its ways from stop to stop and home. `planned`:
    targets that some car covers. `naive`: the ways of visiting those in the order
    given. `sweep`: driving the box round them up and down.
    """

    roads: Roads
    targets: tuple[Target, ...]
    stops: tuple[Stop, ...]
    drives: Drives
    legs: tuple[tuple[Leg, ...], ...]
    planned: tuple[int, ...]
    out_of_reach: tuple[int, ...]
    naive: tuple[Leg, ...]
    sweep: Leg | None
    crew: Crew
    depot: int


def plan_findings(plan: Plan, asked: Mapping[str, Any]) -> Findings:
    """Put a plan into tables, sentences and lines on the map."""
    stops = _stop_rows(plan)
    targets = _target_rows(plan, stops, asked)
    drives = _drive_rows(plan)
    caption = (
        f"{many(len(stops), 'stop')} for {many(len(plan.legs), 'car')}, over "
        f"{plan.roads.says}."
    )
    planned = of(len(plan.planned), len(plan.targets), "place")
    return Findings(
        answers=_answers(plan, drives),
        tables=(
            shown("stops", caption, STOP_FIELDS, stops),
            shown("places", f"{planned} planned.", TARGET_FIELDS, targets),
            _compared(drives),
        ),
        places=pa.Table.from_pylist(_points(plan, stops), schema=PLACE_SCHEMA),
        features=tuple(_line(plan, car, legs) for car, legs in _driven(plan)),
        notes=(
            f"Distances are over {plan.roads.says}.",
            "Whether a car may stand where a stop is was not looked at.",
        ),
    )


def _driven(plan: Plan) -> Iterable[tuple[int, tuple[Leg, ...]]]:
    used = [number for number, car in enumerate(plan.drives.cars, 1) if car.stops]
    return zip(used, plan.legs, strict=True)


def _stop_rows(plan: Plan) -> list[dict[str, Any]]:
    rows = []
    for car, legs in _driven(plan):
        drive = plan.drives.cars[car - 1]
        for order, number in enumerate(drive.stops):
            stop = plan.stops[number]
            lon, lat = plan.roads.flat.points([tuple(plan.roads.nodes[stop.node])])[0]
            covers = [plan.targets[n].name for n in stop.covers]
            arrives = drive.arrives[order]
            timed = stop.opens or stop.shuts < 24 * HOUR
            reason = f"Covers {many(len(covers), 'place')}"
            if timed:
                span = f"{clock_of(stop.opens)} to {clock_of(stop.shuts)}"
                reason += f"; open {span}"
            rows.append(
                {
                    "car": car,
                    "stop": order + 1,
                    "arrives": clock_of(arrives),
                    "leaves": clock_of(arrives + stop.dwell),
                    "lat": lat,
                    "lon": lon,
                    "km": round(legs[order].metres / KM, 2),
                    "places": len(covers),
                    "covers": covers,
                    "reason": f"{reason}.",
                    "number": number,
                }
            )
    return rows


def _target_rows(
    plan: Plan, stops: Sequence[dict[str, Any]], asked: Mapping[str, Any]
) -> list[dict[str, Any]]:
    by_target = {n: row for row in stops for n in plan.stops[row["number"]].covers}
    rows = []
    for number, target in enumerate(plan.targets):
        row: dict[str, Any] = {"place": target.name, "kind": target.kind}
        if number in by_target:
            stop = by_target[number]
            away = plan.roads.away(target.place, plan.stops[stop["number"]].node)
            row |= {"planned": True, "car": stop["car"], "stop": stop["stop"]}
            row |= {"metres": float(round(away)), "reason": "The nearest stop."}
        elif number in plan.out_of_reach:
            _node, away = plan.roads.nearest([target.place])
            row |= {"planned": False, "metres": float(round(away[0]))}
            reach = f"{asked['reach_metres']:g} m"
            row["reason"] = f"No road that can be driven lies within {reach}."
        else:
            row |= {"planned": False, "reason": "It fits into no car's hours or times."}
        rows.append(row)
    return rows


def _drive_rows(plan: Plan) -> list[dict[str, Any]]:
    legs = [one for way in plan.legs for one in way]
    waits = _waits(plan)
    stays = [plan.stops[n].dwell for car in plan.drives.cars for n in car.stops]
    mine = _reckoned("as planned", legs, stays)
    mine["hours"] = round(mine["hours"] + waits / HOUR, 2)
    mine["reason"] = "Quickest order found of the fewest stops that cover all places."
    if waits:
        mine["reason"] += f" Waiting for times: {waits / HOUR:.2f} hours."
    each = [plan.targets[n] for n in plan.planned]
    naive = _reckoned("in the order given", plan.naive, [t.dwell for t in each])
    naive["reason"] = (
        "One stop a place, over the same roads, by one car, without times."
    )
    rows = [mine, naive]
    if plan.sweep is not None:
        stays = [target.dwell for target in each if target.kind == ADDRESS]
        sweep = _reckoned("sweeping the area", [plan.sweep], stays)
        sweep["reason"] = (
            "Lines up and down the box round all places, as the crow flies, which is "
            "less than any road; it stops at addresses only."
        )
        rows.append(sweep)
    for row in rows[1:]:
        row["saved_km"] = round(row["km"] - mine["km"], 2)
        row["saved_hours"] = round(row["hours"] - mine["hours"], 2)
    return rows


def _waits(plan: Plan) -> float:
    """Seconds in which cars stand and wait for a place to open."""
    waits = 0.0
    for car, legs in _driven(plan):
        at = float(plan.crew.begins)
        drive = plan.drives.cars[car - 1]
        stays = [plan.stops[number].dwell for number in drive.stops]
        for leg, arrives, stay in zip(legs, drive.arrives, [*stays, 0], strict=True):
            waits += max(arrives - (at + leg.seconds), 0)
            at = arrives + stay
    return waits if waits >= 60 else 0.0  # below a minute it is rounding


def _reckoned(drive: str, legs: Sequence[Leg], stays: Sequence[int]) -> dict[str, Any]:
    driving = sum(leg.seconds for leg in legs) / HOUR
    standing = sum(stays) / HOUR
    return {
        "drive": drive,
        "km": round(sum(leg.metres for leg in legs) / KM, 2),
        "driving_hours": round(driving, 2),
        "stops": len(stays),
        "stop_hours": round(standing, 2),
        "hours": round(driving + standing, 2),
    }


def _compared(drives: Sequence[dict[str, Any]]) -> Shown:
    caption = "The planned drive against two that need no planning; hours of all cars."
    return shown("drives", caption, DRIVE_FIELDS, drives)


def _answers(plan: Plan, drives: Sequence[dict[str, Any]]) -> tuple[Answer, ...]:
    mine = drives[0]
    planned = of(len(plan.planned), len(plan.targets), "place")
    said = [
        Answer(
            f"{planned} covered by {many(mine['stops'], 'stop')} in {mine['km']:g} km "
            f"and {mine['hours']:g} hours.",
            "stops",
        )
    ]
    for number, other in enumerate(drives[1:], 1):
        if plan.planned:
            said.append(
                Answer(
                    f"Against {other['drive']} ({other['km']:g} km, {other['hours']:g} "
                    f"hours) the plan saves {other['saved_km']:g} km and "
                    f"{other['saved_hours']:g} hours.",
                    "drives",
                    (0, number),
                )
            )
    lost = len(plan.targets) - len(plan.planned)
    if lost:
        rows = tuple(n for n in range(len(plan.targets)) if n not in set(plan.planned))
        text = f"{of(lost, len(plan.targets), 'place')} could not be planned."
        said.append(Answer(text, "places", rows))
    return tuple(said)


def _points(plan: Plan, stops: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    points = [
        {
            "lat": row["lat"],
            "lon": row["lon"],
            "label": f"Stop {row['stop']}, {row['arrives']}",
            "kind": "stop",
            "who": f"car {row['car']}",
        }
        for row in stops
    ]
    return points + [
        {
            "lat": target.place[0],
            "lon": target.place[1],
            "label": target.name,
            "kind": target.kind,
            "who": "",
        }
        for target in plan.targets
    ]


def _line(plan: Plan, car: int, legs: Sequence[Leg]) -> dict[str, Any]:
    nodes = [legs[0].nodes[0], *(n for leg in legs for n in leg.nodes[1:])]
    way = plan.roads.flat.points([tuple(plan.roads.nodes[n]) for n in nodes])
    if len(way) == 1:
        way = way * 2
    km = round(sum(leg.metres for leg in legs) / KM, 2)
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": way},
        "properties": {"kind": "drive", "label": f"Car {car}, {km:g} km", "car": car},
    }
