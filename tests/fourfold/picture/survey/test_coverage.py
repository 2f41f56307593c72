import pytest

from fourfold.picture.survey.coverage import NoPlaceAsked
from fourfold.picture.survey.places import NoSuchPlace
from tests.fourfold.picture.survey.small_survey import (
    BEGIN,
    HERE,
    asked,
    neighbour,
    reading,
    rows_of,
    texts_of,
    times,
)

PLACE = f"{HERE[0]}, {HERE[1]}"
SURVEY = [
    *times(reading(0), 3),
    reading(30, 90, cell="B", colour="2"),
    neighbour(0, cell="C", colour="3", operator="001-01", level_dbm=-84.0),
    reading(90, 500, cell="D", colour="4"),
]


def cells(findings):
    return {row["cell"]: row for row in rows_of(findings)}


def test_cells_are_counted_with_their_base(engine):
    found = cells(asked(engine, "coverage", {"survey": SURVEY}, place=PLACE))
    assert set(found) == {"A", "B", "C"}
    assert (found["A"]["served"], found["A"]["of"], found["A"]["share"]) == (3, 4, 0.75)
    assert (found["C"]["served"], found["C"]["heard"], found["C"]["moments"]) == (
        0,
        1,
        4,
    )
    assert found["C"]["role"] == "neighbour"
    assert found["C"]["below_best_db"] == 4.0
    assert found["B"]["nearest_metres"] == 90.0


def test_few_moments_are_called_thin(engine):
    found = asked(engine, "coverage", {"survey": SURVEY}, place=PLACE, moments=5)
    assert "Thin." in texts_of(found)
    enough = asked(engine, "coverage", {"survey": SURVEY}, place=PLACE, moments=4)
    assert "Thin." not in texts_of(enough)


def test_readings_far_away_change_nothing_at_a_place(engine):
    away = times(reading(40, 3000, cell="E", colour="9"), 30)
    one = asked(engine, "coverage", {"survey": SURVEY}, place=PLACE)
    other = asked(engine, "coverage", {"survey": [*SURVEY, *away]}, place=PLACE)
    assert rows_of(one) == rows_of(other)


def test_the_distance_is_the_one_asked_for(engine):
    found = asked(engine, "coverage", {"survey": SURVEY}, place=PLACE, metres=89.0)
    assert "B" not in cells(found)


def test_several_places_are_answered_one_by_one(engine):
    there = f"{PLACE}; {HERE[0] + 500 / 111_195}, {HERE[1]}"
    found = asked(engine, "coverage", {"survey": SURVEY}, place=there)
    places = {row["place"]: row["cell"] for row in rows_of(found) if row["served"]}
    assert len(places) == 2
    assert "D" in places.values()


def test_a_way_takes_in_what_lies_beside_it(engine):
    there = f"{HERE[0] - 0.001}, {HERE[1]}; {HERE[0] + 0.006}, {HERE[1]}"
    found = cells(
        asked(engine, "coverage", {"survey": SURVEY}, route=there, metres=20.0)
    )
    assert set(found) == {"A", "B", "C", "D"}


def test_a_time_may_be_asked_for_without_a_place(engine):
    until = BEGIN.replace(second=2)
    found = cells(asked(engine, "coverage", {"survey": SURVEY}, to_at=until))
    assert set(found) == {"A", "C"}


def test_a_place_where_nobody_was_is_said_so(engine):
    found = asked(engine, "coverage", {"survey": SURVEY}, place="53, -1")
    assert rows_of(found) == []
    assert "No reading" in texts_of(found)


def test_nothing_asked_is_refused(engine):
    with pytest.raises(NoPlaceAsked, match="place, route"):
        asked(engine, "coverage", {"survey": SURVEY})


def test_a_place_that_cannot_be_read_is_refused(engine):
    with pytest.raises(NoSuchPlace, match="High Street"):
        asked(engine, "coverage", {"survey": SURVEY}, place="1 High Street")
