"""What do calls say for and against one person using two numbers?"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from ibis import _

from fourfold.picture.calls.attribution_lines import (
    AGAINST,
    FOR,
    NEITHER,
    Line,
    Worksheet,
    rows_of,
)
from fourfold.picture.calls.events import call_events
from fourfold.picture.calls.said import many, named

Event = dict[str, Any]
LEAST_SHARED = 3
TIMES_CHANCE = 3.0
FEW_CONTACTS = 5
LEAST_NIGHTS = 3
LEAST_TOGETHER = 3
MOSTLY, SELDOM = 0.5, 0.2
OFTEN = 3


def call_lines(
    calls: Any, sheet: Worksheet, parameters: Mapping[str, Any]
) -> Iterator[Line]:
    """Which lines do calls give, for each other number of the person?"""
    wanted = {sheet.number, *sheet.others}
    ordered = call_events(calls, wanted).order_by([_["at"], _.input, _.line])
    events: dict[str, list[Event]] = {number: [] for number in wanted}
    for event in ordered.to_pyarrow().to_pylist():
        events[event["number"]].append(event)
    count = numbers_in_all(calls) if sheet.others else 0
    for other in sheet.others:
        own, theirs = events[sheet.number], events[other]
        if not own or not theirs:
            continue
        yield from handset_line(own, theirs, other)
        yield from contact_line(own, theirs, other, count)
        yield from night_line(own, theirs, other, parameters)
        yield from together_line(own, theirs, other, parameters["minutes"])
        yield from at_once_line(own, theirs, other)
        yield from direct_line(own, other)


def numbers_in_all(calls: Any) -> int:
    """How many different numbers do the records hold?"""
    sides = [
        calls.filter(calls[side] != "").select(number=side)
        for side in ("caller", "called")
    ]
    every = sides[0].union(sides[1], distinct=True)
    return int(every.count().to_pyarrow().as_py())


def handset_line(own: list[Event], theirs: list[Event], other: str) -> Iterator[Line]:
    """Were both numbers used in one handset?"""
    mine = {event["imei"] for event in own if event["imei"].strip("0")}
    shared = sorted(mine & {event["imei"] for event in theirs})
    if shared:
        rows = [event for event in own if event["imei"] in shared]
        text = (
            f"Handset {named(shared)} was used with this number and with {other}; "
            f"{len(rows):,} of {len(own):,} events of this number."
        )
        yield Line("same handset", FOR, text, rows_of(rows))


def contact_line(
    own: list[Event], theirs: list[Event], other: str, count: int
) -> Iterator[Line]:
    """Do both numbers have more contacts in common than chance gives?"""
    mine = {e["other"] for e in own if e["other"]} - {other}
    others = {e["other"] for e in theirs if e["other"]} - {own[0]["number"]}
    shared = sorted(mine & others)
    expected = len(mine) * len(others) / max(count, 1)
    text = (
        f"{len(shared):,} of its {len(mine):,} contacts are among the "
        f"{len(others):,} contacts of {other}; {expected:.1f} would be by chance among "
        f"{count:,} numbers."
    )
    rows = rows_of([e for e in own if e["other"] in shared])
    if len(shared) >= LEAST_SHARED and len(shared) >= TIMES_CHANCE * expected:
        yield Line("shared contacts", FOR, text, rows)
    elif not shared and min(len(mine), len(others)) >= FEW_CONTACTS:
        yield Line("shared contacts", AGAINST, text)
    elif mine and others:
        yield Line("shared contacts", NEITHER, text, rows)


def night_line(
    own: list[Event], theirs: list[Event], other: str, parameters: Mapping[str, Any]
) -> Iterator[Line]:
    """Is the cell of most nights the same?"""
    span = parameters["night_begins"], parameters["night_ends"]
    mine, others = night_cell(own, *span), night_cell(theirs, *span)
    if mine is None or others is None:
        return
    text = (
        f"On {mine[1]:,} of {mine[2]:,} nights this number used cell {mine[0]}, on "
        f"{others[1]:,} of {others[2]:,} nights {other} used cell {others[0]}."
    )
    yield Line("home cell", FOR if mine[0] == others[0] else AGAINST, text)


def night_cell(
    events: Sequence[Event], begins: int, ends: int
) -> tuple[str, int, int] | None:
    """Which cell was used on most nights, on how many, of how many with a cell?

    `None` where it was used on fewer than three. A night belongs to the day on which it
    begins; where the hours do not pass midnight, to its own day.
    """
    nights: set[tuple[Any, str]] = set()
    for event in events:
        hour = event["local"].hour
        past = begins > ends
        inside = hour >= begins or hour < ends if past else begins <= hour < ends
        if event["cell"] and inside:
            late = timedelta(days=1) if past and hour < ends else timedelta()
            nights.add(((event["local"] - late).date(), event["cell"]))
    counted = Counter(cell for _night, cell in nights)
    if not counted:
        return None
    cell, count = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    of = len({night for night, _cell in nights})
    return (cell, count, of) if count >= LEAST_NIGHTS else None


def together_line(
    own: list[Event], theirs: list[Event], other: str, minutes: float
) -> Iterator[Line]:
    """Used at about the same time, did both use the same cell?"""
    cells = [(event["at"], event["cell"]) for event in theirs if event["cell"]]
    times = [at for at, _cell in cells]
    near = timedelta(minutes=minutes)
    same: list[Event] = []
    tried = 0
    for event in (e for e in own if e["cell"]):
        begin = bisect_left(times, event["at"] - near)
        end = bisect_right(times, event["at"] + near)
        if begin < end:
            tried += 1
            if any(cell == event["cell"] for _at, cell in cells[begin:end]):
                same.append(event)
    if tried < LEAST_TOGETHER:
        return
    text = (
        f"{many(tried, 'event')} lay within {minutes:g} minutes of one of {other}: in "
        f"{len(same):,} of {tried:,} both used the same cell (neighbouring cells may "
        "serve one place)."
    )
    share = len(same) / tried
    side = FOR if share >= MOSTLY else AGAINST if share < SELDOM else NEITHER
    yield Line("used together", side, text, rows_of(same))


def at_once_line(own: list[Event], theirs: list[Event], other: str) -> Iterator[Line]:
    """Was either on a call while the other was, but not with each other?"""
    calls = sorted(
        (_begins(e), _ends(e))
        for e in theirs
        if _talks(e) and e["other"] != own[0]["number"]
    )
    mine = sorted((e for e in own if _talks(e) and e["other"] != other), key=_begins)
    clashes, place, latest = [], 0, None
    for event in mine:
        while place < len(calls) and calls[place][0] < _ends(event):
            latest = max(latest or calls[place][1], calls[place][1])
            place += 1
        if latest is not None and latest > _begins(event):
            clashes.append(event)
    if clashes:
        text = (
            f"In {many(len(clashes), 'call')} of {len(mine):,} this number was on a "
            f"call while {other} was on another."
        )
        yield Line("two calls at once", AGAINST, text, rows_of(clashes))


def direct_line(own: list[Event], other: str) -> Iterator[Line]:
    """Do both numbers ring each other?"""
    direct = [event for event in own if event["other"] == other]
    if direct:
        text = f"This number and {other} were in touch {many(len(direct), 'time')}."
        side = AGAINST if len(direct) >= OFTEN else NEITHER
        yield Line("rings the other", side, text, rows_of(direct))


def _talks(event: Event) -> bool:
    return event["kind"] == "voice" and bool(event["seconds"])


def _begins(event: Event) -> Any:
    return event["at"]


def _ends(event: Event) -> Any:
    return event["at"] + timedelta(seconds=event["seconds"])
