import json

import pytest

from fourfold.picture.survey.plan import TooManyTargets
from fourfold.picture.survey.roads import NoRoads
from fourfold.picture.survey.targets import NotAClock, NothingToCover, UnknownCells
from tests.fourfold.picture.survey.small_survey import asked, rows_of, texts_of

WEST, LAT = -1.13, 52.63
EAST_200 = 200 / 111_195 / 0.60699
NORTH_200 = 200 / 111_195


def visit(name: str, column: float, row: float, **other):
    """An address so many blocks of 200 m east and north of the depot."""
    place = {"lat": LAT + row * NORTH_200, "lon": WEST + column * EAST_200}
    return {"input": 0, "line": 2, "name": name} | place | other


def street(tail: int, head: int, metres: float = 1000.0, **other):
    """A stretch of one long straight road, a kilometre between crossings."""
    ends = {
        "from_lat": LAT,
        "to_lat": LAT,
        "from_lon": WEST + 5 * tail * EAST_200,
        "to_lon": WEST + 5 * head * EAST_200,
    }
    named = {"from_node": str(tail), "to_node": str(head), "metres": metres}
    return {"input": 1, "line": tail + 2, "one_way": False} | ends | named | other


ROAD = [street(n, n + 1) for n in range(5)]
ZIGZAG = [visit(str(n), 5 * n, 0) for n in (0, 4, 1, 5, 2)]
"""Along the road, in an order that nobody would drive."""


def planned(engine, visits, roads=ROAD, **parameters):
    kinds = {"visits": visits} | ({"roads": roads} if roads else {})
    return asked(engine, "plan", kinds, **parameters)


def drives(findings):
    return {row["drive"]: row for row in rows_of(findings, "drives")}


def test_the_shortest_way_along_a_road_is_there_and_back(engine):
    found = planned(engine, ZIGZAG, reach_metres=10.0)
    assert drives(found)["as planned"]["km"] == pytest.approx(10.0, abs=0.05)
    assert drives(found)["in the order given"]["km"] == 4 + 3 + 4 + 3 + 2
    assert drives(found)["in the order given"]["saved_km"] == pytest.approx(
        6.0, abs=0.05
    )
    assert "5 of 5 places covered by 5 stops" in texts_of(found)


def test_hours_are_driving_and_standing(engine):
    plan = drives(
        planned(engine, ZIGZAG, kmh=20.0, dwell_minutes=6.0, reach_metres=10.0)
    )["as planned"]
    assert (plan["driving_hours"], plan["stop_hours"], plan["hours"]) == (0.5, 0.5, 1.0)


def test_one_stop_covers_all_that_is_within_reach(engine):
    visits = [visit("a", 5, 0.2), visit("b", 5.3, 0), visit("c", 4.8, -0.3)]
    found = planned(engine, visits, depot=f"{LAT}, {WEST}", reach_metres=150.0)
    (stop,) = rows_of(found)
    assert sorted(stop["covers"]) == ["a", "b", "c"]


def test_every_target_is_covered_by_a_stop_within_reach(engine):
    visits = [visit(str(n), n * 1.7 % 9, n * 2.3 % 7) for n in range(25)]
    found = planned(engine, visits, roads=None, reach_metres=200.0)
    places = rows_of(found, "places")
    assert [row["planned"] for row in places] == [True] * 25
    assert max(row["metres"] for row in places) <= 200
    assert sorted(n for s in rows_of(found) for n in s["covers"]) == sorted(
        v["name"] for v in visits
    )
    assert len(rows_of(found)) < 25


def test_a_place_off_the_road_is_named_and_not_planned(engine):
    found = planned(engine, [*ZIGZAG, visit("field", 5, 9)])
    lost = [row for row in rows_of(found, "places") if not row["planned"]]
    assert [(row["place"], row["metres"]) for row in lost] == [("field", 1800.0)]
    assert "1 of 6 places could not be planned." in texts_of(found)


def test_a_one_way_road_is_not_driven_backwards(engine):
    loop = [
        street(0, 1, one_way=True),
        street(1, 2, one_way=True),
        street(2, 0, 5000.0, one_way=True),
    ]
    found = planned(
        engine,
        [visit("one", 5, 0), visit("two", 10, 0)],
        roads=loop,
        depot=f"{LAT}, {WEST}",
    )
    assert [stop["covers"] for stop in rows_of(found)] == [["one"], ["two"]]
    assert drives(found)["as planned"]["km"] == 7.0


def test_a_faster_road_is_taken_though_it_is_longer(engine):
    roads = [street(0, 1, 1000.0, kmh=10.0), street(0, 1, 2000.0, kmh=60.0)]
    here = {"depot": f"{LAT}, {WEST}", "reach_metres": 10.0}
    found = planned(engine, [visit("one", 5, 0)], roads=roads, **here)
    assert drives(found)["as planned"]["km"] == pytest.approx(4.0, abs=0.05)


