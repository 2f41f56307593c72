"""What does the plan of a threat say, and what does it leave open?"""

from dataclasses import dataclass
from typing import Any

from fourfold_web.base.models import Officer
from fourfold_web.desk.queries import plans_of
from fourfold_web.picture.models import Threat
from fourfold_web.plan.models import Plan

NOBODY = "Nobody is named"


@dataclass(frozen=True)
class ShownPlan:
    """A plan, and what is known of it in the order officers ask for it."""

    record: Plan
    facts: list[tuple[str, Any]]


def shown_plans(officer: Officer, threat: Threat) -> list[ShownPlan]:
    """Which plans has a threat that the officer may see? The newest first."""
    return [ShownPlan(plan, _facts(plan)) for plan in plans_of(officer, threat)]


def _facts(plan: Plan) -> list[tuple[str, Any]]:
    return [
        ("Made", plan.made_on),
        ("Author", _named(plan.author)),
        ("Owner", _named(plan.owner)),
        ("Last review", plan.reviewed_on or "Never reviewed"),
        ("Next review", plan.review_due_on),
        ("Financial investigator", _named(plan.finance_lead)),
        ("Safeguarding officer", _named(plan.safeguarding_lead)),
    ]


def _named(officer: Officer | None) -> str:
    return NOBODY if officer is None else str(officer)
