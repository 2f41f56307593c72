"""Who belongs to which threat, and in what part?"""

import random
from datetime import date

from fourfold.region.names import born, person
from fourfold.region.rows import BODIES, Row, days, dice, marking, ref, row, turn

# How many members a threat has, fewest and most, by its kind.
SIZES = {"ocg": (4, 9), "priority_individual": (1, 1), "vulnerability": (3, 6)}
TRAVELLERS = 40
"""People who stand in the records of more than one body."""


def members(seed: int, threats: list[Row]) -> list[Row]:
    """Who is in the threats? The first of each group is its principal.

    Forty people are recorded by several bodies, each under its own reference and some
    with the name written another way, as real systems do.
    """
    shared_dice = dice(seed, "travellers")
    shared = [(person(shared_dice), born(shared_dice)) for _ in range(TRAVELLERS)]
    made = []
    for body in BODIES:
        rng = dice(seed, body, "members")
        own = [t for t in threats if t["body"] == body]
        made += _of(rng, own, shared)
    return made


def _of(
    rng: random.Random, threats: list[Row], shared: list[tuple[str, date]]
) -> list[Row]:
    made: list[Row] = []
    for threat in threats:
        for place in range(rng.randint(*SIZES[threat["kind"]])):
            made.append(_member(rng, threat, len(made) + 1, place, shared))
    return made


def _member(
    rng: random.Random,
    threat: Row,
    number: int,
    place: int,
    shared: list[tuple[str, date]],
) -> Row:
    body = threat["body"]
    name, birth = person(rng), born(rng)
    if rng.random() < 0.05:
        name, birth = rng.choice(shared)
        name = _written(rng, name)
    if threat["kind"] == "priority_individual":
        name = threat["name"]
    role = "principal" if place == 0 else turn(("significant", "peripheral"), place)
    return row(
        "members",
        body,
        ref=ref(body, "M", number),
        threat=threat["ref"],
        person=ref(body, "P", number),
        name=name,
        born_on=birth if rng.random() < 0.9 else None,
        role=role,
        since=_since(rng, threat),
        until=threat["closed_on"],
        **marking(threat),
    )


def _written(rng: random.Random, name: str) -> str:
    first, last = name.split(maxsplit=1)
    return rng.choice((name, name, f"{last.upper()}, {first}", f"{first[0]}. {last}"))


def _since(rng: random.Random, threat: Row) -> date:
    since: date = threat["opened_on"] + days(rng.randint(0, 50))
    return min(since, threat["closed_on"] or since)
