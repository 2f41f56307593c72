"""When was each pair first and last in touch, and a phone first and last used a day?"""

from collections.abc import Collection
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import (
    MOST_NUMBERS,
    PERIOD,
    SERVICES_TOO,
    TARGETS,
    asked_calls,
    looked_at,
    shown,
)
from fourfold.picture.calls.events import call_events, contact_events
from fourfold.picture.calls.said import many, said_at

PAIRS = (
    ("number", "Number", "text", ""),
    ("contact", "Contact", "text", ""),
    ("events", "Events", "whole", ""),
    ("first_at", "First in touch", "instant", "UTC"),
    ("first_kind", "How", "text", ""),
    ("first_out", "Begun by the number", "flag", ""),
    ("first_cell", "Cell used", "text", ""),
    ("first_input", "Input of the first", "whole", ""),
    ("first_line", "Line of the first", "whole", ""),
    ("last_at", "Last in touch", "instant", "UTC"),
    ("last_kind", "How, last", "text", ""),
    ("last_out", "Begun by the number, last", "flag", ""),
    ("last_cell", "Cell used, last", "text", ""),
    ("last_input", "Input of the last", "whole", ""),
    ("last_line", "Line of the last", "whole", ""),
)
DAYS = (
    ("number", "Number", "text", ""),
    ("day", "Day", "day", "begins at the hour set"),
    ("events", "Events", "whole", ""),
    *(
        (f"{end}_{name}", f"{heading} {of}", kind, unit)
        for end, of in (("first", "of the first"), ("last", "of the last"))
        for name, heading, kind, unit in (
            ("local", "Time", "clock", "wall"),
            ("kind", "Kind", "text", ""),
            ("other", "Other party", "text", ""),
            ("cell", "Cell used", "text", ""),
            ("input", "Input", "whole", ""),
            ("line", "Line", "whole", ""),
        )
    ),
)
SAID = 10
ORDER = ("at", "input", "line")


def ends(events: Any, by: tuple[str, ...], kept: tuple[str, ...]) -> Any:
    """Which is the first and which the last event of each group?

    Args:
        events: rows with `at`, `input`, `line` and the columns named.
        by: what makes a group.
        kept: what to say of the first and of the last.

    Returns:
        One row a group, in no order: `events` and, for each column kept, `first_` and
        `last_` of it. Events at the same instant stand in the order of the records.
    """
    told = {name: events[name] for name in (*ORDER, *kept)}
    event = ibis.struct(told)  # compared by its first fields first
    found = events.group_by(list(by)).agg(
        events=events.count(), first=event.min(), last=event.max()
    )
    said = {
        f"{end}_{name}": found[end][name] for end in ("first", "last") for name in kept
    }
    return found.select(*by, "events", **said)


def pair_ends(calls: Any, numbers: Collection[str]) -> Any:
    """When was each of these numbers first and last in touch with each contact?"""
    events = contact_events(calls, numbers).rename(contact="other")
    kept = ("at", "kind", "out", "cell", "input", "line")
    return ends(events, ("number", "contact"), kept)


def day_ends(calls: Any, numbers: Collection[str], day_begins: int) -> Any:
    """What was the first and what the last event of each number on each of its days?

    Args:
        calls: calls as `call_events` takes them.
        numbers: whose.
        day_begins: the hour at which a day begins: what happens before it belongs to
            the day before.

    Returns:
        One row a number and day, in no order, as DAYS.
    """
    events = call_events(calls, numbers)
    shifted = events.local - ibis.interval(hours=day_begins)
    kept = ("local", "kind", "other", "cell", "input", "line")
    return ends(events.mutate(day=shifted.date()), ("number", "day"), kept)


def run_first_last(case: Case) -> Findings:
    """Find the first and last contacts, and events of each day, of a case."""
    asked = asked_calls(case)
    numbers, notes = looked_at(case, asked)
    most = case.parameters["most_rows"]
    case.tell(0.2, "Looking for the first and last contact of each pair")
    pairs = pair_ends(asked.calls, numbers)
    pairs = asked.without_services(pairs, "contact", keep=case.parameters["services"])
    by_pair = pairs.order_by([_.number, _.first_at, _.contact])
    rows = by_pair.limit(most + 1).to_pyarrow()
    case.tell(0.6, "Looking for the first and last event of each day")
    days = day_ends(asked.calls, numbers, case.parameters["day_begins"])
    daily = days.order_by([_.number, _.day]).limit(most + 1).to_pyarrow()
    for name, table in (("first_last", rows), ("days", daily)):
        if table.num_rows > most:
            notes += (f"The table {name} is cut after {most:,} rows.",)
    found = shown(
        "first_last",
        f"{many(min(rows.num_rows, most), 'pair')} of number and contact, among "
        f"{many(len(numbers), 'number')} looked at.",
        PAIRS,
        rows.slice(0, most),
    )
    each_day = shown(
        "days",
        f"{many(min(daily.num_rows, most), 'day')} on which a number was in use; a day "
        f"begins at {case.parameters['day_begins']:02}:00.",
        DAYS,
        daily.slice(0, most),
    )
    return Findings(_answers(found.rows), (found, each_day), notes=asked.notes + notes)


def _answers(rows: pa.Table) -> tuple[Answer, ...]:
    places: dict[str, list[int]] = {}
    for place, number in enumerate(rows["number"].to_pylist()):
        places.setdefault(number, []).append(place)
    said = [_sentence(rows, at) for at in list(places.values())[:SAID]]
    return tuple(said) or (Answer("No number was in touch with another one."),)


def _sentence(rows: pa.Table, places: list[int]) -> Answer:
    own = rows.take(places).to_pylist()
    first = min(own, key=lambda row: row["first_at"])
    last = max(own, key=lambda row: row["last_at"])
    text = (
        f"{first['number']} was first in touch with {first['contact']} on "
        f"{said_at(first['first_at'])} and last with {last['contact']} on "
        f"{said_at(last['last_at'])}; {many(len(own), 'contact')} in all."
    )
    at = (places[own.index(first)], places[own.index(last)])
    return Answer(text, "first_last", tuple(sorted(set(at))))


FIRST_LAST = Analysis(
    key="calls.first-last",
    question="When was each pair first and last in touch, and a phone used each day?",
    method=(
        "For each pair of a number and a contact the earliest and the latest event are "
        "taken with how it was made and which cell the number used. For each number "
        "and day, the first and the last event of any kind; a day runs from 04:00 to "
        "04:00 by the clock on the wall unless another hour is set, so that a night "
        "belongs to the day before it."
    ),
    takes=("calls",),
    run=run_first_last,
    parameters=(
        TARGETS,
        Parameter(
            "day_begins",
            "Hour at which a day begins.",
            "whole",
            4,
            "o'clock",
            least=0,
            most=23,
        ),
        Parameter(
            "most_rows",
            "Most rows of each table.",
            "whole",
            10_000,
            least=1,
            most=1_000_000,
        ),
        SERVICES_TOO,
        MOST_NUMBERS,
        *PERIOD,
    ),
    limits=(
        "First and last are those of the records: contact before they begin or after "
        "they end is not seen.",
        "A phone used a cell; where in the cell's area it was is not known.",
    ),
    source="Definition and 04:00: common analytic practice (inference)",
)
