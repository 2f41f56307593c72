"""Which columns, filters and order have the queues of what waits to be worked?"""

from typing import Any

from django.db.models import Case, Value, When

from fourfold.base.codes import CODES
from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.base.words import counted
from fourfold_web.picture.listing import bodies_of_region
from fourfold_web.task.models import QueueItem
from fourfold_web.task.queries import Rows, still_waiting

STATES = (("waiting", "Waiting"), ("finished", "Finished"))
FINISHED_LAST = Case(When(done_on=None, then=Value(0)), default=Value(1))
RISKIEST_FIRST = Case(
    When(risk="high", then=Value(0)),
    When(risk="medium", then=Value(1)),
    When(risk="low", then=Value(3)),
    default=Value(2),  # Nobody knows yet.
)


def waiting_of_them(rows: Rows) -> str:
    """How many of the items wait, in words? Empty: none."""
    count = rows.filter(still_waiting()).count()
    return f"{count:,} of them waiting" if count else ""


def _age(item: QueueItem) -> str:
    until = item.done_on or today()
    days = counted((until - item.received_on).days, "day", "days").replace("No", "0")
    return f"{days} waiting" if item.done_on is None else f"Finished in {days}"


def _triage(item: QueueItem) -> Any:
    if item.triaged_on is not None:
        return item.triaged_on
    return Status("Not triaged", "red") if item.done_on is None else "Never triaged"


def _risk(item: QueueItem) -> Any:
    colours = {"high": "red", "medium": "orange", "low": "grey"}
    words = item.label("risk")
    return Status(words, colours.get(item.risk, "grey")) if words else ""


def _in_state(rows: Rows, chosen: list[str]) -> Rows:
    waits = still_waiting()
    return rows.filter(waits if "waiting" in chosen else ~waits)


FILTERS = (
    Text(
        name="q",
        label="Reference or what it is",
        lookups=("reference", "source_key", "category"),
        always=True,
    ),
    Choice(name="body", label="Body", codes=bodies_of_region, always=True),
    Choice(name="state", label="State", codes=STATES, where=_in_state, always=True),
    Choice(name="risk", label="Risk", codes=CODES["risk"].choices(), always=True),
    Flag(
        name="untriaged",
        label="Not triaged",
        where=lambda r: r.exclude(triaged_on__lte=today()),
    ),
    Choice(name="band", label="Priority band", codes=CODES["band"].choices()),
    DateRange(name="received", label="Received", lookup="received_on"),
)


def _spec(name: str, title: str, *more: Column) -> ListSpec:
    return ListSpec(
        name=name,
        title=title,
        noun=("item", "items"),
        columns=(
            Column("reference", "Reference", sort="reference"),
            Column("body", "Body", cell="body.short", sort="body__short"),
            Column("category", "What it is", sort="category"),
            Column("received_on", "Received", sort=(FINISHED_LAST, "received_on")),
            Column("age", "Age", cell=_age),
            Column(
                "triaged_on",
                "Triaged",
                cell=_triage,
                sort="triaged_on",
                export=lambda i: i.triaged_on,
            ),
            Column("risk", "Risk", cell=_risk, sort=(FINISHED_LAST, RISKIEST_FIRST)),
            *more,
            Column("done_on", "Finished", sort="done_on", on_page=False),
        ),
        filters=FILTERS,
        default_sort="received_on",
        empty="Nothing here matches. Clear a filter.",
    )


BAND = Column("band", "Priority", cell=lambda i: i.label("band"), sort="band")
SUSPECT = Column("suspect_waiting", "A suspect waits", sort="suspect_waiting")

QUEUES = {
    "intelligence": _spec("intelligence", "Intelligence: reports", BAND),
    "sar": _spec("sars", "Intelligence: suspicious activity reports"),
    "device": _spec("devices", "Intelligence: devices", BAND, SUSPECT),
    "comms_data": _spec("applications", "Intelligence: communications data", BAND),
}
