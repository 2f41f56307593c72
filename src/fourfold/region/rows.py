"""What shape has a made-up row, and how are dates and counts spread over rows?"""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from fourfold.base.errors import FourfoldError
from fourfold.intake.kinds import kind

Row = dict[str, Any]
Rows = dict[str, list[Row]]
T = TypeVar("T")

EMSOU = "emsou"
FORCES = (
    "derbyshire",
    "leicestershire",
    "lincolnshire",
    "northamptonshire",
    "nottinghamshire",
)
BODIES = (EMSOU, *FORCES)

TODAY = date(2022, 6, 1)
YEAR_FROM = date(2021, 6, 1)
YEAR_TO = date(2022, 5, 31)
EARLIEST = date(2021, 1, 4)

PREFIX = {
    "emsou": "EMS",
    "derbyshire": "DRB",
    "leicestershire": "LEI",
    "lincolnshire": "LIN",
    "northamptonshire": "NPT",
    "nottinghamshire": "NTT",
}


class UnknownField(FourfoldError):
    """A maker of rows names a field that the kind does not have."""

    what = "Rows of kind {kind} have no field {fields}."
    do = "Correct the maker, or add the field to the sheet of kinds."
    status = 500


@cache
def _blank(name: str) -> tuple[tuple[str, bool], ...]:
    fields = kind(name).fields.values()
    return tuple((f.name, f.type in ("list", "bodies")) for f in fields)


def row(kind_name: str, body: str, **values: Any) -> Row:
    """Which canonical row has these values, and None or an empty list elsewhere?

    Raises:
        UnknownField: a value is for a field that the kind does not have.
    """
    made: Row = {"body": body}
    for name, is_list in _blank(kind_name):
        made[name] = [] if is_list else None
    if "classification" in made:
        made["classification"] = "official"
    odd = sorted(set(values) - set(made))
    if odd:
        raise UnknownField(kind=kind_name, fields=", ".join(odd))
    made.update(values)
    return made


def ref(body: str, code: str, number: int) -> str:
    """What does the body's own system call its row `number`?"""
    return f"{PREFIX[body]}-{code}{number:04d}"


def dice(seed: int, *about: str) -> random.Random:
    """Which random numbers belong to one maker, whatever the others draw?"""
    return random.Random(":".join((str(seed), *about)))  # noqa: S311 - no secret


def spread(rng: random.Random, *, count: int, first: date, last: date) -> list[date]:
    """Which `count` days lie evenly between two days, in order, a little shaken?"""
    span = (last - first).days
    step = span / max(count, 1)
    return [
        first + timedelta(days=min(span, int(step * (i + 0.25 + 0.5 * rng.random()))))
        for i in range(count)
    ]


def day_between(rng: random.Random, first: date, last: date) -> date:
    """Which day lies between two days, both included?"""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def days(count: int) -> timedelta:
    """How long are `count` days?"""
    return timedelta(days=count)


def expanded(parts: dict[str, int]) -> list[str]:
    """Which list holds each key as often as its count says, in the keys' order?"""
    return [key for key, count in parts.items() for _ in range(count)]


def shuffled(rng: random.Random, items: Iterable[T]) -> list[T]:
    """Which order do the dice put the items in? The items stay as they are."""
    listed = list(items)
    rng.shuffle(listed)
    return listed


def evenly(count: int, of: int) -> list[bool]:
    """Which of `of` places are taken when `count` are spread evenly over them?"""
    return [(i + 1) * count // of > i * count // of for i in range(of)]


def turn(items: Sequence[T], number: int) -> T:
    """Whose turn is it, going round and round?"""
    return items[number % len(items)]


def marking(threat: Row) -> Row:
    """Which marking do rows about a threat take from it?"""
    return {
        "classification": threat["classification"],
        "compartments": list(threat["compartments"]),
        "shared_with": list(threat["shared_with"]),
    }
