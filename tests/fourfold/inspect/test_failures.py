"""Are the rules of the sheet whole, and are their limits those of their examples?"""

import re

import pytest

from fourfold.inspect.failure_sums import SUMS, rules_query
from fourfold.inspect.failures import FAILURES, Part, UnknownRule, failure, worst
from fourfold.measure.tables import postgres_sql

CODES = """
T01 T02 T03 T04 T05 T06 T07 T08 T13 T21 T22 T29 U01 U02 U04 U06 U08 U09 U12 U17 U18
R01 R04 R06 R11 R15 G01 G02 G04 G06 G08 G11 G13
"""
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.key}-{example['part']}-{example['value']}")
    for rule in FAILURES.values()
    for example in rule.examples
]


def test_there_are_thirty_three_rules_and_recording_rules_come_first() -> None:
    assert sorted(FAILURES) == sorted(CODES.split())
    first = [rule.recording for rule in FAILURES.values()]
    assert first == sorted(first, reverse=True)
    assert {r.key for r in FAILURES.values() if r.recording} == {
        "T03",
        "T29",
        "U17",
        "U18",
    }


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_of_the_sheet_is_judged_as_it_says(rule, example) -> None:
    (part,) = [p for p in rule.parts if p.key == example["part"]]
    assert part.state(example["value"]) == example["state"]


@pytest.mark.parametrize("rule", FAILURES.values(), ids=list(FAILURES))
def test_every_part_has_an_example_of_each_side(rule) -> None:
    for part in rule.parts:
        states = {e["state"] for e in rule.examples if e["part"] == part.key}
        limits = {"amber": part.amber, "red": part.red}
        wanted = {state for state, limit in limits.items() if limit is not None}
        assert states == wanted | {"green"}


@pytest.mark.parametrize("rule", FAILURES.values(), ids=list(FAILURES))
def test_thresholds_are_marked_as_candidates(rule) -> None:
    assert "candidate" in rule.source
    assert rule.basis in ("R", "J")
    assert not re.search("invalid|please|successfully", rule.says, re.IGNORECASE)


@pytest.mark.parametrize("key", SUMS)
def test_a_rule_reads_as_postgresql_too(key: str) -> None:
    assert '"reporting".' in postgres_sql(rules_query((key,), "east-midlands"))


def test_no_value_is_not_known_rather_than_green() -> None:
    part = Part("p", "", "share", "share", "higher", amber=0.1, red=0.2)
    assert part.state(None) == "unknown"


def test_red_is_worse_than_amber_and_unknown_worse_than_green() -> None:
    assert worst(["green", "unknown", "amber", "red"]) == "red"
    assert worst(["green", "unknown", "amber"]) == "amber"
    assert worst(["green", "unknown"]) == "unknown"
    assert worst([]) == "unknown"


def test_an_unknown_code_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownRule, match="U18"):
        failure("T99")
