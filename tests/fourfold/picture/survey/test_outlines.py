import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.picture.survey.outlines import (
    hollow,
    hull,
    inside,
    parts_of,
    ring_area,
    with_holes,
)

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
WHOLE = st.integers(-500, 500)
POINTS = st.lists(st.tuples(WHOLE, WHOLE), min_size=1, max_size=40)


def lattice(width: int, height: int, step: float = 10.0):
    return np.array([(x * step, y * step) for x in range(width) for y in range(height)])


def test_a_square_with_a_point_in_it_has_the_outline_of_the_square():
    ring = hull(np.array([*SQUARE, (5.0, 5.0), (5.0, 0.0)]))
    assert sorted(ring) == sorted(SQUARE)
    assert ring_area(ring) == 100.0


@pytest.mark.parametrize(
    ("points", "corners"), [([(1, 1)], 1), ([(0, 0), (1, 1), (2, 2)], 2)]
)
def test_points_on_a_line_have_no_ground(points, corners):
    assert len(hull(np.array(points))) == corners
    assert ring_area(hull(np.array(points))) == 0.0


@given(POINTS)
def test_an_outline_holds_every_point_and_turns_left_all_the_way(points):
    ring = hull(np.array(points, dtype=float))
    for a, b, c in zip(
        ring, [*ring[1:], ring[0]], [*ring[2:], *ring[:2]], strict=False
    ):
        if len(ring) > 2:
            assert (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
    for x, y in points:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if len(ring) > 2:
                assert (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0


@given(POINTS, st.randoms())
def test_the_order_of_points_does_not_change_an_outline(points, chance):
    shuffled = chance.sample(points, len(points))
    assert hull(np.array(points, dtype=float)) == hull(np.array(shuffled, dtype=float))


@given(POINTS, st.integers(1, 300))
def test_parts_hold_each_point_once_and_lie_farther_apart_than_the_gap(points, gap):
    given_points = np.array(points, dtype=float)
    parts = parts_of(given_points, gap)
    assert sum(len(part) for part in parts) == len(points)
    for number, part in enumerate(parts):
        for other in parts[number + 1 :]:
            away = min(math.dist(a, b) for a in part for b in other)
            assert away > gap


def test_no_points_have_no_parts():
    assert parts_of(np.empty((0, 2)), 10) == []


def test_a_hollow_outline_follows_a_horseshoe():
    points = np.array(
        [p for p in lattice(10, 10).tolist() if not (2 < p[0] / 10 < 7 and p[1] > 25)]
    )
    rings = hollow(points, 12.0)
    assert len(rings) == 1
    assert ring_area(rings[0]) < 0.8 * ring_area(hull(points))


def test_a_hollow_outline_leaves_a_hole_open():
    points = np.array(
        [p for p in lattice(11, 11).tolist() if math.dist(p, (50, 50)) > 25]
    )
    polygons = with_holes(hollow(points, 12.0))
    assert len(polygons) == 1
    assert len(polygons[0]) == 2
    assert ring_area(polygons[0][1]) < 0


@pytest.mark.parametrize("points", [[], [(0, 0)], [(0, 0), (1, 0), (2, 0)]])
def test_too_few_points_have_no_hollow_outline(points):
    assert hollow(np.array(points, dtype=float).reshape(-1, 2), 10.0) == []


def test_inside_is_told_from_outside():
    flags = inside(np.array([(5.0, 5.0), (15.0, 5.0), (-1.0, -1.0)]), SQUARE)
    assert flags.tolist() == [True, False, False]
