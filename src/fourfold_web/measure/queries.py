"""What is each figure, as the officer who asks may see it, and which rows make it?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection

from fourfold.base.bodies import REGIONS, region
from fourfold.base.errors import UnknownBody
from fourfold.measure.figures import Figure, figures, made_value, rows_behind
from fourfold.measure.measures import MEASURES
from fourfold.measure.tables import Row, Tables, postgres_sql
from fourfold_web.base.audit import acting_as
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, Officer

COUNTER = "service-counter"
LEAP_DAY = (2, 29)

# The planner cannot guess how many rows row-level security leaves: it expects one, and
# joins thousands of rows one by one. Sums over whole tables are joined by hash instead.
HASHED = "SET LOCAL enable_nestloop = off;"
AS_BEFORE = "SET LOCAL enable_nestloop = on"


@dataclass(frozen=True)
class Period:
    """The days that figures are about: a period, and the day for what stands."""

    first: date
    last: date
    as_at: date


@dataclass(frozen=True)
class RowsBehind:
    """The rows behind a figure: those shown, and how many are withheld.

    `withheld` is None for an officer who may not know that there are any.
    """

    rows: list[Row]
    withheld: int | None


@dataclass(frozen=True)
class ReadFigure:
    """A figure as an officer may be told it, and as their own visible rows make it.

    The two are the same but for officers who may be told of rows withheld from them.
    """

    figure: Figure
    visible: Figure

    @property
    def withheld(self) -> float:
        """How much of what is above the line rests on rows the officer cannot see?"""
        return self.figure.numerator - self.visible.numerator


def tables() -> Tables:
    """Where are the canonical rows, as the officer who asks may see them?"""
    return Tables(run=_run)


def _run(expression: Any) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"{HASHED} {postgres_sql(expression)}; {AS_BEFORE}")
        cursor.nextset()
        names = [column.name for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def counting_officer() -> Officer:
    """Which service officer counts everything, whatever its marking?"""
    return Officer.objects.get(username=COUNTER)


def year_to_today() -> Period:
    """Which year ends with last month? What stands is taken on its last day."""
    last = today().replace(day=1) - timedelta(days=1)
    return Period(first=first_of_year_to(last), last=last, as_at=last)


def first_of_year_to(last: date) -> date:
    """On which day does the year that ends on `last` begin?

    The year to 28 February 2024 begins on 1 March 2023.
    """
    after = last + timedelta(days=1)
    if (after.month, after.day) == LEAP_DAY:
        after += timedelta(days=1)
    return after.replace(year=after.year - 1)


def regional_figures(
    region_key: str,
    period: Period,
    *,
    bodies: list[str] | None = None,
    keys: list[str] | None = None,
) -> list[Figure]:
    """What is each figure of a region, as the officer who asks may see its rows?

    Run inside `acting_as`; by measure, then the unit, forces by name, the region.
    """
    return figures(
        tables(),
        region=region_key,
        period_from=period.first,
        period_to=period.last,
        as_at=period.as_at,
        bodies=bodies,
        keys=keys,
    )


def figures_for(
    officer: Officer, region_key: str, period: Period, keys: list[str] | None = None
) -> list[ReadFigure]:
    """What is each figure of a region, as far as the officer may be told of its rows?

    Officers who hold the right "withheld" for a body are told its whole figure, with
    how much of it they cannot see. The region's figure adds up what they are told of
    its bodies. A share of the whole region is whole only for those who hold the right
    for all its bodies. Others are told what they see. In the order of
    `regional_figures`.
    """
    seen = regional_figures(region_key, period, keys=keys)
    told = bodies_told_of(officer, region_key)
    if not told:
        return [ReadFigure(one, one) for one in seen]
    with acting_as(counting_officer()):
        whole = regional_figures(region_key, period, keys=keys)
    chosen = [
        every if _is_told(every, told, region_key) else mine
        for mine, every in zip(seen, whole, strict=True)
    ]
    if region_key not in told:
        chosen = [
            _added_up(one, chosen) if one.body == region_key else one for one in chosen
        ]
    return [ReadFigure(*both) for both in zip(chosen, seen, strict=True)]


def bodies_told_of(officer: Officer, region_key: str) -> set[str]:
    """Of which bodies may the officer know how many rows are withheld?

    Returns:
        Slugs; the region's key among them when they are all its bodies.
    """
    members = region(region_key).bodies()
    found = Body.objects.filter(slug__in=members)
    told = {body.slug for body in found if officer.may("withheld", body)}
    return told | {region_key} if told == set(members) else told


def _is_told(figure: Figure, told: set[str], region_key: str) -> bool:
    rests_on_region = MEASURES[figure.key].share_of == "region"
    return figure.body in told and (not rests_on_region or region_key in told)


def _added_up(whole: Figure, told: list[Figure]) -> Figure:
    """Which figure do a region's bodies make together, as told of each?"""
    rule = MEASURES[whole.key]
    parts = [f for f in told if f.key == whole.key and f.body != whole.body]
    if rule.share_of == "region" or all(f.value is None for f in parts):
        return whole
    add = max if rule.made == "age" else sum
    above = add(f.numerator for f in parts)
    below = None if not rule.denominator else sum(f.denominator or 0 for f in parts)
    value = made_value(rule.made, above, below)
    return replace(whole, numerator=above, denominator=below, value=value)


def rows_of_figure(
    officer: Officer, key: str, body: str, period: Period, *, part: str = "numerator"
) -> RowsBehind:
    """Which rows make a figure, and how many more are withheld from the officer?

    Args:
        officer: who asks; the rows are those they may see.
        key: the measure.
        body: a body's slug, or a region's key for all its bodies.
        period: the days.
        part: numerator or denominator.
    """
    rows = _rows(key, body, period, part)
    bodies = Body.objects.filter(slug__in=members_of(body))
    if not all(officer.may("withheld", one) for one in bodies):
        return RowsBehind(rows=rows, withheld=None)
    with acting_as(counting_officer()):
        everything = len(_rows(key, body, period, part))
    return RowsBehind(rows=rows, withheld=everything - len(rows))


def _rows(key: str, body: str, period: Period, part: str) -> list[Row]:
    return rows_behind(
        tables(),
        key,
        bodies=members_of(body),
        period_from=period.first,
        period_to=period.last,
        as_at=period.as_at,
        part=part,
    )


def places(region_key: str) -> tuple[str, ...]:
    """For which bodies are there figures: those of the region, and the region?"""
    return (*region(region_key).bodies(), region_key)


def members_of(place: str) -> list[str]:
    """Which bodies does a slug stand for? A region's key: all its bodies.

    West Midlands is both a region and a force: the force is meant.

    Raises:
        UnknownBody: it is neither.
    """
    everyone = {slug for r in REGIONS.values() for slug in r.bodies()}
    if place in everyone:
        return [place]
    if place in REGIONS:
        return list(region(place).bodies())
    raise UnknownBody(body=place, known=", ".join(sorted(everyone | set(REGIONS))))
