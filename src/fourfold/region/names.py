"""What are the made-up people, groups, operations, streets and vehicles called?

Every name is put together from lists of our own. None is taken from a record.
"""

import random
import tomllib
from datetime import date
from importlib import resources

from fourfold.region.rows import day_between

WORDS = tomllib.loads(
    (resources.files("fourfold.region") / "data" / "names.toml").read_text("utf-8")
)
FIRST, LAST = WORDS["first"].split(), WORDS["last"].split()
COLOURS, THINGS = WORDS["colours"].split(), WORDS["things"].split()
STREETS: list[str] = WORDS["streets"].split()
STREET_ENDS = ("Street", "Road", "Lane", "Close", "Terrace", "Way")
PLACES: dict[str, list[str]] = {
    body: towns.split() for body, towns in WORDS["places"].items()
}
USED_IN_REAL_REPORTS = frozenset({"Orbis Linea", "Reacher", "Pintail"})
MARK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXY"


def person(rng: random.Random) -> str:
    """What is a made-up person called?"""
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def officer(rng: random.Random) -> str:
    """What is a made-up officer called, surname first?"""
    return f"{rng.choice(LAST)}, {rng.choice(FIRST)[0]}."


def code_names(rng: random.Random) -> list[str]:
    """Which two-word names may groups and operations take, each once?"""
    names = [f"{a} {b}" for a in COLOURS for b in THINGS]
    rng.shuffle(names)
    return [name for name in names if name not in USED_IN_REAL_REPORTS]


def town(rng: random.Random, body: str) -> str:
    """In which town of the body's area? EMSOU's lies anywhere in the region."""
    if body == "emsou":
        body = rng.choice(sorted(PLACES))
    return rng.choice(PLACES[body])


def street(rng: random.Random) -> str:
    """In which made-up street?"""
    return f"{rng.choice(STREETS)} {rng.choice(STREET_ENDS)}"


def born(rng: random.Random) -> date:
    """When was a made-up adult born?"""
    return day_between(rng, date(1958, 1, 1), date(2003, 12, 31))


def mark(rng: random.Random) -> str:
    """Which registration mark does a made-up vehicle carry?

    It begins with Q and a letter, which the current format does not issue.
    """
    letters = "".join(rng.choice(MARK_LETTERS) for _ in range(3))
    return f"Q{rng.choice(MARK_LETTERS)}{rng.randint(53, 70)} {letters}"
