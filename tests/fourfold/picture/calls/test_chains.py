"""Is a call that follows a call found, counted and weighed against chance?"""

from datetime import timedelta

import pytest

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call

MINUTE = timedelta(minutes=1)


def _chain(days, later, c="c"):
    rows = []
    for day in days:
        at = BEGINS + day * DAY + day * 20 * MINUTE
        rows += [call(at, "a", "b", seconds=60), call(at + later, "b", c, seconds=5)]
    return rows


def test_three_calls_passed_on_are_a_chain_that_chance_does_not_give():
    result = ask("chains", _chain(range(3), 5 * MINUTE))
    assert picked(result, "a", "b", "c", "times", "of", "by_chance", "mean_delay") == [
        ("a", "b", "c", 3, 3, 0.0, 240)
    ]
    events = result.findings.tables[1].rows.to_pylist()
    assert [(e["line"], e["then_line"]) for e in events] == [(2, 3), (4, 5), (6, 7)]


@pytest.mark.parametrize(
    "rows",
    [
        _chain(range(2), 5 * MINUTE),
        _chain(range(3), 11.1 * MINUTE),
        _chain(range(3), 0.9 * MINUTE),
        _chain(range(3), 5 * MINUTE, c="a"),
    ],
    ids=["too seldom", "too late", "before the first ended", "a call back"],
)
def test_no_chain(rows):
    assert ask("chains", rows).records() == []


def test_the_time_is_counted_from_the_end_of_the_first_call():
    assert len(ask("chains", _chain(range(3), 11 * MINUTE)).records()) == 1


def test_the_same_hour_every_day_is_what_chance_gives():
    rows = []
    for day in range(4):
        at = BEGINS + day * DAY
        rows += [call(at, "a", "b", seconds=60), call(at + 5 * MINUTE, "b", "c")]
    (row,) = picked(ask("chains", rows), "times", "by_chance")
    assert row == (4, 3.0)


def test_only_chains_with_a_target_are_listed():
    rows = _chain(range(3), 5 * MINUTE)
    assert len(ask("chains", rows, targets=("c",)).records()) == 1
    assert ask("chains", rows, targets=("z",)).records() == []
