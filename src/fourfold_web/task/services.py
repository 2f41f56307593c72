"""What may be done in tasking: plan a meeting, say how it went, decide on a bid?"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError

from fourfold.base.codes import CODES
from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import change
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.references import next_references
from fourfold_web.base.words import uk_date
from fourfold_web.task.models import Attendance, Bid, Meeting

OPEN_DECISIONS = ("", "deferred")


class AlreadyRecorded(FourfoldError):
    """How the meeting went is recorded already."""

    what = "{reference} is recorded as {state}."
    do = "Nothing needs to be done; if that is wrong, tell whoever chairs it."
    status = 409


class NotYetMet(FourfoldError):
    """The meeting lies in the future, so nobody has come to it."""

    what = "{reference} is planned for {planned_on}."
    do = "Record who came once it has been held."
    status = 422


class AlreadyDecided(FourfoldError):
    """The bid has its decision, so it stands as it is."""

    what = "{reference} was decided: {decision}."
    do = "Put a new bid to a later meeting."
    status = 409


def plan_meeting(
    *,
    actor: Officer,
    body: Body,
    name: str,
    level: str,
    purpose: str,
    planned_on: date,
    invited: Collection[Body],
) -> Meeting:
    """Plan a meeting and ask bodies to it.

    Raises:
        NotAllowed: `actor` may not decide (regional) or write (a force's own) for it.
        ValidationError: nobody is asked, or a value is not in its list.
    """
    _check_meeting(level, purpose, invited)
    meeting = Meeting(
        body=body, made_by=actor, name=name, level=level, purpose=purpose,
        planned_on=planned_on, state="planned",
    )  # fmt: skip
    with change(actor, f"meeting.{_whose(level)}_planned", about=meeting) as line:
        meeting.reference = next_references(body, "MTG")[0]
        meeting.full_clean()
        meeting.save()
        line.add(meeting, name="", planned_on=None, state="")
        for other in invited:
            asked = Attendance(
                body=body, made_by=actor, meeting=meeting, invited=other,
                reference=next_references(body, "ATT")[0],
            )  # fmt: skip
            asked.save()
            line.add(asked, invited=None)
    return meeting


def record_held(
    *, actor: Officer, meeting: Meeting, came: Collection[Attendance]
) -> Meeting:
    """Record that a meeting was held, and who of those asked came to it.

    Raises:
        NotAllowed: `actor` may not decide (regional) or write (a force's own) for it.
        AlreadyRecorded: how it went is recorded already.
        NotYetMet: it is planned for a day to come.
    """
    if meeting.planned_on > today():
        raise NotYetMet(
            reference=meeting.reference, planned_on=uk_date(meeting.planned_on)
        )
    present = {one.pk for one in came}
    event = f"meeting.{_whose(meeting.level)}_recorded"
    with change(actor, event, about=meeting) as line:
        held = _planned(meeting)
        held.state = "held"
        held.save(update_fields=["state"])
        line.add(held, state="planned")
        for one in Attendance.objects.filter(meeting=held).order_by("pk"):
            one.attended = one.pk in present
            one.save(update_fields=["attended"])
            line.add(one, attended=None)
    return held


def record_cancelled(*, actor: Officer, meeting: Meeting, why: str) -> Meeting:
    """Record that a meeting was cancelled, and why.

    Raises:
        NotAllowed: `actor` may not decide (regional) or write (a force's own) for it.
        UnknownCode: `why` is not one of the reasons.
        AlreadyRecorded: how it went is recorded already.
    """
    CODES["cancelled_for"].check(why)
    event = f"meeting.{_whose(meeting.level)}_recorded"
    with change(actor, event, about=meeting) as line:
        held = _planned(meeting)
        held.state, held.cancelled_for = "cancelled", why
        held.save(update_fields=["state", "cancelled_for"])
        line.add(held, state="planned", cancelled_for="")
    return held


def decide_bid(*, actor: Officer, bid: Bid, decision: str, reason: str) -> Bid:
    """Decide on a bid; one that was deferred may be decided again.

    Raises:
        NotAllowed: `actor` may not decide for the body that recorded the bid.
        UnknownCode: `decision` is not one of the decisions.
        AlreadyDecided: it has its decision.
    """
    CODES["decision"].check(decision)
    with change(actor, "bid.decided", about=bid, reason=reason.strip()) as line:
        held = Bid.objects.select_for_update().get(pk=bid.pk)
        if held.decision not in OPEN_DECISIONS:
            words = held.label("decision").lower()
            raise AlreadyDecided(reference=held.reference, decision=words)
        before = {"decision": held.decision, "decided_on": held.decided_on}
        held.decision, held.decided_on = decision, today()
        held.save(update_fields=["decision", "decided_on"])
        line.add(held, **before)
    return held


def right_for(level: str) -> str:
    """Which right does it take to plan or record a meeting of this level?"""
    return "decide" if _whose(level) == "regional" else "write"


def _whose(level: str) -> str:
    return "regional" if level == "regional" else "own"


def _planned(meeting: Meeting) -> Meeting:
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state != "planned":
        state = held.label("state").lower()
        raise AlreadyRecorded(reference=held.reference, state=state)
    return held


def _check_meeting(level: str, purpose: str, invited: Collection[Body]) -> None:
    faults = {}
    if level not in CODES["level"].values:
        faults["level"] = "Choose one of the list for level."
    if purpose not in CODES["meeting_purpose"].values:
        faults["purpose"] = "Choose one of the list for purpose."
    if not invited:
        faults["invited"] = "Ask at least one body."
    if faults:
        raise ValidationError(faults)
