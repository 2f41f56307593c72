"""A search in bulk: what it refuses, what it proposes, what it keeps to itself."""

from datetime import date, timedelta

import ibis
import pytest

from fourfold.base.analysis import Case, WrongParameter
from fourfold.picture.vehicles.bulk_search import BULK_SEARCH, run_bulk_search
from fourfold.picture.vehicles.safeguards import (
    GROUNDS,
    ProtectedInput,
    SearchNotAuthorised,
    ground_of,
)
from tests.fourfold.picture.vehicles.small_reads import (
    BEGIN,
    asked,
    listed,
    read,
    rows_of,
    table_of,
)

RECORDED = {
    "purpose": "Prevention of burglary, Operation Copper Turnstile",
    "legal_basis": "AUTH-2026-7",
    "necessity": "The vehicles move daily and are not found by patrol.",
    "proportionality": "Plates alone are compared; what does not match is not kept.",
    "asked_by": "PC 1204 Dale",
    "authorised_by": "Supt Holt",
    "authorised_on": date(2026, 3, 2),
    "expires_on": date(2026, 5, 31),
}
DAY = timedelta(days=1)
LISTS = [
    listed("AB12CDE"),
    listed("AB12CDE", "Suspected use in burglary", list="national"),
    listed("CD34EFG", "Romanian", list="partner"),
    listed("EF56GHJ", "Uninsured, no keeper", list="partner"),
    listed("GH78JKL", until_on=BEGIN - 30 * DAY),
    listed("", "Wanted on warrant"),
]
READS = [read("AB12CDE", "C1", 1), read("AB12CDE", "C2", 2), read("ZZ99ZZZ", "C2", 2)]


def search(lists=LISTS, reads=None, **set_to):
    kinds = {"vehicles": lists} | ({"reads": reads} if reads is not None else {})
    return asked("bulk-search", kinds, **(RECORDED | set_to))


def identities(**set_to):
    return search(dry_run=False, **set_to)


@pytest.mark.parametrize("lacking", list(RECORDED))
def test_without_any_one_of_the_safeguards_it_refuses_and_names_it(lacking):
    with pytest.raises(SearchNotAuthorised, match=rf"It lacks: {lacking} "):
        search(**{lacking: None})


def test_all_that_is_lacking_is_named_at_once():
    with pytest.raises(SearchNotAuthorised) as refused:
        asked("bulk-search", {"vehicles": LISTS})
    assert all(name in str(refused.value) for name in RECORDED)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"authorised_by": "dale PC, 1204"}, "other than the one who runs it"),
        ({"expires_on": date(2026, 3, 1)}, "on or after authorised_on"),
        ({"necessity": "n/a"}, "at least 5 words"),
        ({"grounds": ("warrant", "hunch")}, "for hunch"),
    ],
)
def test_a_safeguard_in_name_only_is_refused(wrong, says):
    with pytest.raises(SearchNotAuthorised, match=says):
        search(**wrong)


def test_a_column_that_names_what_is_protected_is_refused():
    table = table_of("vehicles", LISTS)
    more = table.append_column("nationality", [["x"] * table.num_rows])
    case = Case({"vehicles": ibis.memtable(more)}, BULK_SEARCH.settle(RECORDED), None)
    with pytest.raises(ProtectedInput, match="column 'nationality' of vehicles"):
        run_bulk_search(case)


@pytest.mark.parametrize(
    "given",
    [
        {"partner_lists": ("country of birth list",)},
        {"lists": [listed("AB12CDE", list="by nationality")]},
    ],
)
def test_a_list_that_names_what_is_protected_is_refused(given):
    with pytest.raises(ProtectedInput, match="Take it out"):
        search(**given)


def test_a_reason_that_names_no_offence_is_never_searched():
    plates = [row["plate"] for row in rows_of(identities())]
    assert plates == ["AB12CDE", "EF56GHJ"]


def test_a_dry_run_names_no_vehicle_in_any_table_answer_or_note():
    dry = search()
    text = (
        str([t.rows.to_pylist() for t in dry.tables])
        + str(dry.answers)
        + str(dry.notes)
    )
    assert [table.name for table in dry.tables] == ["outcome"]
    assert not any(row["plate"] and row["plate"] in text for row in LISTS)
    assert dry.answers[0].text == (
        "A marker is proposed for 2 of 2 vehicles with a ground in force, out of 6 "
        "rows "
        "of 3 lists: 1 by offence, 1 by vehicle, 1 by warrant."
    )


def test_the_arithmetic_of_each_list_adds_up():
    steps = rows_of(search(), "outcome")
    for name in ("own", "national", "partner"):
        mine = [row for row in steps if row["list"] == name]
        assert mine[0]["rows"] == sum(row["rows"] for row in mine[1:])


def test_a_marker_says_what_is_known_and_what_is_to_be_filled_in():
    first = rows_of(identities(reads=READS, owner="Sgt Reed"))[0]
    assert (first["marker"], first["lists"]) == (
        "AUTH-2026-7/00001",
        ["national", "own"],
    )
    assert first["grounds"] == ["offence", "warrant"]
    assert (first["reads"], first["last_camera"]) == (2, "C2")
    assert (first["owner"], first["contact"]) == ("Sgt Reed", "To be filled in.")
    assert first["expires_on"] == "2026-05-31"
    assert first["check"] == "Needs a human check against a second identifier."


def test_reads_that_match_nothing_are_not_in_the_result():
    found = identities(reads=READS)
    assert "ZZ99ZZZ" not in str([table.rows.to_pylist() for table in found.tables])


@pytest.mark.parametrize(
    ("set_to", "plates"),
    [
        ({"least_lists": 2}, ["AB12CDE"]),
        ({"grounds": ("vehicle",)}, ["EF56GHJ"]),
        ({"only_read": True, "reads": READS}, ["AB12CDE"]),
        ({"authorised_on": date(2026, 1, 5)}, ["AB12CDE", "EF56GHJ", "GH78JKL"]),
    ],
)
def test_what_is_asked_for_narrows_the_markers(set_to, plates):
    assert [row["plate"] for row in rows_of(identities(**set_to))] == plates


def test_no_lists_give_no_markers():
    assert rows_of(identities(lists=[])) == []


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda one: one.key)
def test_the_examples_of_each_ground_hold(ground):
    for example in ground.examples:
        assert (ground_of(example["reason"]) == ground.key) is example["fits"]


def test_an_unknown_parameter_is_refused_before_anything():
    with pytest.raises(WrongParameter, match="there is no parameter 'nationality'"):
        search(nationality="any")
