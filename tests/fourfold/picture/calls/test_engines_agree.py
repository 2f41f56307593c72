"""Does every question about calls give the same rows on DuckDB and on Spark?"""

from datetime import datetime
from typing import Any

import pyarrow.parquet as pq
import pytest

from fourfold.base.analysis import Findings
from fourfold.base.engine import open_engine
from fourfold.picture.calls.analyses import ANALYSES
from fourfold.picture.running import evidence_kept, findings_on
from tests.fourfold.picture.calls.small_calls import PARAMETERS, small_calls

TRIED_ON_THEIR_OWN = {"calls.handovers", "calls.travel", "calls.meetings"}
"""Questions of which this small data holds no case; their own tests plant some and ask
both engines."""


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    path = tmp_path_factory.mktemp("calls") / "calls.parquet"
    pq.write_table(small_calls(), path)
    return evidence_kept("calls", [path])


@pytest.fixture(scope="module")
def engines():
    """Each engine, started once for all questions."""
    with open_engine("duckdb") as here, open_engine("spark") as there:
        yield here, there


@pytest.mark.slow
@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda one: one.name)
def test_both_engines_give_the_same_cells(analysis, calls, engines):
    settled = analysis.settle(PARAMETERS.get(analysis.key, {}))
    here, there = (findings_on(one, analysis, calls, settled) for one in engines)
    assert _cells(here) == _cells(there)
    assert [a.text for a in here.answers] == [a.text for a in there.answers]
    assert here.notes == there.notes
    assert here.tables[0].rows.num_rows > 0 or analysis.key in TRIED_ON_THEIR_OWN


def _cells(findings: Findings) -> dict[str, list[list[Any]]]:
    return {
        table.name: [
            [_cell(value) for value in row.values()] for row in table.rows.to_pylist()
        ]
        for table in findings.tables
    }


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-12)
    if isinstance(value, datetime):
        return value.isoformat()
    return value
