"""How long have the items of a queue waited?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import SheetFault


@dataclass(frozen=True)
class AgeBand:
    """A band of ages in days: over one number, up to another, which belongs to it."""

    key: str
    says: str
    over: int
    source: str
    up_to: int | None = None
    examples: tuple[Any, ...] = ()

    def holds(self, days: int) -> bool:
        """Does an item that has waited so many days belong to the band?"""
        return days > self.over and (self.up_to is None or days <= self.up_to)


@dataclass(frozen=True)
class Waiting:
    """What waits: how many items in each band, how many untriaged, the oldest's day."""

    by_band: dict[str, int]
    untriaged: int
    oldest_on: date | None

    @property
    def count(self) -> int:
        """How many items wait?"""
        return sum(self.by_band.values())


def waiting(items: Iterable[tuple[date, bool, int]], *, on: date) -> Waiting:
    """How long have these items waited on a day?

    Args:
        items: the day they came in, whether they were triaged, and how many such items
            there are. All of them came in on or before the day and still wait.
        on: the day.

    Returns:
        Every band in the sheet's order, empty ones with 0; no oldest when none waits.
    """
    counts = dict.fromkeys([band.key for band in BANDS], 0)
    untriaged, days = 0, []
    for received_on, triaged, count in items:
        counts[band_of((on - received_on).days).key] += count
        untriaged += 0 if triaged else count
        days.append(received_on)
    return Waiting(counts, untriaged, min(days, default=None))


def band_of(days: int) -> AgeBand:
    """To which band belongs an item that has waited so many days?

    Raises:
        SheetFault: to none, so the sheet has a hole; or `days` is below nothing.
    """
    for band in BANDS:
        if band.holds(days):
            return band
    raise SheetFault(sheet="ages", row="-", fault=f"no band holds {days} days")


BANDS = rules.load(AgeBand, "fourfold.task", "ages")
