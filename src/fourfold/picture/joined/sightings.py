"""Where does each kind of evidence name one of these phones, plates or accounts?

Each source gives rows of one shape, so that one join says whose they are.
"""

from collections.abc import Callable, Mapping
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Case, require
from fourfold.picture.calls.events import (
    CALL_COLUMNS,
    counted_once,
    has_both_sides,
    only,
    seconds_of,
)
from fourfold.picture.joined.attributions import People
from fourfold.picture.vehicles.reads import READ_COLUMNS, Clock

SOURCES = ("calls", "messages", "images", "locations", "reads", "payments")
"""Kinds of evidence that can be joined."""
FROM, TO, ALONE = "from", "to", "alone"
CELL, CAMERA, PICTURE, PLACE = "cell", "camera", "picture", "place"
NO_NUMBER = ibis.literal(None, "float64")
NO_WHOLE = ibis.literal(None, "int64")
NO_CLOCK = ibis.literal(None, "timestamp")
NOTHING: Mapping[str, Any] = {
    "other": "", "place": "", "place_kind": "", "last_place": "", "lat": NO_NUMBER,
    "lon": NO_NUMBER, "seconds": NO_WHOLE, "words": "", "amount_gbp": NO_NUMBER,
    "local": NO_CLOCK,
}  # fmt: skip
COLUMNS = (
    "source", "kind", "side", "id_kind", "key", "second", "local", "other", "place",
    "place_kind", "last_place", "lat", "lon", "seconds", "words", "amount_gbp", "input",
    "line",
)  # fmt: skip
TYPES = {
    "second": "float64", "local": "timestamp", "lat": "float64", "lon": "float64",
    "seconds": "int64", "amount_gbp": "float64", "input": "int64", "line": "int64",
}  # fmt: skip
"""How the columns lie that are no text: the same for each source."""
MESSAGE_COLUMNS = (
    "input", "line", "device", "platform", "sent_at", "sent_local", "sender",
    "recipients", "direction", "body",
)  # fmt: skip
CALL_IDS = {"phone": "{side}", "imei": "{side}_imei", "imsi": "{side}_imsi"}
SAID_BY = ("phone", "handle", "account", "device")
"""Kinds of identifier that a message may be from or to."""


def sightings(case: Case, people: People, clock: Clock) -> Any | None:
    """Every row of the evidence that names an identifier of the people asked about.

    Args:
        case: has one or more of SOURCES.
        people: who is asked about.
        clock: by which the clocks of pictures are read that name no zone.

    Returns:
        Rows with COLUMNS, in no order, one for each side and identifier named; `second`
        is after 1970, null where the row says no time. `None`: no source is there.
    """
    makers: dict[str, Callable[[Any, People, Clock], list[Any]]] = {
        "calls": _calls,
        "messages": _messages,
        "images": _images,
        "locations": _locations,
        "reads": _reads,
        "payments": _payments,
    }
    parts = [
        part
        for source in SOURCES
        if source in case.tables
        for part in makers[source](case.tables[source], people, clock)
    ]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def _row(table: Any, source: str, **said: Any) -> Any:
    """Lay the rows of a source out with COLUMNS; what is not said is unknown."""
    whole = {"source": source, "input": table.input, "line": table.line, **NOTHING}
    whole |= said
    for name, value in whole.items():
        if isinstance(value, str):
            whole[name] = ibis.literal(value, "string")
    return table.select(
        **{name: whole[name].cast(TYPES.get(name, "string")) for name in COLUMNS}
    )


def _calls(table: Any, people: People, _clock: Clock) -> list[Any]:
    require(table, "calls", CALL_COLUMNS)
    named = None
    for side in ("caller", "called"):
        for kind, column in CALL_IDS.items():
            keys = people.keys([kind])
            if keys:
                has = table[column.format(side=side)].isin(keys)
                named = has if named is None else named | has
    if named is None:
        return []
    mine = table.filter(named)
    once = counted_once(mine) if has_both_sides(mine) else mine
    parts = []
    for side, other in (("caller", "called"), ("called", "caller")):
        for kind, column in CALL_IDS.items():
            keys = people.keys([kind])
            if keys:
                rows = only(once, column.format(side=side), keys)
                parts.append(_call(rows, side, other, (kind, column)))
    return parts


def _call(rows: Any, side: str, other: str, named: tuple[str, str]) -> Any:
    kind, column = named
    return _row(
        rows,
        "calls",
        kind=(rows.kind == "voice").ifelse("call", rows.kind),
        side=FROM if side == "caller" else TO,
        id_kind=kind,
        key=rows[column.format(side=side)],
        second=seconds_of(rows.start_at),
        local=rows.start_local,
        other=rows[other],
        place=rows[f"{side}_cell"],
        place_kind=(rows[f"{side}_cell"] != "").ifelse(CELL, ""),
        last_place=rows[f"{side}_last_cell"],
        seconds=rows.seconds,
    )


