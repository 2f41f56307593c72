"""What may stand in one cell of a file, and why can a cell not be read?"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

LONGEST_TEXT = 20_000
LONGEST_REFERENCE = 100
SHOWN = 200
"""Characters of a faulty value that a fault repeats."""


class Formula(Enum):
    """A workbook cell that holds a formula instead of a value."""

    CELL = "a formula"


Cell = str | int | float | bool | date | list[str] | Formula | None
"""Text of a text file; typed in a workbook or JSON; a list in JSON or XML."""


@dataclass(frozen=True)
class Wrong:
    """Why a cell cannot be read, and how to mend it."""

    fault: str
    mend: str


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where, what stands there, why, and how to mend it.

    `line` is the line of a text file or the row of a workbook; `field` is our field, or
    "" for a fault of the whole row.
    """

    line: int
    field: str
    value: str
    fault: str
    mend: str


@dataclass(frozen=True)
class RawRow:
    """One row as the file holds it, its cells in the order of the layout's columns.

    `wrong` says why the row as a whole cannot be read; its cells are then one text.
    """

    line: int
    cells: list[Cell]
    wrong: Wrong | None = None


FORMULA = Wrong(
    "a formula, not a value", "Paste the cells as values and export the file again."
)
TWO_VALUES = Wrong("more than one value", "Give one value.")


def shown(cell: Cell) -> str:
    """How is a cell repeated in a fault? Long text is cut."""
    text = in_full(cell)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def in_full(cell: Cell) -> str:
    """How is a cell kept until its row is mended? Nothing is cut."""
    if cell is None:
        return ""
    text = cell.value if isinstance(cell, Formula) else cell
    return "; ".join(text) if isinstance(text, list) else str(text)
