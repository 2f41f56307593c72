"""Are all fingerprints found that lie within so many bits, and no others?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.images.hashes import (
    alike_groups,
    bits_apart,
    hashes_of,
    is_hash,
    nearest_known,
)
from tests.fourfold.picture.images.small_pictures import hexed, with_bits


def spread(count, furthest, seed, clusters=6):
    """Hashes around a few centres, some as far from them as may be or one bit more."""
    chance = np.random.default_rng(seed)
    centres = [int.from_bytes(chance.bytes(32), "big") for _ in range(clusters)]
    numbers = set()
    for _ in range(count):
        bits = chance.choice(256, int(chance.integers(0, furthest + 3)), replace=False)
        numbers.add(with_bits(centres[chance.integers(clusters)], *map(int, bits)))
    return hashes_of([hexed(number) for number in sorted(numbers)])


def by_all_pairs(hashes, furthest):
    groups = list(range(len(hashes)))

    def root(n):
        while groups[n] != n:
            n = groups[n]
        return n

    for n in range(len(hashes)):
        near = np.bitwise_count(hashes[n] ^ hashes).sum(axis=1) <= furthest
        for other in map(int, np.flatnonzero(near)):
            first, second = sorted((root(n), root(other)))
            groups[second] = first
    roots = [root(n) for n in range(len(hashes))]
    order = {r: k for k, r in enumerate(dict.fromkeys(roots))}
    return [order[r] for r in roots]


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 120),
    st.sampled_from([0, 1, 8, 15, 16, 31, 32, 47]),
    st.integers(0, 99),
)
def test_groups_are_those_of_all_pairs(count, furthest, seed):
    hashes = spread(count, furthest, seed)
    if not len(hashes):
        return
    assert list(alike_groups(hashes, furthest)) == by_all_pairs(hashes, furthest)


def test_a_large_group_is_left_out_of_its_own_search_without_losing_others():
    hashes = spread(900, 31, 5, clusters=3)
    assert list(alike_groups(hashes, 31)) == by_all_pairs(hashes, 31)


@pytest.mark.parametrize(("bits", "same"), [(31, True), (32, False)])
def test_the_distance_includes_itself(bits, same):
    far = with_bits(0, *range(0, bits * 8, 8))
    groups = alike_groups(hashes_of([hexed(0), hexed(far)]), 31)
    assert bool(groups[0] == groups[1]) is same


def test_order_of_the_hashes_does_not_change_who_is_together():
    hashes = spread(200, 31, 1)
    order = np.random.default_rng(2).permutation(len(hashes))
    groups, mixed = alike_groups(hashes, 31), alike_groups(hashes[order], 31)
    count = range(len(hashes))
    together = {(a, b) for a in count for b in count if groups[a] == groups[b]}
    again = {
        (int(order[a]), int(order[b]))
        for a in count
        for b in count
        if mixed[a] == mixed[b]
    }
    assert together == again


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([0, 15, 31, 47]))
def test_the_nearest_known_is_that_of_all_pairs(ours, theirs, furthest):
    both = spread(ours + theirs + 2, furthest, 7)
    first, second = both[: len(both) // 2], both[len(both) // 2 :]
    best, apart = nearest_known(first, second, furthest)
    for n, mine in enumerate(first):
        bits = np.bitwise_count(mine ^ second).sum(axis=1)
        least = int(bits.min())
        if least <= furthest:
            assert (best[n], apart[n]) == (int(bits.argmin()), least)
        else:
            assert best[n] == -1


def test_nothing_against_nothing_is_nothing():
    none = hashes_of([])
    assert len(alike_groups(none, 31)) == 0
    assert list(nearest_known(hashes_of([hexed(1)]), none, 31)[0]) == [-1]


def test_a_hash_is_sixty_four_small_digits():
    assert is_hash(hexed(5))
    assert not any(map(is_hash, ["", None, "0" * 63, "G" * 64, "0" * 63 + "A"]))
    assert list(bits_apart(hashes_of([hexed(0)]), hashes_of([hexed(7)]))) == [3]
