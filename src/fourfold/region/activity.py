"""What do local teams write down in stores of their own, and is it a disruption too?"""

import random
from datetime import date

from fourfold.region.calibration import count
from fourfold.region.rows import (
    BODIES,
    EMSOU,
    Row,
    day_between,
    days,
    dice,
    ref,
    row,
    spread,
    turn,
)

LOCAL_OPERATION = "Operation Hearthstone"
LOCAL_SINCE, LOCAL_TO = date(2020, 3, 2), date(2022, 5, 30)
LOCAL_AREAS = (
    "Arnold",
    "Ashfield",
    "Bassetlaw",
    "Beeston",
    "Broxtowe",
    "Bulwell",
    "Gedling",
    "Mansfield",
    "Meadows",
    "Newark",
    "Radford",
    "Rushcliffe",
)
STORES = {
    "emsou": "Case management",
    "derbyshire": "Crime system",
    "leicestershire": "Crime system",
    "lincolnshire": "Crime system",
    "northamptonshire": "Crime system",
}
EVENT_CODES = {
    "Arrest": "arrest",
    "Search warrant": "warrant",
    "Seizure": "seizure",
    "Safeguarding referral": "safeguarding",
    "Order": "order_breach",
}
# One event tied to a threat and without a disruption, for each so many with one.
UNRECORDED_EVERY = {"lincolnshire": 11}


def activity(seed: int, threats: list[Row], disruptions: list[Row]) -> list[Row]:
    """Which events stand in local stores?

    Nottinghamshire's twelve local teams keep a store of their own, and none of its
    events is a disruption. Elsewhere nearly all events tied to a threat are.
    """
    made = []
    for body in BODIES:
        if body == "nottinghamshire":
            made += _separate_store(seed, body, threats)
        else:
            led = [d for d in disruptions if d["body"] == body and d["role"] == "lead"]
            made += _recorded(seed, body, led)
    return made


def _separate_store(seed: int, body: str, threats: list[Row]) -> list[Row]:
    rng = dice(seed, body, "activity")
    own = [t for t in threats if t["body"] == body and t["kind"] == "ocg"]
    kinds = (
        ("arrest", count(f"{body}.local_arrests")),
        ("stop_search", count(f"{body}.local_searches")),
        ("warrant", count(f"{body}.local_warrants")),
    )
    happened = [
        (day, event)
        for event, number in kinds
        for day in spread(rng, count=number, first=LOCAL_SINCE, last=LOCAL_TO)
    ]
    happened.sort()
    return [
        _local(rng, number, day, event, own)
        for number, (day, event) in enumerate(happened, start=1)
    ]


def _local(
    rng: random.Random, number: int, day: date, event: str, own: list[Row]
) -> Row:
    body = own[0]["body"]
    teams = count(f"{body}.local_teams")
    tied = rng.random() < (0.2 if event == "stop_search" else 0.55)
    live = [
        t
        for t in own
        if t["opened_on"] <= day and (t["closed_on"] is None or t["closed_on"] > day)
    ]
    return row(
        "activity",
        body,
        ref=ref(body, "LE", number),
        store=LOCAL_OPERATION,
        event=event,
        event_on=day,
        team=f"{LOCAL_OPERATION} {LOCAL_AREAS[rng.randrange(teams)]}",
        threat=rng.choice(live)["ref"] if tied and live else None,
    )


def _recorded(seed: int, body: str, led: list[Row]) -> list[Row]:
    """The events behind a body's disruptions, and a few that nobody recorded."""
    rng = dice(seed, body, "activity")
    events = [d for d in led if d["event"] in EVENT_CODES and d["impact"] is not None]
    if body == EMSOU:
        events = events[::3]
    every = UNRECORDED_EVERY.get(body, 20)
    made: list[Row] = []
    for number, disruption in enumerate(events, start=1):
        made.append(_event(body, len(made) + 1, disruption, recorded=True))
        if number % every == 0:
            made.append(_event(body, len(made) + 1, disruption, recorded=False))
        if number % 12 == 5:
            loose = _event(body, len(made) + 1, disruption, recorded=False)
            loose |= {"threat": None, "event": "visit"}
            loose["event_on"] = day_between(
                rng, disruption["event_on"] - days(5), disruption["event_on"]
            )
            made.append(loose)
    return made


def _event(body: str, number: int, disruption: Row, *, recorded: bool) -> Row:
    return row(
        "activity",
        body,
        ref=ref(body, "LE", number),
        store=STORES[body],
        event=EVENT_CODES[disruption["event"]],
        event_on=disruption["event_on"],
        team=turn(("North team", "South team", "Proactive team"), number),
        threat=disruption["threat"],
        disruption=disruption["ref"] if recorded else None,
    )
