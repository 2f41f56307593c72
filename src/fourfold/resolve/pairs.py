"""Which two records of different bodies may be about one person?"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow

from fourfold.base import rules
from fourfold.base.errors import SheetFault
from fourfold.base.protected import refuse_protected

COMPARED = ("name", "born_on")
"""All that is ever compared."""

COLUMNS = (
    ("key", pyarrow.string()),
    ("body", pyarrow.string()),
    ("sorted", pyarrow.string()),
    ("part", pyarrow.string()),
    ("born_on", pyarrow.date32()),
    ("swapped_on", pyarrow.date32()),
)
FIRST_LETTERS = 3
PLACES = 3
ALIKE = 0.9995  # What rounds to 1.


@dataclass(frozen=True)
class Person:
    """A person as one body's system records them. `key` is unique over all bodies."""

    key: str
    body: str
    name: str
    born_on: date | None


@dataclass(frozen=True)
class Comparison:
    """When a pair is worth a look: how births stand, how alike names must be."""

    key: str
    says: str
    births: str
    least: float
    source: str


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person: their keys, how alike, and why, in words."""

    left: str
    right: str
    alike: float
    reasons: tuple[str, ...]


def candidate_pairs(people: Iterable[Person]) -> list[Pair]:
    """Which pairs of people of different bodies are worth somebody's look?

    Only names and days of birth are compared. Pairs are looked for among those born on
    the same day or on a day with day and month swapped, and among those who share the
    first letters of a part of their name and either the year of birth or no known day.

    Args:
        people: records; those without a letter in their name are left out.

    Returns:
        Each pair once, the smaller key on the left, the most alike first.
    """
    rows = [row for person in people for row in _rows(person)]
    if not rows:
        return []
    with duckdb.connect() as database:
        database.register("people", _table(rows))
        found = database.execute(SEARCH).fetchall()
    pairs = [pair for row in found if (pair := _pair(*row)) is not None]
    return sorted(pairs, key=lambda pair: (-pair.alike, pair.left, pair.right))


def name_parts(name: str) -> list[str]:
    """Which parts has a name? In the order of the alphabet, without accents.

    "O'Neill, Séan" and "Sean ONeill" have the same: oneill, sean.
    """
    joined = re.sub(r"['’`]", "", name)
    plain = unicodedata.normalize("NFKD", joined).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return sorted(re.findall(r"[^\W\d_]+", letters))


def differing(one: Person, other: Person) -> dict[str, bool]:
    """In which of the compared fields do two records differ? Field to yes or no."""
    return {
        "name": name_parts(one.name) != name_parts(other.name),
        "born_on": one.born_on != other.born_on,
    }


SEARCH = """
WITH wide AS (SELECT DISTINCT key, body, sorted, born_on, swapped_on FROM people),
near AS (
  SELECT l.key AS l, r.key AS r FROM wide l JOIN wide r ON l.born_on = r.born_on
  UNION
  SELECT l.key, r.key FROM wide l JOIN wide r ON l.swapped_on = r.born_on
  UNION
  SELECT l.key, r.key FROM people l JOIN people r
    ON l.part = r.part AND year(l.born_on) = year(r.born_on)
  UNION
  SELECT l.key, r.key FROM people l JOIN people r ON l.part = r.part
    WHERE l.born_on IS NULL OR r.born_on IS NULL
)
SELECT DISTINCT a.key, b.key, jaro_winkler_similarity(a.sorted, b.sorted),
  CASE WHEN a.born_on IS NULL OR b.born_on IS NULL THEN 'unknown'
       WHEN a.born_on = b.born_on THEN 'same'
       WHEN a.swapped_on = b.born_on THEN 'swapped'
       WHEN year(a.born_on) = year(b.born_on) THEN 'same_year'
       ELSE 'other' END
FROM near
JOIN wide a ON a.key = least(near.l, near.r)
JOIN wide b ON b.key = greatest(near.l, near.r)
WHERE a.key <> b.key AND a.body <> b.body
"""


def _pair(left: str, right: str, alike: float, births: str) -> Pair | None:
    for rule in COMPARISONS:
        if rule.births == births and alike >= rule.least:
            names = "Names are the same" if alike >= ALIKE else "Names are alike"
            return Pair(left, right, round(alike, PLACES), (rule.says, names))
    return None


def _rows(person: Person) -> list[tuple[Any, ...]]:
    parts = name_parts(person.name)
    firsts = sorted({part[:FIRST_LETTERS] for part in parts})
    born = person.born_on
    swapped = _swapped(born)
    return [
        (person.key, person.body, " ".join(parts), first, born, swapped)
        for first in firsts
    ]


def _table(rows: list[tuple[Any, ...]]) -> Any:
    columns = zip(COLUMNS, zip(*rows, strict=True), strict=True)
    return pyarrow.table(
        {name: pyarrow.array(values, kind) for (name, kind), values in columns}
    )


def _swapped(born: date | None) -> date | None:
    if born is None or born.day > 12 or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


def _load() -> tuple[Comparison, ...]:
    loaded = rules.load(Comparison, "fourfold.resolve", "comparisons")
    for one in loaded:
        if one.births not in ("same", "swapped", "same_year", "unknown"):
            fault = f"unknown births {one.births}"
            raise SheetFault(sheet="comparisons", row=one.key, fault=fault)
        refuse_protected("comparisons", one.key, [one.key, one.says])
    return loaded


COMPARISONS = _load()
