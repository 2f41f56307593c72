"""Which threats may carry a disruption, on which day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.act.subjects import RULES, NotASubject, check_subject, subject_rule
from fourfold.base.errors import SheetFault

EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_each_example_of_the_sheet_holds(rule, example):
    assert subject_rule(example["on"]) == rule
    if example["allowed"]:
        check_subject(example["kind"], recorded_on=example["on"])
    else:
        with pytest.raises(NotASubject, match=rule.says):
            check_subject(example["kind"], recorded_on=example["on"])


@given(st.dates(min_value=RULES[0].in_force, max_value=date(2100, 1, 1)))
def test_exactly_one_rule_is_in_force_on_any_day_since_the_first(on):
    assert subject_rule(on) in RULES


def test_before_the_first_rule_the_sheet_is_at_fault():
    with pytest.raises(SheetFault, match="0 rules"):
        subject_rule(date(2000, 1, 1))
