"""Where were two people's phones, cars or pictures at about the same time and place?"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from fourfold.picture.calls.place_uses import Site, metres_between
from fourfold.picture.joined.moments import Event

BUCKETS = (-1, 0, 1)


def placed(events: tuple[Event, ...]) -> list[Event]:
    """Which events have a place: a cell, a camera or a point on the map?"""
    return [e for e in events if e.spot or e.lat is not None]


def near_in_time(events: list[Event], minutes: float) -> Iterator[tuple[Event, Event]]:
    """Which events of two different people lie within so many minutes?

    Each pair once, the person whose name comes first first. Events are put into windows
    as wide as the limit, and each is compared with its own window and those beside it.
    """
    width = minutes * 60
    windows: dict[int, list[Event]] = {}
    for event in events:
        windows.setdefault(int(event.at.timestamp() // width), []).append(event)
    for number, window in sorted(windows.items()):
        others = [e for step in BUCKETS for e in windows.get(number + step, [])]
        for a in window:
            for b in others:
                apart = abs((a.at - b.at).total_seconds())
                if a.by.person < b.by.person and apart <= width:
                    yield a, b


def metres_apart(a: Event, b: Event) -> float | None:
    """How far apart are the places of two events? 0 at one spot; `None`: not known."""
    if a.spot and a.spot == b.spot:
        return 0.0
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    one = Site(a.spot, a.place, a.lat, a.lon)
    return metres_between(one, Site(b.spot, b.place, b.lat, b.lon))


def chances(
    events: list[Event], people: tuple[str, ...]
) -> dict[tuple[str, str], float]:
    """How likely is it that two events of two people share a spot by chance?

    The sum over spots of the product of each person's share of events there. It knows
    nothing of hours, and spots near each other count apart.
    """
    spots = {p: Counter(e.spot for e in events if e.by.person == p) for p in people}
    made = {}
    for a, b in combinations(people, 2):
        whole = spots[a].total() * spots[b].total()
        shared = sum(n * spots[b][spot] for spot, n in spots[a].items() if spot)
        made[a, b] = shared / whole if whole else 0.0
    return made
