"""Do calls, messages, pictures, plates and money say together what each says alone?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.intake.evidence import EVIDENCE
from fourfold.picture.analyses import analysis
from fourfold.picture.joined.attributed import NobodyNamed
from fourfold.picture.running import run_analysis

NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)
EMPTY = {"text": "", "list": []}


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def table(kind: str, rows: list[dict[str, Any]]) -> pa.Table:
    columns = EVIDENCE[kind].columns
    whole = [
        {c.name: row.get(c.name, EMPTY.get(c.type)) for c in columns}
        | {"input": 0, "line": row.get("line", n + 2)}
        for n, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(whole, schema=EVIDENCE[kind].schema)


def phone(person: str, number: str, **said: Any) -> dict[str, Any]:
    return {
        "person": person,
        "kind": "phone",
        "identifier": number,
        "reason": "subscriber",
        **said,
    }


def call(caller: str, called: str, minutes: float, **said: Any) -> dict[str, Any]:
    return {
        "kind": "voice",
        "caller": caller,
        "called": called,
        "start_at": at(minutes),
        "start_local": (at(minutes) + timedelta(hours=1)).replace(tzinfo=None),
        "seconds": 30,
        **said,
    }


PEOPLE = [
    phone("Ann", "+441"),
    phone("Bob", "+442"),
    {"person": "Bob", "kind": "plate", "identifier": "AB12 CDE", "reason": "keeper"},
    {"person": "Ann", "kind": "account", "identifier": "ACC1", "reason": "bank"},
    {"person": "Bob", "kind": "account", "identifier": "ACC2", "reason": "bank"},
]
CELLS = [
    {"cell": "A", "lat": 52.95, "lon": -1.15, "site": "Radford"},
    {"cell": "B", "lat": 53.50, "lon": -1.15, "site": "Far"},
]
GIVEN = {
    "identifiers": PEOPLE,
    "cells": CELLS,
    "calls": [
        call("+441", "+442", 0, caller_cell="A", called_cell="A"),
        call("+443", "+441", 90, called_cell="B"),
    ],
    "messages": [
        {
            "sender": "+442",
            "recipients": ["+441"],
            "sent_at": at(5),
            "body": "on my way",
        }
    ],
    "reads": [
        {"plate": "AB12CDE", "camera": "C1", "lat": 52.951, "lon": -1.151, "at": at(10)}
    ],
    "payments": [
        {
            "payer": "ACC1",
            "payee": "ACC2",
            "amount_gbp": 250.0,
            "at": at(20),
            "reference": "rent",
        }
    ],
}


@pytest.fixture
def ask(tmp_path):
    def asking(
        name: str, given: dict[str, Any] | None = None, *, engine="duckdb", **said
    ):
        files = {}
        for kind, rows in (GIVEN if given is None else given).items():
            path = tmp_path / f"{kind}.parquet"
            pq.write_table(table(kind, rows), path)
            files[kind] = [path]
        return run_analysis(analysis(f"joined.{name}"), files, said, engine)

    return asking


def test_all_kinds_stand_in_one_order_with_who_and_why(ask):
    rows = ask("timeline").records()
    assert [(r["person"], r["kind"]) for r in rows] == [
        ("Ann", "call"),
        ("Bob", "call"),
        ("Ann", "message"),
        ("Bob", "message"),
        ("Bob", "plate read"),
        ("Ann", "payment"),
        ("Bob", "payment"),
        ("Ann", "call"),
    ]
    first = rows[0]
    assert first["place"] == "used cell A at Radford"
    assert first["attributed"] == "+441: a phone attributed to Ann (subscriber)"
    assert first["local"] == "2022-06-01T13:00:00"


def test_the_map_has_the_events_whose_place_is_known(ask):
    places = ask("timeline").findings.places
    assert places.num_rows == 4
    assert set(places["kind"].to_pylist()) == {"call", "plate read"}


def test_an_attribution_that_has_ended_is_not_used_and_is_counted(ask):
    ended = [phone("Ann", "+441", until_at=at(60)), *PEOPLE[1:]]
    result = ask("timeline", GIVEN | {"identifiers": ended})
    assert len(result.records()) == 7
    assert result.findings.notes[0].startswith("1 events of these identifiers")


def test_two_people_are_found_at_one_cell_and_near_it_across_sources(ask):
    rows = ask("where-together").records()
    assert [(r["a"], r["b"], r["minutes"], round(r["metres"])) for r in rows] == [
        ("Ann", "Bob", 0.0, 0),
        ("Ann", "Bob", 10.0, 130),
    ]
    assert ask("where-together", metres=10).records() == rows[:1]
    assert ask("where-together", minutes=5.0).records() == rows[:1]


def test_ties_say_kind_way_first_and_last(ask):
    rows = ask("links").records()
    assert {(r["from"], r["to"], r["kind"], r["events"]) for r in rows} == {
        ("Ann", "Bob", "call", 1),
        ("Bob", "Ann", "message", 1),
        ("Ann", "Bob", "payment", 1),
    }


def test_times_without_an_event_are_listed_longest_first(ask):
    rows = ask("gaps", hours=0.2).records()
    assert [(r["person"], round(r["hours"], 2)) for r in rows] == [
        ("Ann", 1.17),
        ("Ann", 0.25),
    ]


def test_somebody_whom_the_list_does_not_name_is_refused(ask):
    assert len(ask("timeline", people=("Ann",)).records()) == 4
    with pytest.raises(NobodyNamed, match="Zed"):
        ask("timeline", people=("Ann", "Zed"))


@pytest.mark.parametrize("name", ["timeline", "where-together", "links", "gaps"])
def test_people_without_any_event_give_empty_answers(ask, name):
    assert ask(name, {"identifiers": PEOPLE}).records() == []
    assert ask(name, {kind: [] for kind in GIVEN}).records() == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["timeline", "where-together", "links", "gaps"])
def test_both_engines_answer_alike(ask, name):
    assert ask(name, engine="spark").records() == ask(name).records()


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(range(4)), wider=st.integers(31, 300))
def test_order_does_not_matter_and_a_wider_window_loses_no_pair(ask, order, wider):
    calls = [
        call("+441", "+442", m, line=m, caller_cell="A", called_cell="A")
        for m in (1, 25, 70, 200)
    ]
    rows = ask("where-together", GIVEN | {"calls": calls}).records()
    mixed = GIVEN | {"calls": [calls[n] for n in order]}
    assert ask("where-together", mixed).records() == rows
    more = ask("where-together", mixed, minutes=float(wider)).records()
    assert len(more) >= len(rows)
