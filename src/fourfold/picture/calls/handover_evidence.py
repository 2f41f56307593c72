"""What speaks for and against each new number being the replacement of each old one?

Each kind of evidence is a matrix, old by new, in nats: the logarithm of how much more
likely the new number's traffic is if the old one's user makes it than if anybody does.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from fourfold.picture.calls.handover_change import Changes
from fourfold.picture.calls.handover_traffic import MICROSECONDS_A_DAY, Traffic
from fourfold.picture.calls.handover_weights import WEIGHT

IMPOSSIBLE = -1e6


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
    popularity = _popularity(traffic)
    used = np.bincount(traffic.cell[traffic.cell >= 0], minlength=len(traffic.cells))
    return Sides(
        traffic=traffic,
        old=old,
        new=new,
        old_shares=_shares(_ties(traffic, old, WEIGHT["tie_strength"]), n),
        new_ties=_ties(traffic, new, WEIGHT["tempering"]),
        expected=np.concatenate([popularity, popularity]) / 2,
        old_cells=_row_shares(_cells(traffic, old)),
        new_cells=_cells(traffic, new),
        expected_cells=(used + 1) / (used.sum() + max(len(used), 1)),
    )


def competition(possible: np.ndarray, old: Changes, new: Changes) -> np.ndarray:
    """What each pair has against it for the others that it competes with, in nats.

    A number that may not have changed at all competes less.
    """
    one, two = np.exp(_changed(old)), np.exp(_changed(new))
    rows = (possible * two[None, :]).sum(axis=1, keepdims=True)
    columns = (possible * one[:, None]).sum(axis=0, keepdims=True)
    return np.log(np.maximum(np.maximum(rows, columns), 1)) + WEIGHT["prior"]


def possible_pairs(
    old: Changes, new: Changes, gap: float, overlap: float
) -> np.ndarray:
    """Which pairs change at about the right time? A number never replaces itself.

    Args:
        old: changes of old numbers.
        new: changes of new numbers.
        gap: days that may pass between the old's last and the new's first.
        overlap: days that the new may begin before the old ends.
    """
    days = gap_days(old, new)
    fits = (days <= gap) & (days >= -overlap)
    return fits & (old.numbers[:, None] != new.numbers[None, :])


def gap_days(old: Changes, new: Changes) -> np.ndarray:
    """How many days lie between the fall of each old and the rise of each new?"""
    return (new.at[None, :] - old.at[:, None]) / MICROSECONDS_A_DAY


def change_evidence(old: Changes, new: Changes) -> np.ndarray:
    """How surely did both change at all?"""
    return np.asarray(_changed(old)[:, None] + _changed(new)[None, :])


def gap_evidence(old: Changes, new: Changes, gap: float, overlap: float) -> np.ndarray:
    """Is the time between them short, against any time that was allowed?

    The change of a number with few events is known less exactly.
    """
    usual = WEIGHT["usual_gap"] + _between(old)[:, None] + _between(new)[None, :]
    days = np.abs(gap_days(old, new))
    near = np.exp(-days / usual) / (2 * usual) * (gap + overlap)
    late = WEIGHT["late"]
    return np.asarray(np.log((1 - late) * near + late))


def cell_evidence(sides: Sides) -> np.ndarray:
    """Does the new use the cells of the old, the rare ones above all?"""
    found = _likelihood(
        sides.old_cells, sides.new_cells, sides.expected_cells, WEIGHT["new_cells"]
    )
    most = WEIGHT["most_cells"]
    return np.asarray(np.clip(WEIGHT["cells"] * found, -most / 2, most))


def contact_evidence(
    sides: Sides, belief: np.ndarray, reserve: np.ndarray
) -> np.ndarray:
    """Does the new have the contacts of the old, or the replacements of them?

    Args:
        sides: what is known of both.
        belief: old by new, 0 to 1: how far each is thought to be the other.
        reserve: what a number that did not change has in common with each new one.
    """
    shares = followed(sides, belief)
    found = WEIGHT["contacts"] * _likelihood(
        shares, sides.new_ties, sides.expected, WEIGHT["new_ties"]
    )
    found = found - WEIGHT["circle"] * np.maximum(reserve, 0)[None, :]
    return softened(found)


def softened(nats: np.ndarray) -> np.ndarray:
    """Evidence of one kind, in nats, bent so that no amount of it decides alone."""
    most = WEIGHT["most_contacts"]
    bent = most * np.log1p(np.maximum(nats, 0) / most)
    return np.asarray(np.where(nats > 0, bent, np.maximum(nats, -most / 2)))


def followed(sides: Sides, belief: np.ndarray) -> sparse.csr_matrix:
    """The contacts of each old number, each counted for its replacements as well."""
    n = len(sides.traffic.names)
    rows, columns = np.nonzero(belief > 1e-4)
    weights = belief[rows, columns]
    moves = sparse.csr_matrix(
        (weights, (sides.old.numbers[rows], sides.new.numbers[columns])), (n, n)
    )
    both = sparse.block_diag([moves, moves], format="csr")
    return (sides.old_shares + sides.old_shares @ both).tocsr()


def circle_evidence(sides: Sides) -> np.ndarray:
    """How well does the best number that did not change explain each new one?

    Returns:
        One figure a new number, in nats, at least 0.
    """
    traffic = sides.traffic
    everybody = np.unique(traffic.number)
    changed = np.concatenate([sides.old.numbers, sides.new.numbers])
    steady = everybody[~np.isin(everybody, changed)]
    if not len(steady) or not len(sides.new):
        return np.zeros(len(sides.new))
    whole = np.full(len(steady), traffic.begins), np.full(len(steady), traffic.ends)
    none = np.zeros(len(steady))
    as_changes = Changes(steady, none, none, whole[0], whole[1], none, none)
    n = len(traffic.names)
    ties = _ties(traffic, as_changes, WEIGHT["tie_strength"])
    found = WEIGHT["contacts"] * _likelihood(
        _shares(ties, n), sides.new_ties, sides.expected, WEIGHT["new_ties"]
    )
    touching = (ties[:, :n] + ties[:, n:]).tocsr()[:, sides.new.numbers].toarray() > 0
    return np.maximum(np.where(touching, 0.0, found).max(axis=0), 0.0)


def habit_evidence(sides: Sides) -> np.ndarray:
    """Are volume, hours, length and direction of calls alike?"""
    old, new = _habits(sides.traffic, sides.old), _habits(sides.traffic, sides.new)
    total = np.zeros((len(sides.old), len(sides.new)))
    for mine, theirs in zip(old, new, strict=True):
        everybody = np.concatenate([mine[:, 0], theirs[:, 0]])
        spread = max(float(np.std(everybody)), 0.05) if len(everybody) else 1.0
        error = np.sqrt(mine[:, 1][:, None] + theirs[:, 1][None, :])
        same = np.sqrt((0.5 * spread) ** 2 + error**2)
        other = np.sqrt(2 * spread**2 + error**2)
        apart = mine[:, 0][:, None] - theirs[:, 0][None, :]
        total += np.clip(
            np.log(other / same) - apart**2 / 2 * (1 / same**2 - 1 / other**2), -2, 2
        )
    return np.asarray(np.clip(WEIGHT["habits"] * total, -3, 3))


def handset_evidence(sides: Sides) -> np.ndarray:
    """Was one handset used with both numbers?"""
    traffic = sides.traffic
    if not len(traffic.imeis):
        return np.zeros((len(sides.old), len(sides.new)))
    seen = traffic.imei >= 0
    used = sparse.csr_matrix(
        (np.ones(seen.sum()), (traffic.number[seen], traffic.imei[seen])),
        (len(traffic.names), len(traffic.imeis)),
    )
    both = used[sides.old.numbers] @ used[sides.new.numbers].T
    return np.where(both.toarray() > 0, WEIGHT["same_handset"], 0.0)


def direct_calls(sides: Sides) -> np.ndarray:
    """How many events are there between each old and each new number?"""
    traffic = sides.traffic
    size = (len(traffic.names), len(traffic.names))
    pairs = sparse.csr_matrix(
        (np.ones(len(traffic.number)), (traffic.number, traffic.other)), size
    )
    return np.asarray(pairs[sides.old.numbers][:, sides.new.numbers].toarray())


def _changed(changes: Changes) -> np.ndarray:
    """How far does each change stand out from what chance makes, in nats, at most 0?"""
    beyond = WEIGHT["change"] * changes.sure - WEIGHT["sure_change"]
    return np.asarray(-np.log1p(np.exp(-np.clip(beyond, -30, 30))))


def _between(changes: Changes) -> np.ndarray:
    """How many days usually pass between two events of each number?"""
    days = (changes.ends - changes.begins) / MICROSECONDS_A_DAY
    return np.asarray(np.minimum(days / np.maximum(changes.kept, 1), 2.0))


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


def _ties(traffic: Traffic, changes: Changes, power: float) -> sparse.csr_matrix:
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


def _shares(ties: sparse.csr_matrix, n: int) -> sparse.csr_matrix:
    """Shares of a row; a tie one way makes the other way likely too."""
    turned = sparse.hstack([ties[:, n:], ties[:, :n]], format="csr")
    return _row_shares((0.75 * ties + 0.25 * turned).tocsr())


def _row_shares(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    totals = np.asarray(counts.sum(axis=1)).ravel()
    scale = sparse.diags(np.where(totals > 0, 1 / np.maximum(totals, 1e-12), 0))
    return (scale @ counts).tocsr()


def _likelihood(
    shares: sparse.csr_matrix,
    seen: sparse.csr_matrix,
    expected: np.ndarray,
    strange: float,
) -> np.ndarray:
    """How much likelier is what was seen, from those shares than from everybody's?"""
    ratio = shares.copy()
    ratio.data = likelier(ratio.data, expected[ratio.indices], strange)
    ratio.data -= np.log(strange)
    each = np.asarray(seen.sum(axis=1)).ravel()
    return np.asarray((ratio @ seen.T).toarray() + np.log(strange) * each[None, :])


def likelier(share: np.ndarray, expected: np.ndarray, strange: float) -> np.ndarray:
    """How much likelier is one event from that share than from everybody's, in nats?"""
    times = np.minimum(share / expected, WEIGHT["most_times"])
    return np.asarray(np.log((1 - strange) * times + strange))


def _popularity(traffic: Traffic) -> np.ndarray:
    """How likely is each number to be the contact of an event while it is in use?"""
    life = np.maximum(traffic.last - traffic.first, MICROSECONDS_A_DAY)
    rate = (traffic.events + 1) / life
    return np.asarray(rate / rate.sum())


def _habits(traffic: Traffic, changes: Changes) -> list[np.ndarray]:
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
