"""What is told of a file of evidence and of an authority, in the officers' order?"""

from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq

from fourfold_web.base.models import Officer
from fourfold_web.intake.bars import bar_of
from fourfold_web.intake.evidence import listing, queries, store
from fourfold_web.intake.evidence.models import Authority, EvidenceFile
from fourfold_web.intake.evidence.powers import (
    POWERS,
    field_name,
    kind_name,
    needs_authority,
)
from fourfold_web.intake.evidence.queue import no_worker

PARTS = (
    ("loaded", "loaded", "green", "#00703c"),
    ("repeated", "repeated", "grey", "#b1b4b6"),
    ("quarantined", "kept back", "red", "#d4351c"),
)


def about_file(officer: Officer, seen: EvidenceFile) -> dict[str, Any]:
    """What does the page of a file show?"""
    shown: dict[str, Any] = {
        "file": seen,
        "state": listing.state_of(seen),
        "facts": _facts(seen),
        "found": [(kind_name(kind), count) for kind, count in seen.found.items()],
        "causes": [_cause(one) for one in seen.faults],
        "job": queries.job_on(seen.reference),
        "copies": queries.same_bytes(officer, seen),
        "needs_authority": needs_authority(seen.kind),
    }
    if seen.state == EvidenceFile.READING:
        shown["no_worker"] = no_worker()
    if seen.state == EvidenceFile.READ:
        shown["bar"] = bar_of(seen, PARTS)
        shown["arithmetic"] = arithmetic(seen)
    return shown


def arithmetic(seen: EvidenceFile) -> str:
    """How do the rows of a file add up, in words? Repeated rows stood in it before."""
    parts = [f"{getattr(seen, name):,} {words}" for name, words, *_ in PARTS]
    return f"{seen.rows:,} rows = {' + '.join(parts)}"


FAULT_HEADINGS = ("Line", "Field", "Value", "What is wrong", "How to mend it")


def fault_rows(seen: EvidenceFile) -> Iterator[tuple[Any, ...]]:
    """Every fault of a file that was read, in the order of its lines; a few in memory.

    Raises:
        EvidenceGone: what was read of it is not where it was kept.
    """
    path = store.rows_folder(seen.sha256, seen.reading) / "faults.parquet"
    if not path.is_file():
        folder = str(store.evidence_folder())
        raise store.EvidenceGone(reference=seen.reference, folder=folder)
    for batch in pq.ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            named = field_name(row["field"])
            yield row["line"], named, row["value"], row["fault"], row["mend"]


def of_authority(seen: Authority) -> list[tuple[str, Any]]:
    """What does an authority say?"""
    return [
        ("Kind of power", POWERS[seen.power].says),
        ("In law", POWERS[seen.power].source),
        ("Its reference", seen.number),
        ("Granted by", seen.granted_by),
        ("From", seen.from_on),
        ("Until", seen.until_on),
        ("Purpose", seen.purpose),
        ("Permitted use", seen.permitted_use),
        ("Recorded by", str(seen.made_by)),
    ]


def _facts(seen: EvidenceFile) -> list[tuple[Any, ...]]:
    authority: tuple[Any, ...] = ("Authority", "None is recorded")
    if seen.authority is not None:
        words = f"{POWERS[seen.authority.power].says}, {seen.authority.number}"
        where = listing.authority_address(seen.authority)
        authority = ("Authority", words, where, seen.authority.reference)
    said = [
        ("Kind of evidence", kind_name(seen.kind)),
        authority,
        ("Needed for", seen.why),
        ("Size", listing.size_words(seen.size)),
        ("Digest of the file (SHA-256)", seen.sha256),
        ("Dropped in by", str(seen.made_by)),
        ("Dropped in", seen.made_at),
    ]
    if seen.layout:
        said.append(("Read with the layout", seen.layout))
    for name, words in (("dates", "Dates"), ("zone", "Time zone")):
        if seen.options.get(name):
            said.append((words, seen.options[name]))
    return said


def _cause(one: dict[str, Any]) -> dict[str, Any]:
    said = {"field": field_name(str(one.get("field", "")))}
    return {
        **one,
        **said,
        "lines": one.get("lines", []),
        "values": one.get("values", []),
    }