def _messages(table: Any, people: People, _clock: Clock) -> list[Any]:
    require(table, "messages", MESSAGE_COLUMNS)
    rows = table.select(*MESSAGE_COLUMNS)
    parts = []
    for kind in SAID_BY:
        keys = people.keys([kind])
        if not keys:
            continue
        if kind == "device":
            theirs = only(rows, "device", keys)
            for way, side in (("out", FROM), ("in", TO)):
                parts.append(_message(theirs.filter(_.direction == way), side, kind))
            continue
        sent = only(rows, "sender", keys).mutate(key=_.sender)
        to = rows.mutate(key=rows.recipients.unnest())
        parts += [
            _message(sent, FROM, kind),
            _message(only(to, "key", keys), TO, kind),
        ]
    return parts


def _message(rows: Any, side: str, kind: str) -> Any:
    return _row(
        rows,
        "messages",
        kind="message",
        side=side,
        id_kind=kind,
        key=rows.device if kind == "device" else rows.key,
        second=seconds_of(rows.sent_at),
        local=rows.sent_local,
        other=rows.recipients.join(", ") if side == FROM else rows.sender,
        words=rows.body,
    )


def _images(table: Any, people: People, clock: Clock) -> list[Any]:
    names = ("input", "line", "device", "taken_at", "taken_local", "lat", "lon", "path")
    require(table, "images", names)
    keys = people.keys(["device", "imei", "phone"])
    rows = only(table, "device", keys)
    shown = seconds_of(rows.taken_local)
    by_zone = shown - (clock.local(shown) - shown)
    second = rows.taken_at.isnull().ifelse(by_zone, seconds_of(rows.taken_at))
    return _by_device(people, rows, "images", {
        "kind": "picture", "second": second, "local": rows.taken_local,
        "lat": rows.lat, "lon": rows.lon, "words": rows.path,
        "place_kind": rows.lat.notnull().ifelse(PICTURE, ""),
    })  # fmt: skip


def _locations(table: Any, people: People, _clock: Clock) -> list[Any]:
    require(table, "locations", ("input", "line", "device", "at", "lat", "lon", "what"))
    rows = only(table, "device", people.keys(["device", "imei", "phone"]))
    return _by_device(people, rows, "locations", {
        "kind": (rows.what == "").ifelse("location", rows.what),
        "second": seconds_of(rows["at"]), "lat": rows.lat, "lon": rows.lon,
        "place_kind": rows.lat.notnull().ifelse(PLACE, ""),
    })  # fmt: skip


def _by_device(
    people: People, rows: Any, source: str, said: Mapping[str, Any]
) -> list[Any]:
    """A part for each kind of identifier that may stand for a device."""
    made = _row(rows, source, side=ALONE, id_kind="device", key=rows.device, **said)
    return [
        only(made, "key", keys).mutate(id_kind=ibis.literal(kind, "string"))
        for kind in ("device", "imei", "phone")
        if (keys := people.keys([kind]))
    ]


def _reads(table: Any, people: People, _clock: Clock) -> list[Any]:
    require(table, "reads", READ_COLUMNS)
    rows = only(table, "plate", people.keys(["plate"]))
    return [
        _row(
            rows,
            "reads",
            kind="plate read",
            side=ALONE,
            id_kind="plate",
            key=rows.plate,
            second=seconds_of(rows["at"]),
            place=rows.camera,
            place_kind=((rows.camera != "") | rows.lat.notnull()).ifelse(CAMERA, ""),
            lat=rows.lat,
            lon=rows.lon,
            words=rows.heading,
        )
    ]


def _payments(table: Any, people: People, _clock: Clock) -> list[Any]:
    names = ("input", "line", "payer", "payee", "amount_gbp", "at", "reference")
    require(table, "payments", names)
    keys = people.keys(["account"])
    parts = []
    for side, other, way in (("payer", "payee", FROM), ("payee", "payer", TO)):
        keyed = table.mutate(key=table[side].replace(" ", "").replace("-", "").upper())
        rows = only(keyed, "key", keys)
        parts.append(
            _row(
                rows,
                "payments",
                kind="payment",
                side=way,
                id_kind="account",
                key=rows.key,
                second=seconds_of(rows["at"]),
                other=rows[other],
                words=rows.reference,
                amount_gbp=rows.amount_gbp,
            )
        )
    return parts
