"""What do lists, phone books, messages, payments and devices say of a number's user?"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from ibis import _

from fourfold.picture.calls.attribution_lines import (
    AGAINST,
    FOR,
    LAST_FIGURES,
    NEITHER,
    Line,
    Worksheet,
    is_number,
    rows_of,
)
from fourfold.picture.calls.events import call_events
from fourfold.picture.calls.said import many, named

EARTH_KM = 6371.0
LEAST_PLACES = 3
MOSTLY, SELDOM = 0.5, 0.2
MOST_ROWS = 100_000


def source_lines(
    tables: Mapping[str, Any], sheet: Worksheet, parameters: Mapping[str, Any]
) -> Iterator[Line]:
    """Which lines do the other kinds of evidence give that are there?"""
    if "identifiers" in tables:
        yield from recorded_lines(tables["identifiers"], sheet)
    if "contacts" in tables:
        yield from phone_book_lines(tables["contacts"], sheet)
    if "messages" in tables:
        yield from message_lines(tables["messages"], sheet)
    if "payments" in tables:
        yield from payment_lines(tables["payments"], sheet)
    if "locations" in tables and "cells" in tables:
        yield from place_line(tables, sheet, parameters)


def recorded_lines(identifiers: Any, sheet: Worksheet) -> Iterator[Line]:
    """Whose is the number, as somebody recorded it?"""
    own = identifiers.filter(is_number(identifiers.identifier, sheet.number))
    for row in _rows(own):
        same = row["person"].strip().lower() == sheet.person.strip().lower()
        side = FOR if same else AGAINST
        reason = f": {row['reason']}" if row["reason"] else "; no reason is given"
        text = f"The number is recorded as that of {row['person'] or 'nobody'}{reason}."
        yield Line("recorded", side, text, rows_of([row]))


def phone_book_lines(contacts: Any, sheet: Worksheet) -> Iterator[Line]:
    """Under which names do other phones hold the number?"""
    held = contacts.filter(is_number(contacts.identifier, sheet.number))
    rows = [row for row in _rows(held) if not sheet.is_own("device", row["device"])]
    fitting = [row for row in rows if sheet.names_in(row["name"])]
    other = [row for row in rows if not sheet.names_in(row["name"])]
    devices = len({row["device"] for row in rows})
    for side, part in ((FOR, fitting), (NEITHER, other)):
        if part:
            names = named(sorted({row["name"] for row in part}))
            text = (
                f"{len({row['device'] for row in part}):,} of "
                f"{many(devices, 'device')} that hold the number name it {names}."
            )
            yield Line("phone book", side, text, rows_of(part))


def message_lines(messages: Any, sheet: Worksheet) -> Iterator[Line]:
    """On whose device, and under which name, were messages sent from the number?"""
    sent = _rows(messages.filter(is_number(messages.sender, sheet.number)))
    own = [
        row
        for row in sent
        if row["direction"] == "out" and sheet.is_own("device", row["device"])
    ]
    if own:
        text = (
            f"{len(own):,} of {many(len(sent), 'message')} from the number were sent "
            f"on {named(sorted({row['device'] for row in own}))}, recorded as the "
            "person's."
        )
        yield Line("own device", FOR, text, rows_of(own))
    titled = [row for row in sent if sheet.names_in(row["sender_name"] or "")]
    written = [row for row in sent if _says_own_name(row["body"] or "", sheet)]
    if titled or written:
        text = (
            f"Of {many(len(sent), 'message')} from the number, {len(titled):,} show a "
            f"name of the person as the sender, and in {len(written):,} the writer "
            "says to be the person."
        )
        yield Line("name in messages", FOR, text, rows_of(written or titled))


def payment_lines(payments: Any, sheet: Worksheet) -> Iterator[Line]:
    """From whose account was credit for the number paid?"""
    figures = payments.reference.re_replace("[^0-9]", "")
    paid = payments.filter(figures.contains(sheet.number[-LAST_FIGURES:]))
    rows = _rows(paid)
    by_account: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_account.setdefault(row["payer"], []).append(row)
    for account, part in sorted(by_account.items()):
        own = sheet.is_own("account", account)
        whose = "recorded as the person's" if own else "not recorded as the person's"
        text = (
            f"{len(part):,} of {many(len(rows), 'payment')} that name the number came "
            f"from account {account}, {whose}."
        )
        yield Line("top-up", FOR if own else NEITHER, text, rows_of(part))


def place_line(
    tables: Mapping[str, Any], sheet: Worksheet, parameters: Mapping[str, Any]
) -> Iterator[Line]:
    """Was the person's device near the cells that the number used at the time?"""
    devices = sheet.owned.get("device", frozenset())
    if not devices:
        return
    locations = tables["locations"]
    own = locations.filter(locations.device.isin(sorted(devices)))
    known = own.filter(own["at"].notnull() & own.lat.notnull() & own.lon.notnull())
    places = [(r["at"], r["lat"], r["lon"]) for r in _rows(known.order_by("at"))]
    times = [place[0] for place in places]
    near = timedelta(minutes=parameters["minutes"])
    close, tried = [], 0
    for event in _rows(_placed_events(tables, sheet.number)):
        begin = bisect_left(times, event["at"] - near)
        end = bisect_right(times, event["at"] + near)
        if begin < end:
            tried += 1
            distance = min(_km(event, place) for place in places[begin:end])
            if distance <= parameters["near_km"]:
                close.append(event)
    if tried < LEAST_PLACES:
        return
    share = len(close) / tried
    side = FOR if share >= MOSTLY else AGAINST if share < SELDOM else NEITHER
    text = (
        f"{many(tried, 'event')} used a cell within {parameters['minutes']:g} minutes "
        f"of a place that the person's device recorded: {len(close):,} of {tried:,} "
        f"masts stand within {parameters['near_km']:g} km of it."
    )
    yield Line("device places", side, text, rows_of(close))


def _placed_events(tables: Mapping[str, Any], number: str) -> Any:
    """The events of a number with the mast of the cell that it used."""
    events = call_events(tables["calls"], [number]).filter(_.cell != "")
    cells = tables["cells"]
    masts = cells.filter(cells.lat.notnull() & cells.lon.notnull())
    placed = masts.group_by("cell").agg(lat=masts.lat.min(), lon=masts.lon.min())
    return events.join(placed, "cell").order_by(["at", "input", "line"])


def _says_own_name(body: str, sheet: Worksheet) -> bool:
    """Does the writer say to be the person: it's Sam, this is Sam, Sam here?"""
    words = "".join(c if c.isalpha() else " " for c in body.lower().replace("'", ""))
    text = f" {' '.join(words.split())} "
    return any(
        f" {opening} {name} " in text or f" {name} here " in text
        for name in sheet.names
        for opening in ("its", "it is", "this is", "im", "i am", "my name is")
    )


def _rows(table: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.limit(MOST_ROWS).to_pyarrow().to_pylist()
    return rows


def _km(event: dict[str, Any], place: tuple[Any, float, float]) -> float:
    """Great-circle distance between a mast and a place."""
    lat, lon = radians(event["lat"]), radians(event["lon"])
    to_lat, to_lon = radians(place[1]), radians(place[2])
    half = sin((to_lat - lat) / 2) ** 2
    half += cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
