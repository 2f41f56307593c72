"""What value do a rule's added-up cases make, and how bad is it for each body?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

from fourfold.base.bodies import BODIES, Region
from fourfold.inspect.failures import (
    AMBER,
    GREEN,
    RED,
    UNKNOWN,
    WORST_FIRST,
    Failure,
    Part,
    worst,
)
from fourfold.measure.tables import Row

ENOUGH = 0.8  # of the expected records
PEERS = 2  # other forces needed to compare with


@dataclass(frozen=True)
class Weighed:
    """One part of a rule for one body: its value, state, cover and rows against.

    `base` is what stands above and below the line, where one sum is divided by another.
    """

    part: Part
    value: float | None
    state: str
    covers: float
    rows: tuple[str, ...]
    areas: tuple[tuple[str, str], ...] = ()
    base: tuple[float, float] | None = None


@dataclass(frozen=True)
class Verdict:
    """A rule for one body on one day: the state, and the part that decided it."""

    state: str
    decided_by: Weighed
    parts: tuple[Weighed, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """Which rows speak against the body, in the parts as bad as the worst?"""
        if self.state not in (AMBER, RED):
            return self.decided_by.rows
        bad = {row for p in self.parts if p.state == self.state for row in p.rows}
        return tuple(sorted(bad))


def verdict(
    rule: Failure, body: str, sums: Iterable[Row], region: Region, *, keeps: bool
) -> Verdict:
    """How bad is one rule for one body?

    Args:
        rule: the rule.
        body: slug, or "" for the region.
        sums: all rows of `added_up` for the rule, of every body (peers are needed).
        region: the region of the body.
        keeps: the body has sent rows of some kind, so that none here means none.
    """
    groups = list(sums)
    parts = tuple(
        _weighed(rule, part, body, _of(groups, part), region, keeps=keeps)
        for part in rule.parts
    )
    needed = [p.state for p in parts if p.part.needed or p.state != UNKNOWN]
    state = worst(needed)
    if state == GREEN and not any(p.state == GREEN for p in parts):
        state = UNKNOWN
    decided = min(parts, key=lambda p: (p.state != state, WORST_FIRST.index(p.state)))
    return Verdict(state, decided, parts)


def _of(groups: list[Row], part: Part) -> list[Row]:
    return [row for row in groups if row["part"] == part.key]


def _weighed(
    rule: Failure,
    part: Part,
    body: str,
    sums: list[Row],
    region: Region,
    *,
    keeps: bool,
) -> Weighed:
    mine = [row for row in sums if row["body"] == body]
    if not mine:
        state = (part.absent or UNKNOWN) if keeps else UNKNOWN
        return Weighed(part, None, state, 1.0 if state != UNKNOWN else 0.0, ())
    n = sum(row["n"] for row in mine)
    covers = round(sum(row["n_known"] or 0 for row in mine) / n, 4)
    rows = tuple(sorted({r for row in mine for r in row["bad"] or ()}))
    if rule.by_area:
        return _by_area(part, mine, covers, rows)
    if part.made == "spread":
        rows = _rows_of_lowest(part, mine)
    value = _value(part, body, mine, sums, region)
    state = part.state(value) if covers >= ENOUGH else UNKNOWN
    return Weighed(part, value, state, covers, rows, base=_base(part, mine, value))


def _base(
    part: Part, mine: list[Row], value: float | None
) -> tuple[float, float] | None:
    if part.made not in ("share", "ratio") or len(mine) != 1 or value is None:
        return None
    return float(mine[0]["above"]), float(mine[0]["below"])


def _by_area(
    part: Part, mine: list[Row], covers: float, rows: tuple[str, ...]
) -> Weighed:
    values = {row["area"]: _simple(part, row) for row in mine}
    known = {area: value for area, value in values.items() if value is not None}
    states = {area: part.state(value) for area, value in values.items()}
    pick = max if part.worse == "higher" else min
    value = _rounded(pick(known.values())) if known else None
    reds = [area for area, state in states.items() if state == RED]
    state = worst([s for s in states.values() if s != UNKNOWN])
    if len(reds) == 1 and len(states) > 1:
        state = AMBER
    if covers < ENOUGH:
        state = UNKNOWN
    areas = tuple(sorted(states.items()))
    return Weighed(part, value, state, covers, rows, areas, _base(part, mine, value))


def _value(
    part: Part, body: str, mine: list[Row], sums: list[Row], region: Region
) -> float | None:
    if part.made == "missing":
        value = _missing(part, mine, region)
    elif part.made == "lowest":
        value = min(
            (v for row in mine if (v := _simple(part, row)) is not None), default=None
        )
    elif part.made == "spread":
        value = _spread(part, mine)
    elif part.made in ("peers", "lowest_peer"):
        value = _against_peers(part, body, sums, region)
    else:
        value = _simple(part, mine[0])
    return _rounded(value)


def _simple(part: Part, row: Row) -> float | None:
    """Which value do the sums of one group make, without regard to others?"""
    if not row["n_known"]:
        return None
    if part.made in ("total", "most", "least", "median"):
        column = {"total": "above", "median": "middle"}.get(part.made, part.made)
        return float(row[column])
    below = round(row["below"] or 0.0, 6)  # thirteen thirteenths are one
    if below <= 0 or below < part.least:
        return None
    return float(row["above"] / below)


def _missing(part: Part, mine: list[Row], region: Region) -> float | None:
    filled = [row for row in mine if (row["below"] or 0) > 0]
    if sum(row["below"] for row in filled) < part.least:
        return None
    return float((part.of or len(region.forces)) - len(filled))


def _rows_of_lowest(part: Part, mine: list[Row]) -> tuple[str, ...]:
    large = _large(part, mine)
    lowest = min(large, key=lambda row: row["above"] / row["below"], default=None)
    return () if lowest is None else tuple(sorted(lowest["bad"] or ()))


def _large(part: Part, mine: list[Row]) -> list[Row]:
    return [row for row in mine if (row["below"] or 0) >= part.least]


def _spread(part: Part, mine: list[Row]) -> float | None:
    large = _large(part, mine)
    if len(large) < 2:
        return None
    highest = max(row["above"] / row["below"] for row in large)
    lowest = min(max(row["above"], 1.0) / row["below"] for row in large)
    return float(highest / lowest) if highest > 0 else None


def _against_peers(
    part: Part, body: str, sums: list[Row], region: Region
) -> float | None:
    rates = {row["body"]: _rate(part, row) for row in sums}
    others = [
        rate
        for slug, rate in rates.items()
        if slug in region.forces and slug != body and rate is not None
    ]
    own = rates.get(body)
    if body not in region.forces or own is None or len(others) < PEERS:
        return None
    against = min(others) if part.made == "lowest_peer" else median(others)
    return own / against if against else None


def _rate(part: Part, row: Row) -> float | None:
    if part.made == "lowest_peer":
        return _simple(replace(part, made="ratio"), row)
    place = BODIES.get(row["body"])
    if place is None or not place.population:
        return None
    return float(row["above"]) / (place.population / 1_000_000)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
