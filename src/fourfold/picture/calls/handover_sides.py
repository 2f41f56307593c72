"""What is each old and each new number known by, on the busy side of its change?"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from fourfold.picture.calls.handover_change import Changes
from fourfold.picture.calls.handover_traffic import MICROSECONDS_A_DAY, Traffic, rates
from fourfold.picture.calls.handover_weights import WEIGHT


@dataclass(frozen=True)
class Sides:
    """The old and the new numbers that are weighed, with what each is known by.

    `ties` are tempered counts of events, contact and direction: column c for calls to
    contact c, n + c for calls from it. `shares` are the same as shares of a row.
    `expected` is the share of all traffic in such a column. `cells` likewise.
    """

    traffic: Traffic
    old: Changes
    new: Changes
    old_shares: sparse.csr_matrix
    new_ties: sparse.csr_matrix
    expected: np.ndarray
    old_cells: sparse.csr_matrix
    new_cells: sparse.csr_matrix
    expected_cells: np.ndarray


def sides_of(traffic: Traffic, old: Changes, new: Changes) -> Sides:
    """Gather what old numbers did while busy and new ones since."""
    n = len(traffic.names)
    fallen = dict(zip(old.numbers.tolist(), old.at.tolist(), strict=True))
    risen = dict(zip(new.numbers.tolist(), new.at.tolist(), strict=True))
    old = _bounded(old, begins=risen)
    new = _bounded(new, ends=fallen)
    chance = popularity(traffic)
    used = np.bincount(traffic.cell[traffic.cell >= 0], minlength=len(traffic.cells))
    return Sides(
        traffic=traffic,
        old=old,
        new=new,
        old_shares=shares_of(ties_of(traffic, old, WEIGHT["tie_strength"]), n),
        new_ties=ties_of(traffic, new, WEIGHT["tempering"]),
        expected=np.concatenate([chance, chance]) / 2,
        old_cells=_row_shares(_cells(traffic, old)),
        new_cells=_cells(traffic, new),
        expected_cells=(used + 1) / (used.sum() + max(len(used), 1)),
    )


def popularity(traffic: Traffic) -> np.ndarray:
    """How likely is each number to be the contact of an event while it is in use?"""
    used = rates(traffic.events, traffic.first, traffic.last)
    return np.asarray(used / max(traffic.whole.rate, 1e-30))


def habits_of(traffic: Traffic, changes: Changes) -> list[np.ndarray]:
    """For each habit, its value and the variance of that, a row a change."""
    row, which = _busy(traffic, changes)
    size = len(changes)
    count = np.maximum(np.bincount(which, minlength=size), 1)
    days = np.maximum((changes.ends - changes.begins) / MICROSECONDS_A_DAY, 0.5)

    def mean(values: np.ndarray) -> np.ndarray:
        return np.bincount(which, values, minlength=size) / count

    hour = ((traffic.at + traffic.ahead) % MICROSECONDS_A_DAY)[row]
    angle = hour / MICROSECONDS_A_DAY * 2 * np.pi
    length = np.log1p(np.maximum(traffic.seconds[row], 0))
    return [
        np.stack([np.log(count / days), 1 / count], axis=1),
        np.stack([mean(traffic.out[row].astype(float)), 0.25 / count], axis=1),
        np.stack([mean(length), 1.0 / count], axis=1),
        np.stack([mean(np.cos(angle)), 0.5 / count], axis=1),
        np.stack([mean(np.sin(angle)), 0.5 / count], axis=1),
    ]


def _bounded(
    changes: Changes,
    begins: dict[int, int] | None = None,
    ends: dict[int, int] | None = None,
) -> Changes:
    """Cut the busy side where the number's other change lies inside it."""
    low, high = changes.begins.copy(), changes.ends.copy()
    for place, number in enumerate(changes.numbers.tolist()):
        if begins and number in begins and begins[number] < changes.at[place]:
            low[place] = max(low[place], begins[number])
        if ends and number in ends and ends[number] > changes.at[place]:
            high[place] = min(high[place], ends[number])
    return Changes(
        changes.numbers,
        changes.at,
        changes.sure,
        low,
        high,
        changes.kept,
        changes.stray,
    )


def _busy(traffic: Traffic, changes: Changes) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the busy sides, and which change each belongs to."""
    starts = np.searchsorted(traffic.number, changes.numbers, side="left")
    stops = np.searchsorted(traffic.number, changes.numbers, side="right")
    rows = [np.arange(low, high) for low, high in zip(starts, stops, strict=True)]
    which = np.repeat(np.arange(len(changes)), stops - starts)
    row = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
    at = traffic.at[row]
    inside = (at >= changes.begins[which]) & (at <= changes.ends[which])
    return row[inside], which[inside]


def ties_of(traffic: Traffic, changes: Changes, power: float) -> sparse.csr_matrix:
    """Events with each contact to a power, shared out between the two directions."""
    row, which = _busy(traffic, changes)
    n = len(traffic.names)
    other, out = traffic.other[row], traffic.out[row]
    shape, ones = (len(changes), 2 * n), np.ones(len(row))
    counts = sparse.csr_matrix((ones, (which, other + np.where(out, 0, n))), shape)
    turned = sparse.csr_matrix((ones, (which, other + np.where(out, n, 0))), shape)
    both = (counts + turned).tocsr()
    both.data = both.data ** (power - 1)
    return counts.multiply(both).tocsr()


def _cells(traffic: Traffic, changes: Changes) -> sparse.csr_matrix:
    row, which = _busy(traffic, changes)
    known = traffic.cell[row] >= 0
    counts = sparse.csr_matrix(
        (np.ones(known.sum()), (which[known], traffic.cell[row][known])),
        (len(changes), len(traffic.cells)),
    )
    counts.data = counts.data ** WEIGHT["tempering"]
    return counts


def shares_of(ties: sparse.csr_matrix, n: int) -> sparse.csr_matrix:
    """Shares of a row; a tie one way makes the other way likely too."""
    turned = sparse.hstack([ties[:, n:], ties[:, :n]], format="csr")
    return _row_shares((0.75 * ties + 0.25 * turned).tocsr())


def _row_shares(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    totals = np.asarray(counts.sum(axis=1)).ravel()
    scale = sparse.diags(np.where(totals > 0, 1 / np.maximum(totals, 1e-12), 0))
    return (scale @ counts).tocsr()
