"""How many months or days lie between a row's day and the day a figure is taken?"""

from datetime import date
from typing import Any

import ibis

DAYS_A_MONTH = 30.4375  # 365.25 / 12


def months_since(column: Any, on: date) -> Any:
    """How many whole calendar months lie between a date column and a day?

    19 May to 18 June is 0, to 19 June is 1. Null stays null.
    """
    day = _date(on)
    months = (day.year() - column.year()) * 12 + (day.month() - column.month())
    short = ibis.ifelse(column.day() > day.day(), 1, 0)
    return (months - short).cast("float64")


def days_between(start: Any, end: Any) -> Any:
    """How many days lie between two dates, of which one at least is a column?"""
    return _date(end).delta(_date(start), unit="day").cast("float64")


def _date(value: Any) -> Any:
    return ibis.literal(value, type="date") if isinstance(value, date) else value
