"""Which fingerprints lie within so many bits of each other?

All pairs of 100,000 would be five thousand million. Two hashes of 256 bits that differ
in at most d bits agree, but for at most d/16 bits, in one of their sixteen parts of 16
bits: only hashes that share such a part are compared (multi-index hashing).

Source:
    Norouzi, Punjani and Fleet, "Fast Search in Hamming Space with Multi-Index Hashing",
    CVPR 2012.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

BITS, WORDS, PARTS, PART_BITS = 256, 4, 16, 16
VALUES = 1 << PART_BITS
FURTHEST = 47
"""Bits; above it the parts no longer narrow the search enough to be quick."""
AT_ONCE = 4_000_000
LARGE = 64
"""Hashes in a group from which on it pays to leave the group out of its own search."""

Hashes = NDArray[np.uint64]
Whole = NDArray[np.int64]
Columns = Sequence[Hashes]


def hashes_of(texts: Sequence[str]) -> Hashes:
    """The hashes as rows of four words of 64 bits, in the order of the texts.

    Args:
        texts: 64 hexadecimal digits each.
    """
    raw = bytes.fromhex("".join(texts))
    return np.frombuffer(raw, np.uint64).reshape(-1, WORDS)


def is_hash(text: str | None) -> bool:
    """Is it 64 hexadecimal digits?"""
    if not text or len(text) != BITS // 4:
        return False
    return all(letter in "0123456789abcdef" for letter in text)


def bits_apart(first: Hashes, second: Hashes) -> Whole:
    """In how many bits does each row of one differ from the same row of the other?"""
    apart: Whole = np.bitwise_count(first ^ second).sum(axis=1, dtype=np.int64)
    return apart


def alike_groups(hashes: Hashes, furthest: int) -> Whole:
    """Which group is each hash in, where neighbours in a group are within `furthest`?

    Args:
        hashes: n rows, all different.
        furthest: bits, 0 to `FURTHEST`.

    Returns:
        n numbers of groups from 0, in the order in which their first hash comes. Two
        hashes of a group may be further apart than `furthest` when others lie between.
    """
    groups = np.arange(len(hashes), dtype=np.int64)
    groups = _joined_in_order(hashes, furthest, groups)
    columns = _columns(hashes)
    parts = hashes.view(np.uint16).reshape(-1, PARTS)
    for number in range(PARTS):
        index = _Index(parts[:, number], groups)
        for mask in _masks(furthest):
            for first, second in index.pairs(mask):
                first, second, _ = _near(columns, columns, (first, second), furthest)
                apart = groups[first] != groups[second]
                groups = _merged(groups, first[apart], second[apart])
    return _numbered_by_first(groups)


def nearest_known(hashes: Hashes, known: Hashes, furthest: int) -> tuple[Whole, Whole]:
    """Which known hash is nearest to each hash, and how many bits away is it?

    Args:
        hashes: n rows.
        known: m rows.
        furthest: bits, 0 to `FURTHEST`.

    Returns:
        For each of the n, the place of the nearest among `known`, -1 where none is
        within `furthest`, and the distance. Of two as near, the earlier.
    """
    best = np.full(len(hashes), -1, dtype=np.int64)
    apart = np.full(len(hashes), furthest + 1, dtype=np.int64)
    if not len(hashes) or not len(known):
        return best, apart
    columns, known_columns = _columns(hashes), _columns(known)
    known_parts = known.view(np.uint16).reshape(-1, PARTS)
    parts = hashes.view(np.uint16).reshape(-1, PARTS)
    for number in range(PARTS):
        order, starts = _buckets(known_parts[:, number])
        for mask in _masks(furthest):
            wanted = parts[:, number] ^ np.uint16(mask)
            begins, ends = starts[wanted], starts[wanted.astype(np.int64) + 1]
            for ours, places in _expanded(begins, ends):
                pairs = ours, order[places]
                ours, theirs, bits = _near(columns, known_columns, pairs, furthest)
                _keep_nearest(best, apart, (ours, theirs, bits))
    return best, apart


class _Index:
    """Hashes by one part of theirs, and by group within equal parts."""

    def __init__(self, part: NDArray[np.uint16], groups: Whole) -> None:
        self.part = part.astype(np.int64)
        self.groups = groups
        keys = (self.part << 40) | groups
        self.order = np.argsort(keys, kind="stable")
        self.keys = keys[self.order]
        counts = np.bincount(self.part, minlength=VALUES)
        self.starts = np.concatenate(([0], np.cumsum(counts)))
        sizes = np.bincount(groups, minlength=len(groups))
        self.large = sizes[groups] > LARGE

    def pairs(self, mask: int) -> Iterator[tuple[Whole, Whole]]:
        """Pairs of hashes whose parts differ in just the bits of `mask`, each once."""
        part = self.part[self.order]
        wanted = part ^ mask
        places = np.flatnonzero(wanted >= part)
        begins = self.starts[wanted[places]]
        ends = self.starts[wanted[places] + 1]
        if mask == 0:
            begins = np.maximum(begins, places + 1)
        for froms, tos, whom in self._without_own(places, wanted, begins, ends):
            for which, others in _expanded(froms, tos):
                yield self.order[whom[which]], self.order[others]

    def _without_own(
        self, places: Whole, wanted: Whole, begins: Whole, ends: Whole
    ) -> Iterator[tuple[Whole, Whole, Whole]]:
        """Stretches to look through; for large groups, without their own members."""
        large = self.large[self.order[places]]
        small = ~large
        yield begins[small], ends[small], places[small]
        if not large.any():
            return
        places, begins, ends = places[large], begins[large], ends[large]
        own = (wanted[places] << 40) | self.groups[self.order[places]]
        first = np.clip(np.searchsorted(self.keys, own), begins, ends)
        last = np.clip(np.searchsorted(self.keys, own + 1), begins, ends)
        yield begins, first, places
        yield last, ends, places


def _near(
    ours: Columns, theirs: Columns, pairs: tuple[Whole, Whole], furthest: int
) -> tuple[Whole, Whole, Whole]:
    """The pairs within `furthest`, and how far apart; most go at the first word."""
    first, second = pairs
    apart = np.zeros(len(first), dtype=np.int64)
    for our, their in zip(ours, theirs, strict=True):
        apart = apart + np.bitwise_count(our[first] ^ their[second])
        near = apart <= furthest
        first, second, apart = first[near], second[near], apart[near]
    return first, second, apart


def _columns(hashes: Hashes) -> Columns:
    return [np.ascontiguousarray(column) for column in hashes.T]


def _buckets(part: NDArray[np.uint16]) -> tuple[Whole, Whole]:
    order = np.argsort(part, kind="stable")
    counts = np.bincount(part, minlength=VALUES)
    return order, np.concatenate(([0], np.cumsum(counts)))


def _expanded(begins: Whole, ends: Whole) -> Iterator[tuple[Whole, Whole]]:
    """For each stretch its number, and each place in it; so many at once."""
    counts = ends - begins
    kept = np.flatnonzero(counts > 0)
    counts, begins = counts[kept], begins[kept]
    sums = np.cumsum(counts)
    done = 0
    while done < len(counts):
        before = sums[done - 1] if done else 0
        upto = max(int(np.searchsorted(sums, before + AT_ONCE)), done + 1)
        some = counts[done:upto]
        numbers = np.repeat(np.arange(done, upto), some)
        offset = np.arange(len(numbers)) - np.repeat(np.cumsum(some) - some, some)
        yield kept[numbers], begins[numbers] + offset
        done = upto


def _masks(furthest: int) -> list[int]:
    """Which bits of a part may differ: none, one, or two?"""
    radius = furthest // PARTS
    return [
        sum(1 << bit for bit in bits)
        for size in range(radius + 1)
        for bits in combinations(range(PART_BITS), size)
    ]


def _joined_in_order(hashes: Hashes, furthest: int, groups: Whole) -> Whole:
    """Join those that lie beside each other when sorted: quick, and misses some."""
    for turn in range(WORDS):
        order = np.lexsort(np.roll(hashes, turn, axis=1).T)
        first, second = order[:-1], order[1:]
        near = bits_apart(hashes[first], hashes[second]) <= furthest
        groups = _merged(groups, first[near], second[near])
    return groups


def _merged(groups: Whole, first: Whole, second: Whole) -> Whole:
    if not len(first):
        return groups
    size = len(groups)
    ones = np.ones(len(first), dtype=np.int64)
    edges = coo_matrix((ones, (groups[first], groups[second])), shape=(size, size))
    _, labels = connected_components(edges, directed=False)
    merged: Whole = labels[groups].astype(np.int64)
    return merged


def _keep_nearest(best: Whole, apart: Whole, found: tuple[Whole, Whole, Whole]) -> None:
    """Note for each of ours the nearest of theirs; of two as near, the earlier."""
    ours, theirs, bits = found
    order = np.lexsort((theirs, bits, ours))
    ours, theirs, bits = ours[order], theirs[order], bits[order]
    once = np.concatenate(([True], ours[1:] != ours[:-1])) if len(ours) else ours == 0
    ours, theirs, bits = ours[once], theirs[once], bits[once]
    nearer = (bits < apart[ours]) | ((bits == apart[ours]) & (theirs < best[ours]))
    best[ours[nearer]], apart[ours[nearer]] = theirs[nearer], bits[nearer]


def _numbered_by_first(groups: Whole) -> Whole:
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[inverse]
