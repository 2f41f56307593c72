"""First in an area, the same trip daily, two places at once, pattern and journeys."""

from datetime import date

import pytest

from fourfold.base.analysis import Findings
from fourfold.picture.vehicles.first_in_area import NoSuchArea
from fourfold.picture.vehicles.reads import NoSuchZone, TargetsNeeded
from tests.fourfold.picture.vehicles.small_reads import asked, read, rows_of

OLD = [read("AA11AAA", "C1", day, 9) for day in range(14)]
NEW = [
    read("BB22BBB", "C8", 1, 9),
    read("BB22BBB", "C9", 11, 9),
    read("BB22BBB", "C1", 12, 9),
    read("BB22BBB", "C2", 13, 9),
]
AREA = {"cameras": ("C1", "C2")}


def test_a_vehicle_first_read_in_the_area_in_the_last_days_is_new():
    found = asked("first-in-area", {"reads": OLD + NEW}, **AREA)
    assert [(r["plate"], r["camera"], r["before"], r["days"], r["line"])
            for r in rows_of(found)] == [("BB22BBB", "C1", 2, 2, 18)]  # fmt: skip
    assert found.answers[0].text == (
        "1 of 2 vehicles read in the area (2 cameras) was first read there on or after "
        "2026-03-09."
    )
    assert "the data reach back 6.6 days" in found.answers[1].text


def test_before_the_day_asked_for_nothing_is_new():
    late = asked("first-in-area", {"reads": OLD + NEW}, since=date(2026, 3, 15), **AREA)
    assert rows_of(late) == []


def test_where_the_data_do_not_reach_back_it_says_so():
    early = asked("first-in-area", {"reads": OLD + NEW}, since=date(2026, 3, 1), **AREA)
    assert [row["plate"] for row in rows_of(early)] == ["AA11AAA", "BB22BBB"]
    assert "every vehicle is new" in early.answers[1].text


def test_a_circle_is_an_area_too():
    circle = {"lat": 52.65, "lon": -1.1, "metres": 6000.0}
    found = asked("first-in-area", {"reads": OLD + NEW}, **circle)
    assert "(3 cameras)" not in found.answers[0].text
    assert [row["plate"] for row in rows_of(found)] == ["BB22BBB"]


@pytest.mark.parametrize(
    ("area", "says"),
    [
        ({}, "neither cameras nor a middle"),
        ({"cameras": ("C1", "C77")}, "no read is from camera C77"),
        ({"lat": 10.0, "lon": 10.0}, "no camera stands within 2000 metres"),
    ],
)
def test_an_area_without_a_camera_is_refused(area, says):
    with pytest.raises(NoSuchArea, match=says):
        asked("first-in-area", {"reads": OLD + NEW}, **area)


def daily(hour=7.5, days=range(5), back=17.0):
    """Out at about half past seven, home at about five."""
    return [
        read("AA11AAA", camera, day, at + day / 30)
        for day in days
        for camera, at in (("C1", hour), ("C2", hour + 0.3), ("C2", back),
                           ("C1", back + 0.3))
    ]  # fmt: skip


def test_a_trip_at_the_same_time_on_many_days_is_regular():
    out, back = rows_of(asked("regular-trips", {"reads": daily()}))
    assert (out["from_camera"], out["to_camera"], out["days"]) == ("C1", "C2", 5)
    assert (out["earliest"], out["latest"], out["minutes"]) == ("07:30", "07:38", 18.0)
    assert (back["from_camera"], out["weekdays"]) == ("C2", 5)


@pytest.mark.parametrize(
    ("trips", "set_to"),
    [
        ([*daily(days=range(3))], {}),
        (daily(), {"longest_trip": 10.0}),
        (daily(), {"least_days": 6}),
        ([r for d in range(5) for r in daily(hour=2.0 + 3 * d, days=(d,), back=23.0)
          if r["at"].hour < 20], {}),
    ],
)  # fmt: skip
def test_too_few_days_too_long_or_at_any_hour_is_not_regular(trips, set_to):
    assert rows_of(asked("regular-trips", {"reads": trips}, **set_to)) == []


def test_about_midnight_is_one_time_of_day():
    late = [read("AA11AAA", c, d, h) for d in range(5)
            for c, h in (("C1", 23.9 + (d % 2) / 5), ("C2", 24.3))]  # fmt: skip
    first = rows_of(asked("regular-trips", {"reads": late}))[0]
    assert (first["days"], first["earliest"], first["latest"]) == (5, "23:54", "00:06")


