"""Which outline goes round points on flat ground, and how much ground does it hold?"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay, QhullError, cKDTree

Ring = list[tuple[float, float]]
"""Corners anticlockwise, the first not repeated."""


def parts_of(points: Any, gap: float) -> list[Any]:
    """Into which parts do points fall, when nothing bridges more than a gap?

    Args:
        points: n by 2, metres.
        gap: two points no farther apart than this hang together.

    Returns:
        Arrays of points, the largest first; each point in one.
    """
    if len(points) == 0:
        return []
    pairs = cKDTree(points).query_pairs(gap, output_type="ndarray")
    ones = np.ones(len(pairs))
    near = coo_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(len(points),) * 2)
    _count, which = connected_components(near, directed=False)
    parts = [points[which == number] for number in range(which.max() + 1)]
    return sorted(parts, key=lambda part: (-len(part), tuple(part.min(axis=0))))


def hull(points: Any) -> Ring:
    """Which convex outline holds all points? Fewer than three corners: it has no area.

    Source:
        Andrew, Another efficient algorithm for convex hulls in two dimensions,
        Information Processing Letters 9 (1979).
    """
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def hollow(points: Any, reach: float) -> list[Ring]:
    """Which outlines follow the points, not stretching over more than a reach?

    Triangles between neighbouring points count when the circle through their corners
    has at most the reach as radius. The outer edges of those triangles are the outline.

    Returns:
        Rings anticlockwise round the ground; clockwise round a hole in it. Empty where
        no triangle counts.

    Source:
        Edelsbrunner, Kirkpatrick and Seidel, On the shape of a set of points in the
        plane, IEEE Transactions on Information Theory 29 (1983).
    """
    if len(points) < 3:
        return []
    try:
        triangles = Delaunay(points).simplices
    except QhullError:  # all on one line
        return []
    corners = points[triangles]
    sides = [
        np.hypot(*(corners[:, a] - corners[:, b]).T)
        for a, b in ((0, 1), (1, 2), (2, 0))
    ]
    turned = _turned(corners)
    area = np.maximum(np.abs(turned) / 2, 1e-9)
    kept = sides[0] * sides[1] * sides[2] / (4 * area) <= reach
    edges: dict[tuple[int, int], tuple[int, int]] = {}
    for triangle, way in zip(triangles[kept], turned[kept], strict=True):
        a, b, c = (int(n) for n in (triangle if way > 0 else triangle[::-1]))
        for edge in ((a, b), (b, c), (c, a)):
            if edges.pop((min(edge), max(edge)), None) is None:
                edges[min(edge), max(edge)] = edge
    return [[tuple(points[n]) for n in ring] for ring in _rings(list(edges.values()))]


def with_holes(rings: Sequence[Ring]) -> list[list[Ring]]:
    """Which polygons do rings make: each outline with the holes that lie in it?"""
    outlines = sorted((r for r in rings if ring_area(r) > 0), key=ring_area)
    polygons = [[ring] for ring in outlines]
    for hole in (ring for ring in rings if ring_area(ring) < 0):
        middle = np.array([np.mean(hole, axis=0)])
        for polygon in polygons:
            if inside(middle, polygon[0])[0]:
                polygon.append(hole)
                break
    return polygons


def ring_area(ring: Sequence[tuple[float, float]]) -> float:
    """How many square metres does a ring hold? Below 0 where it runs clockwise."""
    total = 0.0
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        total += x * next_y - next_x * y
    return total / 2


def inside(points: Any, ring: Sequence[tuple[float, float]]) -> Any:
    """Which points lie in a ring? Flags; the edge may count either way."""
    found = np.zeros(len(points), dtype=bool)
    if len(ring) < 3:
        return found
    x, y = points[:, 0], points[:, 1]
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if ay == by:
            continue
        crosses = (ay > y) != (by > y)
        found ^= crosses & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return found


def _chain(ordered: Sequence[tuple[float, float]]) -> Ring:
    kept: Ring = []
    for point in ordered:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _turned(corners: Any) -> Any:
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    across = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1])
    return across - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])


def _rings(edges: list[tuple[int, int]]) -> list[list[int]]:
    """Follow edges head to tail; where a corner has several ways on, take the least."""
    onward: dict[int, list[int]] = {}
    for tail, head in sorted(edges, reverse=True):
        onward.setdefault(tail, []).append(head)
    rings = []
    for start in sorted(onward):
        while onward[start]:
            ring, at = [start], onward[start].pop()
            while at != start:
                ring.append(at)
                at = onward[at].pop()
            rings.append(ring)
    return rings
