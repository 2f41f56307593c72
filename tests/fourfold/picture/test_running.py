"""Is a question run only on what it needs, and is what it rests on kept right?"""

from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fourfold.base.analysis import (
    Analysis,
    Answer,
    Column,
    Findings,
    NothingToRead,
    Parameter,
    Shown,
    Stopped,
    WrongParameter,
)
from fourfold.intake.evidence import Reading, evidence_kind
from fourfold.picture.running import (
    Evidence,
    Part,
    evidence_kept,
    evidence_read,
    is_canonical,
    keep_reading,
    parquet_input,
    run_analysis,
)
from tests.fourfold.picture.calls.small_calls import call, table

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def _numbers(case):
    case.tell(0.5, "Half way")
    rows = (
        case.tables["calls"].select("input", "caller").order_by("caller").to_pyarrow()
    )
    shown = Shown("t", "All.", (Column("input", "Input"), Column("caller", "C")), rows)
    return Findings((Answer("Done.", "t"),), (shown,))


ASKED = Analysis(
    key="calls.example",
    question="Who?",
    method="Looked up.",
    takes=("calls",),
    may_take=("cells",),
    run=_numbers,
    parameters=(Parameter("most", "How many.", "whole", 5, least=1),),
)


@pytest.fixture
def files(tmp_path):
    for name in "ab":
        pq.write_table(table([call(AT, name, "z")]), tmp_path / f"{name}.parquet")
    return [tmp_path / "a.parquet", tmp_path / "b.parquet"]


def test_a_result_says_parameters_inputs_and_engine(files):
    result = run_analysis(ASKED, {"calls": files[:1]}, {}, "duckdb")
    assert (result.engine, result.parameters) == ("duckdb", {"most": 5})
    assert [(one.name, one.rows) for one in result.inputs] == [("a.parquet", 1)]
    assert len(result.inputs[0].sha256) == 64


def test_the_same_twice_has_the_same_digest_and_another_parameter_another(files):
    one, same, other = (
        run_analysis(ASKED, {"calls": files}, {"most": n}, "duckdb") for n in (5, 5, 6)
    )
    assert one.digest() == same.digest() != other.digest()


def test_input_numbers_the_inputs_of_the_result(files):
    result = run_analysis(ASKED, {"calls": files}, {}, "duckdb")
    assert result.records() == [
        {"input": 0, "caller": "a"},
        {"input": 1, "caller": "b"},
    ]


def test_evidence_of_a_later_kind_is_numbered_after_the_first(files):
    inputs = (parquet_input("calls", files[0]),) * 2
    both = Evidence((Part("calls", files[0]),), inputs)
    both = both + Evidence((Part("cells", files[1]),), inputs)
    assert [part.first for part in both.parts] == [0, 2]
    assert both.kinds == ("calls", "cells")


def test_a_reading_kept_beside_its_files_names_the_files_read(files):
    folder = files[0].parent / "read"
    folder.mkdir()
    path = folder / "calls.parquet"
    path.write_bytes(files[0].read_bytes())
    inputs = (parquet_input("calls", files[1]),)
    reading = Reading(inputs, {"calls": path}, 1, 1, 0, 0)
    keep_reading(reading, folder)
    assert evidence_kept("calls", [path]) == evidence_read([reading])
    (folder / "reading.json").write_text("not json")
    assert evidence_kept("calls", [path]).inputs[0].name == "calls.parquet"


def test_without_its_evidence_nothing_is_run(files):
    pq.write_table(evidence_kind("cells").empty(), files[0])
    with pytest.raises(NothingToRead, match="needs calls, and was given cells"):
        run_analysis(ASKED, {"cells": files[:1]}, {}, "duckdb")


def test_a_wrong_parameter_stops_it_before_the_files_are_opened(files):
    with pytest.raises(WrongParameter, match="1 or more"):
        run_analysis(ASKED, {"calls": [files[0] / "nowhere"]}, {"most": 0}, "duckdb")


def test_who_is_told_how_far_it_is_may_stop_it(files):
    said = []

    def stop(share, doing):
        said.append((share, doing))
        if share == 0.5:
            raise Stopped(analysis="calls.example")

    with pytest.raises(Stopped):
        run_analysis(ASKED, {"calls": files}, {}, "duckdb", stop)
    assert said == [(0.0, "Starting"), (0.5, "Half way")]


def test_a_file_is_canonical_only_with_every_column_of_its_type(files, tmp_path):
    calls = pq.read_table(files[0])
    assert is_canonical("calls", files[0])
    other = tmp_path / "other.parquet"
    for wrong in (
        calls.drop_columns(["caller"]),
        calls.set_column(0, "input", pa.array([0], pa.int32())),
    ):
        pq.write_table(wrong, other)
        assert not is_canonical("calls", other)
    other.write_text("caller,called\n")
    assert not is_canonical("calls", other)
