"""What did the identifiers of people do, of whichever kind the evidence is?

Each kind is asked by key for the few identifiers that count; what comes back is small.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from ibis import _

from fourfold.base.analysis import Case
from fourfold.picture.calls.events import call_events, counted_once
from fourfold.picture.calls.place_uses import Site, sites_of
from fourfold.picture.joined.attributed import Attribution

HOME = ZoneInfo("Europe/London")
WORDS_SHOWN = 120
IMEI_FIGURES = 14
"""Handsets are compared without their check digit."""
KINDS = ("calls", "messages", "images", "locations", "reads", "payments")
"""Kinds of evidence that tell what an identifier did and when."""


@dataclass(frozen=True)
class Event:
    """One thing that an identifier attributed to a person did.

    `lat` and `lon` are those of the mast, camera or picture, `None` where unknown;
    `place` says what that is, "" where there is none; `spot` tells one place from
    another: a cell or a camera. `way` is "to" or "from" the other side, "" for neither.
    """

    at: datetime
    local: datetime
    kind: str
    by: Attribution
    way: str
    other: str
    what: str
    spot: str
    place: str
    lat: float | None
    lon: float | None
    input: int
    line: int


@dataclass(frozen=True)
class Gathered:
    """The events of the people asked about, in order of time.

    `outside` counts events of an identifier outside the time for which it is
    attributed: they are not used.
    """

    events: tuple[Event, ...]
    outside: int
    people: tuple[str, ...]


def gathered_events(case: Case, by: list[Attribution]) -> Gathered:
    """Which events do the identifiers have, in all kinds of evidence given?"""
    index: dict[str, list[Attribution]] = {}
    for one in by:
        key = one.identifier[:IMEI_FIGURES] if one.kind == "imei" else one.identifier
        index.setdefault(key, []).append(one)
    events: list[Event] = []
    outside = 0
    sites = sites_of(case)
    given = [kind for kind in KINDS if kind in case.tables]
    for number, kind in enumerate(given):
        case.tell(0.1 + 0.7 * number / len(given), f"Asking {kind}")
        for identifier, row in _READERS[kind](case.tables[kind], sorted(index), sites):
            held = [a for a in index[identifier] if a.holds(row["at"])]
            outside += not held
            events += [_event(kind, one, row) for one in held]
    events.sort(key=lambda e: (e.at, e.by.person, e.kind, e.input, e.line))
    return Gathered(tuple(events), outside, tuple(sorted({a.person for a in by})))


def _event(kind: str, by: Attribution, row: Mapping[str, Any]) -> Event:
    at: datetime = row["at"].astimezone(UTC)
    local = row.get("local") or at.astimezone(HOME).replace(tzinfo=None)
    return Event(
        at=at,
        local=local,
        kind=row.get("kind", kind),
        by=by,
        way=row.get("way", ""),
        other=row.get("other", ""),
        what=row.get("what", ""),
        spot=row.get("spot", ""),
        place=row.get("place", ""),
        lat=row.get("lat"),
        lon=row.get("lon"),
        input=row["input"],
        line=row["line"],
    )


Found = Iterator[tuple[str, dict[str, Any]]]


def _calls(calls: Any, identifiers: list[str], sites: Mapping[str, Site]) -> Found:
    events = call_events(counted_once(calls))
    mine = events.filter(
        _.number.isin(identifiers) | _.imei.isin(identifiers) | _.imsi.isin(identifiers)
    )
    for row in mine.to_pyarrow().to_pylist():
        way = "to" if row["out"] else "from"
        seconds = f", {row['seconds']} seconds" if row["seconds"] else ""
        told = {
            "at": row["at"],
            "local": row["local"],
            "kind": "call" if row["kind"] == "voice" else row["kind"],
            "way": way,
            "other": row["other"],
            "what": f"{row['kind']} {way} {row['other'] or 'nobody named'}{seconds}",
            "input": row["input"],
            "line": row["line"],
            **_at_cell(row["cell"], sites),
        }
        for key in dict.fromkeys((row["number"], row["imei"], row["imsi"])):
            if key in identifiers:
                yield key, told


def _at_cell(cell: str, sites: Mapping[str, Site]) -> dict[str, Any]:
    if not cell:
        return {}
    site = sites.get(cell)
    where = f" at {site.name}" if site and site.name != cell else ""
    return {
        "spot": cell,
        "place": f"used cell {cell}{where}",
        "lat": site.lat if site else None,
        "lon": site.lon if site else None,
    }


def _messages(messages: Any, identifiers: list[str], _sites: object) -> Found:
    known = set(identifiers)
    received = [messages.recipients.contains(one) for one in identifiers]
    mine = reduce(or_, received, messages.sender.isin(identifiers))
    dated = messages.filter(mine & messages.sent_at.notnull())
    for row in dated.to_pyarrow().to_pylist():
        people = (row["sender"], *(row["recipients"] or ()))
        for key in dict.fromkeys(p for p in people if p in known):
            sent = key == row["sender"]
            others = row["recipients"] if sent else [row["sender"]]
            yield (
                key,
                {
                    "at": row["sent_at"],
                    "local": row["sent_local"],
                    "kind": "message",
                    "way": "to" if sent else "from",
                    "other": ", ".join(o for o in others or () if o),
                    "what": _shortened(row["body"]),
                    "input": row["input"],
                    "line": row["line"],
                },
            )


def _images(images: Any, identifiers: list[str], _sites: object) -> Found:
    mine = images.filter(_.device.isin(identifiers) & _.taken_at.notnull())
    for row in mine.to_pyarrow().to_pylist():
        placed = row["lat"] is not None and row["lon"] is not None
        yield (
            row["device"],
            {
                "at": row["taken_at"],
                "local": row["taken_local"],
                "kind": "picture",
                "what": f"picture {row['path']}",
                "place": "picture says this place" if placed else "",
                "lat": row["lat"],
                "lon": row["lon"],
                "input": row["input"],
                "line": row["line"],
            },
        )


def _locations(locations: Any, identifiers: list[str], _sites: object) -> Found:
    mine = locations.filter(_.device.isin(identifiers) & _["at"].notnull())
    for row in mine.to_pyarrow().to_pylist():
        yield (
            row["device"],
            {
                "at": row["at"],
                "kind": "location",
                "what": row["what"],
                "place": "handset recorded this place",
                "lat": row["lat"],
                "lon": row["lon"],
                "input": row["input"],
                "line": row["line"],
            },
        )


def _reads(reads: Any, identifiers: list[str], _sites: object) -> Found:
    plates = {"".join(c for c in i.upper() if c.isalnum()): i for i in identifiers}
    mine = reads.filter(_.plate.isin(sorted(plates)) & _["at"].notnull())
    for row in mine.to_pyarrow().to_pylist():
        yield (
            plates[row["plate"]],
            {
                "at": row["at"],
                "kind": "plate read",
                "what": f"plate {row['plate']} read",
                "spot": f"camera {row['camera']}" if row["camera"] else "",
                "place": f"read by camera {row['camera'] or 'without a name'}",
                "lat": row["lat"],
                "lon": row["lon"],
                "input": row["input"],
                "line": row["line"],
            },
        )


def _payments(payments: Any, identifiers: list[str], _sites: object) -> Found:
    mine = payments.filter(
        (_.payer.isin(identifiers) | _.payee.isin(identifiers)) & _["at"].notnull()
    )
    for row in mine.to_pyarrow().to_pylist():
        for key, other, way in (
            (row["payer"], row["payee"], "to"),
            (row["payee"], row["payer"], "from"),
        ):
            if key in identifiers:
                what = f"£{row['amount_gbp']:,.2f} {way} {other}"
                yield (
                    key,
                    {
                        "at": row["at"],
                        "kind": "payment",
                        "way": way,
                        "other": other,
                        "what": f"{what}: {row['reference']}".removesuffix(": "),
                        "input": row["input"],
                        "line": row["line"],
                    },
                )


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WORDS_SHOWN else plain[: WORDS_SHOWN - 1] + "…"


_READERS: dict[str, Callable[[Any, list[str], Mapping[str, Site]], Found]] = {
    "calls": _calls,
    "messages": _messages,
    "images": _images,
    "locations": _locations,
    "reads": _reads,
    "payments": _payments,
}


def points(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Points for the map, of the events whose place is known."""
    return [
        {
            "lat": e.lat,
            "lon": e.lon,
            "at": e.at,
            "label": f"{e.what}: {e.place}",
            "kind": e.kind,
            "who": e.by.person,
        }
        for e in events
        if e.lat is not None and e.lon is not None
    ]
