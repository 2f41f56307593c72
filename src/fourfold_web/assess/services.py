"""What may be done about how bad a threat is: assess it, moderate it, return it?"""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError

from fourfold.assess.scoring import CONFIDENCES, method_on, score
from fourfold.base.errors import FourfoldError
from fourfold_web.assess.models import Assessment
from fourfold_web.base.audit import change
from fourfold_web.base.clock import today
from fourfold_web.base.covering import covered
from fourfold_web.base.models import Officer
from fourfold_web.base.references import next_references
from fourfold_web.picture.models import Threat

JUDGEMENTS = ("moderated", "returned")


class OneWaits(FourfoldError):
    """An assessment of the threat waits for moderation already."""

    what = "{reference} of this threat waits for moderation."
    do = "Have it moderated or returned first."
    status = 409


class NoneWaits(FourfoldError):
    """No assessment of the threat waits for moderation."""

    what = "No assessment of {reference} waits for moderation."
    do = "Go back to the threat: its last assessment says how it was judged."
    status = 409


class OwnAssessment(FourfoldError):
    """The assessor tried to moderate their own assessment."""

    what = "You made {reference}, and nobody moderates their own assessment."
    do = "Ask another officer who may moderate."
    status = 403


class AlreadyJudged(FourfoldError):
    """The assessment was moderated or returned, so it stands as it is."""

    what = "{reference} is {state} already."
    do = "Assess the threat again if it has changed."
    status = 409


class NotLive(FourfoldError):
    """The threat is closed."""

    what = "{reference} is closed, so it is not assessed."
    do = "Open the threat again if it is active."
    status = 409


def assess_threat(
    *,
    actor: Officer,
    threat: Threat,
    criteria: Mapping[str, int],
    confidence: str,
    summary: str,
    next_review_on: date,
    withheld_considered: bool = False,
) -> Assessment:
    """Assess a threat by today's method and send it for moderation.

    It bears the threat's marking. The threat itself changes when it is moderated.

    Args:
        actor: the assessor.
        threat: a live threat.
        criteria: each criterion of the method, with its value.
        confidence: key of a confidence; it is no part of the score.
        summary: what the assessment rests on.
        next_review_on: when the threat is to be assessed next.
        withheld_considered: whether sensitive intelligence was considered.

    Raises:
        NotAllowed: `actor` may not write for the body that holds the threat.
        NotLive: it is closed.
        OneWaits: an assessment of it waits for moderation.
        NotScored: a criterion has no value, or one outside its scale.
        ValidationError: a field is empty, not in its list, or a day that is past.
    """
    if not threat.is_live(today()):
        raise NotLive(reference=threat.reference)
    _check(confidence, next_review_on)
    result = score(criteria, method=method_on(today()).key)
    made = Assessment(
        body=threat.body, made_by=actor, assessor=actor, threat=threat,
        method=result.method, score=result.score, band=result.band,
        criteria=_known(criteria, result.method), confidence=confidence,
        summary=summary, assessed_on=today(), next_review_on=next_review_on,
        withheld_considered_on=today() if withheld_considered else None,
        classification=threat.classification, handling=threat.handling,
        compartments=list(threat.compartments), shared_with=list(threat.shared_with),
    )  # fmt: skip
    with change(actor, "assessment.made", about=made) as line:
        held = Threat.objects.select_for_update().get(pk=threat.pk)
        waits = Assessment.objects.filter(threat=held, state="submitted").first()
        if waits is not None:
            raise OneWaits(reference=waits.reference)
        made.reference = next_references(threat.body, "ASM")[0]
        made.full_clean()
        made.save()
        line.add(made, score=None, band="", confidence="", method="")
        if held.moderation != "moderated":
            line.add(held, **_moved(held, moderation="submitted"))
    return made


def moderate(
    *, actor: Officer, assessment: Assessment, judgement: str, says: str
) -> Assessment:
    """Agree to an assessment or return it. When agreed, the threat follows it.

    Args:
        actor: the moderator: somebody else than the assessor.
        assessment: one that waits.
        judgement: "moderated" or "returned".
        says: what the moderator says of it.

    Raises:
        NotAllowed: `actor` may not moderate for the body that holds the threat.
        OwnAssessment: `actor` made it.
        AlreadyJudged: it does not wait any more.
        ValidationError: `judgement` is neither.
    """
    if judgement not in JUDGEMENTS:
        raise ValidationError({"judgement": "Choose moderate or return."})
    about = covered(assessment, assessment.threat)
    with change(actor, "assessment.moderated", about=about, reason=says) as line:
        held = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if held.assessor_id == actor.pk:
            raise OwnAssessment(reference=held.reference)
        if held.state != "submitted":
            state = held.state_words().lower()
            raise AlreadyJudged(reference=held.reference, state=state)
        held.state, held.moderator, held.moderated_on = judgement, actor, today()
        held.moderator_says = says.strip()
        held.full_clean()
        held.save()
        line.add(held, state="submitted", moderator=None, moderated_on=None)
        threat = Threat.objects.select_for_update().get(pk=held.threat_id)
        if judgement == "moderated":
            line.add(threat, **_moved(threat, **_follows(held)))
        elif threat.moderation != "moderated":
            line.add(threat, **_moved(threat, moderation="returned"))
    return held


def _follows(assessment: Assessment) -> dict[str, object]:
    """What does the threat say once an assessment of it is moderated?"""
    said: dict[str, object] = {
        "moderation": "moderated",
        "score": assessment.score,
        "band": assessment.band,
        "assessed_on": assessment.assessed_on,
        "next_review_on": assessment.next_review_on,
    }
    if assessment.withheld_considered_on is not None:
        said["sensitive_checked_on"] = assessment.withheld_considered_on
    return said


def _moved(threat: Threat, **fields: object) -> dict[str, object]:
    """Save what the threat says from now on, and tell what it said before."""
    before = {name: getattr(threat, name) for name in fields}
    for name, value in fields.items():
        setattr(threat, name, value)
    threat.save(update_fields=[*fields])
    return before


def _known(criteria: Mapping[str, int], method: str) -> dict[str, int]:
    result = score(criteria, method=method)
    steps = (*result.harms, *result.likelihoods, *result.position)
    return {step.criterion.key: step.given for step in steps}


def _check(confidence: str, next_review_on: date) -> None:
    faults = {}
    if confidence not in {one.key for one in CONFIDENCES}:
        faults["confidence"] = "Choose one of the list for confidence."
    if next_review_on <= today():
        faults["next_review_on"] = "Give a day after today."
    if faults:
        raise ValidationError(faults)
