"""What does Leicestershire deliver that others may not see? A little of every kind."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from fourfold.intake.kinds import KINDS
from fourfold_web.base.audit import acting_as, change
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.references import next_references
from fourfold_web.base.secure import record_models
from fourfold_web.intake.models import Authority, EvidenceFile
from fourfold_web.intake.services import load_delivery
from fourfold_web.picture.models import (
    BulkSearch,
    EvidenceRun,
    KeptResult,
    ReviewedMessage,
)

LOADER = "service-loader"
SECRET = "Nightjar"
WALLED = {"classification": "official_sensitive", "compartments": "juniper"}
SENSITIVE = {"classification": "official_sensitive"}
DAY = "2022-03-01"

Row = dict[str, str]
OFFICERS: list[Row] = [{"ref": "4471", "name": "Vale, R"}]
THREAT: Row = {
    "ref": "H1", "name": f"Group {SECRET}", "kind": "ocg", "theme": "drugs",
    "type": "tactical", "moderation": "moderated", "soc": "soc", "tier": "2",
    "phase": "Active", "opened_on": "2021-01-04", "national_ref": "NAT-H1",
    "listed_on": "2021-01-20", "next_review_on": "2022-01-01", "lro": "4471",
}  # fmt: skip
ROWS: dict[str, list[Row]] = {
    "threats": [THREAT, THREAT | {"ref": "H2", "soc": "perhaps"}],
    "members": [{
        "ref": "HM1", "threat": "H1", "person": "HP1", "name": f"Silas {SECRET}",
        "role": "principal",
    }],
    "plans": [{"ref": "HP1", "threat": "H1", "title": f"{SECRET} plan",
               "level": "force", "made_on": DAY, "review_due_on": DAY}],
    "plan-actions": [{"ref": "HA1", "plan": "HP1", "p": "pursue", "due_on": DAY,
                      "text": f"Arrest {SECRET}"}],
    "operations": [{"ref": "HO1", "name": f"Operation {SECRET}", "threat": "H1",
                    "theme": "drugs", "rank": "1", "opened_on": DAY}],
    "disruptions": [
        {"ref": "HD1", "threat": "H1", "operation": "HO1", "event_on": DAY,
         "recorded_on": DAY, "role": "lead", "p": "pursue", "impact": impact,
         "evidence": f"{SECRET} runners charged"}
        for impact in ("", "major")
    ],
    "activity": [{"ref": "HL1", "store": "Local store", "event": "arrest",
                  "event_on": DAY, "team": SECRET, "threat": "H1"}],
    "offenders": [{"ref": "HF1", "name": f"Amos {SECRET}", "programme": "marsoc",
                   "prison": "Stocken", "threat": "H1", "managed_from": DAY}],
    "orders": [{"ref": "HR1", "offender": f"Amos {SECRET}", "threat": "H1",
                "kind": "Serious crime prevention order", "risk": "high",
                "made_on": DAY}],
    "vehicle-stops": [{"ref": "HV1", "operation": f"Operation {SECRET}",
                       "stopped_on": DAY, "seized": "Yes", "arrests": "1",
                       "vehicle": SECRET}],
}  # fmt: skip
ROWS["disruptions"][1]["ref"] = "HD2"
FAULTY = {"threats": 1}
"""How many rows of a kind are kept back."""

BY_PARENT = ("members", "plans")
"""Marked kinds that come without a marking: their threat hides them."""


def deliver(
    folder: Path, marking: Mapping[str, str], body: str, *, word: str = SECRET
) -> dict[str, str]:
    """Bring the rows in, so marked, with another word in place of the secret one.

    They come twice, and say more the second time: the log holds both.

    Returns:
        A reference of each kind of record that came in, by its three letters; QRN is
        the row that was kept back, DEL the first delivery.
    """
    for said in (word, f"{word} again"):
        for kind, rows in ROWS.items():
            marked = KINDS[kind].marked and kind not in BY_PARENT
            more = dict(marking) if marked else {}
            now = [_reworded(row, said) | more for row in rows]
            bring(folder, kind, now, body, faulty=FAULTY.get(kind, 0))
    loader = Officer.objects.get(username=LOADER)
    with acting_as(loader):
        _give_evidence(loader, marking, Body.objects.get(slug=body), word)
        return _references(body)


def _give_evidence(
    actor: Officer, marking: Mapping[str, str], body: Body, word: str
) -> None:
    """Evidence of that body, a question asked of it, and what came of that."""
    walls = marking.get("compartments", "")
    marked = {
        "body": body,
        "made_by": actor,
        "classification": marking["classification"],
        "compartments": [walls] if walls else [],
    }

    def save(model: type[Any], code: str, **values: Any) -> Any:
        made = model(reference=next_references(body, code)[0], **marked, **values)
        with change(actor, "evidence.received", about=made) as line:
            made.save()
            line.add_bulk(code, 1, "")
        return made

    authority = save(
        Authority, "AUT", power="pace_seizure", number=f"{word} 7", purpose=word,
        granted_by=word, from_on=date(2022, 3, 1), permitted_use=word,
    )  # fmt: skip
    file = save(
        EvidenceFile, "EVF", name=f"{word}.csv", kind="calls", sha256="a" * 64,
        size=1, authority=authority, why=word,
    )  # fmt: skip
    run = save(
        EvidenceRun, "RUN", analysis="calls.contacts", question=f"Does {word} ring?",
        why=word, files=[file.pk], asked="b" * 64, state="done", result="c" * 64,
        inputs=[{"reference": file.reference, "name": file.name, "kind": "calls",
                 "sha256": "a" * 64, "size": 1, "rows": 1, "layout": "",
                 "authority": ""}],
    )  # fmt: skip
    save(KeptResult, "KRS", run=run, title=word, note=word, result="c" * 64)
    save(
        ReviewedMessage, "REV", file=file, line=1, tags=[word], note=word,
        reviewed_by=actor, reviewed_at=timezone.now(),
    )  # fmt: skip
    save(
        BulkSearch, "BSR", purpose=word, proportionality=word, lists=word,
        from_on=date(2022, 3, 1), until_on=date(2022, 3, 2),
    )  # fmt: skip


def bring(folder: Path, kind: str, rows: list[Row], body: str, faulty: int = 0) -> None:
    """Bring rows of one kind in; so many of them are kept back."""
    loader = Officer.objects.get(username=LOADER)
    path = _written(folder / f"{kind}.csv", rows)
    with acting_as(loader):
        made = load_delivery(actor=loader, path=path, kind=kind, body=body)
        assert made.tally.quarantined == faulty, made.faults


def _references(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for model in record_models():
        rows = model._default_manager.filter(body=body).order_by("pk")
        for reference in rows.values_list("reference", flat=True):
            found.setdefault(reference.split("-")[1], reference)
    return found


def _reworded(row: Row, word: str) -> Row:
    return {name: text.replace(SECRET, word) for name, text in row.items()}


def _written(path: Path, rows: list[Row]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(rows[0]), restval="")
        out.writeheader()
        out.writerows(rows)
    return path
