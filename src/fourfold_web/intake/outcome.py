"""What became of a delivery, in figures and faults?"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from fourfold.intake.cells import Fault

LISTED = 50_000
"""Faults that an outcome lists; all of them are kept with the quarantined rows."""


@dataclass
class Tally:
    """How many rows came, and what became of them."""

    loaded: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: int = 0

    @property
    def rows(self) -> int:
        """How many rows came in all?"""
        return self.loaded + self.changed + self.unchanged + self.quarantined


@dataclass
class Outcome:
    """What became of one delivery. `delivery` None: a dry run, nothing written.

    `faults` stand in the order of the file, those of the file as a whole last.
    """

    delivery: str | None
    file: str
    kind: str
    body: str
    layout: str
    sha256: str
    tally: Tally
    faults: Sequence[Fault]
    unread: Sequence[str] = ()
    first_rows: Sequence[dict[str, Any]] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """What does the machine-readable answer say?"""
        return {
            "delivery": self.delivery,
            "sha256": self.sha256,
            "rows": self.tally.rows,
            "loaded": self.tally.loaded,
            "unchanged": self.tally.unchanged,
            "changed": self.tally.changed,
            "quarantined": self.tally.quarantined,
            "faults": [asdict(fault) for fault in self.faults],
        }


@dataclass(frozen=True)
class Cause:
    """Faults with the same cause: their field, what is wrong, the mend, how many."""

    field: str
    fault: str
    mend: str
    count: int
    lines: tuple[int, ...]
    values: tuple[str, ...]


SHOWN_OF_A_CAUSE = 5


def by_cause(faults: Sequence[Fault]) -> list[Cause]:
    """Which causes are behind the faults? The commonest first."""
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.field, fault.fault, fault.mend), []).append(fault)
    causes = [
        Cause(
            *cause,
            count=len(group),
            lines=tuple(one.line for one in group[:SHOWN_OF_A_CAUSE]),
            values=tuple(dict.fromkeys(one.value for one in group if one.value != ""))[
                :SHOWN_OF_A_CAUSE
            ],
        )
        for cause, group in groups.items()
    ]
    return sorted(causes, key=lambda cause: -cause.count)
