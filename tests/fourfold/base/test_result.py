"""Can a result be kept, read again and told apart from another?"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from fourfold.base.analysis import Analysis, Answer, Column, Findings, Shown
from fourfold.base.result import (
    Input,
    NotAResult,
    Result,
    kept_result,
    result_of,
)

TABLE = Shown(
    "pairs",
    "1 of 2 phones",
    (Column("old", "Old"), Column("at", "When"), Column("shared", "Shared")),
    pa.table(
        {
            "old": ["+447700900001"],
            "at": pa.array(
                [datetime(2022, 6, 1, 12, tzinfo=UTC)], pa.timestamp("us", "UTC")
            ),
            "shared": [["a", "b"]],
        }
    ),
)
PLACES = pa.table({"lat": [52.9], "lon": [-1.1], "label": ["used a cell"]})
ANALYSIS = Analysis(
    key="calls.example",
    question="What is asked?",
    method="It is looked up.",
    takes=("calls",),
    run=lambda _case: FINDINGS,
    limits=("A phone is not a person.",),
)
FINDINGS = Findings(
    answers=(Answer("1 of 2.", "pairs", (0,)),),
    tables=(TABLE,),
    places=PLACES,
    features=({"type": "Feature", "properties": {}, "geometry": None},),
    notes=("Times were taken as United Kingdom local.",),
)


@pytest.fixture
def result() -> Result:
    return result_of(
        ANALYSIS,
        FINDINGS,
        engine="duckdb",
        inputs=(Input("a.csv", "calls", "ab" * 32, 10, 2),),
        parameters={"since": date(2022, 6, 1), "targets": ("a",)},
    )


def test_records_are_plain_values(result):
    assert result.records() == [
        {
            "old": "+447700900001",
            "at": "2022-06-01T12:00:00+00:00",
            "shared": ["a", "b"],
        }
    ]


def test_a_kept_result_reads_back_to_the_same_digest(result, tmp_path):
    digest = result.keep(tmp_path / "kept")
    again = kept_result(tmp_path / "kept")
    assert again.digest() == digest == result.digest()
    assert again.findings.tables[0].rows.equals(TABLE.rows)
    assert again.findings.places is not None
    assert again.findings.places.equals(PLACES)
    assert again.inputs == result.inputs


def test_the_same_result_is_kept_in_the_same_bytes(result, tmp_path):
    result.keep(tmp_path / "one")
    result.keep(tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize(
    "changed",
    [
        {"engine": "spark"},
        {"parameters": {"since": date(2022, 6, 2), "targets": ("a",)}},
        {"inputs": (Input("a.csv", "calls", "cd" * 32, 10, 2),)},
    ],
)
def test_another_input_parameter_or_engine_gives_another_digest(result, changed):
    assert replace(result, **changed).digest() != result.digest()


@pytest.mark.parametrize("lost", ["result.json", "pairs.parquet"])
def test_a_result_that_lacks_a_part_is_refused(result, tmp_path, lost):
    result.keep(tmp_path / "kept")
    kept_result(tmp_path / "kept")
    (tmp_path / "kept" / lost).unlink()
    with pytest.raises(NotAResult, match="does not hold a whole result"):
        kept_result(tmp_path / "kept")


def test_a_result_cut_short_is_refused(result, tmp_path):
    result.keep(tmp_path / "kept")
    sheet = tmp_path / "kept" / "result.json"
    sheet.write_text(sheet.read_text()[:-20])
    with pytest.raises(NotAResult):
        kept_result(tmp_path / "kept")
