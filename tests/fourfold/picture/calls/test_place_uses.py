"""Uses of one cell by two phones: every pair of uses, and each once."""

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.base.engine import open_engine
from fourfold.picture.calls.place_uses import all_used_together, used_together

SCHEMA = pa.schema(
    [("number", pa.int32()), ("cell", pa.int32()), ("second", pa.int64())]
)
uses = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 200)), max_size=25
)
near = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3)


@pytest.fixture(scope="module")
def engine():
    with open_engine("duckdb") as backend:
        yield backend


def table(rows) -> ibis.Table:
    columns = list(zip(*rows, strict=True)) if rows else [(), (), ()]
    return ibis.memtable(pa.table(columns, schema=SCHEMA))


def both_ways(pairs) -> set[tuple[int, int]]:
    return {(c, c) for c in range(4)} | {*pairs} | {(b, a) for a, b in pairs}


def near_table(pairs) -> ibis.Table:
    of, meets = zip(*sorted(pairs), strict=True)
    return ibis.memtable({"of": of, "meets": meets})


def by_hand(mine, theirs, seconds, near) -> list[tuple]:
    return sorted(
        (a, b, a_cell, b_cell, a_second, b_second)
        for a, a_cell, a_second in mine
        for b, b_cell, b_second in theirs
        if a != b and (a_cell, b_cell) in near and abs(a_second - b_second) <= seconds
    )


def found(engine, table) -> list[tuple]:
    names = ["a", "b", "a_cell", "b_cell", "a_second", "b_second"]
    rows = engine.to_pyarrow(table.select(names)).to_pylist()
    return sorted(tuple(row.values()) for row in rows)


@given(mine=uses, theirs=uses, seconds=st.integers(1, 60), pairs=near)
def test_every_pair_of_uses_close_in_time_is_found_once(
    engine, mine, theirs, seconds, pairs
):
    cells = both_ways(pairs)
    met = used_together(table(mine), table(theirs), seconds, near_table(cells))
    assert found(engine, met) == by_hand(mine, theirs, seconds, cells)


@given(rows=uses, seconds=st.integers(1, 60), pairs=near)
def test_of_all_uses_each_pair_stands_once_in_the_order_of_the_phones(
    engine, rows, seconds, pairs
):
    cells = both_ways(pairs)
    met = all_used_together(table(rows), seconds, near_table(cells))
    every = by_hand(rows, rows, seconds, cells)
    assert found(engine, met) == [row for row in every if row[0] < row[1]]


@given(rows=uses, seconds=st.integers(1, 60))
def test_without_near_cells_only_the_same_cell_counts(engine, rows, seconds):
    every = by_hand(rows, rows, seconds, both_ways([]))
    met = all_used_together(table(rows), seconds)
    assert found(engine, met) == [row for row in every if row[0] < row[1]]
