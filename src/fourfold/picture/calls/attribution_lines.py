"""What is one line of an attribution worksheet, and what is the question it answers?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fourfold.base import rules

FOR, AGAINST, NEITHER = "for", "against", "neither"
SHORTEST_NAME = 3
LAST_FIGURES = 9
"""Figures by which two writings of a full number are compared (chosen)."""


@dataclass(frozen=True)
class Weight:
    """How much one kind of evidence weighs, 1 to 3."""

    key: str
    says: str
    weight: int
    source: str


WEIGHTS = {
    weight.key: weight
    for weight in rules.load(Weight, "fourfold.picture.calls", "attribution")
}


@dataclass(frozen=True)
class Line:
    """One finding: its kind (a key of the sheet), its side, the rows it rests on."""

    kind: str
    side: str
    finding: str
    rows: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How much does it weigh? Nothing where it speaks for neither side."""
        return 0 if self.side == NEITHER else WEIGHTS[self.kind].weight


@dataclass(frozen=True)
class Worksheet:
    """Whose number is asked about, and what is known of the person.

    `others` are the person's other numbers; `owned` the identifiers recorded for the
    person, by kind.
    """

    number: str
    person: str = ""
    others: tuple[str, ...] = ()
    owned: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Which words of the person's name are long enough to look for?"""
        words = self.person.lower().replace(",", " ").split()
        return tuple(word for word in words if len(word) >= SHORTEST_NAME)

    def names_in(self, text: str) -> bool:
        """Does a text hold a word of the person's name, as a word?"""
        words = "".join(c if c.isalpha() else " " for c in text.lower()).split()
        return any(name in words for name in self.names)

    def is_own(self, kind: str, identifier: str) -> bool:
        """Is an identifier of a kind recorded as the person's?"""
        return identifier in self.owned.get(kind, frozenset())


def is_number(column: Any, number: str) -> Any:
    """Is a column of text this number, however it is written?"""
    if not number.startswith("+"):
        return column == number
    figures = column.re_replace("[^0-9]", "")
    return figures.right(LAST_FIGURES) == number[-LAST_FIGURES:]


def rows_of(rows: list[dict[str, Any]], most: int = 5) -> tuple[str, ...]:
    """How are the rows of a finding named? File and line, the first few."""
    return tuple(f"input {row['input']} line {row['line']}" for row in rows[:most])
