"""Which sum answers each inspection rule, and how are all of them asked at once?"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from types import ModuleType
from typing import Any

from fourfold.base import bodies as places
from fourfold.base.errors import SheetFault
from fourfold.inspect import (
    failure_sums_g,
    failure_sums_r,
    failure_sums_t,
    failure_sums_u,
)
from fourfold.inspect.failure_cases import Asked, added_up, together
from fourfold.inspect.failures import FAILURES, Failure
from fourfold.intake.kinds import KINDS
from fourfold.measure.tables import ANCHORS, Dated, Row, Tables, table

BATCH = 6  # rules a query
NEED_AREAS = frozenset({"missing", "lowest", "spread"})

Sum = Callable[[Asked], dict[str, Any]]


def sums_of_rules(
    tables: Tables, keys: Iterable[str], *, region: str, as_at: date
) -> dict[str, list[Row]]:
    """What do the cases of each rule add up to, for all bodies of a region?

    Six rules a query, always the same six, so that each statement is made once
    however many rules are asked: all 33 take six.

    Returns:
        Rule to rows of `added_up`; a rule without cases has an empty list.
    """
    found: dict[str, list[Row]] = {key: [] for key in keys}
    for batch in batches():
        if found.keys().isdisjoint(batch):
            continue
        for row in tables.run(Dated(rules_query(batch, region), (as_at,))):
            if row["rule"] in found:
                found[row["rule"]].append(_plain(row))
    return found


def batches() -> list[tuple[str, ...]]:
    """Which rules are asked together, in the sheet's order?"""
    known = tuple(FAILURES)
    return [known[start : start + BATCH] for start in range(0, len(known), BATCH)]


def keepers(tables: Tables) -> frozenset[str]:
    """Which bodies have sent rows of any kind?

    What such a body has none of, it has none of; of others we cannot tell.
    """
    return frozenset(row["body"] for row in tables.run(_seen()))


@lru_cache(maxsize=1)
def _seen() -> Any:
    return together([table(k).select("body").distinct() for k in KINDS]).distinct()


@lru_cache(maxsize=256)
def rules_query(keys: tuple[str, ...], region: str) -> Any:
    """Which one query adds up the cases of several rules, for all bodies of a region?

    Its day is the first anchor: run it `Dated`.
    """
    place = places.region(region)
    asked = Asked(place, ANCHORS[0])
    queries = []
    for key in keys:
        rule, tables = FAILURES[key], SUMS[key](asked)
        for part in rule.parts:
            for by in _groupings(rule, part.made):
                args = (part, key, place.bodies(), by)
                queries.append(added_up(tables[part.key], *args))
    return together(queries)


def _plain(row: Row) -> Row:
    """Which row is this in Python's own numbers? Engines sum to decimals at will."""
    counts = {name: int(row[name] or 0) for name in ("n", "n_known")}
    sums = {
        name: None if row[name] is None else float(row[name])
        for name in ("above", "below", "most", "least", "middle")
    }
    return row | counts | sums


def _groupings(rule: Failure, made: str) -> list[str]:
    by = "area" if rule.by_area or made in NEED_AREAS else "body"
    return [by, "region"] if rule.region == "sum" else [by]


def _sums(modules: Iterable[ModuleType]) -> dict[str, Sum]:
    named = {name: value for m in modules for name, value in vars(m).items()}
    missing = sorted(key for key in FAILURES if key.lower() not in named)
    if missing:
        fault = "it has no sum of its name"
        raise SheetFault(sheet="failures", row=missing[0], fault=fault)
    return {key: named[key.lower()] for key in FAILURES}


SUMS = _sums((failure_sums_t, failure_sums_u, failure_sums_r, failure_sums_g))
