"""Which measures are there, and which function selects the rows of each?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import FourfoldError, SheetFault
from fourfold.measure import disruptions, outcomes, staff, threats, work
from fourfold.measure.selection import Selection, When

WAYS = frozenset({"count", "share", "ratio", "mean_months", "age"})
PERIODS = frozenset({"flow", "state", "since"})


class UnknownMeasure(FourfoldError):
    """Nobody defined a measure of that name."""

    what = "No measure is called '{key}'."
    do = "Use one of: {known}."
    status = 404


@dataclass(frozen=True)
class Measure:
    """One definition of one figure, for every body alike."""

    key: str
    says: str
    numerator: str
    denominator: str
    unit: str
    made: str
    period: str
    sense: str
    in_force: date
    source: str
    share_of: str = "body"
    needs_rows: bool = False
    examples: tuple[Any, ...] = ()

    def select(self, when: When) -> Selection:
        """Which rows make this figure for these days?"""
        return FUNCTIONS[self.key](when)


def measure(key: str) -> Measure:
    """Which measure has this key?

    Raises:
        UnknownMeasure: none has.
    """
    if key not in MEASURES:
        raise UnknownMeasure(key=key, known=", ".join(MEASURES))
    return MEASURES[key]


def _functions(
    keys: Iterable[str], modules: Iterable[ModuleType]
) -> dict[str, Callable[[When], Selection]]:
    named = {name: value for m in modules for name, value in vars(m).items()}
    missing = sorted(set(keys) - set(named))
    if missing:
        fault = "it has no function of its name"
        raise SheetFault(sheet="measures", row=missing[0], fault=fault)
    return {key: named[key] for key in keys}


def _load() -> dict[str, Measure]:
    loaded = {
        row.key: row for row in rules.load(Measure, "fourfold.measure", "measures")
    }
    for row in loaded.values():
        if row.made not in WAYS or row.period not in PERIODS:
            fault = f"made {row.made}, period {row.period}"
            raise SheetFault(sheet="measures", row=row.key, fault=fault)
    return loaded


MEASURES = _load()
FUNCTIONS = _functions(MEASURES, (threats, disruptions, staff, work, outcomes))
