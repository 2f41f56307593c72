"""What is new since a day?"""

from datetime import date

import pytest

from fourfold.base.analysis import WrongParameter
from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call

SINCE = date(2026, 6, 10)
ROWS = [
    call(BEGINS, "a", "b"),
    call(BEGINS, "d", "e"),
    call(BEGINS + 9 * DAY, "a", "c"),
    call(BEGINS + 10 * DAY, "c", "b"),
    call(BEGINS + 10 * DAY, "a", "d"),
    call(BEGINS + 11 * DAY, "a", "d"),
]


def test_without_targets_new_numbers_with_their_contacts():
    result = ask("new-since", ROWS, since=SINCE)
    assert picked(result, "number", "events", "out", "contacts") == [("c", 2, 1, 2)]
    assert "hold 9 days before" in result.findings.notes[-1]


def test_with_targets_new_contacts_and_whether_the_records_knew_them():
    result = ask("new-since", ROWS, since=SINCE, targets=("a",), least_events=1)
    assert picked(result, "contact", "events", "new_to_all") == [
        ("d", 2, False),
        ("c", 1, True),
    ]


def test_records_that_begin_on_the_day_warn():
    result = ask("new-since", ROWS, since=date(2026, 6, 2))
    assert "only 0.6 days before" in result.findings.notes[-1]


def test_the_day_must_be_given():
    with pytest.raises(WrongParameter, match="since must be given"):
        ask("new-since", ROWS)


def test_nothing_new_is_said():
    result = ask("new-since", ROWS[:1], since=SINCE)
    assert result.records() == []
    assert "No number is new" in result.findings.answers[0].text
    assert ask("new-since", [], since=SINCE).records() == []
