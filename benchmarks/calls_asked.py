"""Which questions about calls are measured, how, and what of the answers must agree?"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from fourfold.base.analysis import Findings, Shown

TARGETS = tuple(f"+9999{n:08d}" for n in range(3, 103, 2))
SINCE = "2026-01-10"
BURST, CHAIN = 10, 3
PARAMETERS: dict[str, dict[str, Any]] = {
    "common": {"targets": TARGETS},
    "attribution": {"number": TARGETS[1], "other_numbers": TARGETS[:1]},
    "short-lived": {"longest_days": 60.0, "most_contacts": 10_000},
    "new-since": {"since": date.fromisoformat(SINCE)},
}
Rows = list[list[Any]]

QUESTIONS = (
    "summary",
    "contacts",
    "common",
    "first-last",
    "pattern",
    "silences",
    "chains",
    "handsets",
    "sims",
    "broadcasts",
    "new-since",
    "short-lived",
)
ALONE = ("attribution", "handovers", "homes", "travel", "colocation", "meetings")
"""Questions that nobody would ask in one statement: measured without a peer."""
TABLES = {"first-last": 2}
"""Tables that answer a question, where the main one is half of it."""
LEFT_OUT = ("reason", "score")
"""Columns not compared: words, and the sum of others that a rule sheet weighs."""
FIGURES = 9


def compared(question: str, findings: Findings) -> Rows:
    """The rows of the tables that must agree, with all their columns but words."""
    tables = findings.tables[: TABLES.get(question, 1)]
    return [row for table in tables for row in _rows(table)]


def told(rows: Iterable[Iterable[Any]]) -> list[str]:
    """Rows as text that is the same however and in which order they were found."""
    return sorted(json.dumps([_told(v) for v in row], default=str) for row in rows)


def _rows(table: Shown) -> Rows:
    names = [column.name for column in table.columns if column.name not in LEFT_OUT]
    return [list(row.values()) for row in table.rows.select(names).to_pylist()]


def _told(value: Any) -> Any:
    return round(value, FIGURES) if isinstance(value, float) else value
