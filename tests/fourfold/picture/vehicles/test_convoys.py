"""Vehicles that travel together: planted, busy roads, one thing otherwise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fourfold.picture.vehicles.small_reads import asked, read, rows_of

MINUTE = 1 / 60


def convoy(gap=0.5, cameras=("C1", "C3", "C5", "C7"), days=(0, 3)):
    """The second vehicle passes each camera `gap` minutes after the first."""
    return [
        read(plate, camera, day, 2 + n / 4 + late * MINUTE)
        for day in days
        for n, camera in enumerate(cameras)
        for plate, late in (("AA11AAA", 0), ("BB22BBB", gap))
    ]


def others():
    """Vehicles that pass alone, by day, so that the data span weeks."""
    return [
        read(f"CC{n:02d}CCC", f"C{(n + leg) % 10}", n % 20, 8 + n % 9 + leg)
        for n in range(40)
        for leg in range(3)
    ]


def pairs(findings):
    return [(row["a"], row["b"]) for row in rows_of(findings)]


def test_two_that_pass_four_cameras_together_twice_are_found_with_their_route():
    first = rows_of(asked("convoys", {"reads": convoy() + others()}))[0]
    assert (first["a"], first["b"]) == ("AA11AAA", "BB22BBB")
    assert (first["cameras"], first["journeys"], first["days"]) == (4, 2, 2)
    assert first["route"] == ["C1", "C3", "C5", "C7"]
    assert first["ahead"].startswith("AA11AAA ahead at 8 of 8 passes")
    assert first["expected"] < 1 < first["surprise"]
    assert "passed 8 cameras one soon after the other on 2 journeys" in first["why"]


def test_each_pass_names_both_lines():
    passes = rows_of(asked("convoys", {"reads": convoy()}), "journeys")
    assert [(p["a_line"], p["b_line"], p["seconds"]) for p in passes[:2]] == [
        (2, 3, 30),
        (4, 5, 30),
    ]


@pytest.mark.parametrize(
    ("wrong", "set_to"),
    [
        ({"gap": 2.1}, {}),
        ({"cameras": ("C1", "C3")}, {}),
        ({}, {"least_cameras": 5}),
        ({}, {"least_journeys": 3}),
        ({}, {"longest_pause": 10.0}),
    ],
)
def test_one_thing_otherwise_and_they_are_no_convoy(wrong, set_to):
    assert pairs(asked("convoys", {"reads": convoy(**wrong)}, **set_to)) == []


def test_the_other_way_round_at_one_camera_breaks_the_order():
    there = convoy(cameras=("C1", "C3", "C5"), days=(0,))
    swapped = [
        row | {"camera": {"C1": "C3", "C3": "C1"}.get(row["camera"], row["camera"])}
        if row["plate"] == "BB22BBB"
        else row
        for row in there
    ]
    assert pairs(asked("convoys", {"reads": swapped})) == []


def test_a_busy_camera_and_hour_weigh_less():
    crowd = [
        read(f"DD{n % 90:02d}DD{chr(65 + n // 90)}", "C1", d, 2 + n / 150)
        for d in (0, 3)
        for n in range(150)
    ]
    quiet = rows_of(asked("convoys", {"reads": convoy()}))[0]
    busy = rows_of(asked("convoys", {"reads": convoy() + crowd}))[0]
    assert busy["weight"] < quiet["weight"]


def test_those_who_follow_on_the_same_road_are_counted_as_companions():
    follower = [
        row | {"plate": "EE33EEE", "at": row["at"]}
        for row in convoy()
        if row["plate"] == "BB22BBB"
    ]
    rows = rows_of(asked("convoys", {"reads": convoy() + follower}))
    assert len(rows) == 3
    assert all(row["companions"] == 1 for row in rows)


def test_targets_are_compared_with_everybody():
    reads = {"reads": convoy() + others()}
    assert pairs(asked("convoys", reads, targets=("bb22 bbb",))) == [
        ("BB22BBB", "AA11AAA")
    ]
    assert pairs(asked("convoys", reads, targets=("CC00CCC",))) == []
    both = asked("convoys", reads, targets=("BB22BBB", "AA11AAA"))
    assert pairs(both) == [("AA11AAA", "BB22BBB")]


def test_no_reads_are_no_convoys():
    nothing = asked("convoys", {"reads": []})
    assert rows_of(nothing) == []
    assert nothing.answers[0].text.startswith("no pairs of vehicles")


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(0, 3), st.integers(0, 40)),
        max_size=24,
    ),
    st.randoms(),
)
def test_order_changes_nothing_and_a_wider_window_loses_no_pair(places, chance):
    rows = [
        read(f"{letter * 2}11{letter * 3}", f"C{camera}", 0, minute * MINUTE)
        | {"line": line}
        for line, (letter, camera, minute) in enumerate(places, start=2)
    ]
    turned = [*rows]
    chance.shuffle(turned)
    set_to = {"least_cameras": 2}
    near = asked("convoys", {"reads": rows}, minutes=2.0, **set_to)
    assert rows_of(near) == rows_of(
        asked("convoys", {"reads": turned}, minutes=2.0, **set_to)
    )
    joint = {(p["a"], p["b"], p["camera"]) for p in rows_of(near, "journeys")}
    assert all(a < b for a, b, _camera in joint)
