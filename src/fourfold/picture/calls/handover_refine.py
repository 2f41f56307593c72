"""Can two pairs be swapped so that the pictures before and after agree better?

Inside a crew all members look alike to a sum that weighs one pair at a time. Here the
whole assignment is weighed: who rang whom before against who rang whom afterwards.
"""

from dataclasses import dataclass

import numpy as np

from fourfold.picture.calls.handover_evidence import IMPOSSIBLE, likelier
from fourfold.picture.calls.handover_sides import Sides
from fourfold.picture.calls.handover_weights import WEIGHT

MOST_OLD, MOST_NEW = 30, 40
SEEDS = 40
NOBODY = -1


@dataclass(frozen=True)
class Table:
    """The sum of an assignment, ready to be looked up.

    `olds` and `news` are positions in the sides. `alone[i, a]` is the evidence of the
    pair (i, a) for all that does not depend on other pairs; `tied[i, a, j, b]` what
    both gain, or lose, when (j, b) is a pair too. Both in nats.
    """

    olds: np.ndarray
    news: np.ndarray
    alone: np.ndarray
    tied: np.ndarray

    def field(self, chosen: np.ndarray) -> np.ndarray:
        """What would each pair add to an assignment: `chosen[i]` is the new of i?"""
        i = np.flatnonzero(chosen >= 0)
        return np.asarray(self.alone + self.tied[:, :, i, chosen[i]].sum(axis=2))

    def total(self, chosen: np.ndarray) -> float:
        """The evidence of a whole assignment."""
        i = np.flatnonzero(chosen >= 0)
        both = self.alone[i, chosen[i]] + self.field(chosen)[i, chosen[i]]
        return float(both.sum() / 2)


def refined(
    sides: Sides,
    base: np.ndarray,
    circle: np.ndarray,
    pairs: list[tuple[int, int]],
    nats: np.ndarray,
) -> tuple[list[tuple[int, int]], dict[tuple[int, int], float]]:
    """Swap until no swap, and no new start, makes the whole fit better.

    Args:
        sides: old and new numbers.
        base: old by new, evidence without contacts, in nats.
        circle: a figure a new number, to be taken off its contacts.
        pairs: the assignment to start from.
        nats: old by new, its evidence with contacts.

    Returns:
        The pairs, and for those that were weighed together by how many nats each beats
        its best alternative.
    """
    olds, news = _weighed(pairs, nats)
    if not len(olds):
        return pairs, {}
    table = _table(sides, base, circle, olds, news)
    place = {new: at for at, new in enumerate(news.tolist())}
    given = dict(pairs)
    start = np.array([place.get(given.get(old, NOBODY), NOBODY) for old in olds])
    chosen = best_choice(table, start)
    margins = _margins(table, chosen)
    weighed = {
        (int(olds[i]), int(news[a])): margins[i]
        for i, a in enumerate(chosen)
        if a != NOBODY and base[olds[i], news[a]] > IMPOSSIBLE / 2
    }
    taken_old, taken_new = set(olds.tolist()), {n for _, n in weighed}
    others = [p for p in pairs if p[0] not in taken_old and p[1] not in taken_new]
    return [*weighed, *others], weighed


