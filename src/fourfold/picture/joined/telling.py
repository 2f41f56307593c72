"""How is one event said: what a phone or plate did, never what a person did?"""

from typing import Any

from fourfold.picture.calls.place_words import clock
from fourfold.picture.joined.attributions import THINGS, Attribution, People
from fourfold.picture.joined.events import Events, instant
from fourfold.picture.joined.sightings import ALONE, CALL_IDS, FROM, SAID_BY

OTHER_SIDE = {"calls": tuple(CALL_IDS), "messages": SAID_BY, "payments": ("account",)}
LONGEST_WORDS = 300
Row = dict[str, Any]


def told(row: Row, events: Events) -> Row:
    """One event as a person reads it.

    Args:
        row: a row of `Events.rows`.
        events: whence it comes.

    Returns:
        The row with `at`, `local`, `who`, `with_whom` (people, where the other side is
        attributed too), `where`, `says` and `attribution`.
    """
    mine = next(a for a in events.people.attributions if a.number == row["number"])
    at = instant(row["second"])
    others = others_of(row, events.people)
    names = list(dict.fromkeys(one.person for one in others))
    zone = events.clock.shown(at)
    return row | {
        "at": at,
        "local": clock(row["local"], at) if row["local"] and at else zone,
        "who": row["person"],
        "with_whom": ", ".join(names),
        "where": where(row),
        "words": (row["words"] or "")[:LONGEST_WORDS],
        "attribution": mine.says,
        "says": says(row, mine, others),
    }


def others_of(row: Row, people: People) -> list[Attribution]:
    """Whose is the other side of an event, as far as anybody is attributed it?"""
    kinds = OTHER_SIDE.get(row["source"], ())
    at = instant(row["second"])
    if not kinds or not row["other"]:
        return []
    found = []
    for key in row["other"].split(", "):
        account = key.replace(" ", "").replace("-", "").upper()
        found += people.of(kinds, account if row["source"] == "payments" else key, at)
    return [one for one in found if one.person != row["person"]]


def where(row: Row) -> str:
    """Where, in words that claim no more than the record shows?"""
    if row["place_kind"] == "cell":
        mast = f" at {row['site']}" if row["site"] else ""
        return f"used a cell ({row['place']}){mast}"
    if row["place_kind"] == "camera":
        return f"camera {row['place']}"
    if row["lat"] is None:
        return ""
    here = f"{row['lat']:.5f}, {row['lon']:.5f}"
    if row["place_kind"] == "picture":
        return f"position in the picture, {here}"
    return f"position recorded, {here}"


def says(row: Row, mine: Attribution, others: list[Attribution]) -> str:
    """In a sentence: what the record shows of which thing, and whose that is."""
    thing = mine.says[0].upper() + mine.says[1:]
    other = _other(row, others)
    does = {
        "calls": _call,
        "messages": _message,
        "payments": _payment,
        "reads": _read,
        "images": _picture,
        "locations": _location,
    }[row["source"]](row, other)
    cell = f"; it {where(row)}" if row["place_kind"] == "cell" else ""
    return f"{thing} {does}{cell}."


def _other(row: Row, others: list[Attribution]) -> str:
    if not row["other"]:
        return "somebody unknown"
    if not others:
        return str(row["other"])
    names = " and ".join(
        dict.fromkeys(f"{THINGS[o.kind]} attributed to {o.person}" for o in others)
    )
    return f"{row['other']}, {names}"


def _call(row: Row, other: str) -> str:
    out = row["side"] == FROM
    if row["kind"] == "data":
        return "had a data session"
    if row["kind"] in ("text", "multimedia"):
        return f"sent a text to {other}" if out else f"got a text from {other}"
    long = (
        f" for {row['seconds']:,} seconds" if row["seconds"] else " without an answer"
    )
    return f"rang {other}{long}" if out else f"was rung by {other}{long}"


def _message(row: Row, other: str) -> str:
    if row["side"] == FROM:
        return f"sent a message to {other}"
    return f"got a message from {other}"


def _payment(row: Row, other: str) -> str:
    known = row["amount_gbp"] is not None
    paid = f"£{row['amount_gbp']:,.2f}" if known else "an unknown sum"
    if row["side"] == FROM:
        return f"paid {paid} to {other}"
    return f"was paid {paid} by {other}"


def _read(row: Row, _other: str) -> str:
    return f"was read at camera {row['place'] or 'without a name'}"


def _picture(row: Row, _other: str) -> str:
    return f"holds a picture taken then ({row['words']})"


def _location(row: Row, _other: str) -> str:
    return f"recorded a position ({row['kind']})"


def once_each(rows: list[Row]) -> list[Row]:
    """Each record once: seen from who began it, where both sides are asked about.

    Args:
        rows: events in order of time.
    """
    best: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key: tuple[Any, ...] = (row["source"], row["input"], row["line"])
        if row["side"] == ALONE:
            key = (*key, row["person"])
        held = best.get(key)
        if held is None or (held["side"] != FROM and row["side"] == FROM):
            best[key] = row
    kept = {id(row) for row in best.values()}
    return [row for row in rows if id(row) in kept]
