import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fourfold.picture.survey.small_survey import (
    asked,
    neighbour,
    reading,
    rows_of,
    texts_of,
    times,
)

THREE_OF_FIVE = [*times(reading(0), 3), *times(reading(3, cell="B", colour="2"), 2)]


def test_the_cell_with_most_moments_is_the_best_server(engine):
    found = asked(engine, "best-server", {"survey": THREE_OF_FIVE})
    (square,) = rows_of(found)
    assert (square["cell"], square["moments"], square["of"]) == ("A", 3, 5)
    assert (square["next_cell"], square["next_moments"]) == ("B", 2)
    assert square["share"] == 0.6
    assert square["dominant"] is True
    assert "A served in 3 of 5 moments" in square["says"]


def test_below_the_share_no_cell_is_dominant(engine):
    found = asked(engine, "best-server", {"survey": THREE_OF_FIVE}, share=0.7)
    (square,) = rows_of(found)
    assert square["dominant"] is False
    assert "no dominant cell" in square["says"]


def test_a_square_with_few_moments_is_called_thin(engine):
    found = asked(engine, "best-server", {"survey": times(reading(), 4)})
    (square,) = rows_of(found)
    assert square["dominant"] is False
    assert "thin" in square["says"]


def test_serving_and_strongest_are_kept_apart(engine):
    loud = {"cell": "B", "colour": "2", "level_dbm": -60.0}
    rows = [row for n in range(6) for row in (reading(n), neighbour(n, **loud))]
    served = rows_of(asked(engine, "best-server", {"survey": rows}))
    strongest = rows_of(asked(engine, "strongest", {"survey": rows}))
    assert [row["cell"] for row in served] == ["A"]
    assert [row["cell"] for row in strongest] == ["B"]
    assert strongest[0]["of"] == 6


def test_a_neighbour_is_resolved_by_channel_colour_and_nearest_known_cell(engine):
    far = reading(0, 800, cell="B", colour="2")
    rows = [far, reading(5), neighbour(5, colour="2", level_dbm=-60.0)]
    found = asked(engine, "strongest", {"survey": rows})
    squares = {row["square"]: row for row in rows_of(found)}
    assert {row["cell"] for row in squares.values()} == {"B"}
    assert sum(row["resolved"] for row in squares.values()) == 1
    assert any("1 of 1 neighbour readings" in note for note in found.notes)


def test_a_neighbour_of_a_colour_that_stands_twice_near_by_stays_unnamed(engine):
    rows = [
        reading(0, 800, cell="B", colour="2"),
        reading(300, -900, cell="C", colour="2"),
        reading(600),
        neighbour(600, colour="2", level_dbm=-60.0),
    ]
    found = asked(engine, "strongest", {"survey": rows})
    assert "6300 2" in {row["cell"] for row in rows_of(found)}


def test_a_cell_of_the_list_stands_at_its_mast(engine):
    """B was read near by, but the list says that it stands far off: too far."""
    rows = [
        reading(0, 800, cell="B", colour="2"),
        reading(5),
        neighbour(5, colour="2", level_dbm=-60.0),
    ]
    cells = [{"input": 1, "line": 2, "cell": "B", "lat": 52.9, "lon": -1.1317}]
    found = asked(engine, "strongest", {"survey": rows, "cells": cells})
    assert "6300 2" in {row["cell"] for row in rows_of(found)}


def test_squares_are_those_of_the_national_grid(engine):
    found = asked(engine, "best-server", {"survey": times(reading(), 5)})
    assert rows_of(found)[0]["square"] == "SK 5885 0485"
    (feature,) = found.features
    (ring,) = feature["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert len(ring) == 5


def test_abroad_squares_have_the_same_area(engine):
    rows = times(reading(lat=45.4162, lon=-75.6918), 5)
    found = asked(engine, "best-server", {"survey": rows})
    (ring,) = found.features[0]["geometry"]["coordinates"]
    (west, south), (east, north) = ring[0], ring[2]
    assert (north - south) * 111_195 == pytest.approx(100, abs=0.5)
    assert (east - west) * 111_195 * 0.70206 == pytest.approx(100, abs=0.5)


def test_the_map_says_what_it_left_off(engine):
    rows = [row for n in range(4) for row in times(reading(9 * n, 300 * n), 5)]
    found = asked(engine, "best-server", {"survey": rows}, most_shown=1)
    assert len(found.features) == 1
    assert len(rows_of(found)) == 4
    assert any("shows 1 of 4 squares" in note for note in found.notes)


def test_a_survey_without_rows_has_no_square(engine):
    found = asked(engine, "best-server", {"survey": []})
    assert rows_of(found) == []
    assert "No square" in texts_of(found)


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(engine, seed):
    rows = [*THREE_OF_FIVE, neighbour(2, colour="2"), neighbour(4, colour="7")]
    shuffled = random.Random(seed).sample(rows, len(rows))
    one = asked(engine, "strongest", {"survey": rows})
    other = asked(engine, "strongest", {"survey": shuffled})
    assert rows_of(one) == rows_of(other)
