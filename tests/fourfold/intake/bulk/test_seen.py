"""Are contents that stood before told from those that did not, batch by batch?"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fourfold.intake.bulk import seen
from fourfold.intake.bulk.seen import Seen

WHOLE = st.integers(0, 2**64 - 1)
NEAR = st.builds(
    lambda slot, mark: slot << 62 | mark, st.integers(0, 3), st.integers(0, 3)
)
"""Hashes that want the same slots and often have the same mark."""
BATCHES = st.lists(st.lists(st.one_of(WHOLE, NEAR), max_size=40), max_size=12)


@pytest.fixture(autouse=True)
def _small_tables(monkeypatch):
    monkeypatch.setattr(seen, "LEAST", 8)


def _before(table: Seen, batch: list[int]) -> list[bool]:
    return table.before(np.array(batch, dtype=np.uint64)).tolist()


@given(BATCHES)
def test_every_content_that_stood_before_is_found_however_far_tables_grow(batches):
    table, known = Seen(0), set()
    for batch in batches:
        for value, again in zip(batch, _before(table, batch), strict=True):
            assert again or value not in known
            known.add(value)


@given(BATCHES)
@example([[2, 0, 1 << 61]])
def test_only_those_whose_mark_another_has_are_taken_for_seen(batches):
    table, known = Seen(0), []
    for batch in batches:
        marks = [value & 0xFFFFFFFF or 1 for value in batch]
        near = Counter(known + marks)
        for mark, again in zip(marks, _before(table, batch), strict=True):
            assert not again or near[mark] > 1
        known += marks


@given(BATCHES)
def test_where_marks_in_a_batch_differ_only_one_that_stood_before_counts(batches):
    table, known = Seen(0), set()
    for batch in batches:
        alone = {value & 0xFFFFFFFF or 1: value for value in batch}
        apart = len(alone) == len(set(batch))
        for value, again in zip(batch, _before(table, batch), strict=True):
            mark = value & 0xFFFFFFFF or 1
            assert not apart or not again or mark in known
            known.add(mark)


def test_of_a_million_hashes_exactly_those_that_recur_are_found():
    made = np.random.default_rng(4).integers(0, 2**64, 1_000_000, dtype=np.uint64)
    made[500_000::1_000] = made[:500_000:1_000]
    table = Seen(1_000_000)
    found = np.concatenate([table.before(part) for part in np.split(made, 10)])
    assert np.flatnonzero(found).tolist() == list(range(500_000, 1_000_000, 1_000))


def test_a_file_that_promises_more_rows_than_any_memory_holds_is_read_all_the_same():
    table = Seen(10**13)
    assert _before(table, [5, 6, 5]) == [False, False, True]
    assert _before(table, [6, 7]) == [True, False]
