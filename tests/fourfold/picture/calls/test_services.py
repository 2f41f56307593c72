"""Which numbers pass for services, and where is nobody left out?"""

import ibis
import pytest

from fourfold.picture.calls.services import ANY_SERVICE, SERVICES, is_service
from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, LEADER, RUNNER, call

EXAMPLES = [(rule, example) for rule in SERVICES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_rule_keeps_its_examples(rule, example):
    assert rule.fits(example["number"]) is example["service"]


def test_the_engine_reads_the_patterns_as_python_does():
    numbers = sorted({example["number"] for _rule, example in EXAMPLES})
    asked = ibis.memtable({"number": numbers}).mutate(is_one=is_service(ibis._.number))
    found = {row["number"]: row["is_one"] for row in asked.to_pyarrow().to_pylist()}
    assert found == {n: any(rule.fits(n) for rule in SERVICES) for n in numbers}
    assert ANY_SERVICE.count("|") >= len(SERVICES) - 1


def test_short_numbers_are_left_out_beside_full_ones_and_kept_among_short_ones():
    full = [call(BEGINS, LEADER, RUNNER), call(BEGINS, LEADER, "60777", "text")]
    short = [call(BEGINS, "12", "13"), call(BEGINS, "12", "14")]
    assert picked(ask("contacts", full), "contact") == [(RUNNER,), (LEADER,)]
    every = ask("contacts", full, services=True)
    assert ("60777",) in picked(every, "contact")
    result = ask("contacts", short, targets=("12",))
    assert picked(result, "contact") == [("13",), ("14",)]
    assert "no full telephone numbers" in result.findings.notes[0]
