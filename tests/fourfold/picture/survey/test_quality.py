from datetime import timedelta

import ibis
import pytest

from fourfold.base.analysis import Case
from fourfold.base.errors import MissingColumns
from tests.fourfold.picture.survey.small_survey import (
    QUESTIONS,
    READING,
    asked,
    neighbour,
    reading,
    rows_of,
    table_of,
    texts_of,
    times,
)

GOOD = [reading(n, 10 * n) for n in range(5)]


def counts(findings):
    return {row["gate"]: row["rows"] for row in rows_of(findings) if row["rows"]}


def test_good_readings_pass_every_gate(engine):
    found = asked(engine, "quality", {"survey": GOOD})
    assert counts(found) == {}
    assert "5 of 5 readings of 1 survey may be used." in texts_of(found)


@pytest.mark.parametrize(
    ("wrong", "gate"),
    [
        ({"at": None}, "no-time"),
        ({"lat": None}, "no-place"),
        ({"lat": 0.0, "lon": 0.0}, "no-place"),
        ({"lat": 91.0}, "no-place"),
        ({"lat": float("nan")}, "no-place"),
        ({"gps_metres": 50.1}, "poor-position"),
        ({"level_dbm": -141.0}, "level-outside"),
        ({"level_dbm": -20.0}, "level-outside"),
        ({"lat": 52.7}, "jump"),
        ({"level_dbm": None}, "no-level"),
        ({"gps_metres": None}, "position-unrated"),
        ({"speed_kmh": 111.0}, "too-fast"),
        ({"cell": "", "colour": "", "level_dbm": None}, "silence"),
    ],
)
def test_one_thing_wrong_is_counted_under_its_gate(engine, wrong, gate):
    rows = [*GOOD[:2], GOOD[2] | wrong, *GOOD[3:]]
    found = asked(engine, "quality", {"survey": rows})
    assert counts(found)[gate] == 1


def test_a_reading_is_counted_under_the_first_gate_that_it_fails(engine):
    rows = [*GOOD, reading(9) | {"lat": None, "gps_metres": 900.0, "level_dbm": -300.0}]
    assert counts(asked(engine, "quality", {"survey": rows})) == {"no-place": 1}


def test_the_same_reading_twice_counts_once(engine):
    found = asked(engine, "quality", {"survey": [*GOOD, GOOD[4] | {"line": 99}]})
    assert counts(found) == {"repeated": 1}
    assert rows_of(found, "left_out")[0]["line"] == 99


def test_two_cells_at_one_moment_are_two_readings(engine):
    rows = [*GOOD, neighbour(0, colour="2", level_dbm=-90.0)]
    assert counts(asked(engine, "quality", {"survey": rows})) == {}


def test_a_gap_is_longer_than_its_limit(engine):
    rows = [reading(0), reading(60), reading(121)]
    found = asked(engine, "quality", {"survey": rows})
    gaps = rows_of(found, "gaps")
    assert [gap["seconds"] for gap in gaps] == [61.0]
    assert gaps[0]["to_at"] - gaps[0]["from_at"] == timedelta(seconds=61)


def test_a_clock_that_goes_back_is_told(engine):
    rows = [reading(0), reading(5), reading(3) | {"line": 9}]
    assert counts(asked(engine, "quality", {"survey": rows})) == {"clock-back": 1}


def test_surveys_and_instruments_are_told_apart(engine):
    rows = [*times(reading(), 3), *times(reading(survey="autumn"), 2)]
    surveys = rows_of(asked(engine, "quality", {"survey": rows}), "surveys")
    assert [(s["survey"], s["moments"], s["seconds"]) for s in surveys] == [
        ("autumn", 2, 1.0),
        ("spring", 3, 1.0),
    ]


def test_a_limit_that_is_set_is_the_one_that_counts(engine):
    rows = [reading(0, gps_metres=30.0), reading(1)]
    found = asked(engine, "quality", {"survey": rows}, gps_metres=20.0)
    assert counts(found) == {"poor-position": 1}
    gate = next(r for r in rows_of(found) if r["gate"] == "poor-position")
    assert gate["limit"] == "20 metres"


def test_a_survey_without_rows_is_answered(engine):
    found = asked(engine, "quality", {"survey": []})
    assert "0 of 0 readings of no surveys may be used." in texts_of(found)


def test_a_table_of_another_shape_is_refused(engine):
    analysis = QUESTIONS["quality"]
    table = table_of("survey", [READING]).drop_columns(["colour", "serving"])
    with pytest.raises(MissingColumns, match="colour, serving"):
        analysis.run(
            Case({"survey": ibis.memtable(table)}, analysis.settle({}), engine)
        )
