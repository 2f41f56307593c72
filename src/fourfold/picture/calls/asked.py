"""What does every question about calls start with: which calls, of which numbers?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Case, Column, Parameter, Shown
from fourfold.picture.calls.events import (
    SAME_CALL_SECONDS,
    counted_once,
    has_both_sides,
)
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.services import is_service, mostly_full_numbers

TARGETS = Parameter(
    "targets", "Only these numbers; left out: the busiest in the records.", "texts", ()
)
FROM_ON = Parameter("from_on", "First day to count, by the clock on the wall.", "day")
TO_ON = Parameter("to_on", "Last day to count.", "day")
SAME_CALL = Parameter(
    "same_call",
    "Two records of one call may begin this far apart and still count once.",
    "whole",
    SAME_CALL_SECONDS,
    unit="seconds",
    least=0,
    most=120,
)
MOST_NUMBERS = Parameter(
    "most_numbers",
    "Without targets, how many numbers to look at, busiest first.",
    "whole",
    1000,
    least=1,
    most=1_000_000,
)
SERVICES_TOO = Parameter(
    "services",
    "Count voicemail, short codes and operators' numbers as contacts too.",
    "flag",
    default=False,
)
PERIOD = (FROM_ON, TO_ON, SAME_CALL)
"""What every question about calls lets one set."""

TYPES = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "instant": pa.timestamp("us", tz="UTC"),
    "clock": pa.timestamp("us"),
    "day": pa.date32(),
    "flag": pa.bool_(),
    "list": pa.list_(pa.string()),
}


@dataclass(frozen=True)
class Asked:
    """The calls of a case, each once, and whether its short numbers are services."""

    calls: Any
    full: bool
    notes: tuple[str, ...]

    def without_services(self, table: Any, column: str, *, keep: bool) -> Any:
        """The rows whose number in a column is no service's; all where `keep`."""
        if keep or not self.full:
            return table
        return table.filter(~is_service(table[column]))


def asked_calls(case: Case) -> Asked:
    """Which calls does a case ask about, in its period and each once?"""
    calls = in_period(case.tables["calls"], case.parameters)
    notes: list[str] = []
    if has_both_sides(calls):
        within = case.parameters["same_call"]
        calls = counted_once(calls, within)
        notes.append(
            "A call that stands in the schedules of both its parties counts once "
            f"(begun within {within} seconds of each other, same kind)."
        )
    full = mostly_full_numbers(calls)
    if not full:
        notes.append(
            "Most numbers in these records are no full telephone numbers, so that no "
            "number is taken for a short code or an operator's."
        )
    return Asked(calls, full, tuple(notes))


def in_period(calls: Any, parameters: Mapping[str, Any]) -> Any:
    """The calls from the first to the last day asked for, by the clock on the wall."""
    first: date | None = parameters["from_on"]
    last: date | None = parameters["to_on"]
    if first is not None:
        calls = calls.filter(calls.start_local >= datetime.combine(first, time()))
    if last is not None:
        after = datetime.combine(last + timedelta(days=1), time())
        calls = calls.filter(calls.start_local < after)
    return calls


def looked_at(case: Case, asked: Asked) -> tuple[list[str], tuple[str, ...]]:
    """Which numbers are looked at: the targets, or the busiest? And what to note.

    Returns:
        The numbers, busiest first where no targets are named; and notes for the reader.
    """
    targets = numbers_meant(case.parameters["targets"] or ())
    if targets:
        return targets, ()
    busiest = busiest_numbers(asked, case.parameters["most_numbers"] + 1)
    most = case.parameters["most_numbers"]
    if len(busiest) <= most:
        return busiest, ()
    note = (
        f"Only the {most:,} busiest numbers were looked at; name targets, or raise "
        "most_numbers, for others."
    )
    return busiest[:most], (note,)


def busiest_numbers(asked: Asked, most: int) -> list[str]:
    """Which numbers have the most events, services left out? Asks the engine."""
    sides = [
        asked.calls.filter(asked.calls[side] != "")
        .group_by(number=asked.calls[side])
        .agg(events=_.count())
        for side in ("caller", "called")
    ]
    totals = sides[0].union(sides[1]).group_by("number").agg(events=_.events.sum())
    totals = asked.without_services(totals, "number", keep=False)
    first = totals.order_by([_.events.desc(), _.number]).limit(most)
    return [str(number) for number in first.to_pyarrow()["number"].to_pylist()]


def shown(
    name: str, caption: str, columns: tuple[tuple[str, str, str, str], ...], rows: Any
) -> Shown:
    """One table of results.

    Args:
        name: its name.
        caption: one sentence with its base.
        columns: name, heading, type (of TYPES) and unit of each.
        rows: an Arrow table with at least these columns, or a list of mappings.
    """
    schema = pa.schema([(column[0], TYPES[column[2]]) for column in columns])
    if isinstance(rows, list):
        table = pa.Table.from_pylist(rows, schema=schema)
    else:
        table = rows.select(schema.names).cast(schema)
    heads = tuple(Column(c[0], c[1], c[3]) for c in columns)
    return Shown(name, caption, heads, table)
