"""Does the worksheet show both sides, and never a verdict?"""

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest

from fourfold.intake.evidence import evidence_kind
from fourfold.picture.calls.attribution import MAY_TAKE
from fourfold.picture.calls.attribution_lines import WEIGHTS
from tests.fourfold.picture.calls.asking import ask, ask_of, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call, number

NEW, OLD = number(101), number(102)
HOUR = timedelta(hours=1)
FRIENDS = [number(n) for n in range(110, 116)]
CROWD = [call(BEGINS, number(200 + n), number(300 + n)) for n in range(60)]
SHARED = [
    call(BEGINS + n * DAY, own, friend, seconds=60)
    for n, friend in enumerate(FRIENDS)
    for own in (NEW, OLD)
]
ASKED = {"number": NEW, "other_numbers": (OLD,)}


def _kind(name: str, *rows: dict[str, Any]) -> pa.Table:
    schema = evidence_kind(name).schema
    blank = {
        field.name: "" if field.type == pa.string() else None for field in schema
    } | {"input": 0}
    numbered = [blank | {"line": n} | row for n, row in enumerate(rows, 2)]
    return pa.Table.from_pylist(numbered, schema=schema)


def _sides(rows, **more):
    return picked(ask("attribution", rows, **ASKED | more), "kind", "side")


def test_contacts_in_common_beyond_chance_speak_for_it():
    apart = [
        row if row["caller"] == NEW else row | {"start_at": row["start_at"] + 2 * HOUR}
        for row in SHARED
    ]
    assert _sides(CROWD + apart) == [("shared contacts", "for")]


def test_no_contact_in_common_speaks_against():
    rows = [
        row
        if row["caller"] == NEW
        else row | {"called": "+447700901" + row["called"][-3:]}
        for row in SHARED
    ]
    found = _sides([r | {"kind": "text", "seconds": 0} for r in rows] + CROWD)
    assert found == [("shared contacts", "against")]


def test_one_kind_alone_attributes_nothing_and_no_answer_is_a_verdict():
    result = ask("attribution", CROWD + SHARED, **ASKED)
    said = [answer.text for answer in result.findings.answers]
    assert "Fewer than two kinds of evidence speak for it" in said[1]
    assert not any("belongs to" in text for text in said)


def test_one_handset_speaks_for_and_two_calls_at_once_against():
    rows = [
        call(BEGINS, NEW, FRIENDS[0], seconds=600, caller_imei="3" * 14),
        call(BEGINS + HOUR / 12, OLD, FRIENDS[1], seconds=60, caller_imei="3" * 14),
    ]
    found = _sides(rows)
    assert ("same handset", "for") in found
    assert ("two calls at once", "against") in found
    rows[1] = rows[1] | {"start_at": BEGINS + HOUR, "caller_imei": "4" * 14}
    assert _sides(rows) == [("shared contacts", "neither")]


def test_the_cell_of_most_nights_speaks_for_or_against():
    def nights(cell):
        late = BEGINS + 15 * HOUR
        return [
            call(late + n * DAY + k * HOUR / 2, own, FRIENDS[0], "text", caller_cell=c)
            for n in range(3)
            for k, (own, c) in enumerate(((NEW, "X"), (OLD, cell)))
        ]

    assert ("home cell", "for") in _sides(nights("X"))
    assert ("home cell", "against") in _sides(nights("Y"))


def test_cells_at_the_same_time_speak_for_or_against():
    def together(cell):
        return [
            call(BEGINS + n * HOUR, own, FRIENDS[0], "text", caller_cell=used)
            for n in range(3)
            for own, used in ((NEW, "X"), (OLD, cell))
        ]

    assert ("used together", "for") in _sides(together("X"))
    assert ("used together", "against") in _sides(together("Y"))


def test_numbers_that_ring_each_other_speak_against():
    rows = [call(BEGINS + n * HOUR, NEW, OLD, "text") for n in range(3)]
    assert ("rings the other", "against") in _sides(rows)
    assert ("rings the other", "neither") in _sides(rows[:2])


@pytest.mark.parametrize(
    ("kind", "row", "found"),
    [
        ("identifiers", {"person": "sam smith", "kind": "phone"}, ("recorded", "for")),
        ("identifiers", {"person": "Al", "kind": "phone"}, ("recorded", "against")),
        ("contacts", {"name": "Sam S", "device": "X"}, ("phone book", "for")),
        ("contacts", {"name": "Samantha", "device": "X"}, ("phone book", "neither")),
        ("messages", {"body": "New phone, it's Sam"}, ("name in messages", "for")),
        ("messages", {"direction": "out", "device": "D1"}, ("own device", "for")),
        ("payments", {"payer": "A1"}, ("top-up", "for")),
        ("payments", {"payer": "A2"}, ("top-up", "neither")),
    ],
)
def test_other_evidence_gives_its_line(kind, row, found):
    as_typed = "0" + NEW[3:]
    where = {"messages": "sender", "payments": "reference"}.get(kind, "identifier")
    row = row | {where: f"TOPUP {as_typed}" if kind == "payments" else as_typed}
    owned = [
        {"person": "Sam Smith", "kind": "device", "identifier": "D1"},
        {"person": "Sam Smith", "kind": "account", "identifier": "A1"},
    ]
    listed = [*owned, row] if kind == "identifiers" else owned
    evidence = {"calls": CROWD, "identifiers": _kind("identifiers", *listed)}
    if kind != "identifiers":
        evidence[kind] = _kind(kind, row)
    result = ask_of("attribution", evidence, number=NEW, person="Sam Smith")
    assert picked(result, "kind", "side") == [found]


@pytest.mark.parametrize(("lat", "side"), [(52.6, "for"), (53.6, "against")])
def test_places_of_the_persons_device_are_compared_with_masts(lat, side):
    rows = [
        call(BEGINS + n * HOUR, NEW, FRIENDS[0], "text", caller_cell="X")
        for n in range(3)
    ]
    places = [
        {"device": "D1", "at": BEGINS + n * HOUR, "lat": lat, "lon": -1.1}
        for n in range(3)
    ]
    evidence = {
        "calls": rows,
        "cells": _kind("cells", {"cell": "X", "lat": 52.62, "lon": -1.12}),
        "locations": _kind("locations", *places),
        "identifiers": _kind(
            "identifiers", {"person": "Sam", "kind": "device", "identifier": "D1"}
        ),
    }
    result = ask_of("attribution", evidence, number=NEW, person="Sam")
    assert picked(result, "kind", "side") == [("device places", side)]


def test_what_is_not_given_is_said_and_an_empty_file_gives_an_empty_sheet():
    result = ask("attribution", [], number=NEW)
    assert result.records() == []
    assert all(kind in result.findings.notes[-2] for kind in MAY_TAKE)
    assert {weight.weight for weight in WEIGHTS.values()} <= {1, 2, 3}
