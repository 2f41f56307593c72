"""What is known of one threat, in the order officers ask for it?"""

from typing import Any

from fourfold.base.codes import CODES
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body
from fourfold_web.base.words import listed as in_words
from fourfold_web.base.words import uk_date
from fourfold_web.picture.models import Threat
from fourfold_web.picture.on_list import why_unlisted

Facts = list[tuple[str, Any]]


def facts_of(threat: Threat) -> dict[str, Facts]:
    """Which facts stand on the page of a threat, under which headings?"""
    return {
        "What it is": _what(threat),
        "Who owns it": _owners(threat),
        "How it stands": _standing(threat),
    }


def _what(threat: Threat) -> Facts:
    tags = [CODES["threat_tag"].label(tag) for tag in threat.tags]
    return [
        ("Kind", threat.label("kind")),
        ("Crime theme", threat.label("theme")),
        ("Tags", in_words(tags) or "None"),
        ("Phase", threat.phase),
        ("Tier", f"Tier {threat.tier}" if threat.tier else "Not decided"),
        ("Area", threat.area),
        ("Opened", threat.opened_on),
        ("Closed", threat.closed_on or "Still held"),
    ]


def _owners(threat: Threat) -> Facts:
    since = f", since {uk_date(threat.lro_since)}" if threat.lro_since else ""
    return [
        ("Held by", threat.body.name),
        ("Lead responsible officer", threat.lro and f"{threat.lro}{since}"),
        ("Senior investigating officer", threat.sio and str(threat.sio)),
        (
            "Intelligence officer",
            threat.intelligence_officer and str(threat.intelligence_officer),
        ),
        ("Shared with", _shared(threat)),
    ]


def _shared(threat: Threat) -> str:
    found = Body.objects.filter(slug__in=threat.shared_with).order_by("short")
    return in_words([body.short for body in found]) or "Nobody beyond its marking"


def _standing(threat: Threat) -> Facts:
    score = None
    if threat.score is not None:
        score = f"{threat.score:g} ({threat.label('band') or 'no band'}), illustrative"
    return [
        ("Assessment", f"{threat.label('type')}, {threat.label('moderation').lower()}"),
        ("Score", score),
        ("Last assessed", threat.assessed_on),
        ("Next review", threat.next_review_on),
        ("Sensitive intelligence checked", threat.sensitive_checked_on),
        ("National list", _national(threat)),
    ]


def _national(threat: Threat) -> str:
    if not threat.is_live(today()):
        return "Closed"
    why = why_unlisted(threat, today())
    if why:
        return f"Not on it: {why}"
    since = f" since {uk_date(threat.listed_on)}" if threat.listed_on else ""
    return f"On it as {threat.national_ref}{since}"
