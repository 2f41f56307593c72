"""Which event of a pair and of a day is the first, and which the last?"""

from datetime import date, timedelta

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call

NIGHT = BEGINS + timedelta(hours=18)  # 03:00 in London, of the next day
ROWS = [
    call(BEGINS, "a", "b", caller_cell="X"),
    call(NIGHT, "b", "a", "text", called_cell="Y"),
    call(BEGINS + 2 * DAY, "a", "c"),
]


def test_a_pair_is_shown_with_how_and_where_it_began_and_ended():
    row = ask("first-last", ROWS, targets=("a",)).records()[0]
    assert (row["contact"], row["events"]) == ("b", 2)
    assert (row["first_kind"], row["first_out"], row["first_cell"]) == (
        "voice", True, "X",
    )  # fmt: skip
    assert (row["last_kind"], row["last_out"], row["last_cell"]) == ("text", False, "Y")
    assert (row["first_line"], row["last_line"]) == (2, 3)


def test_three_in_the_morning_belongs_to_the_day_before_until_told_otherwise():
    def days(**asked):
        found = ask("first-last", ROWS, targets=("a",), **asked).findings.tables[1]
        return [(row["day"], row["events"]) for row in found.rows.to_pylist()]

    assert days() == [(date(2026, 6, 1), 2), (date(2026, 6, 3), 1)]
    assert days(day_begins=0)[1] == (date(2026, 6, 2), 1)


def test_events_of_one_instant_stand_in_the_order_of_the_records():
    rows = [call(BEGINS, "a", "b", line=9), call(BEGINS, "a", "b", line=3)]
    result = ask("first-last", rows, targets=("a",))
    assert picked(result, "first_line", "last_line") == [(3, 9)]


def test_a_table_that_is_cut_says_so():
    result = ask("first-last", ROWS, targets=("a",), most_rows=1)
    assert len(result.records()) == 1
    assert "cut after 1 rows" in " ".join(result.findings.notes)


def test_no_calls_no_pairs():
    assert ask("first-last", []).records() == []
