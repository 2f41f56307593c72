"""Which records would the inspectorate's own filters take from the database?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import SheetFault


@dataclass(frozen=True)
class Filter:
    """One column that an extract filters, and what must hold of it."""

    key: str
    extract: str
    says: str
    column: str
    test: str
    value: tuple[Any, ...]
    in_force: date
    source: str
    examples: tuple[Any, ...] = ()


Period = tuple[date, date]
Holds = Callable[[Any, tuple[Any, ...], Period], Any]


def in_extract(table: Any, extract: str, period: Period) -> Any:
    """Which rows of an ibis table are in an extract?

    Args:
        table: has the columns that the extract's rules name.
        extract: national_list, led or supported.
        period: first and last day; only `between` reads it.

    Returns:
        The same columns, fewer rows.
    """
    for rule in filters(extract):
        column = table[rule.column]
        table = table.filter(TABLE_TESTS[rule.test](column, rule.value, period))
    return table


def failed_filters(
    record: Mapping[str, Any], extract: str, period: Period
) -> tuple[Filter, ...]:
    """Which rules of an extract keep this one record out of it? None: it is in."""
    return tuple(
        rule
        for rule in filters(extract)
        if not VALUE_TESTS[rule.test](record.get(rule.column), rule.value, period)
    )


def filters(extract: str) -> tuple[Filter, ...]:
    """Which rules make up an extract, in the sheet's order?

    Raises:
        SheetFault: the sheet has no extract of that name.
    """
    found = tuple(rule for rule in FILTERS if rule.extract == extract)
    if not found:
        raise SheetFault(sheet="extracts", row="-", fault=f"no extract {extract}")
    return found


TABLE_TESTS: dict[str, Holds] = {
    "is": lambda column, value, _: column == value[0],
    "is_not": lambda column, value, _: column.isnull() | (column != value[0]),
    "one_of": lambda column, value, _: column.isin(value),
    "not_contains": lambda column, value, _: (
        column.isnull() | ~column.lower().contains(value[0].lower())
    ),
    "between": lambda column, _, period: column.between(*period),
}

VALUE_TESTS: dict[str, Holds] = {
    "is": lambda given, value, _: given == value[0],
    "is_not": lambda given, value, _: given != value[0],
    "one_of": lambda given, value, _: given in value,
    "not_contains": lambda given, value, _: (
        value[0].lower() not in (given or "").lower()
    ),
    "between": lambda given, _, period: (
        given is not None and period[0] <= given <= period[1]
    ),
}


def _load() -> tuple[Filter, ...]:
    loaded = rules.load(Filter, "fourfold.picture", "extracts")
    for rule in loaded:
        if rule.test not in TABLE_TESTS or not rule.value:
            fault = f"unknown test {rule.test}, or no value"
            raise SheetFault(sheet="extracts", row=rule.key, fault=fault)
    return loaded


FILTERS = _load()
