"""Small tables of messages, and an analysis run on them on any engine."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from fourfold.base.analysis import Case, Findings
from fourfold.base.engine import open_engine
from fourfold.intake.evidence import evidence_kind
from fourfold.picture.messages.analyses import ANALYSES
from fourfold.picture.messages.false_alarms import ordinary_texts

DATA = Path(__file__).parents[3] / "data" / "messages"
SENT = datetime(2026, 5, 1, 14, 0, tzinfo=UTC)
PLAIN = {
    "input": 0,
    "item": "",
    "device": "handset",
    "platform": "SMS",
    "thread": "t",
    "sender": "+447700900001",
    "sender_name": "",
    "recipients": ["+447700900002"],
    "direction": "out",
    "subject": "",
    "body": "",
    "deleted": False,
    "attachments": [],
    "place_in_source": "",
}


@cache
def ordinary() -> tuple[str, ...]:
    """The ordinary texts, in their order."""
    return tuple(ordinary_texts(DATA / "ordinary-texts.txt.gz"))


def messages(*bodies: str, **same: Any) -> pa.Table:
    """Messages with these words, a minute apart, all else plain or as `same` says."""
    return messages_of([{"body": body} for body in bodies], **same)


def messages_of(rows: Sequence[Mapping[str, Any]], **same: Any) -> pa.Table:
    """Messages that differ from plain ones as each row says."""
    made = []
    for number, row in enumerate(rows):
        at = SENT + timedelta(minutes=number)
        local = (at + timedelta(hours=1)).replace(tzinfo=None)
        times = {"sent_at": at, "sent_local": local}
        made.append(PLAIN | {"line": number + 1} | times | same | dict(row))
    return pa.Table.from_pylist(made, schema=evidence_kind("messages").schema)


def contacts(*names: tuple[str, str]) -> pa.Table:
    """Entries of an address book: name and number."""
    rows = [
        {"input": 1, "line": n, "device": "handset", "name": name, "identifier": number}
        for n, (name, number) in enumerate(names, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=evidence_kind("contacts").schema)


def identifiers(*rows: tuple[str, str, str]) -> pa.Table:
    """A list of identifiers: person, kind and identifier."""
    made = [
        {"input": 1, "line": n, "person": p, "kind": k, "identifier": i, "reason": ""}
        for n, (p, k, i) in enumerate(rows, start=2)
    ]
    return pa.Table.from_pylist(made, schema=evidence_kind("identifiers").schema)


def run(
    name: str,
    table: pa.Table,
    others: Mapping[str, pa.Table] | None = None,
    engine: str = "duckdb",
    **given: Any,
) -> Findings:
    """What does an analysis of messages find in a table?"""
    analysis = next(a for a in ANALYSES if a.name == name)
    given = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    with open_engine(engine, threads=2, memory_gb=2) as backend:
        tables = {"messages": ibis.memtable(table)}
        tables |= {kind: ibis.memtable(t) for kind, t in (others or {}).items()}
        return analysis.run(Case(tables, analysis.settle(given), backend))


def rows(findings: Findings, table: int = 0) -> list[dict[str, Any]]:
    """The rows of one table of findings."""
    return findings.tables[table].rows.to_pylist()
