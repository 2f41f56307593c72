"""Do rows stay and go by their content, even where a hash takes two for one?"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import example, given
from hypothesis import strategies as st

from fourfold.intake.bulk.repeats import content_columns, without_repeats
from fourfold.intake.bulk.source_sql import HASH
from fourfold.intake.bulk.written import Written
from fourfold.intake.evidence import evidence_kind

CALLED = st.sampled_from(["a", "b", "c", "d"])
CLASHING = [2, 0, 43_691 << 32 | 1]
"""The first two want one slot; the last wants the next, with the mark of the second."""
HASHES = st.dictionaries(CALLED, st.sampled_from(CLASHING), min_size=4, max_size=4)
"""Fewer hashes than contents: different calls share one."""
FILES = st.lists(st.lists(st.lists(CALLED, max_size=6), max_size=3), max_size=3)


def _batch(called: list[str], hashes: dict[str, int]) -> pa.Table:
    schema = evidence_kind("calls").schema
    columns = {
        field.name: pa.array([None] * len(called), field.type)
        for field in schema
        if field.name not in ("input", "line")
    }
    columns["called"] = pa.array(called, pa.string())
    columns[HASH] = pa.array([hashes[one] for one in called], pa.uint64())
    return pa.table(columns)


@given(FILES, HASHES)
@example([[["a", "b", "c", "b"]]], dict(zip("abcd", [*CLASHING, 2], strict=True)))
def test_the_first_of_each_content_stays_in_its_place(tmp_path_factory, files, hashes):
    scratch = tmp_path_factory.mktemp("written")
    line, given_rows = 1, []
    with Written("calls", scratch, 0) as written:
        for number, batches in enumerate(files):
            for called in batches:
                lines = np.arange(line, line + len(called))
                line += len(called)
                written.add(_batch(called, hashes), number, pa.array(lines))
                pairs = zip(called, lines.tolist(), strict=True)
                given_rows += [(number, at, one) for one, at in pairs]
    first = {}
    for row in given_rows:
        first.setdefault(row[2], row)
    with duckdb.connect() as base:
        settled = without_repeats(base, "calls", written, Path(scratch))
    kept = pq.read_table(settled.rows, columns=["input", "line", "called"])
    assert [tuple(row.values()) for row in kept.to_pylist()] == sorted(first.values())
    assert settled.rows.exists()
    left_out = [row[0] for row in given_rows if first[row[2]] != row]
    assert settled.repeated == {n: left_out.count(n) for n in set(left_out)}


def test_a_call_on_the_record_of_either_side_is_one_call():
    assert "subject" not in content_columns("calls")
    assert "subject" in content_columns("messages")
