"""What is missing from a threat, rule by rule."""

from datetime import date

import pytest

from fourfold.base.errors import SheetFault
from fourfold.picture import gaps as module
from fourfold.picture.gaps import RULES, gaps

ON = date(2022, 6, 1)
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


def test_every_rule_has_an_example_of_each_side():
    for rule in RULES:
        sides = {example["gap"] for example in rule.examples}
        assert sides == {True, False}, rule.key


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_each_example_of_the_sheet_holds(rule, example):
    kind = rule.kinds[0] if rule.kinds else "ocg"
    facts = {name: value for name, value in example.items() if name != "gap"}
    found = {gap.key for gap in gaps(facts, kind=kind, on=ON)}
    assert (rule.key in found) is example["gap"]


def test_a_threat_with_everything_has_no_gap():
    whole = {
        "lro": 1, "intelligence_officer": 2, "plan": "P", "pursue": 1, "prevent": 1,
        "protect": 1, "prepare": 1, "days_since_disruption": 10,
        "assessed_on": ON, "next_review_on": ON, "days_review_overdue": 0,
    }  # fmt: skip
    assert gaps(whole, kind="ocg", on=ON) == []


def test_a_gap_says_the_figure_it_rests_on():
    found = gaps({"days_review_overdue": 17}, kind="ocg", on=ON)
    assert "Its review is 17 days overdue." in [gap.says for gap in found]


def test_a_group_is_not_asked_whether_it_is_a_vulnerability():
    found = {gap.key for gap in gaps({"county_line": True}, kind="ocg", on=ON)}
    assert "county_line_as_vulnerability" not in found


def test_an_unknown_test_stops_the_program(monkeypatch):
    monkeypatch.setattr(module, "TESTS", {})
    with pytest.raises(SheetFault, match="unknown test"):
        module._load()
