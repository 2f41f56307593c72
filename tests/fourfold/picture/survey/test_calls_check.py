from datetime import timedelta

import pytest

from fourfold.base.errors import FourfoldError
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
PHONE, OTHER = "+447700900001", "+447700900002"
SURVEY = [
    *times(reading(0), 20),
    neighbour(3, cell="C", colour="3", operator="001-01"),
    reading(600, 3000, cell="B", colour="2"),
]


def call(line: int, cell: str, **other):
    row = {"input": 1, "line": line, "kind": "voice", "caller": PHONE, "called": OTHER}
    return (
        row | {"start_at": BEGIN + timedelta(hours=line), "caller_cell": cell} | other
    )


CALLS = [
    call(2, "A"),
    call(3, "A"),
    call(4, "B"),
    call(5, "C"),
    call(6, "Z"),
    call(7, ""),
]


def seen(engine, calls=CALLS, **other):
    kinds = {"survey": SURVEY, "calls": calls}
    return asked(engine, "calls-check", kinds, **({"place": PLACE} | other))


def test_each_cell_used_is_looked_up_at_the_place(engine):
    found = {row["cell"]: row for row in rows_of(seen(engine))}
    assert {cell: row["seen"] for cell, row in found.items()} == {
        "A": "served",
        "C": "heard",
        "B": "not seen",
        "Z": "not in the survey",
    }
    assert (found["A"]["events"], found["A"]["of"]) == (2, 5)
    assert (found["A"]["served"], found["A"]["served_of"]) == (20, 20)
    assert found["B"]["nearest_metres"] == 3000.0


def test_the_answer_names_its_base(engine):
    text = texts_of(seen(engine))
    assert "1 of 4 cells served within 100 m" in text
    assert "(2 uses in 5 events)" in text


def test_only_the_phones_asked_for_count_on_their_side(engine):
    calls = [*CALLS, call(9, "A", called_cell="B")]
    found = rows_of(seen(engine, calls, phones=(OTHER,)))
    assert [(row["cell"], row["events"]) for row in found] == [("B", 1)]


def test_only_the_time_asked_for_counts(engine):
    found = rows_of(seen(engine, calls_to=BEGIN + timedelta(hours=2)))
    assert [(row["cell"], row["events"]) for row in found] == [("A", 1)]


def test_too_few_readings_judge_nothing(engine):
    found = {row["cell"]: row["seen"] for row in rows_of(seen(engine, moments=50))}
    assert found["B"] == "too few readings"


def test_an_event_that_names_one_cell_twice_counts_once(engine):
    found = rows_of(seen(engine, [call(2, "A", caller_last_cell="A")]))
    assert [(row["cell"], row["events"]) for row in found] == [("A", 1)]


def test_calls_without_cells_are_answered(engine):
    assert "No event names a cell." in texts_of(seen(engine, [call(2, "")]))


def test_a_place_is_needed(engine):
    with pytest.raises(FourfoldError, match="place must be given"):
        asked(engine, "calls-check", {"survey": SURVEY, "calls": CALLS})
