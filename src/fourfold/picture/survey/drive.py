"""In which order, and by which car, are the stops driven quickest?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from fourfold.picture.survey.stops import Stop
from fourfold.picture.survey.targets import DAY_END

SOLUTIONS = 60
"""How many orders the search accepts before it ends; no clock ends it (chosen)."""
FEW = 4
"""Up to so many stops a plain descent finds the best order."""
DROPPED = 10_000_000
"""What leaving a stop out costs, in seconds: more than any drive."""
FIRST = (
    routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC,
    routing_enums_pb2.FirstSolutionStrategy.SAVINGS,
    routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION,
)


@dataclass(frozen=True)
class Crew:
    """Who drives: how many cars, from when, for how long."""

    cars: int
    begins: int
    longest_seconds: int


@dataclass(frozen=True)
class Drive:
    """The drive of one car: its stops in order, and when it is at each.

    `stops`: places in the list of stops. `arrives`: seconds of the day; the last is
    the return.
    """

    stops: tuple[int, ...]
    arrives: tuple[int, ...]


@dataclass(frozen=True)
class Drives:
    """The drives of all cars, and the stops that fit into none."""

    cars: tuple[Drive, ...]
    left_out: tuple[int, ...]


def quickest(
    seconds: Any, stops: Sequence[Stop], crew: Crew, *, thorough: bool
) -> Drives:
    """Which order of stops takes least time, the way home included?

    The longest car's day counts as much as all driving together, so that cars share
    the work. The same input gives the same order: no clock ends the search.

    Args:
        seconds: (n + 1) by (n + 1): from depot (0) and stops (1 to n) to each other.
        stops: n stops.
        crew: cars and times.
        thorough: go on from the best start after no single change helps.
    """
    found = [_tried(seconds, stops, crew, _search(first)) for first in FIRST]
    costs = [cost for cost, _drives in found]
    best = costs.index(min(costs))
    if thorough and len(stops) > FEW:
        found.append(_tried(seconds, stops, crew, _search(FIRST[best], guided=True)))
    return min(found, key=lambda one: one[0])[1]


def _tried(
    seconds: Any, stops: Sequence[Stop], crew: Crew, search: Any
) -> tuple[float, Drives]:
    manager = pywrapcp.RoutingIndexManager(len(stops) + 1, crew.cars, 0)
    routing = pywrapcp.RoutingModel(manager)
    took = np.rint(seconds).astype("int64")
    spent = took.copy()
    spent[1:] += np.array([[stop.dwell] for stop in stops])
    drive = routing.RegisterTransitMatrix(took.tolist())
    time = routing.RegisterTransitMatrix(spent.tolist())
    routing.SetArcCostEvaluatorOfAllVehicles(drive)
    routing.AddDimension(time, DAY_END, 2 * DAY_END, False, "time")  # noqa: FBT003 (theirs)
    dimension = routing.GetDimensionOrDie("time")
    _times(routing, manager, dimension, stops, crew)
    dimension.SetSpanCostCoefficientForAllVehicles(1)  # waiting counts as well
    if crew.cars > 1:
        dimension.SetGlobalSpanCostCoefficient(1)
    solution = routing.SolveWithParameters(search)
    return float(solution.ObjectiveValue()), _read(
        routing, manager, dimension, solution
    )


def _times(
    routing: Any, manager: Any, dimension: Any, stops: Sequence[Stop], crew: Crew
) -> None:
    for number, stop in enumerate(stops, start=1):
        index = manager.NodeToIndex(number)
        latest = max(stop.shuts - stop.dwell, stop.opens)
        if stop.shuts < DAY_END or stop.opens:
            dimension.CumulVar(index).SetRange(stop.opens, latest)
        routing.AddDisjunction([index], DROPPED)
    for car in range(crew.cars):
        begin = dimension.CumulVar(routing.Start(car))
        begin.SetRange(crew.begins, crew.begins)
        end = dimension.CumulVar(routing.End(car))
        end.SetMax(crew.begins + crew.longest_seconds)
        routing.AddVariableMinimizedByFinalizer(end)


def _search(first: int, *, guided: bool = False) -> Any:
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = first
    if guided:
        way = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        search.local_search_metaheuristic = way
        search.solution_limit = SOLUTIONS
    return search


def _read(routing: Any, manager: Any, dimension: Any, solution: Any) -> Drives:
    cars, seen = [], set()
    for car in range(routing.vehicles()):
        index, order, arrives = routing.Start(car), [], []
        while not routing.IsEnd(index):
            index = solution.Value(routing.NextVar(index))
            arrives.append(solution.Min(dimension.CumulVar(index)))
            if not routing.IsEnd(index):
                order.append(manager.IndexToNode(index) - 1)
        seen.update(order)
        cars.append(Drive(tuple(order), tuple(arrives)))
    stops = routing.nodes() - 1
    return Drives(tuple(cars), tuple(n for n in range(stops) if n not in seen))
