"""What is each figure for each body of a region, and which rows make it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import ibis
from ibis import _

from fourfold.base import bodies as places
from fourfold.base.errors import UnknownBody
from fourfold.measure.ages import DAYS_A_MONTH
from fourfold.measure.measures import MEASURES, Measure, measure
from fourfold.measure.selection import COLUMNS, When
from fourfold.measure.tables import ANCHORS, Dated, Row, Tables

REGION = ""  # stands for all bodies of the region in sums
BATCH = 17  # measures a query: few round trips, statements that stay readable

Number = int | float
Sums = dict[tuple[str, str, str], Row]


@dataclass(frozen=True)
class Figure:
    """A measure of one body: its base, its value (None: unknown) and its days."""

    key: str
    says: str
    body: str
    period_from: date
    period_to: date
    numerator: Number
    denominator: Number | None
    value: Number | None
    unit: str

    def to_json(self) -> dict[str, Any]:
        """How do we print this figure to other programs?"""
        return {
            "key": self.key,
            "says": self.says,
            "body": self.body,
            "from": self.period_from.isoformat(),
            "to": self.period_to.isoformat(),
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "unit": self.unit,
        }


def figures(
    tables: Tables,
    *,
    region: str,
    period_from: date,
    period_to: date,
    as_at: date | None = None,
    bodies: Iterable[str] | None = None,
    keys: Iterable[str] | None = None,
) -> list[Figure]:
    """What is each figure for each body of a region, and for the region itself?

    Measures are summed in the database, by body, a batch of measures a query: all of
    them take four queries.

    Args:
        tables: where the canonical rows are.
        region: key of the region; its figure is that of all its bodies together.
        period_from: first day, included.
        period_to: last day, included.
        as_at: the day for what stands; the last day of the period when not given.
        bodies: slugs to show, the region's own key among them; all when not given.
        keys: measures to show; all when not given.

    Returns:
        By measure in the order asked, then by body: the unit, forces by name, the
        region. Always one a measure and body, with 0 above the line when a body has
        no rows.

    Raises:
        UnknownRegion, UnknownBody, UnknownMeasure: there is no such.
    """
    members = places.region(region).bodies()
    shown = _shown(region, members, bodies)
    chosen = tuple(MEASURES) if keys is None else tuple(keys)
    when = When(period_from, period_to, as_at or period_to)
    sums: Sums = {}
    for start in range(0, len(chosen), BATCH):
        batch = tuple(measure(key).key for key in chosen[start : start + BATCH])
        for row in tables.run(Dated(sums_by_body(batch, members), when.days)):
            sums[row["key"], row["part"], row["body"]] = row
    _add_region(sums, chosen, members)
    return [_figure(MEASURES[k], *one, when, sums) for k in chosen for one in shown]


def rows_behind(
    tables: Tables,
    key: str,
    *,
    bodies: Iterable[str],
    period_from: date,
    period_to: date,
    as_at: date | None = None,
    part: str = "numerator",
) -> list[Row]:
    """Which rows make a figure?

    Args:
        tables: where the canonical rows are.
        key: the measure.
        bodies: slugs; for a region's figure those of `region.bodies()`.
        period_from: first day, included.
        period_to: last day, included.
        as_at: the day for what stands; the last day of the period when not given.
        part: numerator or denominator.

    Returns:
        `body`, `reference`, `weight`, `on`, one a row, by body and reference. Empty
        when the measure has no denominator and that was asked for.

    Raises:
        UnknownBody, UnknownMeasure: there is no such.
    """
    members = [places.body(slug).slug for slug in bodies]
    when = When(period_from, period_to, as_at or period_to)
    rows = _rows_query(measure(key).key, part, tuple(members))
    return [] if rows is None else tables.run(Dated(rows, when.days))


@lru_cache(maxsize=256)
def sums_by_body(keys: tuple[str, ...], bodies: tuple[str, ...]) -> Any:
    """Which one query adds up several measures by body? Its days are anchors.

    Returns:
        An ibis expression for `Dated`, one row a measure, part (numerator, denominator,
        needs) and body that has rows: `key`, `part`, `body`, `total` (sum of weights),
        `most` (highest weight), `first` (earliest day, or null).
    """
    parts = [
        _by_body(rows, key, part, bodies)
        for key in keys
        for part, rows in vars(MEASURES[key].select(When(*ANCHORS))).items()
        if rows is not None
    ]
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


@lru_cache(maxsize=512)
def _rows_query(key: str, part: str, bodies: tuple[str, ...]) -> Any:
    rows = getattr(MEASURES[key].select(When(*ANCHORS)), part)
    if rows is None:
        return None
    mine = rows.filter(rows.body.isin(bodies)).select(*COLUMNS)
    return mine.order_by("body", "reference")


def made_value(
    made: str, numerator: Number, denominator: Number | None
) -> Number | None:
    """Which value do the sums above and below the line make? None below 1: unknown."""
    if made in ("count", "age"):
        return numerator
    if not denominator:
        return None
    if made == "mean_months":
        return round(numerator / denominator / DAYS_A_MONTH, 1)
    return round(numerator / denominator, 4 if made == "share" else 1)


def _by_body(rows: Any, key: str, part: str, bodies: tuple[str, ...]) -> Any:
    mine = rows.filter(rows.body.isin(bodies))
    sums = mine.group_by("body").agg(
        total=_.weight.sum(), most=_.weight.max(), first=_.on.min()
    )
    return sums.select(
        key=ibis.literal(key),
        part=ibis.literal(part),
        body=sums.body,
        total=sums.total,
        most=sums.most,
        first=sums.first,
    )


def _add_region(sums: Sums, keys: tuple[str, ...], members: tuple[str, ...]) -> None:
    for key in keys:
        for part in ("numerator", "denominator", "needs"):
            found = [r for b in members if (r := sums.get((key, part, b))) is not None]
            if found:
                firsts = [row["first"] for row in found if row["first"] is not None]
                sums[key, part, REGION] = {
                    "total": sum(float(row["total"]) for row in found),
                    "most": max(float(row["most"]) for row in found),
                    "first": min(firsts) if firsts else None,
                }


def _figure(rule: Measure, body: str, place: str, when: When, sums: Sums) -> Figure:
    above = sums.get((rule.key, "numerator", place))
    below_place = REGION if rule.share_of == "region" else place
    below = sums.get((rule.key, "denominator", below_place))
    numerator = _number(above, "most" if rule.made == "age" else "total")
    denominator = None if not rule.denominator else _number(below, "total")
    value = made_value(rule.made, numerator, denominator)
    needed = rule.needs_rows and (rule.key, "needs", place) not in sums
    start, end = _days(rule, when, above)
    return Figure(
        key=rule.key,
        says=rule.says,
        body=body,
        period_from=start,
        period_to=end,
        numerator=numerator,
        denominator=denominator,
        value=None if needed else value,
        unit=rule.unit,
    )


def _days(rule: Measure, when: When, above: Row | None) -> tuple[date, date]:
    if rule.period == "flow":
        return when.period
    if rule.period == "since" and above is not None and above["first"] is not None:
        return above["first"], when.as_at
    return when.as_at, when.as_at


def _number(row: Row | None, column: str) -> Number:
    value = 0.0 if row is None or row[column] is None else float(row[column])
    return int(value) if value.is_integer() else round(value, 2)


def _shown(
    region: str, members: tuple[str, ...], bodies: Iterable[str] | None
) -> list[tuple[str, str]]:
    everyone = [*((slug, slug) for slug in members), (region, REGION)]
    if bodies is None:
        return everyone
    chosen = set(bodies)
    for slug in sorted(chosen - {shown for shown, _place in everyone}):
        raise UnknownBody(body=slug, known=", ".join((*members, region)))
    return [one for one in everyone if one[0] in chosen]
