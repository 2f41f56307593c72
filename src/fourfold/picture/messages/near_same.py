"""Which of many texts are nearly the same?

MinHash over pairs of neighbouring words (Broder 1997) with locality-sensitive hashing
finds candidates without comparing all with all; each is then compared letter by letter.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz
from rapidfuzz.process import cdist, cpdist
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

BANDS, ROWS = 16, 3
"""16 bands of 3: two texts that share half of their word pairs meet in 88 of 100."""
CHUNK = 50_000
COMPARED = 1_000
"""Letters of a text that are compared: more than a message has, less than a book."""
MOST_LEADERS = 500
"""Clusters into which one chain of texts is cut; what is left then stands alone."""
_SEED = 20_170_501
_EDGE = np.uint64(0x9E3779B97F4A7C15)


def near_same(
    texts: Sequence[str],
    same_share: float,
    *,
    weights: Sequence[int] | None = None,
    workers: int = 2,
) -> Any:
    """To which cluster of nearly the same texts does each text belong?

    Args:
        texts: n different texts, words apart by single spaces.
        same_share: share of letters that a text has in common with the leader of its
            cluster, in order, 0 to 1.
        weights: how often each text stands: the commonest of a cluster leads it, of
            equals the first. `None`: once.
        workers: how many cores compare.

    Returns:
        n numbers; texts with the same number are one cluster. Given sorted texts, the
        clusters do not hang on the order in which they came.
    """
    labels = np.arange(len(texts))
    if len(texts) < 2:
        return labels
    short = [text[:COMPARED] for text in texts]
    for keys in _band_keys(texts):
        first, other = _candidates(keys)
        apart = labels[first] != labels[other]
        first, other = first[apart], other[apart]
        if len(first):
            alike = _alike(short, first, other, same_share, workers)
            labels = _joined(labels, first[alike], other[alike])
    weight = np.ones(len(texts)) if weights is None else np.asarray(weights)
    return _led(short, labels, weight, same_share)


def _led(texts: list[str], labels: Any, weight: Any, same_share: float) -> Any:
    """Chains cut around leaders: A like B and B like C does not make A like C."""
    led = np.arange(len(texts))
    order = np.lexsort((np.arange(len(texts)), -weight, labels))
    bounds = np.flatnonzero(np.r_[True, np.diff(labels[order]) != 0, True])
    for begin, end in pairwise(bounds):
        left = order[begin:end]
        for _ in range(MOST_LEADERS):
            if len(left) < 2:
                break
            leader = texts[left[0]]
            ratios = cdist(
                [leader],
                [texts[n] for n in left],
                scorer=fuzz.ratio,
                score_cutoff=100 * same_share,
            )[0]
            like = ratios > 0
            like[0] = True
            led[left[like]] = left[0]
            left = left[~like]
    return led


def _alike(
    texts: list[str], first: Any, other: Any, same_share: float, workers: int
) -> Any:
    found = np.zeros(len(first), dtype=bool)
    for begin in range(0, len(first), CHUNK):
        part = slice(begin, begin + CHUNK)
        ratios = cpdist(
            [texts[n] for n in first[part]],
            [texts[n] for n in other[part]],
            scorer=fuzz.ratio,
            score_cutoff=100 * same_share,
            workers=workers,
        )
        found[part] = ratios > 0
    return found


def _joined(labels: Any, first: Any, other: Any) -> Any:
    size = len(labels)
    one, two = labels[first], labels[other]
    graph = coo_matrix((np.ones(len(one)), (one, two)), shape=(size, size))
    _, component = connected_components(graph, directed=False)
    return component[labels]


def _candidates(keys: Any) -> tuple[Any, Any]:
    """Pairs of texts with the same key: each with the first that has it."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]]
    first = order[np.maximum.accumulate(np.where(starts, np.arange(len(keys)), 0))]
    return first[~starts], order[~starts]


def _band_keys(texts: Sequence[str]) -> Iterator[Any]:
    """One key a text for each band, chunk by chunk so that memory stays bounded."""
    rng = np.random.default_rng(_SEED)
    odd = rng.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + _ONE
    bands = [np.empty(len(texts), dtype=np.uint64) for _ in range(BANDS)]
    for begin in range(0, len(texts), CHUNK):
        pairs, starts = _word_pairs(texts[begin : begin + CHUNK])
        for band, keys in enumerate(bands):
            key = np.zeros(len(starts), dtype=np.uint64)
            for row in range(ROWS):
                mixed = pairs * odd[band * ROWS + row]
                mixed ^= mixed >> np.uint64(29)
                least = np.minimum.reduceat(mixed, starts)
                key = (key ^ least) * _EDGE
            keys[begin : begin + len(starts)] = key
    yield from bands


_ONE = np.uint64(1)


def _word_pairs(texts: Sequence[str]) -> tuple[Any, Any]:
    """Hashes of all pairs of neighbouring words, and where each text's begin.

    The edge of a text counts as a word, so that a text of one word has two pairs.
    """
    words = pc.split_pattern(pa.array(texts, pa.string()), " ")
    flat = words.flatten().dictionary_encode()
    hashes = np.array([_hash(w) for w in flat.dictionary.to_pylist()], dtype=np.uint64)
    each = hashes[flat.indices.to_numpy()]
    counts = pc.list_value_length(words).to_numpy()
    ends = np.cumsum(counts + 1)
    left = np.full(len(each) + len(texts), _EDGE, dtype=np.uint64)
    right = left.copy()
    text_of = np.repeat(np.arange(len(texts)), counts)
    places = np.arange(len(each)) + text_of
    right[places] = each
    left[places + 1] = each
    starts = np.r_[0, ends[:-1]]
    left[starts] = _EDGE
    return (left * _EDGE) ^ (right >> np.uint64(7)) ^ (right << _ONE), starts


def _hash(word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")
