"""Weighing a whole assignment: each step's gain is what the whole gains."""

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.calls.handover_refine import (
    NOBODY,
    Table,
    _move_gains,
    _swap_gains,
    best_choice,
)


def made(seed: int, olds: int, news: int) -> Table:
    rng = np.random.default_rng(seed)
    tied = rng.normal(size=(olds, news, olds, news))
    tied = tied + tied.transpose(2, 3, 0, 1)
    same = np.arange(olds)
    tied[same, :, same, :] = 0.0
    return Table(same, np.arange(news), rng.normal(size=(olds, news)), tied)


def some_choice(seed: int, olds: int, news: int) -> np.ndarray:
    rng = np.random.default_rng(seed + 1)
    chosen = np.full(olds, NOBODY)
    count = rng.integers(0, min(olds, news) + 1)
    chosen[rng.permutation(olds)[:count]] = rng.permutation(news)[:count]
    return chosen


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(2, 6))
def test_the_gain_of_a_move_is_the_difference_of_the_totals(seed, olds, news):
    table, chosen = made(seed, olds, news), some_choice(seed, olds, news)
    gains, holders = _move_gains(table, chosen, table.field(chosen))
    for i in range(olds):
        for a in range(news + 1):
            moved = chosen.copy()
            if a < news and holders[a] != NOBODY:
                moved[holders[a]] = NOBODY
            moved[i] = a if a < news else NOBODY
            whole = table.total(moved) - table.total(chosen)
            assert abs(whole - gains[i, a]) < 1e-9


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(2, 6))
def test_the_gain_of_a_swap_is_the_difference_of_the_totals(seed, olds, news):
    table, chosen = made(seed, olds, news), some_choice(seed, olds, news)
    gains = _swap_gains(table, chosen, table.field(chosen))
    for i, j in zip(*np.nonzero(np.isfinite(gains)), strict=True):
        swapped = chosen.copy()
        swapped[[i, j]] = swapped[[j, i]]
        whole = table.total(swapped) - table.total(chosen)
        assert abs(whole - gains[i, j]) < 1e-9


def test_a_crew_is_matched_by_who_rings_whom_though_each_pair_alone_says_nothing():
    before = np.array([[0, 9, 0, 1], [0, 0, 5, 0], [2, 0, 0, 7], [0, 3, 0, 0]])
    order = np.array([2, 0, 3, 1])
    after = before[np.ix_(order, order)]
    tied = -np.abs(before[:, None, :, None] - after[None, :, None, :]).astype(float)
    tied = tied + tied.transpose(2, 3, 0, 1)
    tied[np.arange(4), :, np.arange(4), :] = 0.0
    table = Table(np.arange(4), np.arange(4), np.full((4, 4), 30.0), tied)
    found = best_choice(table, np.full(4, NOBODY))
    assert order[found].tolist() == [0, 1, 2, 3]
    best = max(table.total(np.array(p)) for p in permutations(range(4)))
    assert table.total(found) == best


def test_nobody_is_chosen_where_every_pair_speaks_against_itself():
    table = Table(
        np.arange(2), np.arange(2), np.full((2, 2), -5.0), np.zeros((2, 2, 2, 2))
    )
    assert best_choice(table, np.array([0, 1])).tolist() == [NOBODY, NOBODY]
