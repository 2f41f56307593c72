"""Which columns, filters and order has the list of threats?"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fourfold.base.codes import CODES
from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.base.models import Officer
from fourfold_web.picture.models import Threat
from fourfold_web.picture.on_list import active, listed, unlisted, why_unlisted
from fourfold_web.picture.queries import (
    Rows,
    bodies_near,
    highest_marking,
    lead_officers,
    overdue,
)

UNLED = "none"


def threat_address(threat: Threat) -> str:
    """Where is the page of a threat?"""
    return reverse("picture:threat", args=[threat.reference])


def bodies_of_region(request: HttpRequest) -> list[tuple[str, str]]:
    """Between which bodies may whoever asks choose?"""
    officer = request.user
    assert isinstance(officer, Officer)
    return bodies_near(officer)


def _leads(request: HttpRequest) -> list[tuple[str, str]]:
    officer = request.user
    assert isinstance(officer, Officer)
    return [(UNLED, "Nobody"), *lead_officers(officer)]


def _led_by(rows: Rows, chosen: list[str]) -> Rows:
    return (
        rows.filter(lro=None)
        if UNLED in chosen
        else rows.filter(lro__reference__in=chosen)
    )


def _in_phase(rows: Rows, chosen: list[str]) -> Rows:
    return rows.filter(phase__icontains=CODES["phase"].label(chosen[0]))


def _tagged(rows: Rows, chosen: list[str]) -> Rows:
    return rows.filter(tags__overlap=chosen)


def _next_review(threat: Threat) -> Any:
    due = threat.next_review_on
    if due is None or due >= today() or not threat.is_live(today()):
        return due
    return Status(f"Overdue by {(today() - due).days} days", "red")


def _national(threat: Threat) -> Status:
    if not threat.is_live(today()) or "closed" in threat.phase.lower():
        return Status("Closed", "grey")
    if why_unlisted(threat, today()):
        return Status("Not listed", "orange")
    return Status("Listed", "green")


def overdue_of_them(rows: Rows) -> str:
    """How many of the threats are overdue for review, in words? Empty: none."""
    late = rows.filter(overdue(today())).count()
    return f"{late:,} of them overdue for review" if late else ""


def _last_disrupted(threat: Any) -> Any:
    return threat.last_disruption_on or "None recorded"


THREATS = ListSpec(
    name="threats",
    title="Threats",
    noun=("threat", "threats"),
    columns=(
        Column("reference", "Reference", sort="reference", link=threat_address),
        Column("name", "Name", sort="name"),
        Column("kind", "Kind", cell=lambda t: t.label("kind"), sort="kind"),
        Column("theme", "Theme", cell=lambda t: t.label("theme"), sort="theme"),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("tier", "Tier", sort="tier", numeric=True),
        Column("lro", "Lead officer", cell="lro.name", sort="lro__name"),
        Column(
            "disrupted",
            "Last disruption",
            cell=_last_disrupted,
            sort="last_disruption_on",
            nowrap=True,
        ),
        Column(
            "review",
            "Next review",
            cell=_next_review,
            sort="next_review_on",
            export=lambda t: t.next_review_on,
        ),
        Column("national", "National list", cell=_national),
        Column("marking", "Marking", cell=Threat.marking, on_page=False),
        Column("phase", "Phase", on_page=False),
        Column("national_ref", "National reference", on_page=False),
    ),
    filters=(
        Text(
            name="q",
            label="Name, reference or area",
            lookups=("reference", "name", "national_ref", "area"),
            always=True,
        ),
        Choice(
            name="body",
            label="Body",
            codes=bodies_of_region,
            always=True,
        ),
        Choice(
            name="kind", label="Kind", codes=CODES["threat_kind"].choices(), always=True
        ),
        Choice(
            name="theme", label="Theme", codes=CODES["theme"].choices(), always=True
        ),
        Flag(
            name="off_list",
            label="Not on the national list",
            where=lambda r: r.filter(unlisted(today())),
        ),
        Flag(
            name="on_list",
            label="On the national list, by the inspectorate's filter",
            where=lambda r: r.filter(listed(today())),
        ),
        Flag(
            name="overdue",
            label="Review overdue",
            where=lambda r: r.filter(overdue(today())),
        ),
        Flag(
            name="active",
            label="Active only",
            where=lambda r: r.filter(active(today())),
        ),
        Choice(
            name="tier",
            label="Tier",
            codes=[(str(n), f"Tier {n}") for n in range(1, 6)],
        ),
        Choice(
            name="phase", label="Phase", codes=CODES["phase"].choices(), where=_in_phase
        ),
        Choice(name="lro", label="Lead officer", codes=_leads, where=_led_by),
        Choice(
            name="tag", label="Tag", codes=CODES["threat_tag"].choices(), where=_tagged
        ),
        DateRange(name="opened", label="Opened", lookup="opened_on"),
    ),
    default_sort="reference",
    empty="No threat matches. Clear a filter, or record the threat.",
    marking=highest_marking,
)
