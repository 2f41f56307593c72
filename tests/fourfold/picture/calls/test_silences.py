"""Which gaps are unusual for a number?"""

from datetime import timedelta

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, call

HOUR = timedelta(hours=1)
STEADY = [call(BEGINS + 6 * n * HOUR, "a", "b") for n in range(20)]
AFTER = [call(BEGINS + (114 + 48 + 6 * n) * HOUR, "a", "b") for n in range(20)]
GAP = STEADY + AFTER


def _of_a(rows, **asked):
    result = ask("silences", rows, targets=("a",), **asked)
    return picked(result, "hours", "usual_hours", "shorter", "gaps", "to_the_end")


def test_a_gap_of_two_days_in_a_six_hourly_rhythm_is_found():
    assert _of_a(GAP) == [(48.0, 6.0, 39, 40, False)]


def test_it_is_not_when_more_is_asked_of_it():
    assert _of_a(GAP, times=8.0) == [(48.0, 6.0, 39, 40, False)]
    assert _of_a(GAP, times=8.1) == []
    assert _of_a(GAP, least_hours=48.1) == []


def test_a_silence_to_the_end_of_the_records_is_found_and_said():
    end = [call(BEGINS + 400 * HOUR, "x", "y")]
    ((hours, *_rest, to_the_end),) = _of_a(STEADY + end)
    assert (hours, to_the_end) == (286.0, True)
    said = ask("silences", STEADY + end, targets=("a",)).findings.answers[0].text
    assert "to the end of the records, 11.9 days: 48 times its median gap" in said


def test_others_that_are_silent_at_the_same_time_are_counted():
    also = [row | {"caller": "c", "called": "d"} for row in GAP]
    rows = picked(ask("silences", GAP + also), "number", "also_silent")
    assert sorted(rows) == [("a", 3), ("b", 3), ("c", 3), ("d", 3)]


def test_what_a_number_received_may_be_left_aside():
    got = [call(BEGINS + (114 + 6 * n) * HOUR, "z", "a") for n in range(1, 8)]
    assert _of_a(GAP + got) == []
    assert _of_a(GAP + got, incoming=False) == [(48.0, 6.0, 39, 40, False)]


def test_one_event_is_no_rhythm():
    assert _of_a(STEADY[:1]) == []
    assert ask("silences", []).records() == []
