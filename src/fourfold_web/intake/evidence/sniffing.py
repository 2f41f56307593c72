"""What do the first rows of a file look like, before anybody says how to read it?"""

import tempfile
from pathlib import Path
from typing import Any

from fourfold.base.errors import FourfoldError
from fourfold.intake.bulk.headings import fields_of
from fourfold.intake.bulk.layout import layout_book
from fourfold.intake.bulk.moments import in_letters
from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.plan import plan_json, reading_plan
from fourfold.intake.bulk.reading import HELD_BY_CONTAINERS, TABLE_ENDINGS
from fourfold.intake.evidence import evidence_kind
from fourfold_web.intake.evidence.powers import HANDSET

HEAD_BYTES = 4 * 1024 * 1024
"""How much of a text file is looked at; the reading looks at all of it (chosen)."""
WHOLE_BYTES = 64 * 1024 * 1024
"""A workbook or packed file larger than this is not looked into before it is read."""
LINES = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson")
LETTERS = 80
MENDED_BELOW = "Say below which heading is which, and how dates are written."


def sniffed_file(path: Path, kind: str) -> dict[str, Any]:
    """What does the confirmation page show of a file? Plain values.

    Returns:
        `container`: it is a report, a chat or a mailbox and has no columns. Else
        `headings`, `columns` (our field to its heading), `sample`, `notes`, `layout`,
        `layouts`, `dates`, `zone` and `fields`; or `fault`, why it cannot be read so.
    """
    if is_container(path, kind):
        return {"container": True}
    shown: dict[str, Any] = {
        "fields": [
            {"name": name, "says": says} for name, says in our_fields(kind).items()
        ],
        "layouts": [[one.key, one.says] for one in layout_book(kind).values()],
    }
    with tempfile.TemporaryDirectory(prefix="fourfold-look-") as folder:
        scratch = Path(folder)
        looked_at = _head_of(path, scratch)
        if looked_at is None:
            note = (
                "It is too large to look into before it is read: it is looked at then."
            )
            return shown | {"notes": [note]}
        try:
            plan = reading_plan(kind, looked_at, ReadingOptions(), scratch)
        except FourfoldError as error:
            return shown | _fault(error) | _headings(looked_at, kind, scratch)
    return shown | _planned(plan_json(plan))


def is_container(path: Path, kind: str) -> bool:
    """Is it a handset report, a chat or a mailbox rather than a table?"""
    is_table = path.suffix.lower() in TABLE_ENDINGS
    return kind == HANDSET or (kind in HELD_BY_CONTAINERS and not is_table)


def our_fields(kind: str) -> dict[str, str]:
    """Which fields may stand in a table of a kind, and what does each say?"""
    columns = {
        c.name: c.says
        for c in evidence_kind(kind).columns
        if c.name not in ("input", "line")
    }
    return {name: one.says for name, one in fields_of(kind).items()} | columns


def _head_of(path: Path, scratch: Path) -> Path | None:
    size = path.stat().st_size
    if size <= HEAD_BYTES:
        return path
    if path.suffix.lower() not in LINES:
        return path if size <= WHOLE_BYTES else None
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    place = scratch / path.name
    place.write_bytes(head[: head.rfind(b"\n") + 1] or head)
    return place


def _planned(plan: dict[str, Any]) -> dict[str, Any]:
    styles: list[str] = next(iter(plan["dates"].values()), [])
    return {
        "headings": plan["headings"],
        "columns": plan["columns"],
        "sample": [[cell[:LETTERS] for cell in row] for row in plan["sample"]],
        "notes": plan["notes"],
        "layout": plan["layout"],
        "dates": in_letters(styles[0]) if styles else "",
        "zone": plan["zone"],
    }


def _fault(error: FourfoldError) -> dict[str, Any]:
    facts = error.facts
    said = {"what": error.what.format(**facts), "do": MENDED_BELOW}
    return {"fault": said, "headings": list(_listed(facts.get("present", "")))}


def _headings(path: Path, kind: str, scratch: Path) -> dict[str, Any]:
    """The headings and first rows of a table that is not recognised."""
    from fourfold.intake.bulk.given_table import (  # noqa: PLC0415 only when it fails
        given_table,
    )

    try:
        table = given_table(path, kind, scratch)
    except FourfoldError:
        return {}
    sample = [[cell[:LETTERS] for cell in row] for row in table.sample[:5]]
    return {"headings": list(table.headings), "sample": sample}


def _listed(said: object) -> list[str]:
    return [part.strip() for part in str(said).split(",") if part.strip()]
