"""Can two pairs be swapped so that the pictures before and after agree better?

Inside a crew all members look alike to a sum that weighs one pair at a time. Here the
whole assignment is weighed: who rang whom before against who rang whom afterwards.
"""

from dataclasses import dataclass

import numpy as np

from fourfold.picture.calls.handover_evidence import IMPOSSIBLE, Sides
from fourfold.picture.calls.handover_weights import WEIGHT

MOST_OLD, MOST_NEW = 24, 36
RESTARTS = 12
SEED = 20260302
NOBODY = -1


@dataclass(frozen=True)
class Table:
    """The sum of an assignment, ready to be looked up.

    `olds` and `news` are positions in the sides. `alone[i, a]` is the evidence of the
    pair (i, a) for all that does not depend on other pairs; `tied[i, a, j, b]` what it
    gains, or loses, when (j, b) is a pair too. Both in nats.
    """

    olds: np.ndarray
    news: np.ndarray
    alone: np.ndarray
    tied: np.ndarray

    def total(self, chosen: np.ndarray) -> float:
        """The evidence of a whole assignment: `chosen[i]` is the new of old i, or -1."""
        i = np.flatnonzero(chosen >= 0)
        a = chosen[i]
        both = self.tied[i[:, None], a[:, None], i[None, :], a[None, :]]
        return float(self.alone[i, a].sum() + both.sum())


def refined(
    sides: Sides, base: np.ndarray, circle: np.ndarray, pairs: list[tuple[int, int]],
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
    chosen = _best(table, start)
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
    """The likely pairs, and the best alternatives to each."""
    likely = sorted((p for p in pairs if nats[p] > 0), key=lambda p: (-nats[p], p))
    likely = likely[: MOST_OLD * 2 // 3]
    olds, news = [o for o, _ in likely], [n for _, n in likely]
    for o, n in likely:
        olds += [int(i) for i in np.argsort(-nats[:, n], kind="stable")[:2]]
        news += [int(a) for a in np.argsort(-nats[o], kind="stable")[:3]]
    return (
        np.array(list(dict.fromkeys(olds))[:MOST_OLD], dtype=np.int64),
        np.array(list(dict.fromkeys(news))[:MOST_NEW], dtype=np.int64),
    )


def _table(
    sides: Sides, base: np.ndarray, circle: np.ndarray, olds: np.ndarray,
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
        return np.asarray(np.log((1 - strange) * share / chance + strange))

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
    return Table(olds, news, base[np.ix_(olds, news)] + alone, weight * tied)


def _best(table: Table, start: np.ndarray) -> np.ndarray:
    """The best of what is reached from the start and from shuffled starts."""
    rng = np.random.default_rng(SEED)
    best = _climbed(table, start)
    for _ in range(RESTARTS):
        some = rng.permutation(len(best))[: max(3, len(best) // 2)]
        shuffled = best.copy()
        shuffled[some] = best[rng.permutation(some)]
        tried = _climbed(table, shuffled)
        if table.total(tried) > table.total(best) + 1e-9:
            best = tried
    return best


def _climbed(table: Table, chosen: np.ndarray) -> np.ndarray:
    """Take the best single swap or move until none helps."""
    while True:
        now = table.total(chosen)
        steps = [(table.total(step), at, step) for at, step in _steps(table, chosen)]
        best = max(steps, key=lambda s: (s[0], -s[1]), default=(now, 0, chosen))
        if best[0] <= now + 1e-9:
            return chosen
        chosen = best[2]


def _steps(table: Table, chosen: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """Every swap of two, and every move of one to a free number."""
    steps: list[np.ndarray] = []
    free = np.setdiff1d(np.arange(len(table.news)), chosen)
    for i in range(len(chosen)):
        for j in range(i + 1, len(chosen)):
            if chosen[i] != chosen[j]:
                steps.append(chosen.copy())
                steps[-1][[i, j]] = chosen[[j, i]]
        if chosen[i] != NOBODY:
            for a in free:
                steps.append(chosen.copy())
                steps[-1][i] = a
    return list(enumerate(steps))


def _margins(table: Table, chosen: np.ndarray) -> list[float]:
    """By how much is the whole better than the best step that changes each pair?"""
    now = table.total(chosen)
    best = np.full(len(chosen), -np.inf)
    for _, step in _steps(table, chosen):
        changed = np.flatnonzero(step != chosen)
        best[changed] = np.maximum(best[changed], table.total(step))
    return [float(min(now - b, 99.0)) for b in best]