def test_a_place_is_visited_when_it_is_open(engine):
    visits = [
        visit("late", 5, 0, open_from="11:00", open_until="12:00"),
        visit("any", 10, 0),
    ]
    found = planned(engine, visits, depot=f"{LAT}, {WEST}")
    arrives = {stop["covers"][0]: stop["arrives"] for stop in rows_of(found)}
    assert "11:00" <= arrives["late"] <= "11:50"


def test_a_place_that_shuts_before_anybody_can_be_there_is_not_planned(engine):
    visits = [
        visit("early", 25, 0, open_from="08:00", open_until="09:02"),
        visit("any", 10, 0),
    ]
    found = planned(engine, visits, depot=f"{LAT}, {WEST}")
    lost = [row for row in rows_of(found, "places") if not row["planned"]]
    assert [row["place"] for row in lost] == ["early"]
    assert "hours or times" in lost[0]["reason"]


def test_two_cars_share_the_work(engine):
    visits = [visit(str(n), 5 * n, 0) for n in range(6)]
    found = planned(engine, visits, cars=2, depot=f"{LAT}, {WEST}", dwell_minutes=60.0)
    stops = rows_of(found)
    assert {stop["car"] for stop in stops} == {1, 2}
    assert sorted(n for s in stops for n in s["covers"]) == list("012345")
    assert len(found.features) == 2


def test_a_cell_is_expected_where_its_antenna_looks(engine):
    cell = {"input": 0, "line": 2, "cell": "A", "lat": LAT, "lon": WEST}
    found = asked(
        engine, "plan", {"cells": [cell | {"azimuth": 90.0}]}, places_a_cell=2
    )
    places = {p["label"]: p for p in found.places.to_pylist() if p["kind"] == "cell"}
    first, second = places.values()
    assert first["lat"] == pytest.approx(LAT)
    assert first["lon"] == pytest.approx(WEST + 1.5 * EAST_200, abs=1e-5)
    assert second["lon"] == pytest.approx(WEST + 3 * EAST_200, abs=1e-5)


def test_the_same_input_gives_the_same_plan(engine):
    visits = [visit(str(n), n * 3.1 % 11, n * 4.7 % 8) for n in range(20)]
    one = planned(engine, visits, roads=None)
    other = planned(engine, visits, roads=None)
    assert rows_of(one) == rows_of(other)
    assert json.dumps(one.features) == json.dumps(other.features)


def test_a_plan_is_never_longer_than_the_order_given(engine):
    for turn in range(3):
        visits = [visit(str(n), n * (3.1 + turn) % 11, n * 4.7 % 8) for n in range(12)]
        found = drives(planned(engine, visits, roads=None))
        assert found["in the order given"]["saved_hours"] >= 0


def test_the_way_on_the_map_begins_and_ends_at_the_depot(engine):
    found = planned(engine, ZIGZAG)
    way = found.features[0]["geometry"]["coordinates"]
    assert way[0] == way[-1]
    assert len(way) > 11


@pytest.mark.parametrize(
    ("kinds", "parameters", "error"),
    [
        ({}, {}, NothingToCover),
        ({"visits": []}, {}, NothingToCover),
        ({"visits": [visit("a", 0, 0, open_from="noon")]}, {}, NotAClock),
        ({"visits": [visit("a", 0, 0)], "roads": []}, {}, NoRoads),
        ({"visits": [visit(str(n), n, 0) for n in range(401)]}, {}, TooManyTargets),
        ({"visits": [visit("a", 0, 0)]}, {"begins": "25:00"}, NotAClock),
        (
            {"cells": [{"input": 0, "line": 2, "cell": "A", "lat": LAT, "lon": WEST}]},
            {"serve": ("A", "B")},
            UnknownCells,
        ),
    ],
)
def test_what_cannot_be_planned_is_refused(engine, kinds, parameters, error):
    with pytest.raises(error):
        asked(engine, "plan", kinds, **parameters)


def test_a_car_may_stop_between_two_crossings(engine):
    found = planned(engine, [visit("half way", 2.5, 0)], depot=f"{LAT}, {WEST}")
    assert rows_of(found, "places")[0]["planned"] is True


def test_waiting_is_avoided_by_doing_something_else_first(engine):
    visits = [
        visit("late", 5, 0, open_from="09:30", open_until="12:00"),
        visit("far", 15, 0),
    ]
    found = planned(engine, visits, depot=f"{LAT}, {WEST}", dwell_minutes=20.0)
    assert [stop["covers"] for stop in rows_of(found)] == [["far"], ["late"]]
