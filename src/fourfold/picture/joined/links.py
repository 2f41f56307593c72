"""Who is tied to whom, by which evidence, since when and how often?"""

from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.joined.events import Events, events_of, instant
from fourfold.picture.joined.sightings import ALONE, FROM, TO
from fourfold.picture.joined.together import together_of
from fourfold.picture.survey.tables import Field, many, shown

LINKS = (
    Field("from", "From"),
    Field("to", "To"),
    Field("kind", "Kind of tie"),
    Field("first", "First", "instant"),
    Field("last", "Last", "instant"),
    Field("events", "Events", "whole"),
    Field("sources", "Evidence", "list"),
    Field("reason", "In words"),
)
NEAR, SHARED = "near each other", "one identifier"
SORTED = ["from", "to", "kind", "source"]
Row = dict[str, Any]


def run_links(case: Case) -> Findings:
    """Count the ties between people, for a case."""
    events = events_of(case, "joined.links")
    case.tell(0.5, "Counting what went between them")
    found = [_between(events)]
    if case.parameters["others"]:
        found.append(_with_others(events))
    rows = [row for part in found for row in part.to_pyarrow().to_pylist()]
    if case.parameters["near"]:
        case.tell(0.7, "Looking where they were near each other")
        rows += _near(case, events)
    links = _grouped(rows) + _shared(events)
    links.sort(key=lambda r: (-r["events"], r["from"], r["to"], r["kind"]))
    whole = len(links)
    links = links[: int(case.parameters["most_rows"])]
    caption = (
        f"{many(len(links), 'tie')} by kind between {len(events.people.chosen):,} "
        f"people"
        f"{' and others' if case.parameters['others'] else ''}, of {whole:,}."
    )
    answers = [Answer(caption, "links")]
    answers += [
        Answer(row["reason"], "links", (at,)) for at, row in enumerate(links[:9])
    ]
    table = shown("links", caption, LINKS, links)
    return Findings(tuple(answers), (table,), notes=events.notes)


def _counted(rows: Any) -> Any:
    """How many records of each kind and source, and from when until when?"""
    return rows.group_by(SORTED).agg(
        first=_.second.min(), last=_.second.max(), events=_.count()
    )


def _between(events: Events) -> Any:
    """Records whose two sides are two people asked about."""
    names = ("source", "input", "line")
    sides = events.rows.filter(_.second.notnull())
    began = sides.filter(_.side == FROM).select(
        *names, "kind", "second", **{"from": _.person}
    )
    reached = sides.filter(_.side == TO).select(*names, to=_.person)
    pairs = began.join(reached, list(names)).distinct()
    return _counted(pairs.filter(pairs["from"] != pairs["to"]))


def _with_others(events: Events) -> Any:
    """Records whose other side is nobody in the list of identifiers, by that side."""
    names = ["source", "input", "line"]
    sides = events.rows.filter(_.second.notnull() & (_.side != ALONE) & (_.other != ""))
    both = sides.group_by(names).agg(sides=_.side.nunique())
    alone = sides.semi_join(both.filter(_.sides == 1), names)
    known = sorted({one.key for one in events.people.attributions})
    unknown = alone.filter(~alone.other.isin(known))
    out = unknown.side == FROM
    return _counted(
        unknown.mutate(
            **{
                "from": out.ifelse(unknown.person, unknown.other),
                "to": out.ifelse(unknown.other, unknown.person),
            }
        )
    )


def _near(case: Case, events: Events) -> list[Row]:
    """Windows of time in which two people's things were near each other."""
    seconds = int(float(case.parameters["minutes"]) * 60)
    pairs = together_of(case, events).pairs
    windows = pairs.mutate(window=(_.a_second / seconds).floor().cast("int64"))
    both = ibis.union(
        *(
            windows.select(
                "window",
                second=windows.a_second,
                source=windows[f"{side}_source"],
                kind=ibis.literal(NEAR, "string"),
                **{"from": windows.a_person, "to": windows.b_person},
            )
            for side in ("a", "b")
        )
    )
    grouped = both.group_by("from", "to", "kind").agg(
        first=_.second.min(), last=_.second.max(), events=_.window.nunique()
    )
    counted = grouped.to_pyarrow().to_pylist()
    sources = both.select(*SORTED).distinct().to_pyarrow().to_pylist()
    each: dict[tuple[str, str], list[str]] = {}
    for row in sources:
        each.setdefault((row["from"], row["to"]), []).append(row["source"])
    return [row | {"sources": sorted(each[row["from"], row["to"]])} for row in counted]


def _grouped(rows: list[Row]) -> list[Row]:
    """One row a pair, way and kind, whatever the sources."""
    by_kind: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        by_kind.setdefault((row["from"], row["to"], row["kind"]), []).append(row)
    return [
        _link(
            key,
            (min(row["first"] for row in each), max(row["last"] for row in each)),
            sum(row["events"] for row in each),
            sorted(
                {s for row in each for s in row.get("sources", [row.get("source")])}
            ),
        )
        for key, each in by_kind.items()
    ]


def _link(
    key: tuple[str, str, str],
    span: tuple[float, float],
    count: int,
    sources: list[str],
) -> Row:
    first, last = instant(span[0]), instant(span[1])
    one, more = ("window", "windows") if key[2] == NEAR else ("record", "records")
    return {
        "from": key[0],
        "to": key[1],
        "kind": key[2],
        "first": first,
        "last": last,
        "events": count,
        "sources": sources,
        "reason": f"{many(count, one, more)} of the kind '{key[2]}' between what is "
        f"attributed to {key[0]} and to {key[1]}, {first:%d/%m/%Y} to "
        f"{last:%d/%m/%Y}, from {' and '.join(sources)}.",
    }


def _shared(events: Events) -> list[Row]:
    """Identifiers that are attributed to two of the people, at one time or another."""
    by_key: dict[tuple[str, str], list[Any]] = {}
    for one in events.people.theirs:
        by_key.setdefault((one.kind, one.key), []).append(one)
    rows = []
    for (kind, key), each in sorted(by_key.items()):
        names = sorted({one.person for one in each})
        for at, a in enumerate(names):
            for b in names[at + 1 :]:
                begins = [one.from_at for one in each if one.from_at is not None]
                ends = [one.until_at for one in each if one.until_at is not None]
                rows.append(
                    {"from": a, "to": b, "kind": SHARED, "events": 1,
                     "first": min(begins, default=None),
                     "last": max(ends, default=None), "sources": ["identifiers"],
                     "reason": f"{kind} {key} is attributed to {a} and to {b}."}
                )  # fmt: skip
    return rows
