"""Which columns, filters and order have the lists of assessments?"""

from typing import Any

from django.urls import reverse

from fourfold.base.codes import CODES
from fourfold_web.assess.models import Assessment
from fourfold_web.assess.queries import WAITS, Rows
from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.picture.listing import bodies_of_region, threat_address
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import highest_marking

COLOURS = {"submitted": "orange", "moderated": "green", "returned": "red"}


def assessment_address(threat: Threat) -> str:
    """Where is the page of a threat's assessments?"""
    return reverse("assess:threat-assessment", args=[threat.reference])


def shown_state(assessment: Assessment) -> Status:
    """Where does an assessment stand, in words?"""
    if assessment.state == "submitted":
        return Status("Awaiting moderation", "orange")
    words = assessment.state_words()
    return Status(words, COLOURS.get(assessment.state, "grey"))


def waiting_of_them(rows: Rows) -> str:
    """How many of the assessments await moderation, in words? Empty: none."""
    count = rows.filter(WAITS).count()
    return f"{count:,} of them awaiting moderation" if count else ""


def _late(threat: Threat) -> Any:
    if threat.assessed_on is None:
        return Status("Never assessed", "red")
    if threat.next_review_on is None:
        return "No date set"
    return Status(f"Overdue by {(today() - threat.next_review_on).days} days", "red")


ASSESSMENTS = ListSpec(
    name="assessments",
    title="Assessments",
    noun=("assessment", "assessments"),
    columns=(
        Column(
            "reference",
            "Reference",
            sort="reference",
            link=lambda a: assessment_address(a.threat),
        ),
        Column("threat", "Threat", cell="threat.name", sort="threat__name"),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("state", "State", cell=shown_state, sort="state"),
        Column("score", "Score (illustrative)", sort="score", numeric=True),
        Column("band", "Band", cell=Assessment.band_words, sort="score"),
        Column("confidence", "Confidence", cell=Assessment.confidence_words),
        Column("assessor", "Assessor", cell="assessor.name", sort="assessor__name"),
        Column("assessed_on", "Assessed", sort="assessed_on"),
        Column("moderator", "Moderator", cell="moderator.name"),
        Column("method", "Method", on_page=False),
        Column("marking", "Marking", cell=Assessment.marking, on_page=False),
    ),
    filters=(
        Text(
            name="q",
            label="Threat or reference",
            lookups=("reference", "threat__name", "threat__reference"),
            always=True,
        ),
        Choice(name="body", label="Body", codes=bodies_of_region, always=True),
        Choice(
            name="state",
            label="State",
            codes=[
                ("submitted", "Awaiting moderation"),
                ("moderated", "Moderated"),
                ("returned", "Returned"),
            ],
            always=True,
        ),
        DateRange(name="assessed", label="Assessed", lookup="assessed_on"),
    ),
    default_sort="-assessed_on",
    empty="No assessment matches. Clear a filter, or open a threat and assess it.",
    marking=highest_marking,
)

DUE = ListSpec(
    name="assessments-due",
    title="Threats to assess",
    noun=("threat to assess", "threats to assess"),
    columns=(
        Column("reference", "Reference", sort="reference", link=assessment_address),
        Column("name", "Name", sort="name"),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("theme", "Theme", cell=lambda t: t.label("theme"), sort="theme"),
        Column("lro", "Lead officer", cell="lro.name", sort="lro__name"),
        Column("assessed_on", "Last assessed", sort="assessed_on"),
        Column(
            "late",
            "How late",
            cell=_late,
            sort="next_review_on",
            export=lambda t: str(_late(t)),
        ),
        Column("page", "Page", cell=threat_address, on_page=False),
        Column("marking", "Marking", cell=Threat.marking, on_page=False),
    ),
    filters=(
        Text(name="q", label="Name", lookups=("name", "reference"), always=True),
        Choice(name="body", label="Body", codes=bodies_of_region, always=True),
        Choice(
            name="theme", label="Theme", codes=CODES["theme"].choices(), always=True
        ),
        Flag(
            name="never",
            label="Never assessed",
            where=lambda r: r.filter(assessed_on=None),
        ),
    ),
    default_sort="late",
    empty="No threat is due: each has been assessed by the day set for it.",
    marking=highest_marking,
)
