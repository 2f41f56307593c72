"""Is a number that texts many again and again told from others?"""

from datetime import timedelta

import pytest

from fourfold.picture.calls.broadcasts import SIGNS
from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call

SECOND = timedelta(seconds=1)


def _burst(sender, day, recipients, apart=10 * SECOND):
    begins = BEGINS + day * DAY
    return [
        call(begins + n * apart, sender, f"c{recipient}", "text")
        for n, recipient in enumerate(recipients)
    ]


def _line(days=3, recipients=range(10), **more):
    return [r for day in range(days) for r in _burst("line", day, recipients, **more)]


BACK = [call(BEGINS + timedelta(hours=1), f"c{n}", "line") for n in range(4)]


@pytest.mark.parametrize(
    ("sign", "example"), [(s, e) for s in SIGNS for e in s.examples]
)
def test_a_sign_grows_as_its_examples_say(sign, example):
    assert sign.part(example["value"]) == pytest.approx(example["part"])


def test_three_bursts_to_the_same_ten_are_found_with_who_answered():
    result = ask("broadcasts", _line() + BACK)
    assert picked(
        result, "number", "bursts", "recipients", "same_list", "in_bursts", "texts"
    ) == [("line", 3, 10, 1.0, 1.0, 30)]
    assert result.records()[0]["answered"] == pytest.approx(4 / 30)
    bursts = result.findings.tables[1].rows.to_pylist()
    assert [b["answered"] for b in bursts] == [4, 0, 0]
    assert [b["line"] for b in bursts] == [2, 12, 22]


@pytest.mark.parametrize(
    "rows",
    [
        _line(days=2),
        _line(recipients=range(9)),
        _line(recipients=[0] * 10),
        _line(apart=timedelta(minutes=6)),
    ],
    ids=["too seldom", "too few", "always the same one", "too slowly"],
)
def test_one_thing_less_is_no_broadcast(rows):
    assert ask("broadcasts", _line()).records()
    assert ask("broadcasts", rows).records() == []


def test_who_is_answered_stands_before_who_is_not():
    advert = [row | {"caller": "advert"} for row in _line(recipients=range(20, 30))]
    result = ask("broadcasts", advert + _line() + BACK)
    assert [number for (number,) in picked(result, "number")] == ["line", "advert"]


def test_calls_are_no_texts():
    rows = [row | {"kind": "voice"} for row in _line()]
    assert ask("broadcasts", rows).records() == []
    assert ask("broadcasts", []).records() == []
