"""Over which roads can a survey drive, and how far is it from one place to another?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from fourfold.base.errors import FourfoldError
from fourfold.picture.survey.flat import Flat, flat_about
from fourfold.picture.survey.places import Place

MOST_NODES = 40_000
"""Places at which a car may stop; with more, pieces of road or meshes are longer."""
KMH = 3.6
AT_ONCE = 32
"""Sources whose ways are worked out together: bounds the memory."""


class NoRoads(FourfoldError):
    """A road file that no drive can follow."""

    what = "The roads hold no stretch with a length and both ends."
    do = "Give a file with from_node, to_node, metres and the places of both ends."
    status = 422


@dataclass(frozen=True)
class Roads:
    """A road graph on flat ground: crossings, and how long each stretch takes.

    `nodes`: n by 2, metres. `seconds` and `metres`: sparse, from row to column.
    `connected`: crossings that can all be reached from each other, the largest such
    set. `says`: where the graph comes from.
    """

    flat: Flat
    nodes: Any
    seconds: Any
    metres: Any
    connected: Any
    says: str

    def nearest(self, places: Sequence[Place]) -> tuple[Any, Any]:
        """Which reachable crossing is nearest to each place, and how far off is it?"""
        lat, lon = np.array(places).T
        away, which = cKDTree(self.nodes[self.connected]).query(
            self.flat.flat(lat, lon)
        )
        return self.connected[which], away

    def within(self, places: Sequence[Place], metres: float) -> list[list[int]]:
        """Which reachable crossings lie within so many metres of each place?"""
        lat, lon = np.array(places).T
        tree = cKDTree(self.nodes[self.connected])
        found = tree.query_ball_point(self.flat.flat(lat, lon), metres)
        return [sorted(int(self.connected[n]) for n in near) for near in found]

    def away(self, place: Place, node: int) -> float:
        """How many metres lie between a place and a crossing, as the crow flies?"""
        here = self.flat.flat([place[0]], [place[1]])[0]
        return float(np.hypot(*(self.nodes[node] - here)))


@dataclass(frozen=True)
class Leg:
    """The quickest way from one crossing to another."""

    nodes: tuple[int, ...]
    metres: float
    seconds: float


def seconds_between(roads: Roads, sources: Sequence[int], ends: Sequence[int]) -> Any:
    """How many seconds does it take from each source to each end? Sources by ends."""
    found = [
        dijkstra(roads.seconds, indices=list(sources[n : n + AT_ONCE]))[:, list(ends)]
        for n in range(0, len(sources), AT_ONCE)
    ]
    return np.concatenate(found)


def leg(roads: Roads, start: int, end: int) -> Leg:
    """Which crossings does the quickest way pass, and how long is it?"""
    took, before = dijkstra(roads.seconds, indices=start, return_predecessors=True)
    nodes = [end]
    while nodes[-1] != start:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    metres = float(sum(roads.metres[a, b] for a, b in pairwise(nodes)))
    return Leg(tuple(nodes), metres, float(took[end]))


def roads_of(table: Any, kmh: float, piece: float) -> Roads:
    """Which road graph do the rows of the kind `roads` make?

    Args:
        table: ibis table of the kind `roads`.
        kmh: speed where a stretch says none.
        piece: a stretch longer than this is cut into equal pieces, so that a car may
            stop between its ends; they lie on a straight line.

    Raises:
        NoRoads: no row has a length above 0 and both ends.
    """
    rows = table.order_by("input", "line").to_pyarrow().to_pylist()
    good = [row for row in rows if _is_whole(row)]
    if not good:
        raise NoRoads
    piece = max(piece, sum(row["metres"] for row in good) / MOST_NODES)
    places: dict[str, Place] = {}
    stretches: list[tuple[str, str, float, float]] = []
    for line, row in enumerate(good):
        names = _cut(row, line, piece, places)
        metres = row["metres"] / (len(names) - 1)
        seconds = metres / ((row["kmh"] or kmh) / KMH)
        for tail, head in pairwise(names):
            stretches.append((tail, head, metres, seconds))
            if not row["one_way"]:
                stretches.append((head, tail, metres, seconds))
    number = {name: n for n, name in enumerate(places)}
    lat, lon = np.array(list(places.values())).T
    flat = flat_about(float(lat.mean()), float(lon.mean()))
    edges = [(number[a], number[b], m, s) for a, b, m, s in stretches if a != b]
    says = f"{len(good):,} stretches of road, cut into pieces of {piece:.0f} m"
    return _graph(flat, flat.flat(lat, lon), edges, says)


def _is_whole(row: dict[str, Any]) -> bool:
    ends = (row["from_lat"], row["from_lon"], row["to_lat"], row["to_lon"])
    return None not in ends and bool(row["metres"]) and row["metres"] > 0


def _cut(
    row: dict[str, Any], number: int, piece: float, places: dict[str, Place]
) -> list[str]:
    """Names of the places along a stretch, both ends included; where each lies."""
    pieces = max(1, ceil(row["metres"] / piece))
    first, last = row["from_node"], row["to_node"]
    names = [first, *(f"{number} {n}" for n in range(1, pieces)), last]
    for n, name in enumerate(names):
        share = n / pieces
        lat = row["from_lat"] + share * (row["to_lat"] - row["from_lat"])
        lon = row["from_lon"] + share * (row["to_lon"] - row["from_lon"])
        places.setdefault(name, (lat, lon))
    return names


def grid_roads(places: Sequence[Place], mesh: float, kmh: float) -> Roads:
    """Which square grid stands in for roads about places, where no roads are given?

    Args:
        places: what the grid has to hold.
        mesh: metres between crossings; widened until at most `MOST_NODES` are left.
        kmh: speed on all stretches.
    """
    lat, lon = np.array(places).T
    flat = flat_about(float(lat.mean()), float(lon.mean()))
    points = flat.flat(lat, lon)
    low, high = points.min(axis=0) - 2 * mesh, points.max(axis=0) + 2 * mesh
    while np.prod((high - low) / mesh + 1) > MOST_NODES:
        mesh *= 1.25
    east, north = (np.arange(low[i], high[i] + mesh, mesh) for i in (0, 1))
    x, y = np.meshgrid(east, north)
    numbers = np.arange(x.size).reshape(x.shape)
    pairs = np.concatenate(
        [
            np.column_stack([numbers[:, :-1].ravel(), numbers[:, 1:].ravel()]),
            np.column_stack([numbers[:-1].ravel(), numbers[1:].ravel()]),
        ]
    )
    both = np.concatenate([pairs, pairs[:, ::-1]])
    seconds = mesh / (kmh / KMH)
    edges = [(int(a), int(b), mesh, seconds) for a, b in both]
    nodes = np.column_stack([x.ravel(), y.ravel()])
    return _graph(
        flat, nodes, edges, f"a square grid of {mesh:.0f} m in place of roads"
    )


def _graph(
    flat: Flat, nodes: Any, edges: Sequence[tuple[int, int, float, float]], says: str
) -> Roads:
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for tail, head, metres, seconds in edges:
        if (tail, head) not in best or seconds < best[tail, head][1]:
            best[tail, head] = (metres, seconds)
    rows, columns = np.array(list(best)).T
    metres, seconds = np.array(list(best.values())).T
    shape = (len(nodes), len(nodes))
    took = coo_matrix((seconds, (rows, columns)), shape=shape).tocsr()
    long = coo_matrix((metres, (rows, columns)), shape=shape).tocsr()
    return Roads(flat, nodes, took, long, _connected(took), says)


def _connected(seconds: csr_matrix) -> Any:
    _count, which = connected_components(seconds, directed=True, connection="strong")
    return np.flatnonzero(which == np.bincount(which).argmax())
