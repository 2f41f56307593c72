"""Which numbers came and went within the records?"""

from datetime import timedelta

import pytest

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call

HOUR = timedelta(hours=1)
LONG = [call(BEGINS + n * DAY, "a", "b") for n in range(21)]
SHORT = [call(BEGINS + 8 * DAY + n * 12 * HOUR, "s", "ab"[n % 2]) for n in range(6)]


def test_a_number_of_two_days_is_found_with_its_contacts():
    result = ask("short-lived", LONG + SHORT)
    assert picked(
        result, "number", "days", "contacts", "names", "one_way_share", "own_records"
    ) == [("s", 2.5, 2, ["a", "b"], 1.0, True)]


@pytest.mark.parametrize(
    "asked",
    [
        {"longest_days": 2.4},
        {"most_contacts": 1},
        {"least_events": 7},
        {"margin_days": 9.0},
        {"targets": ("a",)},
    ],
)
def test_it_is_not_when_one_thing_more_is_asked(asked):
    assert ask("short-lived", LONG + SHORT).records()
    assert ask("short-lived", LONG + SHORT, **asked).records() == []


def test_a_number_at_the_edge_of_the_records_may_be_older():
    early = [row | {"start_at": row["start_at"] - 7 * DAY} for row in SHORT]
    assert ask("short-lived", LONG + early).records() == []


def test_no_calls():
    assert ask("short-lived", []).records() == []
