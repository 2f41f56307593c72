"""Which is the shortest drive that covers the cells and addresses asked for?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from fourfold.base.analysis import Case, Findings, Parameter
from fourfold.base.errors import FourfoldError
from fourfold.picture.survey.drive import Crew, Drives, quickest
from fourfold.picture.survey.places import Place, place_of
from fourfold.picture.survey.plan_shown import Plan, plan_findings
from fourfold.picture.survey.roads import (
    Leg,
    Roads,
    grid_roads,
    leg,
    roads_of,
    seconds_between,
)
from fourfold.picture.survey.stops import (
    Chosen,
    Stop,
    chosen_stops,
    may_stand,
    moved,
)
from fourfold.picture.survey.targets import Target, seconds_of, targets_of

MOST_TARGETS = 400
ROUNDS = 3
"""How often stops are moved along the way and the order is sought anew (chosen)."""
HOUR = 3600

PARAMETERS = (
    Parameter(
        "addresses",
        "Places to cover: latitude and longitude or grid references, parted by "
        "semicolons.",
        "text",
    ),
    Parameter("serve", "Only these cells of the list; left out: all.", "texts"),
    Parameter(
        "depot", "Where the cars start and end; left out: the first place.", "text"
    ),
    Parameter("cars", "How many cars drive.", "whole", default=1, least=1, most=20),
    Parameter(
        "reach_metres",
        "A stop covers what lies within this. Chosen: the same as for coverage, and a "
        "half.",
        "number",
        default=150.0,
        unit="metres",
        least=10,
        most=5000,
    ),
    Parameter(
        "out_metres",
        "A cell is expected to serve this far from its mast, where its antenna looks. "
        "Chosen for towns; take more in the country.",
        "number",
        default=300.0,
        unit="metres",
        least=0,
        most=20_000,
    ),
    Parameter(
        "places_a_cell",
        "In how many steps of that length each cell is visited.",
        "whole",
        default=1,
        least=1,
        most=5,
    ),
    Parameter(
        "kmh",
        "Speed where a road says none. Chosen for towns.",
        "number",
        default=30.0,
        unit="km/h",
        least=1,
        most=130,
    ),
    Parameter(
        "dwell_minutes",
        "How long the instrument stands at an address. Chosen.",
        "number",
        default=10.0,
        unit="minutes",
        least=0,
        most=600,
    ),
    Parameter(
        "cell_minutes",
        "How long it stands where only a cell is to be heard. Chosen.",
        "number",
        default=2.0,
        unit="minutes",
        least=0,
        most=600,
    ),
    Parameter("begins", "When the cars leave.", "text", default="09:00"),
    Parameter(
        "most_hours",
        "How long a car may be out.",
        "number",
        default=12.0,
        unit="hours",
        least=0.5,
        most=24,
    ),
    Parameter(
        "mesh_metres",
        "Without roads: a square grid of this width stands in for them. Chosen.",
        "number",
        default=200.0,
        unit="metres",
        least=25,
        most=5000,
    ),
    Parameter(
        "sweep_metres",
        "For the comparison: how far apart the lines of a drive that sweeps the whole "
        "area lie. Chosen.",
        "number",
        default=250.0,
        unit="metres",
        least=25,
    ),
)


class TooManyTargets(FourfoldError):
    """More was to be covered than one plan can hold."""

    what = "{count} places were to be covered; one plan holds {most}."
    do = "Name the cells with serve, or plan the area in parts."
    status = 422


@dataclass(frozen=True)
class _Ground:
    """What stays the same while an order is sought."""

    roads: Roads
    depot: int
    crew: Crew
    reach: Mapping[int, frozenset[int]]


def plan(case: Case) -> Findings:
    """Plan the drive, and weigh it against two that need no planning.

    Raises:
        NothingToCover, TooManyTargets, NoRoads: there is nothing to plan with.
        NoSuchPlace, NotOnTheGrid, NotAClock, UnknownCells: what is given is wrong.
    """
    asked = case.parameters
    targets = targets_of(case)
    if len(targets) > MOST_TARGETS:
        raise TooManyTargets(count=len(targets), most=MOST_TARGETS)
    depot = place_of(asked["depot"]) if asked["depot"] else targets[0].place
    case.tell(0.1, "laying out the roads")
    roads = _roads(case, [depot, *(target.place for target in targets)])
    ground = roads.nearest([depot])[0]
    case.tell(0.3, "choosing stops")
    chosen = chosen_stops(roads, targets, asked["reach_metres"])
    crew = Crew(
        cars=asked["cars"],
        begins=seconds_of(asked["begins"], "begins"),
        longest_seconds=round(asked["most_hours"] * HOUR),
    )
    case.tell(0.4, "seeking the quickest order")
    settled = _Ground(roads, int(ground[0]), crew, chosen.reach)
    stops, drives = _settled(settled, chosen)
    case.tell(0.8, "weighing it against other drives")
    return plan_findings(_plan(settled, targets, (chosen, stops, drives), asked), asked)


def _roads(case: Case, places: Sequence[Place]) -> Roads:
    asked = case.parameters
    if "roads" in case.tables:
        return roads_of(case.tables["roads"], asked["kmh"], asked["reach_metres"] / 2)
    return grid_roads(places, asked["mesh_metres"], asked["kmh"])


def _settled(ground: _Ground, chosen: Chosen) -> tuple[list[Stop], Drives]:
    """The best order, with stops moved to where the way passes anyway."""
    stops = list(chosen.stops)
    if not stops:
        return [], Drives((), ())
    best = (stops, _ordered(ground, stops))
    for _round in range(ROUNDS):
        stops = _moved_along(ground, best[0], best[1])
        if stops == best[0]:
            break
        drives = _ordered(ground, stops)
        if _cost(ground, stops, drives) >= _cost(ground, *best):
            break
        best = (stops, drives)
    drives = _ordered(ground, best[0], thorough=True)
    if _cost(ground, best[0], drives) < _cost(ground, *best):
        best = (best[0], drives)
    return best


def _ordered(
    ground: _Ground, stops: Sequence[Stop], *, thorough: bool = False
) -> Drives:
    nodes = [ground.depot, *(stop.node for stop in stops)]
    took = seconds_between(ground.roads, nodes, nodes)
    return quickest(took, stops, ground.crew, thorough=thorough)


def _cost(ground: _Ground, stops: Sequence[Stop], drives: Drives) -> float:
    nodes = [ground.depot, *(stop.node for stop in stops)]
    took = seconds_between(ground.roads, nodes, nodes)
    total = 1e9 * len(drives.left_out)
    total += sum(car.arrives[-1] for car in drives.cars if car.arrives)
    for car in drives.cars:
        way = [0, *(number + 1 for number in car.stops), 0]
        total += sum(took[a, b] for a, b in pairwise(way))
    return float(total)


def _moved_along(ground: _Ground, stops: Sequence[Stop], drives: Drives) -> list[Stop]:
    """Each stop at the crossing that covers the same for the least way round."""
    better = list(stops)
    for car in drives.cars:
        for place, number in enumerate(car.stops):
            before, after = (
                better[car.stops[n]].node if 0 <= n < len(car.stops) else ground.depot
                for n in (place - 1, place + 1)
            )
            nodes = may_stand(stops[number], ground.reach)
            there = seconds_between(ground.roads, [before], nodes)[0]
            onward = seconds_between(ground.roads, nodes, [after])[:, 0]
            around = np.round(there + onward, 3)
            here = nodes.index(better[number].node)
            if around.min() < around[here]:
                better[number] = moved(stops[number], nodes[int(around.argmin())])
    return better


def _plan(
    ground: _Ground,
    targets: Sequence[Target],
    settled: tuple[Chosen, list[Stop], Drives],
    asked: Mapping[str, Any],
) -> Plan:
    chosen, stops, drives = settled
    ways = [
        [ground.depot, *(stops[number].node for number in car.stops), ground.depot]
        for car in drives.cars
        if car.stops
    ]
    legs = [[leg(ground.roads, a, b) for a, b in pairwise(way)] for way in ways]
    planned = sorted(
        target
        for number, stop in enumerate(stops)
        if number not in drives.left_out
        for target in stop.covers
    )
    nodes = [ground.depot]
    if planned:
        found, _away = ground.roads.nearest([targets[n].place for n in planned])
        nodes += [int(node) for node in found]
    naive = [leg(ground.roads, a, b) for a, b in pairwise([*nodes, ground.depot])]
    return Plan(
        roads=ground.roads,
        targets=tuple(targets),
        stops=tuple(stops),
        drives=drives,
        legs=tuple(tuple(way) for way in legs),
        planned=tuple(planned),
        out_of_reach=chosen.out_of_reach,
        naive=tuple(naive),
        sweep=_sweep(ground, [targets[n].place for n in planned], asked),
        crew=ground.crew,
        depot=ground.depot,
    )


def _sweep(
    ground: _Ground, places: Sequence[Place], asked: Mapping[str, Any]
) -> Leg | None:
    """Up and down the box round all places, as the crow flies: less than any road."""
    if not places:
        return None
    lat, lon = np.array(places).T
    points = ground.roads.flat.flat(lat, lon)
    width, height = np.ptp(points, axis=0)
    long, short = max(width, height), min(width, height)
    lines = int(short // asked["sweep_metres"]) + 1
    depot = ground.roads.nodes[ground.depot]
    corners = [points.min(axis=0), points.max(axis=0)]
    to_box = np.maximum(np.maximum(corners[0] - depot, depot - corners[1]), 0)
    metres = float(lines * long + short + 2 * np.hypot(*to_box))
    return Leg((), metres, metres / (asked["kmh"] / 3.6))
