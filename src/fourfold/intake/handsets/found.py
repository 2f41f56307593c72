"""What does a reader of handset material hand over, one thing at a time?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fourfold.intake.cells import Fault, shown


@dataclass(frozen=True)
class Found:
    """One row of a kind of evidence, without its input.

    `line` is the line of a text or the place of the item in the part that holds it;
    `values` lacks columns that the item says nothing of.
    """

    kind: str
    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Spoilt:
    """One item that cannot be read; it is kept back with its fault."""

    fault: Fault


@dataclass(frozen=True)
class Placed:
    """Where an item handed over before lies in the source: file, table and offset."""

    item: str
    place: str


@dataclass(frozen=True)
class Remark:
    """A sentence that the reader of the results must know."""

    text: str


@dataclass(frozen=True)
class Sought:
    """The bytes of the one picture that was sought."""

    data: bytes


Item = Found | Spoilt | Placed | Remark | Sought
Items = Iterator[Item]


def spoilt(line: int, value: str, fault: str, mend: str, field: str = "") -> Spoilt:
    """An item that is kept back: where it stands, what it says, why and how to mend."""
    return Spoilt(Fault(line, field, shown(value), fault, mend))
