"""Which canonical row does a raw row give, and what is wrong with it?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.base import rules
from fourfold.intake.cells import Fault, RawRow, Wrong, shown
from fourfold.intake.errors import LayoutFault
from fourfold.intake.kinds import Kind
from fourfold.intake.layout import Column, Layout
from fourfold.intake.rows import Row
from fourfold.intake.values import Reader, value_reader

NUMBERS = ("integer", "number", "money")
NO_VALUE = Wrong("no value", "Give one; every row of this kind needs it.")


@dataclass(frozen=True)
class DateOrder:
    """A pair of dates of a row of which one cannot come before the other."""

    key: str
    says: str
    earlier: str
    later: str
    source: str
    examples: tuple[dict[str, Any], ...]

    def fits(self, earlier: date | None, later: date | None) -> bool:
        """Can both be true? An unknown date always can."""
        return earlier is None or later is None or earlier <= later


@dataclass(frozen=True)
class PastDates:
    """Dates that say what has happened, so that they cannot lie ahead."""

    key: str
    says: str
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    except_kinds: tuple[str, ...]
    source: str
    examples: tuple[dict[str, Any], ...]

    def applies(self, kind: str, field: str) -> bool:
        """Does the rule ask anything of this field of this kind?"""
        among = not self.kinds or kind in self.kinds
        return field in self.fields and among and kind not in self.except_kinds


@dataclass(frozen=True)
class Range:
    """The least and the most that some numbers can be."""

    key: str
    says: str
    fields: tuple[str, ...]
    least: float
    most: float
    source: str
    examples: tuple[dict[str, Any], ...]

    def fits(self, value: float) -> bool:
        """Is the number neither too small nor too large?"""
        return self.least <= value <= self.most


DATE_ORDER = rules.load(DateOrder, "fourfold.intake", "date_order")
PAST_DATES = rules.load(PastDates, "fourfold.intake", "past_dates")
RANGES = rules.load(Range, "fourfold.intake", "ranges")

Check = Callable[[RawRow], tuple[Row, list[Fault]]]
"""From a raw row to its canonical row and its faults."""


def row_check(layout: Layout, today: date | None) -> Check:
    """Which function checks the raw rows of a layout?

    Args:
        layout: whose columns the cells of each raw row follow, in order.
        today: the clock; a date of the past after it is a fault. None: not checked.

    Returns:
        A function that gives, for a raw row, the canonical row (every field of the kind
        and `body`; None where nothing is known, an empty list where a list is empty)
        and all its faults, in the order of the fields. A row with a fault is not whole.

    Raises:
        LayoutFault: a constant of the layout cannot be a value of its field.
    """
    kind = layout.kind
    blank = _blank_row(layout, today)
    plan = _plan(layout, today)
    narrow = _row_rules(kind, today)

    def check(raw: RawRow) -> tuple[Row, list[Fault]]:
        row = blank.copy()
        for name in lists:
            row[name] = list(row[name])
        if raw.wrong is not None:
            seen = shown(raw.cells[0] if raw.cells else None)
            return row, [Fault(raw.line, "", seen, raw.wrong.fault, raw.wrong.mend)]
        faults: list[Fault] = []
        for (name, read, required), cell in zip(plan, raw.cells, strict=True):
            value: Any = read(cell)
            if value is None:
                if not required:
                    row[name] = None
                    continue
                value = NO_VALUE
            if type(value) is Wrong:
                faults.append(
                    Fault(raw.line, name, shown(cell), value.fault, value.mend)
                )
            else:
                row[name] = value
        for find in narrow:
            faults += find(raw.line, row)
        return row, faults

    lists = tuple(
        name
        for name, value in blank.items()
        if isinstance(value, list) and name not in layout.columns
    )
    return check


def _plan(layout: Layout, today: date | None) -> list[tuple[str, Reader, bool]]:
    plan = []
    for name, column in layout.columns.items():
        field = layout.kind.fields[name]
        read = value_reader(field, column, layout, today)
        plan.append((name, read, field.required))
    return plan


def _blank_row(layout: Layout, today: date | None) -> Row:
    kind = layout.kind
    row: Row = {
        name: [] if field.type in ("list", "bodies") else None
        for name, field in kind.fields.items()
    }
    faults = []
    for name, said in layout.constants.items():
        column = Column(field=name, headings=(name,), unknown=())
        value = value_reader(kind.fields[name], column, layout, today)(said)
        if isinstance(value, Wrong):
            faults.append(f"constants.{name} is {value.fault}. {value.mend}")
        row[name] = value
    if faults:
        raise LayoutFault(
            layout=layout.name, count=len(faults), faults="; ".join(faults)
        )
    return row | {"body": layout.body}


RowRule = Callable[[int, Mapping[str, Any]], list[Fault]]


def _row_rules(kind: Kind, today: date | None) -> list[RowRule]:
    found: list[RowRule] = []
    for order in DATE_ORDER:
        if {order.earlier, order.later} <= set(kind.fields):
            found.append(_order_rule(order))
    if today is not None:
        for past in PAST_DATES:
            names = [f for f in kind.fields if past.applies(kind.name, f)]
            if names:
                found.append(_past_rule(past, names, today))
    numbers = [name for name, f in kind.fields.items() if f.type in NUMBERS]
    if numbers:
        found.append(_range_rule(numbers))
    return found


def _order_rule(order: DateOrder) -> RowRule:
    def find(line: int, row: Mapping[str, Any]) -> list[Fault]:
        earlier, later = row[order.earlier], row[order.later]
        if order.fits(earlier, later):
            return []
        fault = f"before {order.earlier}, {earlier}"
        mend = f"{order.says} Correct one of the two dates."
        return [Fault(line, order.later, str(later), fault, mend)]

    return find


def _past_rule(past: PastDates, names: list[str], today: date) -> RowRule:
    def find(line: int, row: Mapping[str, Any]) -> list[Fault]:
        return [
            Fault(line, name, str(row[name]), f"after today, {today}", past.says)
            for name in names
            if row[name] is not None and row[name] > today
        ]

    return find


def _range_rule(numbers: list[str]) -> RowRule:
    ruled = {name: rule for rule in RANGES for name in rule.fields}

    def find(line: int, row: Mapping[str, Any]) -> list[Fault]:
        faults = []
        for name in numbers:
            value, rule = row[name], ruled.get(name)
            if value is None:
                continue
            if rule is not None and not rule.fits(value):
                faults.append(Fault(line, name, str(value), "out of range", rule.says))
            elif value < 0:
                mend = "Give a number from 0."
                faults.append(Fault(line, name, str(value), "below zero", mend))
        return faults

    return find
