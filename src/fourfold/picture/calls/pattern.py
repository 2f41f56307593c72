"""At which hours and on which days of the week is a number in use?"""

from collections.abc import Collection
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import PERIOD, TARGETS, asked_calls, shown
from fourfold.picture.calls.events import call_events
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import many

WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
EVERYBODY = "all numbers"
HOURS = 24
WEEKEND = (5, 6)
COLUMNS = (
    ("number", "Number", "text", ""),
    ("weekday", "Day of the week", "text", ""),
    ("hour", "Hour", "whole", "o'clock"),
    ("events", "Events", "whole", ""),
    ("of", "Of", "whole", ""),
    ("share", "Share", "number", "0 to 1"),
    ("share_of_all", "Share among all numbers", "number", "0 to 1"),
)
SAID = 10


def hourly(calls: Any) -> Any:
    """How many calls begin in each hour of each day of the week, of all numbers?

    Returns:
        At most 168 rows, in no order: `weekday` (0 Monday), `hour`, `events`. A call
        counts once.
    """
    return _by_hour(calls.filter(calls.start_at.notnull()), "start_local")


def hourly_of(calls: Any, numbers: Collection[str]) -> Any:
    """How many events has each of these numbers in each hour of each weekday?"""
    return _by_hour(call_events(calls, numbers), "local", "number")


def run_pattern(case: Case) -> Findings:
    """Find the hours and weekdays of the targets of a case, or of all numbers."""
    targets = numbers_meant(case.parameters["targets"] or ())
    asked = asked_calls(case)
    case.tell(0.2, "Counting by hour and day of the week")
    everybody = hourly(asked.calls).mutate(number=ibis.literal(EVERYBODY)).to_pyarrow()
    counted = everybody.to_pylist()
    of_all = {(r["weekday"], r["hour"]): r["events"] for r in counted}
    if targets:
        counted = hourly_of(asked.calls, targets).to_pyarrow().to_pylist()
    totals: dict[str, int] = {}
    for row in counted:
        totals[row["number"]] = totals.get(row["number"], 0) + row["events"]
    order = {name: n for n, name in enumerate(targets or [EVERYBODY])}
    counted.sort(key=lambda r: (order[r["number"]], r["weekday"], r["hour"]))
    rows = [_row(row, totals, of_all) for row in counted]
    caption = (
        f"Events by day of the week and hour of {many(len(totals), 'number')} of "
        f"{len(order):,}; hours without events are left out."
    )
    if not targets:
        caption = "Events by day of the week and hour of all numbers together."
    answers = _answers(rows, list(order), case.parameters)
    return Findings(
        answers, (shown("pattern", caption, COLUMNS, rows),), notes=asked.notes
    )


def _by_hour(table: Any, clock: str, *also: str) -> Any:
    # Counting the distinct hours of the calendar first keeps the dear part small.
    hour = table[clock].truncate("h")
    each = table.group_by(*also, at=hour).agg(events=_.count())
    return each.group_by(
        *also, weekday=each["at"].day_of_week.index(), hour=each["at"].hour()
    ).agg(events=_.events.sum())


def _row(
    row: dict[str, Any], totals: dict[str, int], of_all: dict[tuple[int, int], int]
) -> dict[str, Any]:
    of, everybody = totals[row["number"]], sum(of_all.values())
    same_hour = of_all.get((row["weekday"], row["hour"]), 0)
    return row | {
        "weekday": WEEKDAYS[row["weekday"]],
        "of": of,
        "share": row["events"] / of,
        "share_of_all": same_hour / everybody,
    }


def _answers(
    rows: list[dict[str, Any]], names: list[str], parameters: Any
) -> tuple[Answer, ...]:
    begins, ends = parameters["night_begins"], parameters["night_ends"]
    said = []
    for name in names[:SAID]:
        own = [(n, row) for n, row in enumerate(rows) if row["number"] == name]
        if not own:
            said.append(Answer(f"{name} has no event in these records."))
            continue
        said.append(_sentence(name, own, begins, ends))
    return tuple(said)


def _sentence(
    name: str, own: list[tuple[int, dict[str, Any]]], begins: int, ends: int
) -> Answer:
    of = own[0][1]["of"]
    hours = [0] * HOURS
    for _n, row in own:
        hours[row["hour"]] += row["events"]
    busiest = max(range(HOURS), key=lambda hour: hours[hour])
    night = sum(hours[hour] for hour in range(HOURS) if _at_night(hour, begins, ends))
    weekend = sum(
        row["events"] for _n, row in own if WEEKDAYS.index(row["weekday"]) in WEEKEND
    )
    text = (
        f"Of {many(of, 'event')} of {name}, {hours[busiest]:,} began between "
        f"{busiest:02}:00 and {(busiest + 1) % HOURS:02}:00, the busiest hour; "
        f"{night:,} at night ({begins:02}:00 to {ends:02}:00) and {weekend:,} at "
        "weekends."
    )
    return Answer(text, "pattern", tuple(n for n, _row in own))


def _at_night(hour: int, begins: int, ends: int) -> bool:
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


PATTERN = Analysis(
    key="calls.pattern",
    question="At which hours and on which days of the week is a number in use?",
    method=(
        "Events are counted by day of the week and hour, by the clock on the wall "
        "where they happened, for each target, or for all numbers together. Beside "
        "each share stands that of the same hour among all numbers of the records."
    ),
    takes=("calls",),
    run=run_pattern,
    parameters=(
        TARGETS,
        Parameter(
            "night_begins",
            "Hour at which the night begins.",
            "whole",
            22,
            "o'clock",
            least=0,
            most=23,
        ),
        Parameter(
            "night_ends",
            "Hour at which the night ends.",
            "whole",
            6,
            "o'clock",
            least=0,
            most=23,
        ),
        *PERIOD,
    ),
    limits=(
        "A text or a data session may begin without anybody touching the phone.",
        "The clock is that of the records; if their time zone was taken for granted, "
        "the hours shift with it.",
    ),
    source="Definition; night 22:00 to 06:00: common analytic practice (inference)",
)
