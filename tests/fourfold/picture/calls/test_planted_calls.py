"""Are the lines, handsets and SIMs planted among 50,000 calls found, and no others?"""

import pytest

from fourfold.base.result import Result
from fourfold.picture.calls.broadcasts import BROADCASTS
from fourfold.picture.calls.identity_changes import HANDSETS, SIMS
from fourfold.picture.calls.place_analyses import MEETINGS, TRAVEL
from fourfold.picture.running import run_analysis
from fourfold.region.bulk.calls import write_calls
from tests.fourfold.picture.calls.asking import picked

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_calls(tmp_path_factory.mktemp("planted"), 50_000)


def _asked(analysis, made) -> Result:
    return run_analysis(analysis, {"calls": [made.calls]}, {}, "duckdb")


def test_the_lines_are_found_and_nobody_else(made):
    lines = {row["number"]: row["bursts"] for row in made.truth["lines"].to_pylist()}
    assert dict(picked(_asked(BROADCASTS, made), "number", "bursts")) == lines


@pytest.mark.parametrize(
    ("analysis", "truth", "holder"),
    [(HANDSETS, "handset_swaps", "imsi"), (SIMS, "sim_swaps", "imei")],
)
def test_the_changes_are_found_and_no_others(made, analysis, truth, holder):
    planted = {
        (row[holder], row["old"], row["new"]) for row in made.truth[truth].to_pylist()
    }
    found = set(picked(_asked(analysis, made), "holder", "old", "new"))
    assert found == planted


def test_the_meetings_are_found_where_and_when_they_were(made):
    found = picked(_asked(MEETINGS, made), "who", "cell", "begins")
    meetings = {(*who, cell): begins[:10] for who, cell, begins in found}
    for row in made.truth["meetings"].to_pylist():
        day = row["at"].date().isoformat()
        assert meetings[row["a"], row["b"], row["cell"]] == day


def test_those_who_travelled_together_are_found_and_nobody_else(made):
    planted = [
        (r["a"], r["b"], r["journeys"]) for r in made.truth["travels"].to_pylist()
    ]
    assert sorted(picked(_asked(TRAVEL, made), "a", "b", "journeys")) == planted