def _weighed(
    pairs: list[tuple[int, int]], nats: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The likeliest pairs, and the likeliest numbers beside them."""
    likely = sorted(pairs, key=lambda p: (-nats[p], p))[: MOST_OLD // 2]
    olds, news = [o for o, _ in likely], [n for _, n in likely]
    olds += np.argsort(-nats.max(axis=1), kind="stable")[:MOST_OLD].tolist()
    news += np.argsort(-nats.max(axis=0), kind="stable")[:MOST_NEW].tolist()
    return (
        np.array(list(dict.fromkeys(olds))[:MOST_OLD], dtype=np.int64),
        np.array(list(dict.fromkeys(news))[:MOST_NEW], dtype=np.int64),
    )


def _table(
    sides: Sides,
    base: np.ndarray,
    circle: np.ndarray,
    olds: np.ndarray,
    news: np.ndarray,
) -> Table:
    n, strange = len(sides.traffic.names), WEIGHT["new_ties"]
    shares = sides.old_shares[olds]
    seen = sides.new_ties[news]
    old_names, new_names = sides.old.numbers[olds], sides.new.numbers[news]
    new_columns = np.stack([new_names, n + new_names])
    old_columns = np.stack([old_names, n + old_names])
    own = np.stack([shares[:, c].toarray() for c in new_columns])
    through = np.stack([shares[:, c].toarray() for c in old_columns])
    calls = np.stack([seen[:, c].toarray() for c in new_columns])
    expected = sides.expected[new_columns]

    def gain(share: np.ndarray, chance: np.ndarray) -> np.ndarray:
        return likelier(share, np.broadcast_to(chance, share.shape), strange)

    unfollowed = gain(own, expected[:, None, :])
    followed = gain(
        own[:, :, None, :] + through[:, :, :, None], expected[:, None, None, :]
    )
    more = followed - unfollowed[:, :, None, :]
    tied = np.einsum("dab,dijb->iajb", calls, more)
    ratio = shares.copy()
    ratio.data = gain(ratio.data, sides.expected[ratio.indices]) - np.log(strange)
    each = np.asarray(seen.sum(axis=1)).ravel()
    alone = (ratio @ seen.T).toarray() + np.log(strange) * each[None, :]
    weight = WEIGHT["contacts"]
    alone = weight * alone - WEIGHT["circle"] * circle[news][None, :]
    tied = weight * (tied + tied.transpose(2, 3, 0, 1))
    same = np.arange(len(olds))
    tied[same, :, same, :] = 0.0
    return Table(olds, news, base[np.ix_(olds, news)] + alone, tied)


def best_choice(table: Table, start: np.ndarray) -> np.ndarray:
    """What is the best that can be reached, from a start and from likely pairs?"""
    best, most = _climbed(table, start)
    for seed in _seeds(table):
        tried, total = _climbed(table, seed)
        if total > most + 1e-9:
            best, most = tried, total
    return best


def _seeds(table: Table) -> list[np.ndarray]:
    """Two pairs each, those that support each other most."""
    i, a = (axis.ravel() for axis in np.indices(table.alone.shape))
    alone = table.alone.ravel()
    two = alone[:, None] + alone[None, :] + table.tied.reshape(len(i), len(i))
    two[(i[:, None] >= i[None, :]) | (a[:, None] == a[None, :])] = -np.inf
    best = np.argsort(-two, axis=None, kind="stable")[:SEEDS]
    seeds = []
    for one, other in zip(*np.unravel_index(best, two.shape), strict=True):
        if np.isfinite(two[one, other]):
            seeds.append(np.full(len(table.olds), NOBODY))
            seeds[-1][[i[one], i[other]]] = a[one], a[other]
    return seeds


def _climbed(table: Table, chosen: np.ndarray) -> tuple[np.ndarray, float]:
    """Take the best move or swap until none helps."""
    chosen = chosen.copy()
    while True:
        field = table.field(chosen)
        gains, holders = _move_gains(table, chosen, field)
        swaps = _swap_gains(table, chosen, field)
        if max(gains.max(), swaps.max()) <= 1e-9:
            return chosen, table.total(chosen)
        if gains.max() >= swaps.max():
            i, a = np.unravel_index(int(np.argmax(gains)), gains.shape)
            if a < len(table.news) and holders[a] != NOBODY:
                chosen[holders[a]] = NOBODY
            chosen[i] = a if a < len(table.news) else NOBODY
        else:
            i, j = np.unravel_index(int(np.argmax(swaps)), swaps.shape)
            chosen[[i, j]] = chosen[[j, i]]


def _move_gains(
    table: Table, chosen: np.ndarray, field: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What does it gain to give each old each new, taking it from its holder?

    Returns:
        Old by new and, in the last column, nobody; and who holds each new, or -1.
    """
    size, wide = field.shape
    held = np.flatnonzero(chosen >= 0)
    now = np.zeros(size)
    now[held] = field[held, chosen[held]]
    gains = np.concatenate([field, np.zeros((size, 1))], axis=1) - now[:, None]
    holders = np.full(wide, NOBODY)
    holders[chosen[held]] = held
    taken = chosen[held]
    gains[:, taken] -= now[held][None, :]
    gains[:, taken] -= table.tied[:, taken, held, taken]
    left = table.tied[held[:, None], taken[:, None], held[None, :], taken[None, :]]
    gains[held[:, None], taken[None, :]] += left
    gains[held, taken] = 0.0
    return gains, holders


def _swap_gains(table: Table, chosen: np.ndarray, field: np.ndarray) -> np.ndarray:
    """What does it gain that two olds swap their news?"""
    size = len(chosen)
    gains = np.full((size, size), -np.inf)
    held = np.flatnonzero(chosen >= 0)
    if len(held) < 2:
        return gains
    i, j, a, b = (
        held[:, None], held[None, :], chosen[held][:, None], chosen[held][None, :]
    )  # fmt: skip
    tied = table.tied
    gain = field[i, b] - field[i, a] + field[j, a] - field[j, b]
    gain = gain - tied[i, b, j, b] - tied[i, a, j, a] + tied[i, a, j, b]
    gains[i, j] = gain + tied[i, b, j, a]
    gains[held, held] = -np.inf
    return gains


def _margins(table: Table, chosen: np.ndarray) -> list[float]:
    """By how much is the whole better than the best step that changes each pair?"""
    field = table.field(chosen)
    gains, holders = _move_gains(table, chosen, field)
    swaps = _swap_gains(table, chosen, field)
    held = np.flatnonzero(chosen >= 0)
    gains[held, chosen[held]] = -np.inf
    best = np.maximum(gains.max(axis=1), swaps.max(axis=1))
    for a, holder in enumerate(holders):
        if holder != NOBODY:
            best[holder] = max(best[holder], gains[:, a].max())
    return [float(min(-gain, 99.0)) for gain in best]
