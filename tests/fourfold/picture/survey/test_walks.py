"""Real walks: figures counted from the file by other means (a spreadsheet)."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fourfold.intake.bulk.reading import ReadingOptions, read_evidence
from fourfold.picture.running import evidence_read, run_analysis
from tests.fourfold.picture.survey.small_survey import QUESTIONS

WALKS = Path(__file__).parents[3] / "data" / "survey" / "walks.csv.gz"
CORNER = "45.416, -75.703"


@pytest.fixture(scope="module")
def walks(tmp_path_factory):
    return read_evidence(
        "survey", [WALKS], ReadingOptions(), tmp_path_factory.mktemp("walks")
    )


def answered(walks, question, **parameters):
    evidence = evidence_read([walks])
    return run_analysis(QUESTIONS[question], evidence, parameters)


def test_every_row_is_read_and_accounted_for(walks):
    assert (walks.rows, walks.loaded, walks.repeated, walks.quarantined) == (
        1900,
        1899,
        1,
        0,
    )
    assert walks.inputs[0].layout == "survey-walksignal"


def test_cells_walks_levels_and_speeds_are_those_of_the_file(walks):
    rows = pq.read_table(walks.tables["survey"]).to_pylist()
    assert len({row["cell"] for row in rows}) == 64
    assert len({row["survey"] for row in rows}) == 14
    assert min(row["level_dbm"] for row in rows) == -123
    assert max(row["level_dbm"] for row in rows) == -66
    assert {row["technology"] for row in rows} == {"4G"}
    assert all(row["serving"] for row in rows)
    first = next(row for row in rows if row["line"] == 2)
    assert first["cell"] == "302-720-4G-9751830"
    assert first["at"].isoformat() == "2020-08-30T14:14:12+00:00"
    assert first["speed_kmh"] == pytest.approx(4.0630136 * 3.6)


def test_what_is_left_out_is_counted(walks):
    gates = {row["gate"]: row["rows"] for row in answered(walks, "quality").records()}
    left_out = {gate: rows for gate, rows in gates.items() if rows}
    assert left_out == {"poor-position": 72, "too-fast": 74}


def test_a_corner_is_covered_by_the_cells_counted_by_hand(walks):
    rows = answered(walks, "coverage", place=CORNER).records()
    served = {row["cell"].rsplit("-", 1)[1]: row["served"] for row in rows}
    assert served == {
        "9751881": 75,
        "9751831": 43,
        "9238531": 36,
        "9752853": 9,
        "9752903": 8,
        "9752904": 4,
        "9751830": 1,
        "7688708": 1,
    }
    assert {row["of"] for row in rows} == {177}


def test_the_busiest_cell_could_have_served_at_the_corner(walks):
    result = answered(walks, "could-serve", place=CORNER, cell="302-720-4G-9751881")
    first = result.records()[0]
    assert (first["readings"], first["of"]) == (75, 177)
    assert result.findings.answers[0].text.startswith("Consistent")


def test_footprints_hold_the_moments_of_each_cell(walks):
    rows = answered(walks, "footprint", most_cells=3).records()
    found = [(row["cell"].rsplit("-", 1)[1], row["moments"]) for row in rows]
    assert found == [("9751881", 396), ("9751831", 318), ("9751879", 158)]


def test_squares_hold_every_reading_that_was_used(walks):
    rows = answered(walks, "best-server").records()
    assert sum(row["of"] for row in rows) == 1827


def test_the_same_walks_give_the_same_result(walks):
    one = answered(walks, "compare", before=("20200830_103902",))
    other = answered(walks, "compare", before=("20200830_103902",))
    assert one.digest() == other.digest()
