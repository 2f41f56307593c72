"""Which threats may an officer see, and what is known of one?"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max, Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from fourfold.base.codes import CODES
from fourfold.picture.gaps import Gap, gaps
from fourfold_web.base.audit import plain
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, Entry, Officer
from fourfold_web.base.visible import compartments_asked_for, visible_to, withheld
from fourfold_web.picture.models import Member, Threat
from fourfold_web.picture.on_list import active, why_unlisted

Rows = QuerySet[Any]

KEPT = ("id", "reference", "source_key", "row_digest", "delivery", "made_by", "made_at")
RANK = {"principal": 0, "significant": 1, "peripheral": 2}


def visible_threats(officer: Officer) -> QuerySet[Threat]:
    """Which threats may the officer see? With lead and last disruption, unordered."""
    return (
        visible_to(officer, Threat)
        .select_related("body", "lro", "sio")
        .annotate(last_disruption_on=Subquery(_last_disruption()))
    )


def see_threat(officer: Officer, reference: str) -> Threat:
    """Which threat has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    threat = visible_threats(officer).filter(reference=reference).first()
    if threat is None:
        raise Http404
    return threat


def withheld_threats(officer: Officer) -> int:
    """How many threats may the officer be told of but not see?"""
    return withheld(officer, Threat)


def highest_marking(rows: Rows) -> str:
    """Which marking covers all of these records? With every compartment among them."""
    plain_rows = rows.order_by()
    top = "official"
    if plain_rows.filter(classification="official_sensitive").exists():
        top = "official_sensitive"
    walls: set[str] = set()
    if compartments_asked_for():
        for (held,) in plain_rows.values_list("compartments").distinct():
            walls |= set(held)
    label = CODES["classification"].label(top)
    return " ".join([label, *sorted(wall.upper() for wall in walls)])


def overdue(on: date) -> Q:
    """Which threats are active with a review that should have been done by a day?"""
    return active(on) & Q(next_review_on__lt=on)


def lead_officers(officer: Officer) -> list[tuple[str, str]]:
    """Who leads a threat that the officer may see? Reference and name, by name."""
    leads = visible_to(officer, Threat).exclude(lro=None).values("lro")
    found = Officer.objects.filter(pk__in=leads).order_by("name")
    return [(o.reference, str(o)) for o in found]


def bodies_near(officer: Officer) -> list[tuple[str, str]]:
    """Which forces and units are in the officer's region? Slug and name, by name."""
    near = Body.objects.filter(region=officer.body.region_id)
    police = near.filter(kind__in=["force", "rocu"]).order_by("short")
    return [(body.slug, body.short) for body in police]


def every_body() -> list[tuple[str, str]]:
    """Which bodies are there to share with? Slug and short name, by name."""
    return [(body.slug, body.short) for body in Body.objects.order_by("short")]


def writable_bodies(officer: Officer) -> list[Body]:
    """For which bodies may the officer record a threat? Their own first."""
    bodies = Body.objects.filter(kind__in=["force", "rocu"]).order_by("short")
    own = [body for body in bodies if officer.may("write", body)]
    return sorted(own, key=lambda body: body.slug != officer.body_id)


def members_of(officer: Officer, threat: Threat) -> list[Member]:
    """Who belongs to a threat? The most important first, then by name."""
    found = visible_to(officer, Member).filter(threat=threat).order_by("name")
    return sorted(found, key=lambda one: RANK.get(one.role, len(RANK)))


def history_of(references: Iterable[str]) -> QuerySet[Entry]:
    """Which lines of the change log are about these records? Newest first."""
    return Entry.objects.filter(about__in=list(references)).order_by("-seq")


def officers_of(body: Body) -> QuerySet[Officer]:
    """Which officers may own a threat of the body? By name."""
    there = Officer.objects.filter(body=body, is_service=False, left_on=None)
    return there.order_by("name")


def version_of(record: Model) -> str:
    """Which version of a record is this? Another one when any field differs."""
    said = {
        field.attname: plain(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.name not in KEPT
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def gaps_of(threat: Threat) -> list[Gap]:
    """What would an inspector find missing from a threat? Closed threats: nothing."""
    on = today()
    if not threat.is_live(on) or "closed" in threat.phase.lower():
        return []
    return gaps(_facts(threat, on), kind=threat.kind, on=on)


def _facts(threat: Threat, on: date) -> dict[str, Any]:
    last = _last_disrupted(threat)
    due = threat.next_review_on
    return {
        "lro": threat.lro_id,
        "lro_is_sio": threat.lro_id is not None and threat.lro_id == threat.sio_id,
        "intelligence_officer": threat.intelligence_officer_id,
        "assessed_on": threat.assessed_on,
        "next_review_on": due,
        "days_review_overdue": (on - due).days if due else None,
        "days_since_disruption": (on - last).days if last else None,
        "days_undisrupted_since_opening": (
            None if last else (on - threat.opened_on).days
        ),
        "off_list_because": why_unlisted(threat, on),
        "county_line": "county_line" in threat.tags,
        **_plan_facts(threat, on),
    }


def _plan_facts(threat: Threat, on: date) -> dict[str, Any]:
    # Plans and disruptions belong to later stages: they are asked for by the name of
    # the relation, so that nothing of theirs is imported here.
    running = Q(closed_on=None) | Q(closed_on__gt=on)
    plans = _later(threat, "plans").filter(running)
    rows = plans.values_list("reference", "actions__p", "actions__dropped_on")
    facts: dict[str, Any] = {}
    for reference, p, dropped_on in rows:
        facts["plan"] = reference
        if p is not None and dropped_on is None:
            facts[p] = facts.get(p, 0) + 1
    return facts


def _last_disrupted(threat: Threat) -> date | None:
    found: date | None = _later(threat, "disruptions").aggregate(on=Max("event_on"))[
        "on"
    ]
    return found


def _later(threat: Threat, relation: str) -> QuerySet[Any]:
    related: QuerySet[Any] = getattr(threat, relation).all()
    return related


def _last_disruption() -> QuerySet[Any]:
    model = Threat._meta.get_field("disruptions").related_model
    made: QuerySet[Any] = model._default_manager.filter(threat=OuterRef("pk"))
    return made.order_by("-event_on").values("event_on")[:1]
