"""Which columns, filters and order has the list of questions that were asked?"""

from django.http import HttpRequest
from django.urls import reverse

from fourfold_web.base.cells import Status
from fourfold_web.base.covering import marking_over
from fourfold_web.base.filters import Rows
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.picture.runs.catalogue import catalogue
from fourfold_web.picture.runs.models import BulkSearch, EvidenceRun

COLOURS = {
    EvidenceRun.QUEUED: "grey",
    EvidenceRun.RUNNING: "blue",
    EvidenceRun.PAUSED: "orange",
    EvidenceRun.DONE: "green",
    EvidenceRun.STOPPED: "grey",
    EvidenceRun.FAILED: "red",
}
SEARCH_COLOURS = {
    BulkSearch.ASKED: "orange",
    BulkSearch.APPROVED: "green",
    BulkSearch.REFUSED: "red",
}
AREAS = {
    "calls": "Calls and cells",
    "messages": "Messages, handsets and documents",
    "images": "Pictures",
    "survey": "Radio surveys",
    "vehicles": "Vehicles",
    "joined": "Across all evidence",
}


def run_address(run: EvidenceRun) -> str:
    """Where is the page of a run?"""
    return reverse("picture:run", args=[run.reference])


def search_address(search: BulkSearch) -> str:
    """Where is the page of a request to search in bulk?"""
    return reverse("picture:bulk-search", args=[search.reference])


def state_of(run: EvidenceRun) -> Status:
    """What is the state of a run, with its colour?"""
    return Status(run.says, COLOURS[run.state])


def search_state(search: BulkSearch) -> Status:
    """What is the state of a request, with its colour?"""
    return Status(search.says, SEARCH_COLOURS[search.state])


def area_name(area: str) -> str:
    """What do officers call an area of questions?"""
    return AREAS.get(area, area.capitalize())


def _areas(_: HttpRequest) -> list[tuple[str, str]]:
    present = dict.fromkeys(one.area for one in catalogue().values())
    return [(area, area_name(area)) for area in present]


def _in_area(rows: Rows, chosen: list[str]) -> Rows:
    return rows.filter(analysis__startswith=f"{chosen[0]}.")


def _files(run: EvidenceRun) -> str:
    return ", ".join(str(one["reference"]) for one in run.inputs)


def _marking(rows: Rows) -> str:
    return marking_over(list(rows[:500])) if rows.exists() else "OFFICIAL-SENSITIVE"


RUNS = ListSpec(
    name="runs",
    title="Questions asked of evidence",
    noun=("question", "questions"),
    columns=(
        Column("reference", "Reference", sort="reference", link=run_address),
        Column("question", "Question", sort="question"),
        Column("state", "State", cell=state_of, sort="state"),
        Column("files", "Files", cell=_files),
        Column("by", "Asked by", cell="made_by.name", sort="made_by__name"),
        Column("at", "Asked", cell="made_at", sort="made_at", nowrap=True),
        Column("why", "Why", on_page=False),
        Column("marking", "Marking", cell="marking", on_page=False),
        Column("result", "Digest of the result (SHA-256)", on_page=False),
    ),
    filters=(
        Text(name="q", label="Reference, question or why",
             lookups=("reference", "question", "why"), always=True),
        Choice(name="area", label="Area", codes=_areas, where=_in_area, always=True),
        Choice(name="state", label="State", codes=list(EvidenceRun.STATES.items()),
               always=True),
        Flag(name="kept", label="Kept as evidence",
             where=lambda rows: rows.filter(kept__isnull=False).distinct()),
        DateRange(name="asked", label="Asked", lookup="made_at__date"),
    ),
    default_sort="-at",
    empty="No question matches. Clear a filter, or ask one.",
    marking=_marking,
)  # fmt: skip

SEARCHES = ListSpec(
    name="bulk-searches",
    title="Bulk vehicle search",
    noun=("request", "requests"),
    columns=(
        Column("reference", "Reference", sort="reference", link=search_address),
        Column("purpose", "Purpose", sort="purpose"),
        Column("from_on", "Reads from", sort="from_on"),
        Column("until_on", "Until", sort="until_on"),
        Column("state", "State", cell=search_state, sort="state"),
        Column("by", "Asked by", cell="made_by.name", sort="made_by__name"),
        Column("decided_by", "Decided by", cell="decided_by.name",
               sort="decided_by__name"),
        Column("proportionality", "Proportionality", on_page=False),
        Column("decision", "Decision", on_page=False),
    ),
    filters=(
        Choice(name="state", label="State", codes=list(BulkSearch.STATES.items()),
               always=True),
    ),
    default_sort="-reference",
    empty="No request matches. Clear a filter, or ask for one.",
    marking=_marking,
)  # fmt: skip
