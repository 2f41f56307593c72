"""Which threats may carry a disruption?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.base import rules
from fourfold.base.codes import CODES
from fourfold.base.errors import FourfoldError, SheetFault


class NotASubject(FourfoldError):
    """The threat is of a kind that carries no disruption."""

    what = "A disruption cannot be recorded against this kind of threat ({kind})."
    do = "{rule} If the threat is in truth another kind, change its kind first."
    status = 422


@dataclass(frozen=True)
class SubjectRule:
    """Which kinds of threat carry disruptions, from a day until a day."""

    key: str
    says: str
    kinds: tuple[str, ...]
    in_force: date
    source: str
    in_force_to: date | None = None
    examples: tuple[Any, ...] = ()


def subject_rule(on: date) -> SubjectRule:
    """Which rule holds for disruptions recorded on a day?

    Raises:
        SheetFault: none does, or more than one.
    """
    held = rules.in_force(RULES, on)
    if len(held) != 1:
        fault = f"{len(held)} rules are in force on {on}"
        raise SheetFault(sheet="subjects", row="-", fault=fault)
    return held[0]


def check_subject(kind: str, *, recorded_on: date) -> None:
    """May a threat of this kind carry a disruption recorded on that day?

    Raises:
        NotASubject: it may not; the error says the rule.
    """
    rule = subject_rule(recorded_on)
    if kind not in rule.kinds:
        label = CODES["threat_kind"].label(kind).lower()
        raise NotASubject(kind=label, rule=rule.says)


RULES = rules.load(SubjectRule, "fourfold.act", "subjects")
