"""What is one measured figure, and how is it printed?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure: what was measured, how much, of what, and how much is allowed.

    `budget` is in the same unit; `None`: measured for the record alone.
    """

    name: str
    value: float
    unit: str
    budget: float | None = None

    @property
    def over(self) -> bool:
        """Is it above what is allowed?"""
        return self.budget is not None and self.value > self.budget

    def __str__(self) -> str:
        """Say it in a line of the table."""
        allowed = "" if self.budget is None else f"  (budget {self.budget:g})"
        mark = "  OVER" if self.over else ""
        return f"{self.name:<60} {self.value:>12,.2f} {self.unit}{allowed}{mark}"
