"""What would an inspector find missing from one 4P plan?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import SheetFault
from fourfold.picture.gaps import Gap


@dataclass(frozen=True)
class PlanGapRule:
    """One thing that a plan should have or should not be, as a row of the sheet."""

    key: str
    says: str
    short: str
    fact: str
    when: str
    in_force: date
    source: str
    examples: tuple[Any, ...] = ()


def plan_gaps(facts: Mapping[str, Any], *, on: date) -> list[Gap]:
    """What is missing from a plan on a day?

    Args:
        facts: what is known of it, under the names that the sheet uses. A fact that
            is absent, None, empty or 0 is not there.
        on: the day; rules not yet in force are left out.

    Returns:
        Gaps in the sheet's order; empty when nothing is missing.
    """
    return [
        Gap(rule.key, rule.says.format(value=facts.get(rule.fact)), rule.source)
        for rule in plan_rules(on)
        if TESTS[rule.when](facts.get(rule.fact))
    ]


def plan_rules(on: date) -> tuple[PlanGapRule, ...]:
    """Which rules about plans are in force on a day, in the sheet's order?"""
    return rules.in_force(RULES, on)


TESTS: dict[str, Callable[[Any], bool]] = {
    "none": lambda value: not value,
    "some": lambda value: bool(value),
}


def _load() -> tuple[PlanGapRule, ...]:
    loaded = rules.load(PlanGapRule, "fourfold.plan", "gaps")
    for rule in loaded:
        if rule.when not in TESTS:
            fault = f"unknown test {rule.when}"
            raise SheetFault(sheet="plan gaps", row=rule.key, fault=fault)
    return loaded


RULES = _load()
