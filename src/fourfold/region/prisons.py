"""Which organised offenders are in prison or on release, and under which orders?"""

import random
from datetime import date

from fourfold.base.bodies import prisons as known_prisons
from fourfold.region.calibration import count
from fourfold.region.names import born, person
from fourfold.region.rows import (
    BODIES,
    EMSOU,
    TODAY,
    Row,
    day_between,
    days,
    dice,
    marking,
    ref,
    row,
    turn,
)

# Prisons of the East Midlands in spring 2022. The reference data is of 2017: Glen
# Parva, in it, had closed; Five Wells, not in it, opened in February 2022. Its code is
# ours.
FROM_REFERENCE = (
    "Foston Hall",
    "Gartree",
    "Leicester",
    "Lincoln",
    "Lowdham Grange",
    "Morton Hall",
    "North Sea Camp",
    "Nottingham",
    "Onley",
    "Ranby",
    "Rye Hill",
    "Stocken",
    "Sudbury",
    "Whatton",
)
OPENED_SINCE = {"Five Wells": "FW"}
OFFENDERS_A_PRISON = 6
ORDER_KINDS = (
    "Serious crime prevention order",
    "Serious crime prevention order",
    "Slavery and trafficking risk order",
    "Gang injunction",
)
ORDERS = (16, 14, 18, 8, 10, 20)
OVERDUE_CHECK = 25
"""One order in so many was not checked in time."""


def prison_codes() -> list[str]:
    """Which codes have the prisons of the region, by name?"""
    named = {p.name.split(" ", 1)[1]: p.code for p in known_prisons()}
    return [named[name] for name in FROM_REFERENCE] + list(OPENED_SINCE.values())


def offenders(seed: int, threats: list[Row]) -> list[Row]:
    """Whom does EMSOU's prison unit follow, and who is managed under MARSOC?"""
    rng = dice(seed, EMSOU, "offenders")
    groups = [
        t
        for t in threats
        if t["body"] == EMSOU and t["kind"] == "ocg" and not t["closed_on"]
    ]
    held = prison_codes() * OFFENDERS_A_PRISON
    made = [
        _offender(rng, number, prison, turn(groups, number))
        for number, prison in enumerate(held, start=1)
    ]
    for number in range(count("emsou.marsoc_offenders")):
        prison = held[number] if number % 2 else None
        one = _offender(rng, len(made) + 1, prison, turn(groups, number))
        made.append(one | {"programme": "marsoc", "plan_on": date(2022, 2, 14)})
    return made


def _offender(rng: random.Random, number: int, prison: str | None, threat: Row) -> Row:
    release = day_between(rng, date(2022, 6, 20), date(2027, 5, 31))
    soon = release <= TODAY + days(200)
    return row(
        "offenders",
        EMSOU,
        ref=ref(EMSOU, "PR", number),
        name=person(rng),
        born_on=born(rng),
        prison=prison,
        programme="prison_intelligence",
        threat=threat["ref"],
        managed_from=day_between(rng, date(2019, 5, 1), date(2022, 2, 20)),
        release_on=release if prison else None,
        plan_on=date(2022, 2, rng.randint(1, 27)) if soon else None,
        group_match=number % 40 != 11,
        **marking(threat),
    )


def orders(seed: int, threats: list[Row]) -> list[Row]:
    """Which orders stand against offenders, and when was each last checked?"""
    made = []
    for body, number in zip(BODIES, ORDERS, strict=True):
        rng = dice(seed, body, "orders")
        groups = [t for t in threats if t["body"] == body and t["kind"] == "ocg"]
        live = [t for t in groups if not t["closed_on"]]
        made += [_order(rng, body, n, turn(live, n)) for n in range(1, number + 1)]
    return made


def _order(rng: random.Random, body: str, number: int, threat: Row) -> Row:
    risk = turn(("high", "medium", "low"), number)
    within = 24 if risk == "high" else 80
    gone = within + 40 if number % OVERDUE_CHECK == 13 else rng.randint(2, within)
    made_on = day_between(rng, date(2018, 1, 8), date(2021, 6, 30))
    return row(
        "orders",
        body,
        ref=ref(body, "OR", number),
        offender=person(rng),
        threat=threat["ref"],
        kind=turn(ORDER_KINDS, number),
        risk=risk,
        made_on=made_on,
        ends_on=made_on + days(5 * 365),
        checked_on=TODAY - days(gone),
        **marking(threat),
    )
