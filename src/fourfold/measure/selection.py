"""Which rows stand behind a figure, above and below the line?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis

COLUMNS = ("body", "reference", "weight", "on")


@dataclass(frozen=True)
class When:
    """The days a figure is about: a period for what flows, a day for what stands."""

    period_from: date
    period_to: date
    as_at: date

    @property
    def period(self) -> tuple[date, date]:
        """Which are the first and the last day of the period?"""
        return self.period_from, self.period_to

    @property
    def days(self) -> tuple[date, date, date]:
        """Which three days are these: first, last, as at?"""
        return self.period_from, self.period_to, self.as_at

    def before(self, days: int) -> date:
        """Which day lies so many days before the day the figure is taken?"""
        return self.as_at - timedelta(days=days)


@dataclass(frozen=True)
class Selection:
    """The rows of a figure: above the line, below it, and those it makes sense for.

    Each is an ibis table with the columns `body`, `reference`, `weight` (1 a row for
    counts; days, months, pounds or full-time shares for sums), `on` (the row's day, or
    null). A body without rows in `needs` has no value, only a numerator.
    """

    numerator: Any
    denominator: Any = None
    needs: Any = None


def selected(
    rows: Any, *, weight: Any = 1, on: str | None = None, reference: Any = None
) -> Any:
    """Which columns of these rows does a figure count?

    Args:
        rows: an ibis table with `body` and `reference`.
        weight: a number, or a column of `rows`; null weighs nothing.
        on: name of the row's day.
        reference: what stands for the row, when not its own reference.
    """
    return rows.select(
        body=rows.body,
        reference=rows.reference if reference is None else reference,
        weight=_weight(weight),
        on=ibis.null("date") if on is None else rows[on],
    )


def _weight(weight: Any) -> Any:
    if isinstance(weight, (int, float)):
        return ibis.literal(float(weight), type="float64")
    return weight.cast("float64").fill_null(0.0)


def live(
    rows: Any, on: date, *, start: str = "opened_on", end: str = "closed_on"
) -> Any:
    """Which rows have begun by a day and not ended by it? The day of the end is out."""
    begun = rows[start].isnull() | (rows[start] <= on)
    return rows.filter(begun & (rows[end].isnull() | (rows[end] > on)))
