"""Is each call counted once, and seen from both its sides?"""

from datetime import UTC, datetime, timedelta

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.base.engine import open_engine
from fourfold.base.errors import MissingColumns
from fourfold.picture.calls.events import (
    CALL_COLUMNS,
    EVENT_COLUMNS,
    call_events,
    contact_events,
    counted_once,
    has_both_sides,
)
from tests.fourfold.picture.calls.small_calls import call, table

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def engine():
    with open_engine("duckdb") as backend:
        yield backend


def _on(engine, rows):
    name = ibis.util.gen_name("calls")
    engine.con.register(name, table(rows))
    return engine.table(name)


def _once(engine, rows, within=5):
    return counted_once(_on(engine, rows), within).to_pyarrow().to_pylist()


OWN = call(AT, "1", "2", subject="caller", caller_cell="A", line=7)
THEIRS = call(AT + 2 * SECOND, "1", "2", subject="called", called_cell="B", input=1)


def test_both_records_of_a_call_are_one_with_what_each_says(engine):
    (row,) = _once(engine, [OWN, THEIRS])
    assert (row["caller_cell"], row["called_cell"]) == ("A", "B")
    assert (row["start_at"], row["input"], row["line"]) == (AT, 0, 7)


@pytest.mark.parametrize(
    "other",
    [
        {"start_at": AT + 6 * SECOND},
        {"kind": "text"},
        {"caller": "3"},
        {"called": "3"},
        {"subject": "caller", "input": 0},
    ],
)
def test_records_that_differ_in_one_thing_are_two_calls(engine, other):
    assert len(_once(engine, [OWN, THEIRS])) == 1
    assert len(_once(engine, [OWN, THEIRS | other])) == 2


def test_two_texts_within_a_second_stay_two_however_many_schedules_hold_them(engine):
    sent = [call(AT + n * SECOND, "1", "2", "text", line=n + 1) for n in range(2)]
    heard = [row | {"subject": "called", "input": 1} for row in sent]
    assert len(_once(engine, sent)) == 2
    assert len(_once(engine, sent + heard)) == 2


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from("12"), st.sampled_from("34")),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_does_not_matter_and_a_second_schedule_adds_nothing(
    drawn, chance
):
    rows = [
        call(AT + 10 * n * SECOND, caller, called, line=place)
        for place, (n, caller, called) in enumerate(drawn, 1)
    ]
    twice = rows + [row | {"subject": "called", "input": 1} for row in rows]
    shuffled = chance.sample(twice, len(twice))
    with open_engine("duckdb", threads=1) as engine:
        assert len(_once(engine, shuffled)) == len(rows)
        events = call_events(_on(engine, rows)).count().to_pyarrow().as_py()
        assert events == 2 * len(rows)


def test_only_several_files_or_subjects_can_hold_a_call_twice(engine):
    assert not has_both_sides(_on(engine, [OWN, OWN]))
    assert has_both_sides(_on(engine, [OWN, OWN | {"input": 1}]))
    assert has_both_sides(_on(engine, [OWN, OWN | {"subject": "called"}]))
    assert not has_both_sides(_on(engine, []))


def test_each_side_has_its_own_number_cell_and_handset(engine):
    row = OWN | {"called_imei": "9" * 14, "called_cell": "B"}
    events = call_events(_on(engine, [row])).order_by("number").to_pyarrow().to_pylist()
    assert [(e["number"], e["other"], e["out"], e["cell"]) for e in events] == [
        ("1", "2", True, "A"),
        ("2", "1", False, "B"),
    ]
    assert tuple(events[0]) == EVENT_COLUMNS


def test_data_and_voicemail_are_events_but_no_contacts(engine):
    rows = [call(AT, "1", "", "data"), call(AT, "1", "121", "voicemail"), OWN]
    calls = _on(engine, rows)
    assert call_events(calls, ["1"]).count().to_pyarrow().as_py() == 3
    assert contact_events(calls, ["1"]).count().to_pyarrow().as_py() == 1


def test_a_number_that_rings_itself_has_one_event_and_no_contact(engine):
    calls = _on(engine, [call(AT, "1", "1")])
    assert call_events(calls).count().to_pyarrow().as_py() == 1
    assert contact_events(calls).count().to_pyarrow().as_py() == 0


@pytest.mark.parametrize("lacks", CALL_COLUMNS)
def test_a_table_without_a_column_is_refused(engine, lacks):
    calls = _on(engine, [OWN]).drop(lacks)
    for wants in (call_events, counted_once):
        with pytest.raises(MissingColumns, match=lacks):
            wants(calls)
