"""Are hours and days of the week those of the clock on the wall?"""

from datetime import timedelta

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call

ROWS = [
    call(BEGINS, "a", "b"),
    call(BEGINS + 7 * DAY, "b", "a"),
    call(BEGINS + 5 * DAY + timedelta(hours=14, minutes=30), "c", "d"),
]


def test_all_numbers_together_count_each_call_once():
    rows = picked(ask("pattern", ROWS), "number", "weekday", "hour", "events", "of")
    assert rows == [
        ("all numbers", "Monday", 9, 2, 3),
        ("all numbers", "Saturday", 23, 1, 3),
    ]


def test_a_target_is_shown_beside_all_others():
    result = ask("pattern", ROWS, targets=("a", "zz"))
    assert picked(result, "hour", "share", "share_of_all") == [(9, 1.0, 2 / 3)]
    assert result.findings.answers[1].text == "zz has no event in these records."


def test_night_and_weekend_are_counted_with_their_base():
    said = ask("pattern", ROWS, targets=("c",)).findings.answers[0].text
    assert "Of 1 event of c" in said
    assert "1 at night (22:00 to 06:00) and 1 at weekends" in said


def test_an_empty_file_has_no_hours():
    result = ask("pattern", [])
    assert result.records() == []
    assert (
        result.findings.answers[0].text == "all numbers has no event in these records."
    )
