"""Do calls, messages, pictures, plates and money say together what each says alone?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.base.analysis import NothingToRead
from fourfold.intake.evidence import EVIDENCE
from fourfold.picture.analyses import analysis
from fourfold.picture.joined.attributions import NobodyNamed
from fourfold.picture.running import run_analysis

NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)
EMPTY = {"text": "", "list": []}
NAMES = ["timeline", "where-together", "links", "gaps"]


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


def theirs(person: str, kind: str, identifier: str, **said: Any) -> dict[str, Any]:
    row = {"person": person, "kind": kind, "identifier": identifier}
    return row | {"reason": "subscriber"} | said


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


def read(minutes: float, **said: Any) -> dict[str, Any]:
    row = {"plate": "AB12CDE", "camera": "C1", "lat": 52.951, "lon": -1.151}
    return row | {"at": at(minutes)} | said


PEOPLE = [
    theirs("Ann", "phone", "+441"),
    theirs("Bob", "phone", "+442"),
    theirs("Bob", "plate", "AB12 CDE", reason="keeper"),
    theirs("Ann", "account", "20-00-00 111"),
    theirs("Bob", "account", "ACC2"),
]
CELLS = [
    {"cell": "A", "lat": 52.95, "lon": -1.15, "site": "Radford"},
    {"cell": "B", "lat": 53.50, "lon": -1.15, "site": "Far"},
]
PAYMENT = {
    "payer": "200000111",
    "payee": "ACC2",
    "amount_gbp": 250.0,
    "at": at(20),
    "reference": "rent",
}
MESSAGE = {
    "sender": "+442",
    "recipients": ["+441"],
    "sent_at": at(5),
    "body": "on my way",
}
GIVEN: dict[str, list[dict[str, Any]]] = {
    "identifiers": PEOPLE,
    "cells": CELLS,
    "calls": [
        call("+441", "+442", 0, caller_cell="A", called_cell="A"),
        call("+443", "+441", 90, called_cell="B"),
    ],
    "messages": [MESSAGE],
    "reads": [read(10)],
    "payments": [PAYMENT],
}


@pytest.fixture
def ask(tmp_path):
    def asking(name, given=None, *, engine="duckdb", **said):
        files = {}
        for kind, rows in (GIVEN if given is None else given).items():
            path = tmp_path / f"{kind}.parquet"
            pq.write_table(table(kind, rows), path)
            files[kind] = [path]
        return run_analysis(analysis(f"joined.{name}"), files, said, engine)

    return asking


def test_all_kinds_stand_in_one_order_each_record_once(ask):
    rows = ask("timeline").records()
    assert [(r["who"], r["with_whom"], r["kind"]) for r in rows] == [
        ("Ann", "Bob", "call"),
        ("Bob", "Ann", "message"),
        ("Bob", "", "plate read"),
        ("Ann", "Bob", "payment"),
        ("Ann", "", "call"),
    ]
    assert [row["line"] for row in rows] == [2, 2, 2, 2, 3]
    assert rows[0]["local"] == "2022-06-01T13:00:00+01:00"


def test_a_line_says_what_the_thing_did_and_why_it_is_theirs(ask):
    rows = ask("timeline").records()
    assert [row["says"] for row in rows] == [
        "A phone attributed to Ann (subscriber) rang +442, a phone attributed to Bob "
        "for"
        " 30 seconds; it used a cell (A) at Radford.",
        "A phone attributed to Bob (subscriber) sent a message to +441, a phone"
        " attributed to Ann.",
        "A plate attributed to Bob (keeper) was read at camera C1.",
        "An account attributed to Ann (subscriber) paid £250.00 to ACC2, an account"
        " attributed to Bob.",
        "A phone attributed to Ann (subscriber) was rung by +443 for 30 seconds; it "
        "used"
        " a cell (B) at Far.",
    ]


def test_the_map_has_the_events_whose_place_is_known(ask):
    places = ask("timeline").findings.places
    assert sorted(places["kind"].to_pylist()) == ["call", "call", "plate read"]


def test_an_attribution_that_has_ended_is_not_used_and_is_counted(ask):
    ended = [theirs("Ann", "phone", "+441", until_at=at(60)), *PEOPLE[1:]]
    result = ask("timeline", GIVEN | {"identifiers": ended})
    assert len(result.records()) == 4
    assert any(n.startswith("1 of 8 records") for n in result.findings.notes)


def test_a_phone_that_changed_hands_is_each_persons_in_their_time(ask):
    passed_on = [
        theirs("Ann", "phone", "+441", until_at=at(60)),
        theirs("Cat", "phone", "+441", from_at=at(60)),
        *PEOPLE[1:],
    ]
    rows = ask("timeline", GIVEN | {"identifiers": passed_on}).records()
    assert [r["who"] for r in rows if r["kind"] == "call"] == ["Ann", "Cat"]


def test_one_record_by_number_and_handset_of_one_person_counts_once(ask):
    with_handset = [*PEOPLE, theirs("Ann", "imei", "35-209911-000123-4")]
    calls = [call("+441", "+443", 0, caller_imei="35209911000123", caller_cell="A")]
    given = GIVEN | {"identifiers": with_handset, "calls": calls}
    assert len(ask("timeline", given).records()) == 4


def test_a_handset_finds_calls_of_a_number_that_nobody_is_attributed(ask):
    handset = [theirs("Ann", "imei", "352099110001234")]
    calls = [call("+449", "+443", 0, caller_imei="35209911000123")]
    (row,) = ask("timeline", {"identifiers": handset, "calls": calls}).records()
    assert row["says"].startswith("A handset attributed to Ann (subscriber) rang +443")


def test_a_call_in_two_schedules_is_one_event(ask):
    twice = [
        call("+441", "+442", 0, subject="caller", caller_cell="A"),
        call("+441", "+442", 0.03, subject="called", called_cell="A"),
    ]
    rows = ask("timeline", {"identifiers": PEOPLE, "calls": twice}).records()
    assert len(rows) == 1


def test_pictures_and_positions_of_a_device_are_its_persons(ask):
    given = {
        "identifiers": [theirs("Ann", "device", "Exhibit 7")],
        "images": [
            {"device": "Exhibit 7", "path": "a.jpg", "lat": 52.9, "lon": -1.1,
             "taken_local": datetime(2022, 6, 1, 13, 0)},  # noqa: DTZ001 (a wall clock)
            {"device": "Exhibit 8", "path": "b.jpg", "taken_at": at(0)},
        ],
        "locations": [{"device": "Exhibit 7", "at": at(1), "lat": 52.9, "lon": -1.1,
                       "what": "journey"}],
    }  # fmt: skip
    result = ask("timeline", given)
    rows = result.records()
    assert [(r["at"], r["where"]) for r in rows] == [
        ("2022-06-01T12:00:00+00:00", "position in the picture, 52.90000, -1.10000"),
        ("2022-06-01T12:01:00+00:00", "position recorded, 52.90000, -1.10000"),
    ]
    assert any("1 picture by a clock that names no zone" in n
               for n in result.findings.notes)  # fmt: skip


def test_a_mast_that_moved_is_where_it_stood_on_the_day(ask):
    moved = [
        {"cell": "A", "lat": 50.0, "lon": -1.0, "site": "Old", "valid_to": at(-600)},
        {
            "cell": "A",
            "lat": 52.95,
            "lon": -1.15,
            "site": "New",
            "valid_from": at(-600),
        },
    ]
    rows = ask("timeline", GIVEN | {"cells": moved}).records()
    assert rows[0]["where"] == "used a cell (A) at New"


def test_two_people_are_found_at_one_cell_and_near_it_across_sources(ask):
    rows = ask("where-together").records()
    assert [(r["how"], r["minutes"], r["metres"], r["uncertain"]) for r in rows] == [
        ("same place in the records", 0.0, 0, 3000),
        ("places near each other", 10.0, 130, 1500),
    ]
    assert (rows[1]["a_source"], rows[1]["b_source"]) == ("calls", "reads")
    assert "used a cell (A) at Radford" in rows[1]["why"]
    assert "130 metres apart, known to 1,500 metres" in rows[1]["why"]


@pytest.mark.parametrize(
    "set_to",
    [{"metres": 0.0}, {"minutes": 5.0}, {"metres": 100.0, "cell_metres": 10.0}],
)
def test_narrower_in_place_or_time_only_the_same_cell_is_left(ask, set_to):
    assert len(ask("where-together", **set_to).records()) == 1


def test_cells_need_no_list_of_masts_to_be_the_same(ask):
    without = {kind: rows for kind, rows in GIVEN.items() if kind != "cells"}
    (row,) = ask("where-together", without).records()
    assert (row["metres"], row["how"]) == (None, "same place in the records")


def test_one_phone_attributed_to_both_is_no_meeting(ask):
    shared = [*PEOPLE[1:], theirs("Ann", "phone", "+442")]
    result = ask("where-together", GIVEN | {"identifiers": shared})
    assert all("A phone" not in row["why"] for row in result.records())
    assert any("attributed to both" in note for note in result.findings.notes)


def test_a_place_that_both_use_always_is_expected_by_chance(ask):
    def pairs(days):
        calls = [
            call(number, "+443", day * 1440 + late, caller_cell="A")
            for day in days
            for number, late in (("+441", 0), ("+442", 20))
        ]
        more = [call("+441", "+449", n * 1440) for n in range(30)]
        given = {"identifiers": PEOPLE, "calls": calls + more}
        return ask("where-together", given).findings.tables[1].rows.to_pylist()[0]

    rare, usual = pairs([3, 17]), pairs(range(30))
    assert rare["expected"] < 0.1 < usual["expected"]
    assert rare["times"] == 2


def test_ties_say_kind_way_first_and_last(ask):
    rows = ask("links").records()
    assert {(r["from"], r["to"], r["kind"], r["events"]) for r in rows} == {
        ("Ann", "Bob", "call", 1),
        ("Bob", "Ann", "message", 1),
        ("Ann", "Bob", "payment", 1),
        ("Ann", "Bob", "near each other", 1),
    }
    assert all(row["first"] <= row["last"] and row["sources"] for row in rows)


def test_ties_to_numbers_that_nobody_is_attributed_are_shown_when_asked(ask):
    more = ask("links", others=True, near=False).records()
    assert [(r["from"], r["to"]) for r in more if "+443" in (r["from"], r["to"])] == [
        ("+443", "Ann")
    ]


def test_one_identifier_of_two_people_is_a_tie(ask):
    shared = [*PEOPLE, theirs("Cat", "phone", "+441", from_at=at(500))]
    rows = ask("links", GIVEN | {"identifiers": shared}).records()
    assert ("Ann", "Cat", "one identifier") in {
        (r["from"], r["to"], r["kind"]) for r in rows
    }


def test_a_day_is_told_by_the_clock_of_the_zone(ask):
    late = GIVEN | {"reads": [read(0), read(11 * 60 + 1)]}  # 00:01 in London
    result = ask("day", late, person="Bob", on=date(2022, 6, 2))
    assert [row["kind"] for row in result.records()] == ["plate read"]
    assert result.findings.tables[1].rows["hour"].to_pylist() == [0]
    assert (
        "1 of 1 event of what is attributed to Bob" in result.findings.answers[0].text
    )


def test_times_without_an_event_are_listed_longest_first_with_the_ends(ask):
    rows = ask("gaps", hours=0.2).records()
    assert [(r["person"], round(r["hours"], 2), r["where"]) for r in rows] == [
        ("Ann", 1.17, "between events"),
        ("Bob", 1.17, "end of the data"),
        ("Ann", 0.25, "between events"),
    ]
    assert (rows[0]["before_line"], rows[0]["after_line"]) == (2, 3)


def test_somebody_whom_the_list_does_not_name_is_refused(ask):
    assert len(ask("timeline", people=("ann",)).records()) == 4
    with pytest.raises(NobodyNamed, match="called 'Zed'; there are: Ann, Bob"):
        ask("timeline", people=("Ann", "Zed"))


def test_rows_of_identifiers_that_cannot_be_used_are_counted(ask):
    turned = theirs("Ann", "phone", "+448", from_at=at(5), until_at=at(4))
    nobody, unknown = theirs("", "phone", "+449"), theirs("Ann", "hunch", "x")
    spoilt = [*PEOPLE, nobody, unknown, turned]
    notes = ask("timeline", GIVEN | {"identifiers": spoilt}).findings.notes
    assert any(note.startswith("3 of 8 rows of identifiers") for note in notes)


def test_identifiers_alone_are_refused(ask):
    with pytest.raises(NothingToRead, match="needs one of calls, messages"):
        ask("timeline", {"identifiers": PEOPLE})


@pytest.mark.parametrize("name", NAMES)
def test_people_without_any_event_give_empty_answers(ask, name):
    assert ask(name, {kind: [] for kind in GIVEN}).records() == []
    nobody = GIVEN | {"identifiers": [theirs("Zed", "phone", "+44999")]}
    assert ask(name, nobody).records() == []
    handle = GIVEN | {"identifiers": [theirs("Zed", "device", "none of these")]}
    assert ask(name, {k: handle[k] for k in ("identifiers", "reads")}).records() == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_answer_alike(ask, name):
    here, there = ask(name), ask(name, engine="spark")
    assert [a.text for a in there.findings.answers] == [
        a.text for a in here.findings.answers
    ]
    for one, other in zip(there.findings.tables, here.findings.tables, strict=True):
        for row, same in zip(one.rows.to_pylist(), other.rows.to_pylist(), strict=True):
            assert row == {
                name: pytest.approx(value) if isinstance(value, float) else value
                for name, value in same.items()
            }


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(range(4)), wider=st.integers(31, 300))
def test_order_does_not_matter_and_a_wider_window_loses_no_pair(ask, order, wider):
    calls = [
        call("+441", "+442", m, line=m, caller_cell="A", called_cell="A")
        for m in (1, 25, 70, 200)
    ]

    def seen(given, **said):
        return {
            tuple(row[name] for name in ("a_source", "a_line", "b_source", "b_line"))
            for row in ask("where-together", given, **said).records()
        }

    first = seen(GIVEN | {"calls": calls})
    mixed = GIVEN | {"calls": [calls[n] for n in order]}
    assert seen(mixed) == first
    assert seen(mixed, minutes=float(wider)) >= first
    assert seen(mixed, metres=5000.0) >= first
