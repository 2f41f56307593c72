"""What do these records hold: who, when, how many, and what is missing?"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import FROM_ON, SAME_CALL, TO_ON, in_period, shown
from fourfold.picture.calls.events import counted_once, has_both_sides
from fourfold.picture.calls.said import many, named, said_at, said_on
from fourfold.picture.calls.services import FULL

FACTS = (
    ("measure", "What", "text", ""),
    ("value", "How many", "whole", ""),
    ("of", "Of", "whole", ""),
)
DAYS = (
    ("day", "Day", "day", ""),
    ("events", "Events", "whole", ""),
    ("usual", "Usual for the day of the week", "number", ""),
    ("remark", "Remark", "text", ""),
)
INPUTS = (
    ("input", "Input", "whole", ""),
    ("rows", "Rows", "whole", ""),
    ("first_at", "First", "instant", "UTC"),
    ("last_at", "Last", "instant", "UTC"),
    ("subjects", "Rows that say whose record they are", "whole", ""),
)
MAY_LACK = (
    ("caller", "caller's number"),
    ("called", "called number"),
    ("caller_cell", "caller's cell"),
    ("called_cell", "called party's cell"),
    ("caller_imei", "caller's handset"),
    ("caller_imsi", "caller's SIM"),
    ("called_imei", "called party's handset"),
    ("called_imsi", "called party's SIM"),
    ("subject", "party whose record it is"),
)
"""Columns that may be empty, and how their lack is said."""
LONG_HOURS = 4
LONGEST_CALL = LONG_HOURS * 3600
SPARSE = 0.2
"""A day with less than this share of its weekday's usual traffic is remarked."""


def row_counts(calls: Any) -> Any:
    """How many rows are there, from when to when, and how many lack what? One row."""
    lacks = {f"no_{name}": (calls[name] == "").sum() for name, _say in MAY_LACK}
    return calls.aggregate(
        rows=calls.count(),
        first_at=calls.start_at.min(),
        last_at=calls.start_at.max(),
        untimed=calls.start_at.isnull().sum(),
        talked=calls.seconds.sum(),
        long=(calls.seconds > LONGEST_CALL).sum(),
        unanswered=((calls.kind == "voice") & (calls.seconds == 0)).sum(),
        no_seconds=((calls.kind == "voice") & calls.seconds.isnull()).sum(),
        to_itself=((calls.caller == calls.called) & (calls.called != "")).sum(),
        **lacks,
    )


def number_counts(calls: Any) -> Any:
    """How many numbers are there, and how many are full telephone numbers? One row."""
    callers = calls.filter(calls.caller != "").select(number="caller").distinct()
    called = calls.filter(calls.called != "").select(number="called").distinct()
    numbers = callers.union(called, distinct=True)
    return numbers.aggregate(
        numbers=_.count(), full=_.number.re_search(FULL).sum()
    ).cross_join(callers.aggregate(callers=_.count()))


def daily(calls: Any) -> Any:
    """How many rows are there each day, by the clock on the wall? `day`, `events`."""
    # Hours first: fewer values to turn into days.
    hours = calls.group_by(hour=calls.start_local.truncate("h")).agg(events=_.count())
    days = hours.filter(_.hour.notnull()).group_by(day=hours.hour.date())
    return days.agg(events=_.events.sum()).order_by("day")


def run_summary(case: Case) -> Findings:
    """Describe the calls of a case."""
    calls = in_period(case.tables["calls"], case.parameters)
    case.tell(0.1, "Counting rows and what they lack")
    rows = row_counts(calls).to_pyarrow().to_pylist()[0]
    case.tell(0.3, "Counting numbers")
    numbers = number_counts(calls).to_pyarrow().to_pylist()[0]
    kinds = calls.group_by("kind").agg(rows=_.count())
    by_kind = kinds.order_by([_.rows.desc(), _.kind]).to_pyarrow().to_pylist()
    case.tell(0.6, "Counting days and files")
    days = list(_days(daily(calls).to_pyarrow().to_pylist(), case.parameters["sparse"]))
    inputs = _inputs(calls)
    case.tell(0.8, "Looking for calls that stand twice")
    twice = 0
    if has_both_sides(calls):
        once = counted_once(calls, case.parameters["same_call"])
        twice = rows["rows"] - once.count().to_pyarrow().as_py()
    facts = list(_facts(rows, numbers, by_kind, twice))
    gaps = [day for day in days if day["remark"]]
    tables = (
        shown("facts", f"{many(rows['rows'], 'row')} of calls.", FACTS, facts),
        shown(
            "days",
            f"{many(len(gaps), 'day')} of {len(days):,} without rows or with few.",
            DAYS,
            days,
        ),
        shown("inputs", f"{many(len(inputs), 'file')}.", INPUTS, inputs),
    )
    return Findings(_answers(rows, numbers, by_kind, (twice, gaps)), tables)


