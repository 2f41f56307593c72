"""Which numbers and contacts are new since a day?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import PERIOD, SERVICES_TOO, Asked, asked_calls, shown
from fourfold.picture.calls.events import contact_events
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import many, said_at, said_on

COLUMNS = (
    ("number", "Number", "text", ""),
    ("contact", "New contact", "text", "empty: the number itself is new"),
    ("events", "Events since", "whole", ""),
    ("out", "Begun by the number", "whole", ""),
    ("contacts", "Contacts since", "whole", ""),
    ("first_at", "First", "instant", "UTC"),
    ("last_at", "Last", "instant", "UTC"),
    ("new_to_all", "Not in the records before at all", "flag", ""),
)
HOME = ZoneInfo("Europe/London")
SHORT_DAYS = 7
SAID = 10


def first_seen(calls: Any) -> Any:
    """When was each number first and last seen, and how often?

    Returns:
        One row a number, in no order: `number`, `first_at`, `last_at`, `events`, `out`.
    """
    timed = calls.filter(calls.start_at.notnull())
    sides = [
        timed.filter(timed[side] != "")
        .group_by(number=timed[side])
        .agg(
            first_at=_.start_at.min(),
            last_at=_.start_at.max(),
            events=_.count(),
        )
        .mutate(out=_.events if side == "caller" else ibis.literal(0, "int64"))
        for side in ("caller", "called")
    ]
    return (
        sides[0]
        .union(sides[1])
        .group_by("number")
        .agg(
            first_at=_.first_at.min(),
            last_at=_.last_at.max(),
            events=_.events.sum(),
            out=_.out.sum(),
        )
    )


def new_contacts(calls: Any, numbers: Sequence[str], since: datetime) -> Any:
    """Which contacts of these numbers were not theirs before an instant?

    Returns:
        One row a number and contact, in no order: `events`, `out`, `first_at`,
        `last_at`.
    """
    pairs = (
        contact_events(calls, numbers)
        .rename(contact="other")
        .group_by(["number", "contact"])
        .agg(
            events=_.count(),
            out=_.out.sum(),
            first_at=_["at"].min(),
            last_at=_["at"].max(),
        )
    )
    return pairs.filter(_.first_at >= since)


def run_new_since(case: Case) -> Findings:
    """Find what is new since a day, for a case."""
    day: date = case.parameters["since"]
    since = datetime.combine(day, time(), HOME).astimezone(UTC)
    asked = asked_calls(case)
    targets = numbers_meant(case.parameters["targets"] or ())
    case.tell(0.2, "Looking when each number was first seen")
    found = (
        _contacts(asked, targets, since, case)
        if targets
        else _numbers(asked, since, case)
    )
    most = case.parameters["most_rows"]
    rows = found[:most]
    notes = asked.notes + _warnings(asked, since)
    if len(found) > most:
        notes += (f"Only the {most:,} with most events of those new are listed.",)
    what = "new contact" if targets else "new number"
    caption = (
        f"{many(len(rows), what)} since {said_on(day)}, those with most events first."
    )
    table = shown("new", caption, COLUMNS, rows)
    return Findings(_answers(rows, targets, day), (table,), notes=notes)


def _numbers(asked: Asked, since: datetime, case: Case) -> list[dict[str, Any]]:
    new = first_seen(asked.calls).filter(_.first_at >= since)
    new = asked.without_services(new, "number", keep=case.parameters["services"])
    new = new.filter(_.events >= case.parameters["least_events"])
    most = case.parameters["most_rows"] + 1
    rows = new.order_by([_.events.desc(), _.number]).limit(most).to_pyarrow()
    case.tell(0.6, "Counting their contacts")
    met = contact_events(asked.calls, rows["number"].to_pylist())
    counted = met.select("number", "other").distinct().group_by("number")
    contacts = {
        row["number"]: row["contacts"]
        for row in counted.agg(contacts=_.count()).to_pyarrow().to_pylist()
    }
    extra: dict[str, Any] = {"contact": "", "new_to_all": True}
    return [
        row | extra | {"contacts": contacts.get(row["number"], 0)}
        for row in rows.to_pylist()
    ]


def _contacts(
    asked: Asked, targets: list[str], since: datetime, case: Case
) -> list[dict[str, Any]]:
    new = new_contacts(asked.calls, targets, since)
    new = asked.without_services(new, "contact", keep=case.parameters["services"])
    new = new.filter(_.events >= case.parameters["least_events"])
    most = case.parameters["most_rows"] + 1
    ordered = new.order_by([_.events.desc(), _.number, _.contact])
    rows: pa.Table = ordered.limit(most).to_pyarrow()
    case.tell(0.6, "Looking whether they are new to the records")
    names = set(rows["contact"].to_pylist())
    seen = contact_events(asked.calls, names).filter(_["at"] < since)
    known = set(seen.select("number").distinct().to_pyarrow()["number"].to_pylist())
    return [
        row | {"contacts": None, "new_to_all": row["contact"] not in known}
        for row in rows.to_pylist()
    ]


def _warnings(asked: Asked, since: datetime) -> tuple[str, ...]:
    begun = (
        asked.calls.aggregate(first=_.start_at.min()).to_pyarrow()["first"][0].as_py()
    )
    if begun is None:
        return ("There are no calls in these records.",)
    begun = begun if begun.tzinfo is not None else begun.replace(tzinfo=UTC)
    days = (since - begun) / timedelta(days=1)
    if days >= SHORT_DAYS:
        return (f"The records hold {days:,.0f} days before that day.",)
    return (
        f"The records hold only {max(days, 0):.1f} days before that day, so that much "
        "may look new that is not.",
    )


def _answers(
    rows: list[dict[str, Any]], targets: list[str], day: date
) -> tuple[Answer, ...]:
    said = [Answer(_sentence(row), "new", (n,)) for n, row in enumerate(rows[:SAID])]
    if not rows:
        what = "contact of these numbers" if targets else "number"
        return (Answer(f"No {what} is new since {said_on(day)}."),)
    return tuple(said)


def _sentence(row: dict[str, Any]) -> str:
    when = f"first on {said_at(row['first_at'])}, last on {said_at(row['last_at'])}"
    if not row["contact"]:
        return (
            f"{row['number']} is new: {many(row['events'], 'event')} with "
            f"{many(row['contacts'], 'contact')}, {when}."
        )
    known = (
        "not in these records before"
        if row["new_to_all"]
        else "in touch with others before"
    )
    return (
        f"{row['contact']}, {known}, is a new contact of {row['number']}: "
        f"{many(row['events'], 'event')}, {when}."
    )


NEW_SINCE = Analysis(
    key="calls.new-since",
    question="Which numbers, or which contacts of these numbers, are new since a day?",
    method=(
        "A number is new when its first event in the records is on or after the day "
        "(00:00 United Kingdom time); with targets, a contact is new when its first "
        "event with the target is. Those with most events since stand first."
    ),
    takes=("calls",),
    run=run_new_since,
    parameters=(
        Parameter(
            "since", "The day from which on something is new.", "day", required=True
        ),
        Parameter(
            "targets",
            "Only new contacts of these numbers; left out: new numbers.",
            "texts",
            (),
        ),
        Parameter(
            "least_events", "Fewest events since.", "whole", 2, least=1, most=10_000
        ),
        Parameter("most_rows", "Most rows.", "whole", 1000, least=1, most=10**6),
        SERVICES_TOO,
        *PERIOD,
    ),
    limits=(
        "New means new to these records: a number may have been in use before, and a "
        "contact may have been made by other means.",
    ),
    source="Definition: common analytic practice (inference)",
)
