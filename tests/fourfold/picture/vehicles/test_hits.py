"""Reads against listed vehicles: exact, alike, out of force, and nothing at all."""

from datetime import timedelta

import ibis
import pytest

from fourfold.base.analysis import Case
from fourfold.base.errors import MissingColumns
from fourfold.picture.vehicles.hits import HITS_ANALYSIS, run_hits
from tests.fourfold.picture.vehicles.small_reads import (
    BEGIN,
    asked,
    listed,
    read,
    rows_of,
)

READS = [
    read("AB12CDE", "C1", 0, 9),
    read("AB12CDE", "C2", 1, 9),
    read("4B12CDE", "C3", 2, 9, confidence=0.4),  # no UK format
    read("AB12CBE", "C4", 2, 10),  # another plate, not alike
    *(read("OU55ABC", f"C{n}", n, 12) for n in range(5)),  # another car: U for V
]
LIST = [listed("AB12CDE"), listed("OV55ABC"), listed("ZZ99ZZZ")]


def found(**set_to):
    return asked("hits", {"reads": READS, "vehicles": LIST}, **set_to)


def test_an_exact_plate_is_a_hit_with_its_reads_counted():
    first = rows_of(found())[0]
    assert (first["kind"], first["plate"], first["reads"]) == ("hit", "AB12CDE", 2)
    assert (first["cameras"], first["line"], first["differs"]) == (2, 2, "")


def test_a_plate_that_a_camera_confuses_is_a_candidate_and_never_a_hit():
    rows = rows_of(found())
    assert [(r["kind"], r["plate"], r["listed"], r["differs"]) for r in rows[1:]] == [
        ("candidate", "4B12CDE", "AB12CDE", "1: 4 for A"),
        ("candidate", "OU55ABC", "OV55ABC", "2: U for V"),
    ]


def test_a_candidate_of_no_british_form_comes_first_and_another_car_is_named_so():
    misread, other_car = rows_of(found())[1:]
    assert misread["format"] == "not a UK format"
    assert (other_car["format"], other_car["other_reads"]) == ("current", 5)
    assert "Candidate only" in other_car["why"]
    assert "may simply be another car" in other_car["why"]


def test_the_answer_counts_hits_with_their_base():
    assert (
        found()
        .answers[0]
        .text.startswith(
            "1 of 3 listed plates was read exactly among 9 reads; 2 other plates differ"
        )
    )


def test_candidates_can_be_left_out():
    assert [row["kind"] for row in rows_of(found(candidates=False))] == ["hit"]


def test_reads_outside_the_time_of_the_list_do_not_count_unless_asked():
    late = [listed("AB12CDE", from_on=BEGIN + timedelta(days=1))]
    kinds = {"reads": READS, "vehicles": late}
    assert rows_of(asked("hits", kinds, candidates=False))[0]["reads"] == 1
    assert len(rows_of(asked("hits", kinds, candidates=False), "reads")) == 1
    every = asked("hits", kinds, candidates=False, only_in_force=False)
    assert rows_of(every)[0]["reads"] == 2


def test_each_read_behind_a_hit_names_its_line():
    reads = rows_of(found(candidates=False), "reads")
    assert [(row["line"], row["camera"]) for row in reads] == [(2, "C1"), (3, "C2")]


def test_one_plate_on_two_lists_gives_a_row_for_each():
    twice = [listed("AB12CDE"), listed("AB12CDE", "Stolen", list="national")]
    rows = rows_of(asked("hits", {"reads": READS, "vehicles": twice}, candidates=False))
    assert [(row["list"], row["reads"]) for row in rows] == [
        ("national", 2),
        ("own", 2),
    ]


def test_what_is_cut_off_is_said():
    cut = found(most_rows=1)
    assert len(rows_of(cut)) == 1
    assert any("Only 1 of 3 matches" in note for note in cut.notes)


def test_spoilt_reads_are_counted_and_left_out():
    spoilt = [*READS, read("", "C1", 1), read("AB12CDE", "", 1)]
    found = asked("hits", {"reads": spoilt, "vehicles": LIST})
    assert rows_of(found)[0]["reads"] == 2
    assert any("2 of 11 reads are not counted" in note for note in found.notes)


@pytest.mark.parametrize("reads", [[], [read("", "", 0)]])
def test_no_reads_give_no_hits_and_an_answer_that_says_so(reads):
    nothing = asked("hits", {"reads": reads, "vehicles": LIST})
    assert rows_of(nothing) == []
    assert nothing.answers[0].text.startswith("0 of 3 listed plates were read")


def test_an_empty_list_gives_no_hits():
    assert rows_of(asked("hits", {"reads": READS, "vehicles": []})) == []


def test_the_order_of_the_rows_changes_nothing_but_the_lines():
    turned = asked("hits", {"reads": READS[::-1], "vehicles": LIST})
    assert rows_of(turned) == rows_of(found())


def test_a_table_without_plates_is_refused():
    wrong = ibis.memtable({"where": ["C1"]})
    case = Case({"reads": wrong, "vehicles": wrong}, HITS_ANALYSIS.settle({}), None)
    with pytest.raises(MissingColumns, match="reads has no column input"):
        run_hits(case)
