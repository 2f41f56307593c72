"""What may be done with a disruption: claim it, change it, grade it?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from fourfold.act.subjects import NotASubject, check_subject
from fourfold.base.codes import CODES
from fourfold.base.errors import FourfoldError
from fourfold_web.act.models import Disruption, Operation
from fourfold_web.base.audit import change
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.references import next_references
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import version_of
from fourfold_web.picture.services import ChangedMeanwhile, NothingChanged

FIELDS = [
    "p",
    "event_on",
    "evidence",
    "role",
    "bodies",
    "operation",
    "event",
    "unit",
    "area",
]
CODED = {"p": "four_p", "role": "disruption_role"}


class NotYetHappened(FourfoldError):
    """The event of a disruption lies in the future."""

    what = "The event is dated {event_on}, which is after today."
    do = "Record it once it has happened."
    status = 422


class OwnDisruption(FourfoldError):
    """The claimant tried to grade their own disruption."""

    what = "You claimed {reference}, and nobody grades their own disruption."
    do = "Ask another officer who may grade for {body}."
    status = 403


class AlreadyGraded(FourfoldError):
    """The disruption has its grade, so it stands as it is."""

    what = "{reference} was graded {impact} and can no longer be changed."
    do = "If the grade is wrong, tell the regional threat assessment unit."
    status = 409


def claim_disruption(
    *,
    actor: Officer,
    threat: Threat,
    p: str,
    event_on: date,
    evidence: str,
    role: str = "lead",
    bodies: Sequence[str] = (),
    operation: Operation | None = None,
    event: str = "",
    unit: str = "",
    area: str = "",
) -> Disruption:
    """Claim that a threat was disrupted. It is recorded today and has no grade yet.

    Raises:
        NotAllowed: `actor` may not claim for their body.
        NotYetHappened: `event_on` is after today.
        NotASubject: the threat is of a kind that carries no disruption.
        ValidationError: a field is empty or unknown.
    """
    claim = Disruption(
        body=actor.body,
        made_by=actor,
        claimant=actor,
        threat=threat,
        p=p,
        event_on=event_on,
        recorded_on=today(),
        evidence=evidence.strip(),
        role=role,
        bodies=list(bodies),
        operation=operation,
        event=event,
        unit=unit,
        area=area,
        **_marking(threat, actor.body),
    )
    with change(actor, "disruption.claimed", about=claim) as line:
        check_subject(threat.kind, recorded_on=claim.recorded_on)
        _check(claim)
        claim.reference = next_references(claim.body, "DIS")[0]
        claim.full_clean()
        claim.save()
        line.add(claim, **dict.fromkeys(["threat", *FIELDS]))
    return claim


def change_disruption(
    *, actor: Officer, disruption: Disruption, version: str, **fields: Any
) -> Disruption:
    """Change a claim that nobody has graded, unless it changed since `version`.

    Raises:
        NotAllowed: `actor` may not claim for the body.
        AlreadyGraded: it has a grade.
        ChangedMeanwhile: the record is not the version that was opened.
        NothingChanged: every field says that already.
        NotYetHappened: the event would lie in the future.
        ValidationError: a field is empty or unknown.
    """
    odd = sorted(set(fields) - set(FIELDS))
    if odd:
        raise ValidationError(f"A disruption's form has no {', '.join(odd)}.")
    with change(actor, "disruption.changed", about=disruption) as line:
        held = _ungraded(disruption)
        if version_of(held) != version:
            raise ChangedMeanwhile(reference=held.reference)
        before = {n: getattr(held, n) for n in fields if getattr(held, n) != fields[n]}
        if not before:
            raise NothingChanged(reference=held.reference)
        for name in before:
            setattr(held, name, fields[name])
        _check(held)
        held.full_clean()
        held.save()
        line.add(held, **before)
    return held


def grade_disruption(
    *, actor: Officer, disruption: Disruption, impact: str, reason: str
) -> Disruption:
    """Say how much the threat felt a disruption that somebody else claimed.

    Raises:
        NotAllowed: `actor` may not grade for the body.
        OwnDisruption: `actor` claimed it.
        AlreadyGraded: it has a grade.
        ValidationError: the impact is not in the list, or no reason is given.
    """
    with change(actor, "disruption.graded", about=disruption, reason=reason) as line:
        held = _ungraded(disruption)
        if actor.pk in (held.claimant_id, held.made_by_id):
            raise OwnDisruption(reference=held.reference, body=str(held.body))
        if impact not in CODES["impact"].values:
            raise ValidationError({"impact": "Choose how much the threat felt it."})
        if not reason.strip():
            raise ValidationError({"reason": "Say what in the evidence shows it."})
        held.impact, held.grader, held.graded_on = impact, actor, today()
        held.full_clean()
        held.save(update_fields=["impact", "grader", "graded_on"])
        line.add(held, impact="", grader=None, graded_on=None)
    return held


def cannot_carry(threat: Threat) -> str:
    """Why can a disruption of this threat not be recorded today? Empty: it can."""
    try:
        check_subject(threat.kind, recorded_on=today())
    except NotASubject as refused:
        return str(refused)
    return ""


def check_ungraded(disruption: Disruption) -> None:
    """Does nobody's grade stand on it yet?

    Raises:
        AlreadyGraded: somebody's does.
    """
    if disruption.is_graded():
        impact = disruption.label("impact").lower()
        raise AlreadyGraded(reference=disruption.reference, impact=impact)


def _ungraded(disruption: Disruption) -> Disruption:
    held = Disruption.objects.select_for_update().get(pk=disruption.pk)
    check_ungraded(held)
    return held


def _check(claim: Disruption) -> None:
    if claim.event_on > today():
        raise NotYetHappened(event_on=claim.event_on)
    faults = {
        name: "Choose one of the list."
        for name, codes in CODED.items()
        if getattr(claim, name) not in CODES[codes].values
    }
    if not claim.evidence.strip():
        faults["evidence"] = "Say what the threat can no longer do, and how we know."
    faults |= _bodies(claim)
    if faults:
        raise ValidationError(faults)


def _bodies(claim: Disruption) -> dict[str, str]:
    named = set(claim.bodies)
    if claim.role == "support" and not named:
        return {"bodies": "Name the body that led it."}
    if claim.body_id in named:
        return {"bodies": "Name the other bodies, not the one that records it."}
    known = set(Body.objects.filter(slug__in=named).values_list("slug", flat=True))
    return {"bodies": "Choose bodies of the list."} if named - known else {}


def _marking(threat: Threat, body: Body) -> dict[str, Any]:
    shared = {*threat.shared_with, threat.body_id} - {body.slug}
    return {
        "classification": threat.classification,
        "handling": threat.handling,
        "compartments": list(threat.compartments),
        "shared_with": sorted(shared if body != threat.body else threat.shared_with),
    }
