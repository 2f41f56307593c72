"""Which failures do inspectors keep finding, and when is each red or amber?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import FourfoldError, SheetFault

GREEN, AMBER, RED, UNKNOWN = "green", "amber", "red", "unknown"
WORST_FIRST = (RED, AMBER, UNKNOWN, GREEN)
SIMPLE_WAYS = frozenset({"share", "ratio", "total", "most", "least", "median"})
WAYS = SIMPLE_WAYS | {"lowest", "missing", "spread", "peers", "lowest_peer"}
KINDS_OF_BODY = frozenset({"force", "rocu", "region"})


class UnknownRule(FourfoldError):
    """Nobody wrote an inspection rule of that code."""

    what = "No inspection rule is called '{key}'."
    do = "Use one of: {known}."
    status = 404


@dataclass(frozen=True)
class Part:
    """One test of a rule: how its value is made, and beyond which it is bad.

    `worse` is higher or lower. `least` is the base (rows, or what stands below the
    line) without which it is not tested. A part that is not `needed` may lack records
    and the answer still be good. `absent` is red when having no rows at all is the
    failure. `of` is how many there should be, for `missing`.
    """

    key: str
    says: str
    made: str
    unit: str
    worse: str
    amber: float | None = None
    red: float | None = None
    least: float = 1
    needed: bool = True
    absent: str = ""
    of: int = 0

    def state(self, value: float | None) -> str:
        """Is a value green, amber or red? No value is unknown."""
        if value is None:
            return UNKNOWN
        if self._beyond(value, self.red):
            return RED
        return AMBER if self._beyond(value, self.amber) else GREEN

    @property
    def first_limit(self) -> float:
        """Beyond which value does it begin to be bad?"""
        limits = [limit for limit in (self.amber, self.red) if limit is not None]
        return min(limits) if self.worse == "higher" else max(limits)

    def _beyond(self, value: float, limit: float | None) -> bool:
        if limit is None:
            return False
        return value > limit if self.worse == "higher" else value < limit


@dataclass(frozen=True)
class Failure:
    """A failure that inspectors find, as a rule on a body's own records.

    `region` says whose rows answer for the region: `sum` (all its bodies' rows), `own`
    (regional plans, meetings and measures) or "" (the rule is not asked of a region).
    """

    key: str
    says: str
    measures: str
    parts: tuple[Part, ...]
    window: str
    covers: str
    applies_to: tuple[str, ...]
    basis: str
    source: str
    in_force: date
    examples: tuple[Any, ...]
    recording: bool = False
    by_area: bool = False
    region: str = ""


@dataclass(frozen=True)
class _Row:
    key: str
    says: str
    measures: str
    parts: tuple[Any, ...]
    window: str
    covers: str
    applies_to: tuple[str, ...]
    basis: str
    source: str
    in_force: date
    examples: tuple[Any, ...]
    recording: bool = False
    by_area: bool = False
    region: str = ""


def failure(key: str) -> Failure:
    """Which rule has this code?

    Raises:
        UnknownRule: none has.
    """
    if key not in FAILURES:
        raise UnknownRule(key=key, known=", ".join(FAILURES))
    return FAILURES[key]


def worst(states: list[str]) -> str:
    """Which of several states is the worst? Of none: unknown."""
    return min(states, key=WORST_FIRST.index, default=UNKNOWN)


def _part(rule: str, row: dict[str, Any]) -> Part:
    try:
        part = Part(**row)
    except TypeError as error:
        raise SheetFault(sheet="failures", row=rule, fault=str(error)) from error
    bad = part.made not in WAYS or part.worse not in ("higher", "lower")
    if bad or (part.amber is None and part.red is None):
        fault = f"part {part.key}: unknown way, sense or no limit"
        raise SheetFault(sheet="failures", row=rule, fault=fault)
    return part


def _load() -> dict[str, Failure]:
    loaded = {}
    for row in rules.load(_Row, "fourfold.inspect", "failures"):
        if not set(row.applies_to) <= KINDS_OF_BODY:
            raise SheetFault(sheet="failures", row=row.key, fault="applies to nobody")
        parts = tuple(_part(row.key, part) for part in row.parts)
        loaded[row.key] = Failure(**(vars(row) | {"parts": parts}))
    return loaded


FAILURES = _load()
