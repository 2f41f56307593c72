"""Whom is each number in touch with most?"""

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
from fourfold.picture.calls.events import contact_events
from fourfold.picture.calls.said import many, said_span

COLUMNS = (
    ("number", "Number", "text", ""),
    ("contact", "Contact", "text", ""),
    ("rank", "Rank", "whole", ""),
    ("events", "Events", "whole", ""),
    ("out", "Begun by the number", "whole", ""),
    ("back", "Begun by the contact", "whole", ""),
    ("texts", "Of them texts", "whole", ""),
    ("answered", "Calls answered", "whole", ""),
    ("seconds", "Talked", "whole", "seconds"),
    ("days", "Days in touch", "whole", ""),
    ("share", "Share of the number's events", "number", "0 to 1"),
    ("first_at", "First", "instant", "UTC"),
    ("last_at", "Last", "instant", "UTC"),
    ("contacts", "Contacts of the number", "whole", ""),
)
SAID = 10
"""Numbers that get a sentence of their own."""


def contact_sums(calls: Any, numbers: Collection[str] | None = None) -> Any:
    """How much is each number in touch with each other one?

    Args:
        calls: calls as `contact_events` takes them.
        numbers: only the contacts of these.

    Returns:
        One row a number and contact, in no order: `events`, `out` (begun by the
        number), `back`, `texts`, `answered` (calls with a duration), `seconds`, `days`
        (with an event, by the clock on the wall), `first_at`, `last_at`.
    """
    events = contact_events(calls, numbers)
    a_day = (
        events.mutate(day=_.local.date())
        .group_by(["number", "other", "day"])
        .agg(
            events=_.count(),
            out=_.out.sum(),
            texts=_.kind.isin(["text", "multimedia"]).sum(),
            answered=((_.kind == "voice") & (_.seconds > 0)).sum(),
            seconds=_.seconds.sum(),
            first_at=_.at.min(),
            last_at=_.at.max(),
        )
    )
    return (
        a_day.group_by(["number", contact_column()])
        .agg(
            events=_.events.sum(),
            out=_.out.sum(),
            texts=_.texts.sum(),
            answered=_.answered.sum(),
            seconds=_.seconds.sum().fill_null(0),
            days=_.count(),
            first_at=_.first_at.min(),
            last_at=_.last_at.max(),
        )
        .mutate(back=_.events - _.out)
    )


def contact_column() -> Any:
    """The other party, under the name that results give it."""
    return _.other.name("contact")


def ranked_contacts(sums: Any, top: int) -> Any:
    """Which are the first `top` contacts of each number, most events first?

    Equal counts stand in the order of the seconds talked, then of the contact's name.
    """
    by_number = ibis.window(group_by="number")
    order = [_.events.desc(), _.seconds.desc(), _.contact]
    rank = ibis.row_number().over(ibis.window(group_by="number", order_by=order))
    return sums.mutate(
        rank=rank + 1,
        of_number=_.events.sum().over(by_number),
        contacts=_.count().over(by_number),
    ).filter(_["rank"] <= top)


def run_contacts(case: Case) -> Findings:
    """Find the top contacts of the numbers of a case."""
    asked = asked_calls(case)
    numbers, notes = looked_at(case, asked)
    case.tell(0.3, "Counting contacts")
    sums = contact_sums(asked.calls, numbers)
    sums = asked.without_services(sums, "contact", keep=case.parameters["services"])
    top = ranked_contacts(sums, case.parameters["top"])
    top = top.mutate(share=_.events / _.of_number)
    order = [_.of_number.desc(), _.number, _["rank"]]
    rows = top.order_by(order).to_pyarrow()
    case.tell(0.9, "Putting the answer into words")
    found = len(set(rows["number"].to_pylist()))
    caption = (
        f"The first {case.parameters['top']} contacts of {found:,} of {len(numbers):,} "
        "numbers looked at."
    )
    table = shown("contacts", caption, COLUMNS, rows)
    answers = contact_sentences(table.rows, numbers)
    return Findings(answers, (table,), notes=asked.notes + notes)


def contact_sentences(rows: pa.Table, numbers: list[str]) -> tuple[Answer, ...]:
    """What is said of the contacts of each number, the first ten numbers at most?"""
    places: dict[str, list[int]] = {}
    for place, number in enumerate(rows["number"].to_pylist()):
        places.setdefault(number, []).append(place)
    said = [_sentence(rows, tuple(at)) for at in list(places.values())[:SAID]]
    silent = [number for number in numbers if number not in places]
    if silent:
        said.append(
            Answer(
                f"{many(len(silent), 'number')} of {len(numbers):,} had no contact "
                "with another number in these records.",
                "contacts",
            )
        )
    return tuple(said) or (Answer("No number was in touch with another one."),)


def _sentence(rows: pa.Table, places: tuple[int, ...]) -> Answer:
    row = rows.slice(places[0], 1).to_pylist()[0]
    of = round(row["events"] / row["share"])
    text = (
        f"{row['number']} was in touch with {many(row['contacts'], 'number')} in "
        f"{many(of, 'event')}, most with {row['contact']}: {row['events']:,} of {of:,} "
        f"({row['out']:,} begun by {row['number']}, {row['back']:,} by the contact) on "
        f"{many(row['days'], 'day')}, {said_span(row['seconds'])} of talk."
    )
    return Answer(text, "contacts", places)


CONTACTS = Analysis(
    key="calls.contacts",
    question="Whom is each number in touch with most?",
    method=(
        "Every call and text between a number and another one is counted from both "
        "sides; contacts are put in order of the number of events, then of the seconds "
        "talked. Voicemail, short codes and operators' numbers are left out unless "
        "asked for. A day counts once, however many events it has."
    ),
    takes=("calls",),
    run=run_contacts,
    parameters=(
        TARGETS,
        Parameter(
            "top",
            "Contacts to list for each number.",
            "whole",
            10,
            least=1,
            most=10_000,
        ),
        SERVICES_TOO,
        MOST_NUMBERS,
        *PERIOD,
    ),
    limits=(
        "A phone is not a person: the records do not say who held it.",
        "Contacts made by other means, such as messaging over data, are not in the "
        "records.",
        "Records of one number's schedule show its contacts in full, those of others "
        "only as far as they meet it.",
    ),
    source="Definition and defaults: common analytic practice (inference)",
)