def _inputs(calls: Any) -> list[dict[str, Any]]:
    by_input = calls.group_by("input").agg(
        rows=_.count(),
        first_at=_.start_at.min(),
        last_at=_.start_at.max(),
        subjects=(_.subject != "").sum(),
    )
    rows: list[dict[str, Any]] = by_input.order_by("input").to_pyarrow().to_pylist()
    return rows


def _days(counted: list[dict[str, Any]], sparse: float) -> Iterator[dict[str, Any]]:
    """Every day from first to last, with what is usual for its day of the week."""
    if not counted:
        return
    events: dict[date, int] = {row["day"]: row["events"] for row in counted}
    first, last = min(events), max(events)
    count = (last - first).days + 1
    every = [first + timedelta(days=n) for n in range(count)]
    of_weekday: dict[int, list[int]] = {}
    for day in every:
        of_weekday.setdefault(day.weekday(), []).append(events.get(day, 0))
    for day in every:
        own = sorted(of_weekday[day.weekday()])
        usual = own[len(own) // 2]
        found = events.get(day, 0)
        remark = "no rows" if not found else ""
        if found and found < sparse * usual:
            remark = "few rows"
        yield {"day": day, "events": found, "usual": usual, "remark": remark}


def _facts(
    rows: Mapping[str, Any],
    numbers: Mapping[str, Any],
    kinds: list[dict[str, Any]],
    twice: int,
) -> Iterator[dict[str, Any]]:
    of = rows["rows"]
    yield _fact("rows", of)
    for kind in kinds:
        yield _fact(f"rows of kind {kind['kind'] or 'unknown'}", kind["rows"], of)
    yield _fact("records of a call that another record holds too", twice, of)
    yield _fact("numbers", numbers["numbers"])
    yield _fact("numbers that began an event", numbers["callers"], numbers["numbers"])
    yield _fact("full telephone numbers", numbers["full"] or 0, numbers["numbers"])
    yield _fact("hours talked", (rows["talked"] or 0) // 3600)
    yield _fact("rows without a time", rows["untimed"] or 0, of)
    for name, say in MAY_LACK:
        yield _fact(f"rows without the {say}", rows[f"no_{name}"] or 0, of)
    yield _fact("calls without a duration", rows["no_seconds"] or 0, of)
    yield _fact("calls not answered", rows["unanswered"] or 0, of)
    yield _fact(f"calls of more than {LONG_HOURS} hours", rows["long"] or 0, of)
    yield _fact("numbers that rang themselves: rows", rows["to_itself"] or 0, of)


def _fact(measure: str, value: int, of: int | None = None) -> dict[str, Any]:
    return {"measure": measure, "value": value, "of": of}


def _answers(
    rows: Mapping[str, Any],
    numbers: Mapping[str, Any],
    kinds: list[dict[str, Any]],
    quality: tuple[int, list[dict[str, Any]]],
) -> tuple[Answer, ...]:
    if not rows["rows"]:
        return (Answer("There are no rows."),)
    twice, gaps = quality
    by_kind = ", ".join(f"{k['rows']:,} {k['kind'] or 'unknown'}" for k in kinds)
    said = [
        Answer(
            f"{many(rows['rows'], 'row')} ({by_kind}) of {numbers['numbers']:,} numbers"
            + _span(rows),
            "facts",
        )
    ]
    if twice:
        said.append(
            Answer(
                f"{twice:,} of {rows['rows']:,} rows are a second record of a call and "
                "count once in the other questions.",
                "facts",
            )
        )
    empty = [
        f"the {say}" for name, say in MAY_LACK if rows[f"no_{name}"] == rows["rows"]
    ]
    if empty:
        say = f"No row holds {named(empty, len(empty))}."
        said.append(Answer(say, "facts"))
    if gaps:
        days = named([f"{said_on(g['day'])} ({g['remark']})" for g in gaps])
        say = f"{many(len(gaps), 'day')} without rows or with few: {days}."
        said.append(Answer(say, "days"))
    return tuple(said)


def _span(rows: Mapping[str, Any]) -> str:
    if rows["first_at"] is None:
        return ", none with a time."
    return f", from {said_at(rows['first_at'])} to {said_at(rows['last_at'])}."


SUMMARY = Analysis(
    key="calls.summary",
    question="What do these records hold: who, when, how many, and what is missing?",
    method=(
        "Rows are counted by kind, day and file; numbers once each. For each column it "
        "is counted how many rows leave it empty. A day with no row, or with few "
        "against the median of its day of the week, is remarked. Two records of one "
        "call are found as in every other question."
    ),
    takes=("calls",),
    run=run_summary,
    parameters=(
        Parameter(
            "sparse",
            "A day has few rows below this share of what is usual for its weekday.",
            "number",
            SPARSE,
            least=0,
            most=1,
        ),
        FROM_ON,
        TO_ON,
        SAME_CALL,
    ),
    limits=(
        "Rows that were kept back when the files were read are not counted here.",
        "A column may be empty because it was not asked for.",
    ),
    source="Definition: common analytic practice (inference); share of 0.2 chosen",
)
