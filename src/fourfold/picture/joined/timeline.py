"""What did the phones, plates and accounts of some people do, in order of time?"""

from collections import Counter
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.joined.events import Events, events_of
from fourfold.picture.joined.telling import once_each, told
from fourfold.picture.survey.tables import Field, many, of, shown

LINES = (
    Field("at", "When, UTC", "instant"),
    Field("local", "By the clock on the wall"),
    Field("source", "Evidence"),
    Field("kind", "What"),
    Field("who", "Who it is attributed to"),
    Field("with_whom", "With whom"),
    Field("other", "Other side as recorded"),
    Field("where", "Where"),
    Field("says", "In words"),
    Field("words", "Words"),
    Field("amount_gbp", "Amount", "number", "pounds"),
    Field("seconds", "Seconds", "whole"),
    Field("key", "Identifier"),
    Field("attribution", "Why it is theirs"),
    Field("lat", "Degrees north", "number"),
    Field("lon", "Degrees east", "number"),
    Field("input", "File", "whole"),
    Field("line", "Line", "whole"),
)
HOURS = (
    Field("who", "Who it is attributed to"),
    Field("hour", "Hour by the clock of the zone", "whole"),
    Field("events", "Events", "whole"),
    Field("sources", "Evidence", "list"),
    Field("places", "Places", "list"),
    Field("reason", "In words"),
)
ORDER = ["second", "source", "input", "line", "side", "person"]
WIDEST = 2
"""A record has at most two sides, so that twice the rows shown are enough to read."""
Row = dict[str, Any]


def run_timeline(case: Case) -> Findings:
    """Put everything known of some people in order of time, for a case."""
    events = events_of(case, "joined.timeline")
    case.tell(0.6, "Putting them in order")
    most = int(case.parameters["most_rows"])
    rows, whole = _lines(events, most)
    people = events.people.chosen
    seen = {row["who"] for row in rows}
    caption = (
        f"{of(len(rows), whole, 'event')} of "
        f"{of(len(seen), len(people), 'person', 'people')}"
        f", from {' and '.join(events.sources)}."
    )
    answers = [Answer(caption, "timeline"), *_of_each(rows, people)]
    notes = list(events.notes)
    if len(rows) < whole:
        notes.append(
            f"Only the first {len(rows):,} of {whole:,} events are shown; set days, or "
            "raise most_rows."
        )
    table = shown("timeline", caption, LINES, rows)
    return Findings(tuple(answers), (table,), points(rows), notes=tuple(notes))


def run_day(case: Case) -> Findings:
    """Tell what one person's identifiers did on a day, for a case."""
    on: date = case.parameters["on"]
    parameters = {**case.parameters, "people": (case.parameters["person"],)}
    parameters |= {"from_on": on, "to_on": on}
    events = events_of(
        Case(case.tables, parameters, case.backend, case.tell), "joined.day"
    )
    rows, whole = _lines(events, int(case.parameters["most_rows"]))
    (person,) = events.people.chosen
    hours = _hours(rows, ZoneInfo(events.clock.zone), person)
    caption = (
        f"{of(len(rows), whole, 'event')} of what is attributed to {person} on "
        f"{on.isoformat()}, in {of(len(hours), 24, 'hour')}, from "
        f"{' and '.join(events.sources)}."
    )
    tables = (
        shown("day", caption, LINES, rows),
        shown("hours", f"The hours of {on.isoformat()} with an event.", HOURS, hours),
    )
    answers = [Answer(caption, "day")]
    if rows:
        answers.append(
            Answer(f"First: {rows[0]['local']}: {rows[0]['says']}", "day", (0,))
        )
        last = len(rows) - 1
        answers.append(
            Answer(f"Last: {rows[last]['local']}: {rows[last]['says']}", "day", (last,))
        )
    return Findings(tuple(answers), tables, points(rows), notes=events.notes)


def points(rows: list[Row]) -> pa.Table | None:
    """Points for the map, of those events that have a place."""
    placed = [row for row in rows if row["lat"] is not None and row["lon"] is not None]
    if not placed:
        return None
    schema = pa.schema(
        [
            ("lat", pa.float64()),
            ("lon", pa.float64()),
            ("at", pa.timestamp("us", tz="UTC")),
            ("label", pa.string()),
            ("kind", pa.string()),
            ("who", pa.string()),
        ]
    )
    return pa.Table.from_pylist(
        [
            {name: row[name] for name in ("lat", "lon", "at", "kind", "who")}
            | {"label": row["says"]}
            for row in placed
        ],
        schema=schema,
    )


def _lines(events: Events, most: int) -> tuple[list[Row], int]:
    """The first events in order, each once and told, and how many there are in all."""
    timed = events.rows.filter(_.second.notnull())
    first = timed.order_by(ORDER).limit(WIDEST * most).to_pyarrow().to_pylist()
    whole = len(once_each(first))
    if len(first) == WIDEST * most:
        sides = timed.mutate(whose=(_.side == "alone").ifelse(_.person, ""))
        each = sides.select("source", "input", "line", "whose").distinct()
        whole = int(each.count().to_pyarrow().as_py())
    return [told(row, events) for row in once_each(first)[:most]], whole


def _of_each(rows: list[Row], people: tuple[str, ...]) -> list[Answer]:
    answers = []
    for person in people:
        mine = [n for n, row in enumerate(rows) if row["who"] == person]
        if not mine:
            text = f"Nothing is known of {person} in these days from this evidence."
            answers.append(Answer(text))
            continue
        kinds = Counter(rows[n]["source"] for n in mine)
        by = ", ".join(
            f"{count:,} from {kind}" for kind, count in sorted(kinds.items())
        )
        text = (
            f"{person}: {many(len(mine), 'event')} of what is attributed to them "
            f"({by}),"
            f" {rows[mine[0]]['local']} to {rows[mine[-1]]['local']}."
        )
        answers.append(Answer(text, "timeline", tuple(mine[:100])))
    return answers


def _hours(rows: list[Row], zone: ZoneInfo, person: str) -> list[Row]:
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["at"].astimezone(zone).hour, []).append(row)
    return [
        {
            "who": person,
            "hour": hour,
            "events": len(each),
            "sources": sorted({row["source"] for row in each}),
            "places": list(dict.fromkeys(row["where"] for row in each if row["where"])),
            "reason": f"Lines {', '.join(str(row['line']) for row in each[:20])}",
        }
        for hour, each in sorted(grouped.items())
    ]
