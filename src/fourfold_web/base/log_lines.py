"""What does a line of the change log say, in words?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fourfold_web.base.models import Entry, Officer
from fourfold_web.base.roles import EVENTS

SHOWN = 80  # Letters of a value; the whole of it stands in the record.


@dataclass(frozen=True)
class LogLine:
    """One line: who did what to which record, and the fields before and after."""

    number: int
    at: datetime
    actor: str
    says: str
    about: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]
    arrived: tuple[str, ...]


def log_lines(entries: Iterable[Entry]) -> list[LogLine]:
    """What do these lines say? In their order; one query for the officers' names."""
    entries = list(entries)
    named = Officer.objects.filter(username__in={entry.actor for entry in entries})
    names = {officer.username: str(officer) for officer in named}
    return [
        LogLine(
            number=entry.seq,
            at=entry.at,
            actor=names.get(entry.actor, entry.actor),
            says=said(entry),
            about=entry.about,
            reason=entry.reason,
            changes=tuple(_changes(entry)),
            arrived=tuple(_arrived(entry)),
        )
        for entry in entries
    ]


def said(entry: Entry) -> str:
    """What was done, as the sheet of events says it?"""
    event = EVENTS.get(entry.event)
    return event.says if event else entry.event


def changed(entry: Entry) -> str:
    """Which fields said what before and after, and how many rows arrived?"""
    said = [f"{field}: {before} → {after}" for field, before, after in _changes(entry)]
    return "; ".join([*said, *_arrived(entry)])


def _changes(entry: Entry) -> Iterable[tuple[str, str, str]]:
    for made in entry.made:
        for field, after in made.get("after", {}).items():
            before = made["before"].get(field)
            if before != after:
                yield field.replace("_", " "), _short(before), _short(after)


def _arrived(entry: Entry) -> Iterable[str]:
    for made in entry.made:
        if "rows" in made:
            yield f"{made['rows']:,} rows: {made['kind']}"


def _short(value: Any) -> str:
    if value is None or value in ("", []):
        return "nothing"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
