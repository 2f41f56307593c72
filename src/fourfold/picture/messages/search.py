"""Which messages hold what somebody looks for, best first, and where in them?

Ranked by BM25 (Robertson and Zaragoza, 2009): a word counts more the fewer messages
hold it, less with each repetition, and less in a long message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fourfold.picture.messages.index import Index
from fourfold.picture.messages.query import NEAR, PHRASE, Part, Query
from fourfold.picture.messages.variants import Variant, variants

STRIDE = np.int64(1) << 24
"""More than any message has words: places of two messages never meet."""
LINES = np.int64(1) << 40


@dataclass(frozen=True)
class Ranking:
    """How a search ranks and how near a word must be.

    `saturation` (k1) says how soon repetitions stop counting, `length` (b) how much a
    long message loses, 0 to 1. `typos` letters may differ in words of `typo_letters`
    or more; `all_of` asks for every part, else any will do.
    """

    saturation: float = 1.2
    length: float = 0.75
    typos: int = 1
    typo_letters: int = 5
    all_of: bool = True


@dataclass(frozen=True)
class Searched:
    """What a search found.

    `hits`: rows `input`, `line`, `score`, best first. `words`: for each part, in the
    order of the query, which words of the messages were taken for it.
    """

    hits: pa.Table
    words: Mapping[Part, tuple[Variant, ...]]


def search(
    query: Query, index: Index, backend: Any, ranking: Ranking | None = None
) -> Searched:
    """Which messages of an index hold what is looked for, best first?

    Args:
        query: what is looked for.
        index: an index, on an engine that can read its files.
        backend: an engine of `open_engine`.
        ranking: `None`: as `Ranking` says.

    Returns:
        All messages that hold it; equal scores by file and line. None: no rows.
    """
    ranking = ranking or Ranking()
    taken = variants(query, index.vocabulary(), ranking.typos, ranking.typo_letters)
    wanted = {v.word for part in taken.values() for group in part for v in group}
    places = _places(index, backend, sorted(wanted))
    scores, present = np.zeros(places.count), np.zeros(places.count, dtype=np.int64)
    for part in query.wanted:
        found = _occurrences(part, taken[part], places)
        scores += _bm25(found, places.words, index, ranking)
        present += found > 0
    kept = present >= (len(query.wanted) if ranking.all_of else 1)
    for part in query.unwanted:
        kept &= _occurrences(part, taken[part], places) == 0
    hits = _ranked(places.keys[kept], scores[kept])
    said = {
        p: tuple(v for group in groups for v in group) for p, groups in taken.items()
    }
    return Searched(hits, said)


@dataclass(frozen=True)
class _Places:
    """Places of the words that matter: message number and word of each.

    `keys` and `words` are of the messages; `at` is message times `STRIDE` plus place.
    """

    keys: Any
    words: Any
    at: Any
    word: Any

    @property
    def count(self) -> int:
        return len(self.keys)

    def of(self, words: Sequence[str]) -> Any:
        return self.at[np.isin(self.word, np.asarray(words, dtype=object))]


def _places(index: Index, backend: Any, words: list[str]) -> _Places:
    postings = backend.read_parquet(str(index.postings))
    rows = backend.to_pyarrow(postings.filter(postings.word.isin(words or [""])))
    key = np.asarray(rows["input"]).astype(np.int64) * LINES + np.asarray(rows["line"])
    keys, first, message = np.unique(key, return_index=True, return_inverse=True)
    at = message.astype(np.int64) * STRIDE + np.asarray(rows["position"])
    order = np.argsort(at, kind="stable")
    word = rows["word"].to_pandas().to_numpy(dtype=object)
    return _Places(keys, np.asarray(rows["words"])[first], at[order], word[order])


def _occurrences(
    part: Part, groups: Sequence[Sequence[Variant]], places: _Places
) -> Any:
    """How often does each message hold the part, near words counting for less?"""
    if part.kind == PHRASE:
        at = places.of([v.word for v in groups[0]])
        for number, group in enumerate(groups[1:], start=1):
            next_at = places.of([v.word for v in group])
            at = at[np.isin(at + number, next_at)]
        return _counted(at, np.ones(len(at)), places.count)
    if part.kind == NEAR:
        one, other = (places.of([v.word for v in group]) for group in groups)
        at = one[_nearest(one, other) <= part.within]
        return _counted(at, np.ones(len(at)), places.count)
    total = np.zeros(places.count)
    for weight in sorted({v.weight for v in groups[0]}):
        at = places.of([v.word for v in groups[0] if v.weight == weight])
        total += _counted(at, np.full(len(at), weight), places.count)
    return total


def _nearest(one: Any, other: Any) -> Any:
    """How far is the nearest other place, a place itself left out?"""
    if not len(other):
        return np.full(len(one), STRIDE)
    before = np.searchsorted(other, one, side="left") - 1
    after = np.searchsorted(other, one, side="right")
    left = np.where(before >= 0, one - other[np.maximum(before, 0)], STRIDE)
    last = len(other) - 1
    right = np.where(after <= last, other[np.minimum(after, last)] - one, STRIDE)
    return np.minimum(left, right)


def _counted(at: Any, weight: Any, messages: int) -> Any:
    return np.bincount(at // STRIDE, weights=weight, minlength=messages)


def _bm25(found: Any, words: Any, index: Index, ranking: Ranking) -> Any:
    holders = int((found > 0).sum())
    rarity = np.log(1 + (index.messages - holders + 0.5) / (holders + 0.5))
    relative = words / (index.mean_words or 1.0)
    slack = ranking.saturation * (1 - ranking.length + ranking.length * relative)
    return rarity * found * (ranking.saturation + 1) / (found + slack)


def _ranked(keys: Any, scores: Any) -> pa.Table:
    table = pa.table(
        {
            "input": pa.array(keys // LINES, pa.int64()),
            "line": pa.array(keys % LINES, pa.int64()),
            "score": pa.array(np.round(scores, 6), pa.float64()),
        }
    )
    order = [("score", "descending"), ("input", "ascending"), ("line", "ascending")]
    return table.take(pc.sort_indices(table, sort_keys=order))
