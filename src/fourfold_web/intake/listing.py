"""Which columns, filters and order have the lists of deliveries and of their rows?"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fourfold.intake.kinds import KINDS
from fourfold_web.base.cells import Status
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.base.models import Officer
from fourfold_web.intake.models import Delivery, QuarantinedRow
from fourfold_web.intake.queries import bodies_to_import_for
from fourfold_web.intake.registry import taken

MARKING = "OFFICIAL-SENSITIVE"


def delivery_address(delivery: Delivery) -> str:
    """Where is the page of a delivery?"""
    return reverse("intake:delivery", args=[delivery.reference])


def mend_address(row: QuarantinedRow) -> str | None:
    """Where is a row mended? Nowhere once it is, or when its texts are withheld."""
    if row.state != QuarantinedRow.OPEN or not row.row:
        return None
    return reverse("intake:row-mend", args=[row.reference])


def _bodies(request: HttpRequest) -> list[tuple[str, str]]:
    officer = request.user
    assert isinstance(officer, Officer)
    return [(body.slug, body.short) for body in bodies_to_import_for(officer)]


def _waiting(delivery: Any) -> Status:
    if delivery.open_rows:
        return Status(f"{delivery.open_rows:,} to mend", "orange")
    return Status("All in", "green")


def _state(row: QuarantinedRow) -> Status:
    colours = {QuarantinedRow.OPEN: "orange", QuarantinedRow.MENDED: "green"}
    return Status(QuarantinedRow.STATES[row.state], colours.get(row.state, "grey"))


def _wrong(row: QuarantinedRow) -> str:
    return "; ".join(
        f"{fault['field'] or 'Row'}: {fault['fault']}" for fault in row.faults
    )


def _mend(row: QuarantinedRow) -> str:
    return " ".join(dict.fromkeys(str(fault["mend"]) for fault in row.faults))


DELIVERIES = ListSpec(
    name="deliveries",
    title="Deliveries",
    noun=("delivery", "deliveries"),
    columns=(
        Column("reference", "Reference", sort="reference", link=delivery_address),
        Column("at", "Came in", cell="made_at", sort="made_at", nowrap=True),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("kind", "Kind", cell=lambda d: KINDS[d.kind].title, sort="kind"),
        Column("filename", "File", sort="filename"),
        Column("rows", "Rows", sort="rows", numeric=True),
        Column("loaded", "Loaded", sort="loaded", numeric=True),
        Column("changed", "Changed", sort="changed", numeric=True),
        Column("unchanged", "Unchanged", sort="unchanged", numeric=True),
        Column("quarantined", "Kept back", sort="quarantined", numeric=True),
        Column("waiting", "State", cell=_waiting, sort="open_rows"),
        Column("by", "Brought in by", cell="made_by.name", on_page=False),
        Column("layout", "Layout", on_page=False),
        Column("sha256", "Digest of the file (SHA-256)", on_page=False),
    ),
    filters=(
        Text(
            name="q",
            label="File or reference",
            lookups=("reference", "filename", "sha256"),
            always=True,
        ),
        Choice(name="body", label="Body", codes=_bodies, always=True),
        Choice(
            name="kind",
            label="Kind",
            codes=lambda _: [(name, KINDS[name].title) for name in taken()],
            always=True,
        ),
        Flag(
            name="open",
            label="With rows to mend",
            where=lambda rows: rows.filter(open_rows__gt=0),
        ),
        DateRange(name="came", label="Came in", lookup="made_at__date"),
    ),
    default_sort="-at",
    empty="No delivery matches. Clear a filter, or bring in a file.",
    marking=MARKING,
)

KEPT_BACK = ListSpec(
    name="kept-back",
    title="Rows kept back",
    noun=("row kept back", "rows kept back"),
    columns=(
        Column("reference", "Reference", sort="reference", link=mend_address),
        Column("line", "Line", sort="line", numeric=True),
        Column("key", "Its own reference", sort="key"),
        Column("wrong", "What is wrong", cell=_wrong),
        Column("mend", "How to mend it", cell=_mend),
        Column("state", "State", cell=_state, sort="state"),
    ),
    filters=(
        Choice(
            name="state",
            label="State",
            codes=list(QuarantinedRow.STATES.items()),
            always=True,
        ),
    ),
    default_sort="line",
    empty="No row was kept back, or none matches the filter.",
    marking=MARKING,
)
