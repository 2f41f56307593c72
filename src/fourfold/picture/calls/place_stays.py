"""When were two phones on one cell for a while, silent, and apart before?

All arrays are in whole numbers: codes of phones and cells, seconds after 1970.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

SPAN = 1 << 33
"""More than the seconds of any year that we meet: keeps the times of pairs apart."""


@dataclass(frozen=True)
class Timed:
    """Things that happened to somebody, in the order of `who` and `second`."""

    who: np.ndarray
    second: np.ndarray

    def place(
        self, who: np.ndarray, second: np.ndarray, side: Literal["left", "right"]
    ) -> np.ndarray:
        """Where would these stand, before ("left") or behind ("right") their equals?"""
        keys = self.who.astype(np.int64) * SPAN + self.second
        wanted = who.astype(np.int64) * SPAN + second
        return np.asarray(np.searchsorted(keys, wanted, side=side))

    def at(self, place: np.ndarray, who: np.ndarray) -> np.ndarray:
        """When did it happen to the same one at a place? -1: there is none."""
        if not len(self.who):
            return np.full(len(place), -1)
        inside = np.clip(place, 0, len(self.who) - 1)
        same = (place == inside) & (self.who[inside] == who)
        return np.where(same, self.second[inside], -1)


@dataclass(frozen=True)
class Stays:
    """Joint uses of one cell by a pair, without a longer pause between them.

    `first` is the row, of the joint uses given, with which each began.
    """

    pair: np.ndarray
    cell: np.ndarray
    begins: np.ndarray
    ends: np.ndarray
    first: np.ndarray

    def where(self, kept: np.ndarray) -> "Stays":
        """Some of them, in their order."""
        return Stays(
            self.pair[kept],
            self.cell[kept],
            self.begins[kept],
            self.ends[kept],
            self.first[kept],
        )

    def __len__(self) -> int:
        return len(self.pair)


@dataclass(frozen=True)
class Between:
    """The calls of a pair around each of its stays: before, during, after; -1: none."""

    before: np.ndarray
    during: np.ndarray
    after: np.ndarray


def stays_of(
    pair: np.ndarray,
    cell: np.ndarray,
    begins: np.ndarray,
    ends: np.ndarray,
    pause: float,
) -> Stays:
    """Put joint uses together to stays.

    Args:
        pair: whose, one row a joint use, in any order.
        cell: which cell.
        begins: when the first of the two used it.
        ends: when the other did.
        pause: the longest pause within a stay, in seconds.

    Returns:
        The stays in the order of pair and time. Another cell begins another stay.
    """
    order = np.lexsort((cell, ends, begins, pair))
    pair, cell, begins, ends = (each[order] for each in (pair, cell, begins, ends))
    if not len(pair):
        return Stays(pair, cell, begins, ends, order)
    base = pair.astype(np.int64) * SPAN
    reach = np.maximum.accumulate(base + ends) - base
    new = (pair[1:] != pair[:-1]) | (cell[1:] != cell[:-1])
    new |= begins[1:] - reach[:-1] > pause
    first = np.flatnonzero(np.concatenate(([True], new)))
    until = np.maximum.reduceat(ends, first)
    return Stays(pair[first], cell[first], begins[first], until, order[first])


def calls_around(stays: Stays, calls: Timed) -> Between:
    """When did each pair ring each other last before a stay, in it, and next after?"""
    low = calls.place(stays.pair, stays.begins, "left")
    high = calls.place(stays.pair, stays.ends, "right")
    return Between(
        before=calls.at(low - 1, stays.pair),
        during=high - low,
        after=calls.at(high, stays.pair),
    )


def last_use(
    uses: Timed, who: np.ndarray, begins: np.ndarray, within: float
) -> np.ndarray:
    """Which use of a phone was the last within so many seconds before? -1: none."""
    place = uses.place(who, begins, "left") - 1
    second = uses.at(place, who)
    return np.where((second >= 0) & (second >= begins - within), place, -1)
