"""What is told of a file of evidence and of an authority, in the officers' order?"""

from typing import Any

from fourfold_web.base.models import Officer
from fourfold_web.intake.bars import bar_of
from fourfold_web.intake.evidence import listing, queries
from fourfold_web.intake.evidence.models import Authority, EvidenceFile
from fourfold_web.intake.evidence.powers import POWERS, kind_name, needs_authority
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
    return {**one, "lines": one.get("lines", []), "values": one.get("values", [])}
