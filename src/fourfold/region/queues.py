"""What waits in each body's queues, since when, and how risky is it?"""

import random
from collections.abc import Iterator
from datetime import date

from fourfold.region.calibration import target
from fourfold.region.rows import (
    BODIES,
    TODAY,
    YEAR_FROM,
    Row,
    days,
    dice,
    ref,
    row,
    spread,
    turn,
)

QUEUES_FROM = date(2021, 9, 1)
LAST_DAY = date(2022, 5, 31)
DAYS_A_MONTH = 30.4375
# Items a day: intelligence, SARs, communications data, in the order of BODIES.
A_DAY = {
    "intelligence": (2.0, 3.0, 8.0, 2.0, 2.5, 3.0),
    "sar": (1.0, 0.7, 0.7, 0.4, 0.4, 0.7),
    "comms_data": (0.5, 0.5, 0.8, 0.3, 0.3, 0.5),
}
SLOWEST = {"intelligence": 4, "sar": 18, "comms_data": 3}
# Leicestershire's backlog: from these days on every second report waits.
BACKLOG_FROM = date(2022, 3, 10)
EARLIER_BACKLOG_FROM = date(2021, 12, 1)
DEVICES_A_YEAR = 240
# Days that a device waits: shortest and longest.
SLOW = ("derbyshire", "nottinghamshire")
DEVICE_WAIT = {
    "emsou": (18, 60),
    "derbyshire": (205, 343),
    "leicestershire": (22, 70),
    "lincolnshire": (30, 84),
    "northamptonshire": (26, 78),
    "nottinghamshire": (150, 330),
}
BANDS = ("very_high", "low", "high", "medium", "low", "medium", None, "low")
CATEGORIES = {
    "intelligence": ("Community report", "Officer report", "Partner report"),
    "sar": ("Consent SAR", "Standard SAR", "Standard SAR", "Vulnerable person SAR"),
    "comms_data": ("Subscriber check", "Call data", "Location data"),
}


def queue_items(seed: int) -> list[Row]:
    """Which reports, devices and applications came in, and which still wait?

    Derbyshire's standard phones waited nine months on average, Nottinghamshire's over
    half a year. In Leicestershire many intelligence reports wait, all of low risk.
    """
    made: list[Row] = []
    for body in BODIES:
        for queue in A_DAY:
            made += _papers(dice(seed, body, queue), body, queue)
        rng = dice(seed, body, "device")
        devices = list(_finished(rng, body)) + list(_waiting(rng, body))
        for number, item in enumerate(devices, start=1):
            item["ref"] = ref(body, "DEV", number)
        made += devices
    return made


def _papers(rng: random.Random, body: str, queue: str) -> Iterator[Row]:
    a_day = A_DAY[queue][BODIES.index(body)]
    total = int((LAST_DAY - QUEUES_FROM).days * a_day)
    code = {"intelligence": "IR", "sar": "SAR", "comms_data": "CD"}[queue]
    came = spread(rng, count=total, first=QUEUES_FROM, last=LAST_DAY)
    for number, day in enumerate(came, start=1):
        done: date | None = day + days(rng.randint(0, SLOWEST[queue]))
        risk = turn(("low", "low", "medium", "low", "high"), rng.randint(0, 4))
        if queue == "intelligence" and body == "leicestershire" and number % 2:
            done, risk = _backlog(rng, day, done, risk)
        yield row(
            "queue-items",
            body,
            ref=ref(body, code, number),
            queue=queue,
            category=rng.choice(CATEGORIES[queue]),
            received_on=day,
            triaged_on=day,
            risk=risk,
            done_on=done if done is not None and done <= LAST_DAY else None,
        )


def _backlog(
    rng: random.Random, day: date, done: date | None, risk: str
) -> tuple[date | None, str]:
    if day >= BACKLOG_FROM:
        return None, "low"
    if day >= EARLIER_BACKLOG_FROM:
        return date(2022, 4, 4) + days(rng.randint(0, 50)), "low"
    return done, risk


def _finished(rng: random.Random, body: str) -> Iterator[Row]:
    """Devices that were finished from January 2021 to May 2022."""
    waits = _waits(rng, body, DEVICES_A_YEAR)
    ends = spread(
        rng, count=DEVICES_A_YEAR, first=YEAR_FROM + days(1), last=LAST_DAY - days(1)
    )
    for number, (wait, end) in enumerate(zip(waits, ends, strict=True)):
        yield _device(body, number, end - days(wait), end)
    early = spread(rng, count=80, first=date(2021, 1, 5), last=date(2021, 5, 28))
    for number, (wait, end) in enumerate(zip(waits, early, strict=False)):
        yield _device(body, number, end - days(wait), end)


def _waits(rng: random.Random, body: str, number: int) -> list[int]:
    """Waits in pairs about the middle, so that their mean is the middle exactly."""
    shortest, longest = DEVICE_WAIT[body]
    middle = (shortest + longest) // 2
    if body == "derbyshire":
        middle = round(target(f"{body}.device_wait_months").figure * DAYS_A_MONTH)
    reach = min(middle - shortest, longest - middle)
    waits = []
    for _ in range(number // 2):
        off = rng.randint(0, reach)
        waits += [middle - off, middle + off]
    return waits


def _device(body: str, number: int, received: date, done: date | None) -> Row:
    slow = body in SLOW
    band = turn(BANDS, number // 2)
    # Pairs stay together: the mean wait of standard phones is then the middle.
    standard = number // 2 % 4 != 3
    if not slow and band in ("very_high", "high") and done is not None:
        received = done - days(8 + number % 15)
    return row(
        "queue-items",
        body,
        queue="device",
        category="Standard phone" if standard else turn(OTHER_DEVICES, number),
        received_on=received,
        triaged_on=received,
        risk=turn(("low", "medium", "medium", "high"), number),
        done_on=done,
        suspect_waiting=number % 3 == 0 if slow else number % 20 == 0,
        band=band,
    )


OTHER_DEVICES = ("Complex device", "Tablet", "Laptop", "Vehicle system")


def _waiting(rng: random.Random, body: str) -> Iterator[Row]:
    """Devices that still wait, none longer than the longest wait."""
    _, longest = DEVICE_WAIT[body]
    number = DEVICES_A_YEAR * longest // 500
    first = TODAY - days(longest - 20)
    for place, day in enumerate(spread(rng, count=number, first=first, last=LAST_DAY)):
        item = _device(body, place, day, None)
        if body not in SLOW and item["band"] in ("very_high", "high"):
            item["received_on"] = max(day, TODAY - days(12))
            item["triaged_on"] = item["received_on"]
        yield item
