"""How is each question about all kinds of evidence together answered?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.joined.attributed import Attribution, attributions
from fourfold.picture.joined.moments import Event, Gathered, gathered_events, points
from fourfold.picture.joined.tables import (
    EVENT_COLUMNS,
    INSTANT,
    Layout,
    event_row,
    places_of,
    shown_rows,
)
from fourfold.picture.joined.together import (
    chances,
    metres_apart,
    near_in_time,
    placed,
)

TOGETHER: Layout = (
    ("a", "Person", pa.string()),
    ("b", "And", pa.string()),
    ("at", "When (UTC)", INSTANT),
    ("minutes", "Minutes apart", pa.float64()),
    ("metres", "Metres apart", pa.float64()),
    ("a_did", "The first's", pa.string()),
    ("b_did", "The second's", pa.string()),
    ("reason", "Why", pa.string()),
    ("a_input", "First's file", pa.int64()),
    ("a_line", "First's line", pa.int64()),
    ("b_input", "Second's file", pa.int64()),
    ("b_line", "Second's line", pa.int64()),
)
PAIRS: Layout = (
    ("a", "Person", pa.string()),
    ("b", "And", pa.string()),
    ("together", "Times at one place", pa.int64()),
    ("of", "Times both had a place", pa.int64()),
    ("expected", "Expected by chance", pa.float64()),
    ("days", "Days", pa.int64()),
)
LINKS: Layout = (
    ("from", "From", pa.string()),
    ("to", "To", pa.string()),
    ("kind", "Kind", pa.string()),
    ("first", "First (UTC)", INSTANT),
    ("last", "Last (UTC)", INSTANT),
    ("events", "Events", pa.int64()),
    ("sources", "Files", pa.list_(pa.int64())),
    ("reason", "Why", pa.string()),
)
GAPS: Layout = (
    ("person", "Person", pa.string()),
    ("from", "From (UTC)", INSTANT),
    ("until", "Until (UTC)", INSTANT),
    ("hours", "Hours", pa.float64()),
    ("usual", "Usual hours between", pa.float64()),
    ("reason", "Before and after", pa.string()),
)


def run_timeline(case: Case) -> Findings:
    """Put the events of the people into one order."""
    got, notes = _gathered(case)
    most = case.parameters["most_rows"]
    kept = got.events[:most]
    counts = Counter(e.by.person for e in got.events)
    caption = (
        f"{len(kept):,} of {len(got.events):,} events of {len(got.people)} people."
    )
    answers = [
        Answer(
            f"{counts[person]:,} of {len(got.events):,} events are those of"
            f" identifiers attributed to {person}.",
            "timeline",
            tuple(n for n, e in enumerate(kept) if e.by.person == person)[:50],
        )
        for person in got.people
    ]
    table = shown_rows("timeline", caption, EVENT_COLUMNS, [event_row(e) for e in kept])
    return Findings(tuple(answers), (table,), places_of(points(kept)), notes=notes)


def run_together(case: Case) -> Findings:
    """Find when two people were at one place at about the same time."""
    got, notes = _gathered(case)
    events = placed(got.events)
    of: Counter[tuple[str, str]] = Counter()
    rows, both = [], []
    for a, b in near_in_time(events, case.parameters["minutes"]):
        pair = (a.by.person, b.by.person)
        of[pair] += 1
        metres = metres_apart(a, b)
        if metres is not None and metres <= case.parameters["metres"]:
            rows.append(_together_row(a, b, metres))
            both += [a, b]
    rows.sort(key=lambda r: (r["at"], r["a"], r["b"], r["a_line"], r["b_line"]))
    pairs = _pair_rows(rows, of, chances(events, got.people))
    kept = rows[: case.parameters["most_rows"]]
    caption = (
        f"{len(kept):,} of {len(rows):,} times that two of {len(got.people)} people"
        f" were at one place, among {of.total():,} times that two had a place."
    )
    tables = (
        shown_rows("together", caption, TOGETHER, kept),
        shown_rows("pairs", f"{len(pairs)} pairs of people.", PAIRS, pairs),
    )
    answers = [
        Answer(
            f"{p['a']} and {p['b']}: at one place {p['together']:,} of {p['of']:,}"
            f" times that both had one, on {p['days']} days; {p['expected']:.1f} would"
            " be expected by chance.",
            "pairs",
            (at,),
        )
        for at, p in enumerate(pairs[:10])
    ]
    unique = list(dict.fromkeys(both))
    return Findings(tuple(answers), tables, places_of(points(unique)), notes=notes)


def run_links(case: Case) -> Findings:
    """Count what passed between identifiers of two people, by kind."""
    got, notes = _gathered(case)
    owner: dict[str, list[Attribution]] = defaultdict(list)
    for one in attributions(case, ()):
        owner[one.identifier].append(one)
    found: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for event in got.events:
        for other in event.other.split(", "):
            for theirs in owner.get(other, []):
                if theirs.person != event.by.person and theirs.holds(event.at):
                    found[_way(event, theirs.person)].append(event)
    rows = [_link_row(key, _once(events)) for key, events in found.items()]
    rows.sort(key=lambda r: (-r["events"], r["from"], r["to"], r["kind"]))
    caption = f"{len(rows)} ties by kind between people of the list."
    answers = [Answer(r["reason"], "links", (at,)) for at, r in enumerate(rows[:10])]
    return Findings(
        tuple(answers), (shown_rows("links", caption, LINKS, rows),), notes=notes
    )


def run_gaps(case: Case) -> Findings:
    """Find the times for which nothing is known of a person."""
    got, notes = _gathered(case)
    rows = []
    for person in got.people:
        mine = [e for e in got.events if e.by.person == person]
        spans = [
            ((b.at - a.at).total_seconds() / 3600, a, b) for a, b in pairwise(mine)
        ]
        usual = median(hours for hours, _a, _b in spans) if spans else 0.0
        rows += [
            _gap_row(person, hours, usual, (a, b))
            for hours, a, b in spans
            if hours >= case.parameters["hours"]
        ]
    rows.sort(key=lambda r: (-r["hours"], r["person"], r["from"]))
    kept = rows[: case.parameters["most_rows"]]
    caption = f"{len(kept):,} of {len(rows):,} times without an event."
    answers = [
        Answer(
            f"Nothing is known of {r['person']} for {r['hours']:,.1f} hours from"
            f" {r['from']:%d/%m/%Y %H:%M} UTC; usual are {r['usual']:,.1f}.",
            "gaps",
            (at,),
        )
        for at, r in enumerate(kept[:10])
    ]
    return Findings(
        tuple(answers), (shown_rows("gaps", caption, GAPS, kept),), notes=notes
    )


def _gathered(case: Case) -> tuple[Gathered, tuple[str, ...]]:
    got = gathered_events(case, attributions(case, case.parameters["people"] or ()))
    if not got.outside:
        return got, ()
    note = (
        f"{got.outside:,} events of these identifiers lie outside the time for which"
        " they are attributed, and are not used."
    )
    return got, (note,)


def _together_row(a: Event, b: Event, metres: float) -> dict[str, Any]:
    minutes = abs((a.at - b.at).total_seconds()) / 60
    where = a.spot if metres == 0 and a.spot else f"{metres:,.0f} metres apart"
    return {
        "a": a.by.person,
        "b": b.by.person,
        "at": min(a.at, b.at),
        "minutes": minutes,
        "metres": metres,
        "a_did": f"{a.what}: {a.place}",
        "b_did": f"{b.what}: {b.place}",
        "reason": f"{a.by.words()} and {b.by.words()}: {where}, {minutes:.0f} minutes"
        " between",
        "a_input": a.input,
        "a_line": a.line,
        "b_input": b.input,
        "b_line": b.line,
    }


def _pair_rows(
    rows: list[dict[str, Any]],
    of: Counter[tuple[str, str]],
    chance: dict[tuple[str, str], float],
) -> list[dict[str, Any]]:
    times = Counter((row["a"], row["b"]) for row in rows)
    days: dict[tuple[str, str], set[Any]] = defaultdict(set)
    for row in rows:
        days[row["a"], row["b"]].add(row["at"].date())
    made: list[dict[str, Any]] = [
        {
            "a": pair[0],
            "b": pair[1],
            "together": times[pair],
            "of": count,
            "expected": count * chance.get(pair, 0.0),
            "days": len(days[pair]),
        }
        for pair, count in of.items()
    ]
    made.sort(key=lambda p: (-p["together"], p["a"], p["b"]))
    return made


def _way(event: Event, other: str) -> tuple[str, str, str]:
    """From whom to whom did it go?"""
    mine = event.by.person
    if event.way == "from":
        return other, mine, event.kind
    return mine, other, event.kind


def _once(events: Iterable[Event]) -> list[Event]:
    """One event seen from both sides counts once."""
    seen: dict[tuple[int, int], Event] = {}
    for event in events:
        seen.setdefault((event.input, event.line), event)
    return sorted(seen.values(), key=lambda e: e.at)


def _link_row(key: tuple[str, str, str], events: list[Event]) -> dict[str, Any]:
    a, b, kind = key
    first: datetime = events[0].at
    last: datetime = events[-1].at
    return {
        "from": a,
        "to": b,
        "kind": kind,
        "first": first,
        "last": last,
        "events": len(events),
        "sources": sorted({e.input for e in events}),
        "reason": f"{len(events):,} events of the kind {kind} between identifiers"
        f" attributed to {a} and to {b}, from {first:%d/%m/%Y} to {last:%d/%m/%Y}.",
    }


def _gap_row(
    person: str, hours: float, usual: float, ends: tuple[Event, Event]
) -> dict[str, Any]:
    before, after = ends
    return {
        "person": person,
        "from": before.at,
        "until": after.at,
        "hours": hours,
        "usual": usual,
        "reason": f"before: {before.what}; after: {after.what}",
    }
