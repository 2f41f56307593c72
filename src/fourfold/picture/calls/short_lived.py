"""Which numbers were in use for a short time only, with few contacts?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import PERIOD, TARGETS, Asked, asked_calls, shown
from fourfold.picture.calls.events import contact_events, only
from fourfold.picture.calls.new_since import first_seen
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import many, named, said_at

COLUMNS = (
    ("number", "Number", "text", ""),
    ("days", "In use", "number", "days"),
    ("events", "Events", "whole", ""),
    ("contacts", "Contacts", "whole", ""),
    ("names", "Which", "list", ""),
    ("one_way", "Contacts with traffic one way only", "whole", ""),
    ("one_way_share", "Share of events one way only", "number", "0 to 1"),
    ("first_at", "First", "instant", "UTC"),
    ("last_at", "Last", "instant", "UTC"),
    ("own_records", "Has records of its own", "flag", ""),
)
DAY_SECONDS = 86_400
SAID = 10
NAMES = 20


def short_lives(
    seen: Any, begins: datetime, ends: datetime, longest_days: float
) -> Any:
    """Which numbers began and ended within a span, and lived a short time?

    Args:
        seen: what `first_seen` returns.
        begins: a number seen before this instant may be older.
        ends: a number seen after this instant may still be in use.
        longest_days: from its first event to its last, no more.

    Returns:
        Those rows, in no order.
    """
    inside = seen.filter((_.first_at >= begins) & (_.last_at <= ends))
    # Comparing instants needs no sum of seconds for each of a million numbers.
    longest = ibis.interval(seconds=int(longest_days * DAY_SECONDS))
    return inside.filter(_.last_at <= _.first_at + longest)


def two_way(calls: Any, numbers: list[str]) -> Any:
    """How many contacts has each number, and with how many goes traffic one way only?

    Returns:
        One row a number and contact, in no order: `number`, `contact`, `events`,
        `one_way`.
    """
    pairs = (
        contact_events(calls, numbers)
        .rename(contact="other")
        .group_by(["number", "contact"])
        .agg(events=_.count(), out=_.out.sum())
    )
    return pairs.mutate(one_way=(_.out == 0) | (_.out == _.events))


def run_short_lived(case: Case) -> Findings:
    """Find the short-lived phones of a case."""
    asked = asked_calls(case)
    span = asked.calls.aggregate(
        first=_.start_at.min(), last=_.start_at.max()
    ).to_pyarrow()
    row = span.to_pylist()[0]
    if row["first"] is None:
        return Findings((Answer("There are no calls."),), (_table([], 0, case),))
    margin = timedelta(days=case.parameters["margin_days"])
    begins, ends = _utc(row["first"]) + margin, _utc(row["last"]) - margin
    case.tell(0.1, "Looking from when to when each number was in use")
    seen = first_seen(asked.calls)
    if case.parameters["targets"]:
        seen = only(seen, "number", numbers_meant(case.parameters["targets"]))
    lives = _candidates(asked, seen, (begins, ends), case)
    case.tell(0.5, "Counting the contacts of each")
    found = _found(asked, lives, case)
    most = case.parameters["most_rows"]
    notes = asked.notes
    notes += (
        f"Numbers first seen before {said_at(begins)} or last seen after "
        f"{said_at(ends)} are left out: their use may go on outside the records.",
    )
    if len(found) > most:
        notes += (f"Only the {most:,} with most events are listed.",)
    table = _table(found[:most], len(found), case)
    return Findings(_answers(found[:most]), (table,), notes=notes)


def _candidates(
    asked: Asked, seen: Any, span: tuple[datetime, datetime], case: Case
) -> list[dict[str, Any]]:
    short = short_lives(seen, *span, case.parameters["longest_days"])
    least = case.parameters["least_events"]
    short = asked.without_services(
        short.filter(_.events >= least), "number", keep=False
    )
    most = case.parameters["most_weighed"]
    ordered = short.order_by([_.events.desc(), _.number]).limit(most)
    rows: list[dict[str, Any]] = ordered.to_pyarrow().to_pylist()
    return rows


def _found(
    asked: Asked, lives: list[dict[str, Any]], case: Case
) -> list[dict[str, Any]]:
    pairs: dict[str, list[dict[str, Any]]] = {}
    numbers = [life["number"] for life in lives]
    for pair in two_way(asked.calls, numbers).to_pyarrow().to_pylist():
        pairs.setdefault(pair["number"], []).append(pair)
    found = [_row(life, pairs.get(life["number"], [])) for life in lives]
    return [
        row
        for row in found
        if 0 < row["contacts"] <= case.parameters["most_contacts"]
        and row["one_way_share"] >= case.parameters["one_way_share"]
    ]


def _row(life: dict[str, Any], pairs: list[dict[str, Any]]) -> dict[str, Any]:
    events = sum(pair["events"] for pair in pairs)
    one_way = [pair for pair in pairs if pair["one_way"]]
    ordered = sorted(pairs, key=lambda pair: (-pair["events"], pair["contact"]))
    return life | {
        "days": (life["last_at"] - life["first_at"]).total_seconds() / DAY_SECONDS,
        "contacts": len(pairs),
        "names": [pair["contact"] for pair in ordered[:NAMES]],
        "one_way": len(one_way),
        "one_way_share": sum(p["events"] for p in one_way) / max(events, 1),
        "own_records": life["out"] > 0,
    }


def _table(rows: list[dict[str, Any]], count: int, case: Case) -> Any:
    caption = (
        f"{len(rows):,} of {many(count, 'number')} in use for "
        f"{case.parameters['longest_days']:g} days or less with "
        f"{case.parameters['most_contacts']:,} contacts or fewer, most events first."
    )
    return shown("short_lived", caption, COLUMNS, rows)


def _answers(rows: list[dict[str, Any]]) -> tuple[Answer, ...]:
    said = [
        Answer(
            f"{row['number']} was in use for {row['days']:.1f} days, from "
            f"{said_at(row['first_at'])} to {said_at(row['last_at'])}: "
            f"{many(row['events'], 'event')} with {many(row['contacts'], 'contact')} "
            f"({named(row['names'])}), with {row['one_way']:,} of them one way only.",
            "short_lived",
            (n,),
        )
        for n, row in enumerate(rows[:SAID])
    ]
    return tuple(said) or (Answer("No number was in use for a short time only."),)


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


SHORT_LIVED = Analysis(
    key="calls.short-lived",
    question="Which numbers were in use for a short time only, with few contacts?",
    method=(
        "A number is short-lived when its first and last event lie well inside the "
        "records and no further apart than set, and it had few contacts. How much of "
        "its traffic went one way only stands beside it."
    ),
    takes=("calls",),
    run=run_short_lived,
    parameters=(
        TARGETS,
        Parameter(
            "longest_days",
            "Longest time in use.",
            "number",
            30.0,
            "days",
            least=0.1,
            most=3650,
        ),
        Parameter("most_contacts", "Most contacts.", "whole", 10, least=1, most=10_000),
        Parameter("least_events", "Fewest events.", "whole", 5, least=1, most=100_000),
        Parameter(
            "one_way_share",
            "Least share of its events with contacts one way only.",
            "number",
            0.0,
            least=0,
            most=1,
        ),
        Parameter(
            "margin_days",
            "Leave out numbers seen so near the beginning or end of the records.",
            "number",
            3.0,
            "days",
            least=0,
            most=365,
        ),
        Parameter(
            "most_weighed",
            "Most numbers to weigh, most events first.",
            "whole",
            100_000,
            least=1,
            most=10**7,
        ),
        Parameter("most_rows", "Most rows.", "whole", 1000, least=1, most=10**6),
        *PERIOD,
    ),
    limits=(
        "Where the records are those of other numbers, a number that they met for a "
        "short time looks short-lived without being so.",
        "Visitors, deliveries and lost phones are short-lived too.",
    ),
    source="Definition and 30 days: common analytic practice (inference); other limits "
    "chosen",
)
