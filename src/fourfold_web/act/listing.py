"""Which columns, filters and order has the list of disruptions?"""

from typing import Any

from django.urls import reverse

from fourfold.base.codes import CODES
from fourfold_web.act.models import Disruption
from fourfold_web.act.queries import WAITING, Rows, counted_as
from fourfold_web.base.cells import Status
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.picture.listing import bodies_of_region
from fourfold_web.picture.queries import highest_marking

UNGRADED = "waiting"


def disruption_address(disruption: Disruption) -> str:
    """Where is the page of a disruption?"""
    return reverse("act:disruption", args=[disruption.reference])


def threat_of(disruption: Disruption) -> str:
    """Where is the page of the threat that felt it?"""
    return reverse("picture:threat", args=[disruption.threat.reference])


def shown_impact(disruption: Disruption) -> Any:
    """How is the grade shown? One that waits says so."""
    if not disruption.is_graded():
        return Status("Waiting", "orange")
    return disruption.label("impact")


def _by_impact(rows: Rows, chosen: list[str]) -> Rows:
    graded = [value for value in chosen if value != UNGRADED]
    return rows.filter(impact__in=[*graded, *([""] if UNGRADED in chosen else [])])


def waiting_of_them(rows: Rows) -> str:
    """How many of the disruptions wait for a grade, in words? Empty: none."""
    waiting = rows.filter(WAITING).count()
    return f"{waiting:,} of them waiting for a grade" if waiting else ""


COLUMNS = (
    Column("reference", "Reference", sort="reference", link=disruption_address),
    Column("event_on", "Happened", sort="event_on"),
    Column("recorded_on", "Recorded", sort="recorded_on"),
    Column("threat", "Threat", cell="threat.name", sort="threat__name", link=threat_of),
    Column("theme", "Theme", cell=lambda d: d.threat.label("theme")),
    Column("p", "P", cell=lambda d: d.label("p"), sort="p"),
    Column("impact", "Impact", cell=shown_impact, sort="impact"),
    Column("role", "Role", cell=lambda d: d.label("role"), sort="role"),
    Column("body", "Body", cell="body.short", sort="body__short"),
    Column("unit", "Unit", sort="unit"),
    Column("claimant", "Claimed by", cell="claimant.name", sort="claimant__name"),
    Column("event", "Event", on_page=False),
    Column("evidence", "Evidence", on_page=False),
    Column("grader", "Graded by", cell="grader.name", on_page=False),
    Column("graded_on", "Graded", on_page=False),
    Column("marking", "Marking", cell=Disruption.marking, on_page=False),
)

DISRUPTIONS = ListSpec(
    name="disruptions",
    title="Results",
    noun=("disruption", "disruptions"),
    columns=COLUMNS,
    filters=(
        Text(
            name="q",
            label="Reference, threat, event or evidence",
            lookups=(
                "reference",
                "threat__name",
                "threat__reference",
                "event",
                "evidence",
            ),
            always=True,
        ),
        Choice(
            name="body",
            label="Body",
            codes=bodies_of_region,
            always=True,
        ),
        Choice(name="p", label="P", codes=CODES["four_p"].choices(), always=True),
        Choice(
            name="impact",
            label="Impact",
            codes=[(UNGRADED, "Waiting for a grade"), *CODES["impact"].choices()],
            where=_by_impact,
            always=True,
        ),
        Choice(name="role", label="Role", codes=CODES["disruption_role"].choices()),
        Choice(
            name="theme",
            label="Theme of the threat",
            lookup="threat__theme",
            codes=CODES["theme"].choices(),
        ),
        Choice(
            name="kind",
            label="Kind of threat",
            lookup="threat__kind",
            codes=CODES["threat_kind"].choices(),
        ),
        Flag(
            name="led",
            label="Counted as led, by the inspectorate's filter",
            where=counted_as("led"),
        ),
        Flag(
            name="supported",
            label="Counted as supported",
            where=counted_as("supported"),
        ),
        DateRange(name="recorded", label="Recorded", lookup="recorded_on"),
        DateRange(name="event", label="Happened", lookup="event_on"),
    ),
    default_sort="-recorded_on",
    empty="No disruption matches. Clear a filter, or record one from its threat.",
    marking=highest_marking,
)

WAITING_LIST = ListSpec(
    name="waiting",
    title="Waiting for a grade",
    noun=("disruption", "disruptions"),
    columns=COLUMNS,
    default_sort="recorded_on",
    empty="Nothing waits for a grade from you.",
    marking=highest_marking,
)
