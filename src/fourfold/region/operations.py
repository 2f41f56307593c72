"""Which operations does each body run, on which threat and with what rank?"""

import random
from datetime import date

from fourfold.region import names
from fourfold.region.calibration import parts
from fourfold.region.rows import (
    BODIES,
    TODAY,
    Row,
    day_between,
    days,
    dice,
    marking,
    ref,
    row,
)

TOP_OPERATION_OPENED = date(2020, 12, 1)
TOP_OPERATION_MILESTONE = date(2021, 9, 14)
# Themes of ranked operations, first to last. EMSOU's first stands still.
RANKED = {
    "emsou": ("immigration", "drugs", "firearms", "money_laundering", "cyber"),
    "derbyshire": ("drugs", "csea", "msht", "acquisitive", "fraud"),
    "leicestershire": ("csea", "drugs", "msht", "firearms", "fraud"),
    "lincolnshire": ("drugs", "acquisitive"),
    "northamptonshire": ("drugs", "firearms", "csea", "msht"),
    "nottinghamshire": ("drugs", "firearms", "csea", "msht"),
}


def operations(seed: int, threats: list[Row]) -> list[Row]:
    """Which operations are there? One a theme that a body disrupts, some closed.

    Args:
        seed: of the region.
        threats: all rows of threats; an operation works on the oldest live group of
            its theme, which shares its marking.
    """
    made = []
    for body in BODIES:
        own = [t for t in threats if t["body"] == body and t["kind"] == "ocg"]
        made += _of(seed, body, own)
    return made


def _of(seed: int, body: str, groups: list[Row]) -> list[Row]:
    rng = dice(seed, body, "operations")
    titles = iter(names.code_names(dice(seed, body, "operation names")))
    ranks = RANKED[body]
    others = [t for t in parts(f"{body}.led") if t not in ranks]
    made = []
    for number, theme in enumerate((*ranks, *others), start=1):
        live = [t for t in groups if t["theme"] == theme and t["closed_on"] is None]
        threat = _worked(live, top=body == "emsou" and theme == "immigration")
        rank = number if number <= len(ranks) else None
        operation = _open(rng, body, number, threat, title=next(titles), rank=rank)
        made.append(operation)
    closed = [t for t in groups if t["closed_on"] is not None]
    for number, threat in enumerate(closed[:4], start=len(made) + 1):
        made.append(_closed(rng, body, number, threat, next(titles)))
    return made


def _worked(live: list[Row], *, top: bool) -> Row:
    """The top operation works on the listed group, others on the oldest open one."""
    plain = [t for t in live if not t["compartments"]] or live
    if top:
        return next(t for t in plain if t["national_ref"] is not None)
    return min(plain, key=lambda t: (t["opened_on"], t["ref"]))


def _open(
    rng: random.Random,
    body: str,
    number: int,
    threat: Row,
    *,
    title: str,
    rank: int | None,
) -> Row:
    top = body == "emsou" and rank == 1
    opened = day_between(rng, date(2021, 1, 11), date(2021, 9, 30))
    if threat["opened_on"] > opened:
        opened = threat["opened_on"] + days(12)
    return row(
        "operations",
        body,
        ref=ref(body, "OP", number),
        name=f"Operation {title}",
        threat=threat["ref"],
        theme=threat["theme"],
        rank=rank,
        opened_on=TOP_OPERATION_OPENED if top else opened,
        milestone_on=TOP_OPERATION_MILESTONE
        if top
        else TODAY - days(rng.randint(6, 60)),
        sio=threat["sio"],
        closing_plan=not top and number % 2 == 0,
        **marking(threat),
    )


def _closed(rng: random.Random, body: str, number: int, threat: Row, title: str) -> Row:
    opened = threat["closed_on"] - days(rng.randint(70, 110))
    return row(
        "operations",
        body,
        ref=ref(body, "OP", number),
        name=f"Operation {title}",
        threat=threat["ref"],
        theme=threat["theme"],
        opened_on=opened,
        closed_on=threat["closed_on"],
        milestone_on=threat["closed_on"] - days(5),
        sio=threat["sio"],
        closing_plan=True,
        **marking(threat),
    )
