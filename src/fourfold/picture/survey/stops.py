"""Where does a survey stop, so that each stop covers as much as it can?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ortools.sat.python import cp_model

from fourfold.picture.survey.roads import Roads
from fourfold.picture.survey.targets import DAY_END, Target

EFFORT = 5.0
"""Deterministic effort of the solver; the same work on every machine (chosen)."""
SEED = 1


@dataclass(frozen=True)
class Stop:
    """A crossing at which the car stops, what that covers, and seconds it takes."""

    node: int
    covers: tuple[int, ...]
    dwell: int
    opens: int = 0
    shuts: int = DAY_END


@dataclass(frozen=True)
class Chosen:
    """The stops, the targets that no crossing is near enough to, and what can move.

    `reach`: for each target, the crossings from which it is covered.
    """

    stops: tuple[Stop, ...]
    out_of_reach: tuple[int, ...]
    reach: Mapping[int, frozenset[int]]


def chosen_stops(roads: Roads, targets: Sequence[Target], metres: float) -> Chosen:
    """Which fewest stops cover all targets that roads come near enough to?

    Targets with times of their own have a stop of their own.

    Args:
        roads: the road graph.
        targets: what is to be covered.
        metres: how near a stop must be to cover a target.
    """
    near = roads.within([target.place for target in targets], metres)
    out = tuple(n for n, found in enumerate(near) if not found)
    reach = {n: frozenset(found) for n, found in enumerate(near) if found}
    stops = []
    for number, target in enumerate(targets):
        if target.is_timed and number in reach:
            node = min(reach[number], key=lambda at: (roads.away(target.place, at), at))
            stay = target.dwell
            stops.append(Stop(node, (number,), stay, target.opens, target.shuts))
    free = {n: nodes for n, nodes in reach.items() if not targets[n].is_timed}
    for node, covers in _fewest(roads, targets, free).items():
        stops.append(Stop(node, covers, max(targets[n].dwell for n in covers)))
    return Chosen(tuple(stops), out, reach)


def _fewest(
    roads: Roads, targets: Sequence[Target], reach: Mapping[int, frozenset[int]]
) -> dict[int, tuple[int, ...]]:
    """Fewest crossings; each target belongs to the nearest of those that cover it."""
    if not reach:
        return {}
    nodes = _useful(reach)
    model = cp_model.CpModel()
    is_stop = {node: model.new_bool_var(str(node)) for node in nodes}
    for covered in reach.values():
        model.add_bool_or([is_stop[node] for node in nodes if node in covered])
    model.minimize(sum(is_stop.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = EFFORT
    solver.solve(model)
    taken = [node for node in nodes if solver.value(is_stop[node])]
    covers: dict[int, list[int]] = {}
    for number, nodes_near in reach.items():
        place = targets[number].place
        mine = [node for node in taken if node in nodes_near]
        nearest = min(mine, key=lambda at: (roads.away(place, at), at))
        covers.setdefault(nearest, []).append(number)
    return {node: tuple(found) for node, found in sorted(covers.items())}


def _useful(reach: Mapping[int, frozenset[int]]) -> list[int]:
    """Crossings that no other beats: of those that cover the same, the first."""
    covers: dict[int, set[int]] = {}
    for number, nodes in reach.items():
        for node in nodes:
            covers.setdefault(node, set()).add(number)
    by_cover: dict[frozenset[int], int] = {}
    for node in sorted(covers):
        by_cover.setdefault(frozenset(covers[node]), node)
    return sorted(by_cover.values())


def moved(stop: Stop, node: int) -> Stop:
    """The same stop at another crossing."""
    return replace(stop, node=node)


def may_stand(stop: Stop, reach: Mapping[int, Any]) -> list[int]:
    """At which crossings could this stop stand and cover the same?"""
    shared = frozenset.intersection(*(reach[number] for number in stop.covers))
    return sorted(shared)
