"""What is known of one plan, and how does each of its actions stand?"""

from dataclasses import dataclass
from typing import Any

from fourfold.base.codes import CODES
from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.models import Officer
from fourfold_web.base.words import uk_date
from fourfold_web.plan.models import Plan, PlanAction


@dataclass(frozen=True)
class Card:
    """An action of a plan, who owns it and how it stands, in words."""

    record: PlanAction
    owner: str
    state: Status
    is_open: bool


@dataclass(frozen=True)
class Column:
    """One of the four Ps with the actions under it."""

    p: str
    label: str
    cards: list[Card]


def facts_of(plan: Plan) -> list[tuple[str, Any]]:
    """Which facts stand on the page of a plan?"""
    return [
        ("Level", plan.label("level")),
        ("Made", plan.made_on),
        ("Author", _named(plan.author)),
        ("Owner", _named(plan.owner)),
        ("Last review", plan.reviewed_on or "Never reviewed"),
        ("Next review", plan.review_due_on or "No date set"),
        ("Financial investigator", _named(plan.finance_lead, plan.finance_lead_on)),
        ("Safeguarding officer", _named(plan.safeguarding_lead)),
        ("Ended", plan.closed_on or "Still running"),
    ]


def columns_of(actions: dict[str, list[PlanAction]]) -> list[Column]:
    """How are the actions of a plan laid out? A column for each P, a card an action."""
    label = CODES["four_p"].label
    return [
        Column(p, label(p), [_card(action) for action in rows])
        for p, rows in actions.items()
    ]


def state_of(action: PlanAction) -> Status:
    """How does an action stand today, in words?"""
    if action.dropped_on is not None:
        return Status(f"Dropped {uk_date(action.dropped_on)}", "grey")
    if action.done_on is not None:
        return Status(f"Done {uk_date(action.done_on)}", "green")
    if action.due_on is None:
        return Status("Open, no date set", "orange")
    if action.due_on < today():
        return Status(f"Overdue since {uk_date(action.due_on)}", "red")
    return Status(f"Due {uk_date(action.due_on)}", "blue")


def _card(action: PlanAction) -> Card:
    owner = str(action.owner) if action.owner else action.partner or "Nobody owns it"
    open_ = action.done_on is None and action.dropped_on is None
    return Card(action, owner, state_of(action), open_)


def _named(officer: Officer | None, since: Any = None) -> str:
    if officer is None:
        return "Nobody is named"
    return f"{officer}, since {uk_date(since)}" if since else str(officer)
