"""What is missing from a plan, rule by rule."""

from datetime import date

import pytest

from fourfold.base.errors import SheetFault
from fourfold.plan import gaps as module
from fourfold.plan.gaps import RULES, plan_gaps

ON = date(2022, 6, 1)
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
WHOLE = {
    "author": 1, "owner": 2, "review_due_on": date(2022, 7, 1), "pursue": 1,
    "prevent": 1, "protect": 2, "prepare": 1, "finance_lead": 3,
    "safeguarding_lead": 4, "owners_in_one_team": 0, "unowned": 0, "late": 0,
}  # fmt: skip


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_each_example_of_the_sheet_holds(rule, example):
    facts = {name: value for name, value in example.items() if name != "gap"}
    found = {gap.key for gap in plan_gaps(facts, on=ON)}
    assert (rule.key in found) is example["gap"]


def test_every_rule_has_an_example_of_each_side():
    for rule in RULES:
        assert {example["gap"] for example in rule.examples} == {True, False}, rule.key


def test_a_whole_plan_lacks_nothing():
    assert plan_gaps(WHOLE, on=ON) == []


@pytest.mark.parametrize("p", ["pursue", "prevent", "protect", "prepare"])
def test_one_p_without_an_action_is_the_only_gap(p):
    found = plan_gaps(WHOLE | {p: 0}, on=ON)
    assert [gap.key for gap in found] == [f"no_{p}"]


def test_a_gap_says_the_figure_it_rests_on():
    found = plan_gaps(WHOLE | {"late": 3}, on=ON)
    assert [gap.says for gap in found] == ["Actions overdue: 3."]


def test_an_unknown_test_stops_the_program(monkeypatch):
    monkeypatch.setattr(module, "TESTS", {})
    with pytest.raises(SheetFault, match="unknown test"):
        module._load()
