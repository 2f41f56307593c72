"""Which columns, filters and order have the lists of evidence and authorities?"""

from typing import Any

from django.urls import reverse

from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.covering import marking_over
from fourfold_web.base.filters import Rows
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.base.words import number
from fourfold_web.intake.evidence.models import Authority, EvidenceFile
from fourfold_web.intake.evidence.powers import POWERS, kind_choices, kind_name

MARKING = "OFFICIAL-SENSITIVE"
COLOURS = {
    EvidenceFile.KEPT_BACK: "red",
    EvidenceFile.WAITING: "orange",
    EvidenceFile.READING: "blue",
    EvidenceFile.READ: "green",
    EvidenceFile.REFUSED: "red",
}


def file_address(file: EvidenceFile) -> str:
    """Where is the page of a file of evidence?"""
    return reverse("intake:evidence-file", args=[file.reference])


def authority_address(authority: Authority) -> str:
    """Where is the page of an authority?"""
    return reverse("intake:authority", args=[authority.reference])


def state_of(file: EvidenceFile) -> Status:
    """What is the state of a file, with its colour?"""
    return Status(file.says, COLOURS[file.state])


def size_words(size: int) -> str:
    """How large is a file, in words? As "1.4 GB"."""
    for unit, one in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= one:
            return f"{size / one:,.1f} {unit}"
    return f"{number(size)} bytes"


def _authority(file: EvidenceFile) -> Any:
    return file.authority.reference if file.authority else ""


def waiting_of_them(rows: Rows) -> str:
    """How many of the files can be asked nothing yet, in words? Empty: none."""
    count = rows.exclude(state=EvidenceFile.READ).count()
    return f"{count:,} of them not read yet" if count else ""


def _runs(authority: Authority) -> Any:
    over = authority.until_on is not None and authority.until_on < today()
    return Status("Ended", "grey") if over else Status("In force", "green")


FILES = ListSpec(
    name="evidence",
    title="Evidence",
    noun=("file", "files"),
    columns=(
        Column("reference", "Reference", sort="reference", link=file_address),
        Column("name", "File", sort="name"),
        Column("kind", "Kind", cell=lambda f: kind_name(f.kind), sort="kind"),
        Column("state", "State", cell=state_of, sort="state"),
        Column("rows", "Rows", sort="rows", numeric=True),
        Column("loaded", "Loaded", sort="loaded", numeric=True),
        Column("repeated", "Repeated", sort="repeated", numeric=True, on_page=False),
        Column("quarantined", "Kept back", sort="quarantined", numeric=True),
        Column("authority", "Authority", cell=_authority, sort="authority__reference"),
        Column("at", "Dropped in", cell="made_at", sort="made_at", nowrap=True),
        Column("by", "By", cell="made_by.name", sort="made_by__name"),
        Column("marking", "Marking", cell="marking", on_page=False),
        Column("sha256", "Digest of the file (SHA-256)", on_page=False),
    ),
    filters=(
        Text(
            name="q",
            label="File, reference or digest",
            lookups=("reference", "name", "sha256"),
            always=True,
        ),
        Choice(name="kind", label="Kind", codes=kind_choices(), always=True),
        Choice(
            name="state",
            label="State",
            codes=list(EvidenceFile.STATES.items()),
            always=True,
        ),
        Flag(
            name="faulty",
            label="With rows kept back",
            where=lambda rows: rows.filter(quarantined__gt=0),
        ),
        DateRange(name="came", label="Dropped in", lookup="made_at__date"),
    ),
    default_sort="-at",
    empty="No file matches. Clear a filter, or drop in a file.",
    marking=lambda rows: marking_over(list(rows[:500])) if rows.exists() else MARKING,
)

AUTHORITIES = ListSpec(
    name="authorities",
    title="Authorities",
    noun=("authority", "authorities"),
    columns=(
        Column("reference", "Reference", sort="reference", link=authority_address),
        Column("power", "Power", cell=lambda a: POWERS[a.power].says, sort="power"),
        Column("number", "Its reference", sort="number"),
        Column("granted_by", "Granted by", sort="granted_by"),
        Column("from_on", "From", sort="from_on"),
        Column("until_on", "Until", sort="until_on"),
        Column("runs", "State", cell=_runs),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("purpose", "Purpose", on_page=False),
        Column("permitted_use", "Permitted use", on_page=False),
    ),
    filters=(
        Text(
            name="q",
            label="Reference or purpose",
            lookups=("reference", "number", "purpose"),
            always=True,
        ),
        Choice(
            name="power",
            label="Power",
            codes=[(p.key, p.says) for p in POWERS.values()],
            always=True,
        ),
    ),
    default_sort="-reference",
    empty="No authority matches. Clear a filter, or record one.",
    marking=MARKING,
)
