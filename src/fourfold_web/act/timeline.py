"""What happened to a threat, in the order of days?"""

from datetime import date
from typing import Any

from django.urls import reverse

from fourfold_web.act.listing import disruption_address
from fourfold_web.act.queries import disruptions_of, visible_operations
from fourfold_web.base.clock import today
from fourfold_web.base.models import Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.picture.models import Threat
from fourfold_web.plan.models import Plan

Item = dict[str, Any]

OWN_DAYS = (
    ("opened_on", "Opened"),
    ("listed_on", "Went onto the national list"),
    ("delisted_on", "Came off the national list"),
    ("lro_since", "The lead responsible officer took it on"),
    ("assessed_on", "Last assessed"),
    ("sensitive_checked_on", "Sensitive intelligence checked"),
    ("closed_on", "Closed"),
)


def timeline_of(officer: Officer, threat: Threat) -> list[Item]:
    """What happened to a threat, as far as the officer may see? Newest first."""
    items = [*_own(threat), *_results(officer, threat), *_work(officer, threat)]
    return sorted(items, key=lambda item: item["at"], reverse=True)


def _own(threat: Threat) -> list[Item]:
    items = [
        {"at": getattr(threat, field), "title": words}
        for field, words in OWN_DAYS
        if getattr(threat, field) is not None
    ]
    due: date | None = threat.next_review_on
    if due is not None:
        late = due < today() and threat.is_live(today())
        items.append({"at": due, "title": "Review overdue" if late else "Review due"})
    return items


def _results(officer: Officer, threat: Threat) -> list[Item]:
    return [
        {
            "at": one.event_on,
            "title": f"{one.label('p')}: {one.event or 'disruption'}",
            "by": one.body.short,
            "text": one.evidence,
            "url": disruption_address(one),
        }
        for one in disruptions_of(officer, threat)
    ]


def _work(officer: Officer, threat: Threat) -> list[Item]:
    items = []
    for one in visible_operations(officer).filter(threat=threat):
        items.append({"at": one.opened_on, "title": f"{one.name} opened"})
        if one.closed_on is not None:
            items.append({"at": one.closed_on, "title": f"{one.name} closed"})
    address = reverse("desk:threat-plan", args=[threat.reference])
    for plan in visible_to(officer, Plan).filter(threat=threat):
        items.append({"at": plan.made_on, "title": "4P plan made", "url": address})
    return items
