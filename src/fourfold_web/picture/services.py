"""What may be done to a threat: record it, change it, share it, open its people?"""

from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from fourfold.base.codes import CODES
from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import NoReason, NotAllowed, change, looked
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.references import next_references
from fourfold_web.base.visible import sight_of
from fourfold_web.picture import queries
from fourfold_web.picture.models import Member, Threat

MODERATORS_SAY = ("moderated", "returned")
CODED = {
    "kind": "threat_kind",
    "theme": "theme",
    "type": "assessment_type",
    "moderation": "moderation",
    "soc": "soc",
    "classification": "classification",
}
FIELDS = [
    "name",
    "kind",
    "theme",
    "tags",
    "type",
    "moderation",
    "soc",
    "tier",
    "phase",
    "national_ref",
    "listed_on",
    "delisted_on",
    "lro",
    "lro_since",
    "sio",
    "intelligence_officer",
    "area",
    "opened_on",
    "closed_on",
    "assessed_on",
    "next_review_on",
    "sensitive_checked_on",
    "classification",
    "compartments",
]


class ChangedMeanwhile(FourfoldError):
    """Somebody else changed the record after the page was opened."""

    what = "{reference} was changed by somebody else after you opened this page."
    do = "Compare what it says now with what you typed, then save again."
    status = 409


class NothingChanged(FourfoldError):
    """An edit that says what the record says already."""

    what = "{reference} already says all that."
    do = "Change something, or go back."
    status = 422


class AlreadyShared(FourfoldError):
    """The record is the body's own, or shared with it already."""

    what = "{reference} is already {body}'s to see."
    do = "Nothing needs to be done."
    status = 409


def record_threat(*, actor: Officer, body: Body, **fields: Any) -> Threat:
    """Record a threat that a body holds.

    Raises:
        NotAllowed: `actor` may not write for the body, moderate it, or mark it so.
        ValidationError: a field is empty, unknown or contradicts another.
    """
    _known(fields)
    threat = Threat(body=body, made_by=actor, **fields)
    _check(actor, threat, before={})
    with change(actor, "threat.recorded", about=threat) as line:
        threat.reference = next_references(body, "THR")[0]
        threat.full_clean()
        threat.save()
        line.add(threat, **dict.fromkeys(fields))
    return threat


def change_threat(
    *, actor: Officer, threat: Threat, version: str, **fields: Any
) -> Threat:
    """Change what a threat says, unless somebody else changed it since `version`.

    Raises:
        NotAllowed: `actor` may not write for the body, moderate it, or mark it so.
        ChangedMeanwhile: the record is not the version that was opened.
        NothingChanged: every field says that already.
        ValidationError: a field is empty, unknown or contradicts another.
    """
    _known(fields)
    about = copy(threat)
    with change(actor, "threat.changed", about=about) as line:
        held = Threat.objects.select_for_update().get(pk=threat.pk)
        if queries.version_of(held) != version:
            raise ChangedMeanwhile(reference=held.reference)
        before = {n: getattr(held, n) for n in fields if getattr(held, n) != fields[n]}
        if not before:
            raise NothingChanged(reference=held.reference)
        for name in before:
            setattr(held, name, fields[name])
        _check(actor, held, before=before)
        held.full_clean()
        held.save()
        line.add(held, **before)
        _mark_with_both(about, held)
    return held


def share_threat(*, actor: Officer, threat: Threat, body: Body, reason: str) -> Threat:
    """Let another body see a threat. It is logged as a disclosure, with the reason.

    Raises:
        NotAllowed: `actor` may not write for the body that owns it.
        NoReason: none was given.
        AlreadyShared: the body owns it, or it is shared with it already.
    """
    if not reason.strip():
        raise NoReason(kind="disclosure")
    about = copy(threat)
    with change(actor, "threat.shared", about=about, reason=reason.strip()) as line:
        held = Threat.objects.select_for_update().get(pk=threat.pk)
        if body.slug in {held.body_id, *held.shared_with}:
            raise AlreadyShared(reference=held.reference, body=body.short)
        before = list(held.shared_with)
        held.shared_with = sorted({*before, body.slug})
        held.save(update_fields=["shared_with"])
        line.add(held, shared_with=before)
        about.shared_with = held.shared_with
    return held


def open_threat(*, actor: Officer, reference: str) -> Threat:
    """Open a threat. When it is a person, the look is written down.

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    threat = queries.see_threat(actor, reference)
    if threat.kind == "priority_individual":
        looked(actor, "record", threat.reference, count=1)
    return threat


def open_people(*, actor: Officer, threat: Threat, reason: str) -> list[Member]:
    """Open the people of a threat. The look is written down with its reason.

    Raises:
        NoReason: none was given.
    """
    if not reason.strip():
        raise NoReason(kind="look at people's records")
    members = queries.members_of(actor, threat)
    about = f"people of {threat.reference}"
    looked(actor, "record", about, reason=reason.strip(), count=len(members))
    return members


def _known(fields: dict[str, Any]) -> None:
    odd = sorted(set(fields) - set(FIELDS))
    if odd:
        raise ValidationError(f"A threat's form has no {', '.join(odd)}.")


def _check(actor: Officer, threat: Threat, *, before: dict[str, Any]) -> None:
    faults: dict[str, str] = {}
    for name, codes in CODED.items():
        if getattr(threat, name) not in CODES[codes].values:
            faults[name] = f"Choose one of the list for {name}."
    if threat.tier not in (None, 1, 2, 3, 4, 5):
        faults["tier"] = "Tier is a number from 1 to 5."
    faults |= _dates(threat)
    if faults:
        raise ValidationError(faults)
    changed = not before or "moderation" in before
    if changed and threat.moderation in MODERATORS_SAY:
        _needs(actor, "moderate", threat)
    if not set(threat.compartments) <= sight_of(actor).compartments:
        raise NotAllowed(needs="membership", body="every compartment of the record")


def _mark_with_both(about: Threat, now: Threat) -> None:
    """The log line tells what was said before and after: both markings hold for it."""
    if now.classification != "official":
        about.classification = now.classification
    about.compartments = sorted({*about.compartments, *now.compartments})


def _dates(threat: Threat) -> dict[str, str]:
    faults = {}
    opened: date | None = threat.opened_on  # A form may leave it out.
    if opened is None:
        faults["opened_on"] = "Give the day the body began to hold it."
    elif threat.closed_on is not None and threat.closed_on < opened:
        faults["closed_on"] = "It closes on or after the day it opens."
    listed, off = threat.listed_on, threat.delisted_on
    if listed is not None and off is not None and off < listed:
        faults["delisted_on"] = "It comes off the list on or after the day it goes on."
    return faults


def _needs(actor: Officer, right: str, threat: Threat) -> None:
    if not actor.may(right, threat.body):
        raise NotAllowed(needs=right, body=str(threat.body))