def test_hours_are_by_the_clock_on_the_wall():
    spring = [read("AA11AAA", c, d, h) for d in range(26, 32)
              for c, h in (("C1", 8 - (d > 26)), ("C2", 8.2 - (d > 26)))]  # fmt: skip
    only = rows_of(asked("regular-trips", {"reads": spring}, minutes=5.0))
    assert [(row["days"], row["earliest"]) for row in only] == [(6, "08:00")]


CLONE = [
    read("AA11AAA", "C0", 0, 9),
    read("AA11AAA", "C9", 0, 9.1),  # 50 km in six minutes
    read("AA11AAA", "C9", 1, 9),
    read("BB22BBB", "C0", 0, 9),
    read("BB22BBB", "C9", 0, 10),
]


def impossible(reads=CLONE, **set_to) -> Findings:
    return asked("impossible", {"reads": reads}, **set_to)


def test_one_plate_at_two_places_at_once_is_impossible():
    found = impossible()
    (row,) = rows_of(found)
    assert (row["plate"], row["pairs"], row["unexplained"]) == ("AA11AAA", 1, 1)
    (pair,) = rows_of(found, "pairs")
    assert (pair["a_line"], pair["b_line"], pair["seconds"]) == (2, 3, 360)
    assert pair["km"] == pytest.approx(50.04, abs=0.1)
    assert "Two vehicles may bear this plate, or a read is wrong" in row["why"]
    assert found.answers[0].text.startswith("1 of 2 plates was read at two places")


@pytest.mark.parametrize(
    "set_to", [{"kmh": 450.0}, {"least_metres": 60_000.0}, {"clock_seconds": 900}]
)
def test_a_higher_limit_makes_it_possible(set_to):
    assert rows_of(impossible(**set_to)) == []


def test_an_unsure_camera_explains_a_pair():
    unsure = [CLONE[0], CLONE[1] | {"confidence": 0.4}, *CLONE[2:]]
    (pair,) = rows_of(impossible(unsure), "pairs")
    assert pair["explained"] == "the camera was unsure at C9 (0.40)"
    assert rows_of(impossible(unsure))[0]["unexplained"] == 0


def test_a_plate_that_looks_alike_and_was_near_explains_a_pair():
    alike = [*CLONE, read("AAI1AAA", "C8", 0, 9.0), read("AAI1AAA", "C8", 0, 9.12)]
    (pair,) = rows_of(impossible(alike), "pairs")
    assert pair["explained"] == "the read at C9 fits the journey of AAI1AAA"
    assert rows_of(impossible(alike))[0]["lookalikes"] == "AAI1AAA (2 reads)"


def test_reads_without_any_place_are_not_compared():
    nowhere = [row | {"lat": None, "lon": None} for row in CLONE]
    found = impossible(nowhere)
    assert rows_of(found) == []
    assert any("5 reads without a place" in note for note in found.notes)


def test_the_pattern_counts_hours_days_and_cameras():
    found = asked("pattern", {"reads": daily()}, targets=("AA11AAA",))
    monday = next(r for r in rows_of(found) if r["weekday"] == "Monday")
    assert (monday["hour"], monday["reads"], monday["line"]) == (7, 2, 2)
    assert [
        (r["camera"], r["reads"], r["share"]) for r in rows_of(found, "cameras")
    ] == [
        ("C1", 10, 0.5),
        ("C2", 10, 0.5),
    ]
    assert "1 of 1 vehicle was read, 20 times in all" in found.answers[0].text


def test_journeys_end_at_long_pauses_and_gaps_are_listed():
    found = asked("travelled", {"reads": daily(days=range(2))}, targets=("AA11AAA",))
    rows = rows_of(found)
    assert [(r["journey"], r["route"], r["km"]) for r in rows[:2]] == [
        (1, ["C1", "C2"], pytest.approx(5.56, abs=0.01)),
        (2, ["C2", "C1"], pytest.approx(5.56, abs=0.01)),
    ]
    (gap,) = rows_of(found, "gaps")
    assert (gap["last_line"], gap["next_line"]) == (5, 6)
    assert gap["hours"] == pytest.approx(14.23, abs=0.01)


@pytest.mark.parametrize("question", ["pattern", "travelled"])
def test_questions_about_chosen_vehicles_need_one(question):
    with pytest.raises(TargetsNeeded, match="needs at least one plate"):
        asked(question, {"reads": daily()}, targets=("--",))


def test_a_zone_that_no_clock_keeps_is_refused():
    with pytest.raises(NoSuchZone, match="'Europe/Loughborough'"):
        asked(
            "pattern",
            {"reads": daily()},
            targets=("A1",),
            clock_zone="Europe/Loughborough",
        )


@pytest.mark.parametrize("question", ["regular-trips", "impossible"])
def test_no_reads_give_no_rows(question):
    assert rows_of(asked(question, {"reads": []})) == []
