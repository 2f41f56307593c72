"""What speaks for and against each new number being the replacement of each old one?

Each kind of evidence is a matrix, old by new, in nats: the logarithm of how much more
likely the new number's traffic is if the old one's user makes it than if anybody does.
"""

import numpy as np
from scipy import sparse

from fourfold.picture.calls.handover_change import Changes
from fourfold.picture.calls.handover_sides import (
    Sides,
    habits_of,
    shares_of,
    ties_of,
)
from fourfold.picture.calls.handover_traffic import MICROSECONDS_A_DAY
from fourfold.picture.calls.handover_weights import WEIGHT

IMPOSSIBLE = -1e6


def competition(possible: np.ndarray, old: Changes, new: Changes) -> np.ndarray:
    """What each pair has against it for the others that it competes with, in nats.

    A number that may not have changed at all competes less.
    """
    one, two = np.exp(_changed(old)), np.exp(_changed(new))
    rows = (possible * two[None, :]).sum(axis=1, keepdims=True)
    columns = (possible * one[:, None]).sum(axis=0, keepdims=True)
    most = np.maximum(np.maximum(rows, columns), 1)
    return np.asarray(np.log(most) + WEIGHT["prior"])


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
    return np.asarray(fits & (old.numbers[:, None] != new.numbers[None, :]))


def gap_days(old: Changes, new: Changes) -> np.ndarray:
    """How many days lie between the fall of each old and the rise of each new?"""
    return np.asarray((new.at[None, :] - old.at[:, None]) / MICROSECONDS_A_DAY)


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
    whole = (
        np.full(len(steady), traffic.whole.begins),
        np.full(len(steady), traffic.whole.ends),
    )
    none = np.zeros(len(steady))
    as_changes = Changes(steady, none, none, whole[0], whole[1], none, none)
    n = len(traffic.names)
    ties = ties_of(traffic, as_changes, WEIGHT["tie_strength"])
    found = WEIGHT["contacts"] * _likelihood(
        shares_of(ties, n), sides.new_ties, sides.expected, WEIGHT["new_ties"]
    )
    touching = (ties[:, :n] + ties[:, n:]).tocsr()[:, sides.new.numbers].toarray() > 0
    return np.asarray(np.maximum(np.where(touching, 0.0, found).max(axis=0), 0.0))


def habit_evidence(sides: Sides) -> np.ndarray:
    """Are volume, hours, length and direction of calls alike?"""
    old, new = habits_of(sides.traffic, sides.old), habits_of(sides.traffic, sides.new)
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
