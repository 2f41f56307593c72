"""What is one measured figure, and how is it printed?"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import median
from typing import Any


class WrongAnswer(AssertionError):
    """What was measured gave a wrong answer, so its time says nothing."""


@dataclass(frozen=True)
class Figure:
    """One figure: what was measured, how much, of what, and how much is allowed.

    `value` is the median of `runs`; `low` and `high` their least and most. `budget` is
    in the same unit; `None`: measured for the record alone. A budget is a floor when
    `more_is_better`. `note`: what one should know beside it.
    """

    name: str
    value: float
    unit: str
    budget: float | None = None
    low: float | None = None
    high: float | None = None
    runs: int = 1
    note: str = ""
    more_is_better: bool = False

    @property
    def over(self) -> bool:
        """Is it on the wrong side of what is allowed?"""
        if self.budget is None:
            return False
        if self.more_is_better:
            return self.value < self.budget
        return self.value > self.budget

    def as_json(self) -> dict[str, Any]:
        """How is it printed for another program?"""
        return asdict(self) | {"over": self.over}

    def __str__(self) -> str:
        """Say it in a line of the table."""
        line = f"{self.name:<58} {_short(self.value):>10} {self.unit:<8}"
        if self.low is not None and self.high is not None:
            line += f" {_short(self.low)} to {_short(self.high)} in {self.runs} runs"
        if self.budget is not None:
            word = "at least" if self.more_is_better else "at most"
            line += f" ({word} {self.budget:g})" + ("  OVER" if self.over else "")
        return line + (f"  {self.note}" if self.note else "")


def of_runs(
    name: str,
    values: Sequence[float],
    unit: str,
    *,
    budget: float | None = None,
    note: str = "",
) -> Figure:
    """Which figure do several runs give? Their median, with least and most."""
    return Figure(
        name,
        median(values),
        unit,
        budget,
        low=min(values),
        high=max(values),
        runs=len(values),
        note=note,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Below which value does at least this share of the values lie?"""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


def check(*, that: str, found: object, expected: object) -> None:
    """Was the answer right?

    Raises:
        WrongAnswer: it was not; no figure is given for a wrong answer.
    """
    if found != expected:
        raise WrongAnswer(f"{that}: {found!r}, not {expected!r}")


def _short(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"
