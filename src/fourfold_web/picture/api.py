"""What can a program ask about threats?"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from ninja import Query, Router, Schema

from fourfold_web.base.clock import today
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture import services
from fourfold_web.picture.models import Threat
from fourfold_web.picture.on_list import active, listed, unlisted
from fourfold_web.picture.queries import gaps_of, overdue, visible_threats

router = Router(tags=["Threats"])

LARGEST_PAGE = 500


class Wanted(Schema):
    """Which threats are asked for. What is left out does not narrow."""

    body: str = ""
    kind: str = ""
    theme: str = ""
    q: str = ""
    active: bool = False
    on_list: bool = False
    off_list: bool = False
    overdue: bool = False
    page: int = 1
    page_size: int = 100


class ThreatRow(Schema):
    """A threat as a list shows it."""

    reference: str
    name: str
    body: str
    kind: str
    theme: str
    tags: list[str]
    tier: int | None
    phase: str
    moderation: str
    national_ref: str
    lro: str | None
    opened_on: date
    closed_on: date | None
    next_review_on: date | None
    last_disruption_on: date | None
    marking: str

    @staticmethod
    def resolve_body(threat: Threat) -> str:
        """Which body holds it? Its slug."""
        return threat.body_id

    @staticmethod
    def resolve_lro(threat: Threat) -> str | None:
        """Who leads it? Their reference."""
        return threat.lro.reference if threat.lro else None


class Missing(Schema):
    """Something that an inspector would find missing."""

    key: str
    says: str
    source: str


class ThreatWhole(ThreatRow):
    """A threat as its page shows it."""

    type: str
    soc: str
    area: str
    listed_on: date | None
    delisted_on: date | None
    assessed_on: date | None
    missing: list[Missing]

    @staticmethod
    def resolve_missing(threat: Threat) -> list[Any]:
        """What would an inspector find missing from it?"""
        return gaps_of(threat)


class ThreatPage(Schema):
    """One page of threats, by reference, and how many there are in all."""

    count: int
    page: int
    threats: list[ThreatRow]


@router.get("/threats", response=ThreatPage)
def threat_list(request: OfficerRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the threats that you may see."""
    rows = _narrowed(visible_threats(request.user), wanted).order_by("reference")
    size = min(max(wanted.page_size, 1), LARGEST_PAGE)
    first = (max(wanted.page, 1) - 1) * size
    threats = list(rows[first : first + size])
    return {"count": rows.count(), "page": max(wanted.page, 1), "threats": threats}


@router.get("/threats/{reference}", response=ThreatWhole)
def threat(request: OfficerRequest, reference: str) -> Threat:
    """See one threat. One that you may not see reads like one that is absent."""
    return services.open_threat(actor=request.user, reference=reference)


def _narrowed(rows: QuerySet[Threat], wanted: Wanted) -> QuerySet[Threat]:
    named = {"body": wanted.body, "kind": wanted.kind, "theme": wanted.theme}
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    for word in wanted.q.split():
        rows = rows.filter(name__icontains=word)
    flags = {
        "active": active(today()),
        "on_list": listed(today()),
        "off_list": unlisted(today()),
        "overdue": overdue(today()),
    }
    for name, rule in flags.items():
        if getattr(wanted, name):
            rows = rows.filter(rule)
    return rows
