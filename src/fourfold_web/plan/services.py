"""What may be done with a plan: make, change, review it; add and finish actions?"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from fourfold.base.codes import CODES
from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import change
from fourfold_web.base.clock import today
from fourfold_web.base.covering import covered
from fourfold_web.base.models import Officer
from fourfold_web.base.references import next_references
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import version_of
from fourfold_web.picture.services import ChangedMeanwhile, NothingChanged
from fourfold_web.plan.models import Plan, PlanAction

FIELDS = ["title", "level", "owner", "review_due_on", "finance_lead"]
FIELDS += ["safeguarding_lead", "closed_on"]
ENDS = {"done": "done_on", "dropped": "dropped_on"}


class PlanEnded(FourfoldError):
    """The plan ended, so it takes no more work."""

    what = "{reference} has ended."
    do = "Make a new plan against the threat."
    status = 409


class ActionFinished(FourfoldError):
    """The action is done or dropped already."""

    what = "{reference} is finished already."
    do = "Add a new action if there is more to do."
    status = 409


class NextReviewPast(FourfoldError):
    """The next review is set for today or an earlier day."""

    what = "The next review is set for a day that is not to come."
    do = "Give a day after today."
    status = 422


def make_plan(*, actor: Officer, threat: Threat, **fields: Any) -> Plan:
    """Make a 4P plan against a threat. Its author is the actor; it is marked as it.

    Args:
        actor: who makes it.
        threat: the threat it answers.
        fields: some of `FIELDS`.

    Raises:
        NotAllowed: `actor` may not write for the body that holds the threat.
        ValidationError: a field is unknown, empty or not in its list.
    """
    _known(fields)
    plan = Plan(
        body=threat.body,
        made_by=actor,
        author=actor,
        threat=threat,
        made_on=today(),
        classification=threat.classification,
        handling=threat.handling,
        compartments=list(threat.compartments),
        shared_with=list(threat.shared_with),
        **fields,
    )
    plan.finance_lead_on = today() if plan.finance_lead else None
    with change(actor, "plan.made", about=plan) as line:
        plan.reference = next_references(threat.body, "PLN")[0]
        plan.full_clean()
        plan.save()
        line.add(plan, **dict.fromkeys(fields))
    return plan


def change_plan(*, actor: Officer, plan: Plan, version: str, **fields: Any) -> Plan:
    """Change what a plan says, unless somebody else changed it since `version`.

    Raises:
        NotAllowed: `actor` may not write for the body that holds it.
        PlanEnded: it ended before.
        ChangedMeanwhile: the record is not the version that was opened.
        NothingChanged: every field says that already.
        ValidationError: a field is unknown, empty or not in its list.
    """
    _known(fields)
    with change(actor, "plan.changed", about=covered(plan, plan.threat)) as line:
        held = _running(plan)
        if version_of(held) != version:
            raise ChangedMeanwhile(reference=held.reference)
        before = {n: getattr(held, n) for n in fields if getattr(held, n) != fields[n]}
        if not before:
            raise NothingChanged(reference=held.reference)
        for name in before:
            setattr(held, name, fields[name])
        if "finance_lead" in before:
            held.finance_lead_on = today() if held.finance_lead else None
        held.full_clean()
        held.save()
        line.add(held, **before)
    return held


def review_plan(*, actor: Officer, plan: Plan, review_due_on: date, found: str) -> Plan:
    """Record that a plan was reviewed today, what was found, and when next.

    Raises:
        NotAllowed: `actor` may not write for the body that holds it.
        PlanEnded: it ended before.
        NextReviewPast: the next review is not on a day to come.
    """
    if review_due_on <= today():
        raise NextReviewPast
    about = covered(plan, plan.threat)
    with change(actor, "plan.reviewed", about=about, reason=found.strip()) as line:
        held = _running(plan)
        before = {
            "reviewed_on": held.reviewed_on,
            "review_due_on": held.review_due_on,
        }
        held.reviewed_on, held.review_due_on = today(), review_due_on
        held.save(update_fields=[*before])
        line.add(held, **before)
    return held


def add_action(
    *,
    actor: Officer,
    plan: Plan,
    p: str,
    text: str,
    owner: Officer | None = None,
    partner: str = "",
    due_on: date | None = None,
) -> PlanAction:
    """Add an action to a plan, under one of the four Ps. It is set today.

    Raises:
        NotAllowed: `actor` may not write for the body that holds the plan.
        PlanEnded: it ended before.
        UnknownCode: `p` is not one of the four.
        ValidationError: it says nothing, or is due before today.
    """
    CODES["four_p"].check(p)
    if due_on is not None and due_on < today():
        raise ValidationError({"due_on": "Give today or a day to come."})
    with change(actor, "action.added", about=covered(plan, plan.threat)) as line:
        action = PlanAction(
            body=plan.body, made_by=actor, plan=_running(plan), p=p, text=text,
            owner=owner, partner=partner, set_on=today(), due_on=due_on,
            reference=next_references(plan.body, "ACT")[0],
        )  # fmt: skip
        action.full_clean()
        action.save()
        line.add(action, p="", text="", owner=None, partner="", due_on=None)
    return action


def finish_action(*, actor: Officer, action: PlanAction, how: str) -> PlanAction:
    """Mark an action as done or dropped today.

    Args:
        actor: who says so.
        action: an open action.
        how: "done" or "dropped".

    Raises:
        NotAllowed: `actor` may not write for the body that holds the plan.
        ActionFinished: it is done or dropped already.
        ValidationError: `how` is neither.
    """
    if how not in ENDS:
        raise ValidationError({"how": "Choose done or dropped."})
    about = covered(action.plan, action.plan.threat)
    with change(actor, "action.finished", about=about) as line:
        held = PlanAction.objects.select_for_update().get(pk=action.pk)
        if held.done_on is not None or held.dropped_on is not None:
            raise ActionFinished(reference=held.reference)
        setattr(held, ENDS[how], today())
        held.save(update_fields=[ENDS[how]])
        line.add(held, **{ENDS[how]: None})
    return held


def _running(plan: Plan) -> Plan:
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    if held.closed_on is not None and held.closed_on <= today():
        raise PlanEnded(reference=held.reference)
    return held


def _known(fields: dict[str, Any]) -> None:
    odd = sorted(set(fields) - set(FIELDS))
    if odd:
        raise ValidationError(f"A plan's form has no {', '.join(odd)}.")
    if "level" in fields and fields["level"] not in CODES["level"].values:
        raise ValidationError({"level": "Choose one of the list for level."})
