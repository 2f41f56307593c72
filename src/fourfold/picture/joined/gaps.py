"""For which times is nothing known of a person?"""

from itertools import pairwise
from statistics import median
from typing import Any

from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.joined.events import Events, events_of, instant
from fourfold.picture.survey.tables import Field, many, of, shown

GAPS = (
    Field("person", "Person"),
    Field("hours", "Hours", "number"),
    Field("usual", "Usual hours between two events", "number"),
    Field("from", "From", "instant"),
    Field("until", "Until", "instant"),
    Field("local", "From, by the clock on the wall"),
    Field("where", "At which end"),
    Field("before", "Last known before"),
    Field("after", "First known after"),
    Field("reason", "In words"),
    Field("before_input", "File of the last before", "whole"),
    Field("before_line", "Line of the last before", "whole"),
    Field("after_input", "File of the first after", "whole"),
    Field("after_line", "Line of the first after", "whole"),
)
HOUR = 3600
BETWEEN, START, END = "between events", "start of the data", "end of the data"
ORDER = ["person", "second", "source", "input", "line", "side"]
Row = dict[str, Any]


def run_gaps(case: Case) -> Findings:
    """Find the times for which nothing is known of a person, for a case."""
    events = events_of(case, "joined.gaps")
    timed = events.rows.filter(_.second.notnull())
    names = ("person", "second", "source", "kind", "input", "line", "side")
    found = timed.select(*names).order_by(ORDER).to_pyarrow().to_pylist()
    by_person: dict[str, list[Row]] = {person: [] for person in events.people.chosen}
    for row in found:
        by_person[row["person"]].append(row)
    least = float(case.parameters["hours"])
    rows = [
        gap
        for person, each in by_person.items()
        for gap in _gaps(person, each, events)
        if gap["hours"] >= least
    ]
    rows.sort(key=lambda r: (-r["hours"], r["person"], str(r["from"])))
    kept = rows[: int(case.parameters["most_rows"])]
    known = sum(bool(each) for each in by_person.values())
    caption = (
        f"{of(len(kept), len(rows), 'time')} of {least:g} hours or more without an "
        f"event"
        f" of {of(known, len(by_person), 'person', 'people')} of whom something is "
        f"known."
    )
    answers = [Answer(caption, "gaps")]
    answers += [Answer(row["reason"], "gaps", (at,)) for at, row in enumerate(kept[:9])]
    answers += [
        Answer(f"Nothing at all is known of {person} from this evidence.")
        for person, each in by_person.items()
        if not each
    ]
    return Findings(
        tuple(answers), (shown("gaps", caption, GAPS, kept),), notes=events.notes
    )


def _gaps(person: str, rows: list[Row], events: Events) -> list[Row]:
    """All times without an event, those to the ends of the data with them."""
    if not rows:
        return []
    spans = [b["second"] - a["second"] for a, b in pairwise(rows)]
    usual = median(spans) / HOUR if spans else None
    about = (person, usual, events)
    gaps = [_gap(about, (a, b), BETWEEN) for a, b in pairwise(rows)]
    if events.first is not None and events.last is not None:
        begins, ends = events.first.timestamp(), events.last.timestamp()
        gaps.append(_gap(about, ({"second": begins}, rows[0]), START))
        gaps.append(_gap(about, (rows[-1], {"second": ends}), END))
    return gaps


def _gap(
    about: tuple[str, float | None, Events], ends: tuple[Row, Row], where: str
) -> Row:
    person, usual, events = about
    before, after = ends
    hours = (after["second"] - before["second"]) / HOUR
    begins = events.clock.shown(instant(before["second"]))
    until = events.clock.shown(instant(after["second"]))
    often = "" if usual is None else f"; half of their times are {usual:,.1f} or less"
    return {
        "person": person,
        "hours": round(hours, 4),
        "usual": None if usual is None else round(usual, 2),
        "from": instant(before["second"]),
        "until": instant(after["second"]),
        "local": begins,
        "where": where,
        "before": before.get("kind", ""),
        "after": after.get("kind", ""),
        "before_input": before.get("input"),
        "before_line": before.get("line"),
        "after_input": after.get("input"),
        "after_line": after.get("line"),
        "reason": f"Nothing is known of {person} for {many(round(hours), 'hour')} from "
        f"{begins} to {until} ({where}){often}.",
    }
