"""What would an inspector find missing from one threat?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import SheetFault


@dataclass(frozen=True)
class GapRule:
    """One thing that a threat should have or should not be, as a row of the sheet."""

    key: str
    says: str
    fact: str
    when: str
    in_force: date
    source: str
    kinds: tuple[str, ...] = ()
    needs: str = ""
    limit: int | None = None
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Something missing: the rule's key, what is said, and where the rule is from."""

    key: str
    says: str
    source: str


def gaps(facts: Mapping[str, Any], *, kind: str, on: date) -> list[Gap]:
    """What is missing from a threat on a day?

    Args:
        facts: what is known of it, under the names that the sheet uses. A fact that
            is absent, None, empty or 0 is not there.
        kind: its kind, a code of threat_kind.
        on: the day; rules not yet in force are left out.

    Returns:
        Gaps in the sheet's order; empty when nothing is missing.
    """
    return [
        Gap(rule.key, _words(rule, facts), rule.source)
        for rule in rules.in_force(RULES, on)
        if _asked(rule, facts, kind) and TESTS[rule.when](facts.get(rule.fact), rule)
    ]


def _asked(rule: GapRule, facts: Mapping[str, Any], kind: str) -> bool:
    of_this_kind = not rule.kinds or kind in rule.kinds
    return of_this_kind and (not rule.needs or bool(facts.get(rule.needs)))


def _words(rule: GapRule, facts: Mapping[str, Any]) -> str:
    return rule.says.format(value=facts.get(rule.fact), limit=rule.limit)


def _over(value: Any, rule: GapRule) -> bool:
    return value is not None and value > (rule.limit or 0)


TESTS: dict[str, Callable[[Any, GapRule], bool]] = {
    "none": lambda value, _: not value,
    "yes": lambda value, _: bool(value),
    "over": _over,
}


def _load() -> tuple[GapRule, ...]:
    loaded = rules.load(GapRule, "fourfold.picture", "gaps")
    for rule in loaded:
        if rule.when not in TESTS:
            fault = f"unknown test {rule.when}"
            raise SheetFault(sheet="gaps", row=rule.key, fault=fault)
    return loaded


RULES = _load()
