"""Which questions about calls are measured, how, and what of the answers must agree?"""

from collections.abc import Callable
from datetime import date
from typing import Any

from fourfold.base.analysis import Findings
from fourfold.picture.calls.pattern import WEEKDAYS

TARGETS = tuple(f"+9999{n:08d}" for n in range(3, 103, 2))
SINCE = "2026-01-10"
BURST, CHAIN = 10, 3
PARAMETERS: dict[str, dict[str, Any]] = {
    "common": {"targets": TARGETS},
    "short-lived": {"longest_days": 60.0, "most_contacts": 10_000},
    "new-since": {"since": date.fromisoformat(SINCE)},
}
Rows = list[list[Any]]


def _columns(*names: str, sort: int | None = None) -> Callable[[Findings], Rows]:
    """The named columns of the main table, sorted by the first few."""

    def rows(findings: Findings) -> Rows:
        table = findings.tables[0].rows.select(list(names))
        found = [list(row.values()) for row in table.to_pylist()]
        return sorted(found, key=lambda row: row[:sort]) if sort else found

    return rows


def _pattern(findings: Findings) -> Rows:
    rows = findings.tables[0].rows.select(["weekday", "hour", "events"]).to_pylist()
    return [[WEEKDAYS.index(r["weekday"]), r["hour"], r["events"]] for r in rows]


def _silences(findings: Findings) -> Rows:
    rows = findings.tables[0].rows.to_pylist()
    return sorted([r["number"], r["line"], round(r["hours"] * 3600)] for r in rows)


def _chains(findings: Findings) -> Rows:
    rows = findings.tables[0].rows.to_pylist()
    found = [[r["a"], r["b"], r["c"], r["times"]] for r in rows]
    return sorted(found, key=lambda row: (-row[3], *row[:3]))


def _summary(findings: Findings) -> Rows:
    facts = {r["measure"]: r["value"] for r in findings.tables[0].rows.to_pylist()}
    days = findings.tables[2].rows.to_pylist()
    return [
        [
            facts["rows"],
            facts["rows without the called number"],
            facts["rows without the caller's cell"],
            facts["rows without the called party's handset"],
            min(day["first_at"] for day in days),
            max(day["last_at"] for day in days),
            facts["numbers"],
        ]
    ]


KEYS: dict[str, Callable[[Findings], Rows]] = {
    "summary": _summary,
    "contacts": _columns("number", "contact", "events", "seconds", "days", sort=2),
    "common": _columns("contact", "targets", "events", sort=1),
    "first-last": _columns(
        "number", "contact", "events", "first_line", "last_line", sort=2
    ),
    "pattern": _pattern,
    "silences": _silences,
    "chains": _chains,
    "handsets": _columns("holder", "old", "new", sort=3),
    "sims": _columns("holder", "old", "new", sort=3),
    "broadcasts": _columns("number", "bursts", "texts", sort=1),
    "new-since": _columns("number", "events"),
    "short-lived": _columns("number", "events", "contacts", sort=1),
}
"""What of each answer is compared, in the order of the hand-written SQL."""
