"""Does a file appear whole or not at all, and can no spreadsheet be made to run it?"""

import csv

import pyarrow as pa
import pytest

from fourfold.base.analysis import Column, Findings, Shown
from fourfold.base.result import Result, kept_result
from fourfold.picture.written import (
    NoPlace,
    UnknownForm,
    check_place,
    guarded,
    json_text,
    write_result,
)


def _result(rows):
    shown = Shown("t", "All.", tuple(Column(n, n) for n in rows.column_names), rows)
    return Result(
        "calls.example",
        "Who?",
        "So.",
        "",
        "duckdb",
        (),
        {},
        (),
        Findings((), (shown,)),
        {},
    )


ROWS = pa.table({"a": ["=1+1", "b"], "n": [-1.5, float("nan")], "l": [["x", "y"], []]})


@pytest.mark.parametrize("text", ["=1", "+44", "-1", "@x", "\tx", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text):
    assert guarded(text) == f"'{text}"
    assert guarded(-1.5) == -1.5
    assert guarded("a=1") == "a=1"


def test_csv_holds_every_row_with_lists_joined_and_no_formula(tmp_path):
    write_result(_result(ROWS), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open() as file:
        assert list(csv.reader(file)) == [
            ["a", "n", "l"],
            ["'=1+1", "-1.5", "x; y"],
            ["b", "", ""],
        ]


def test_json_has_null_for_what_is_no_number():
    assert '"n": null' in json_text(_result(ROWS))


def test_a_folder_in_use_and_a_missing_one_are_refused_and_nothing_is_left(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    for place in (tmp_path / "full", tmp_path / "none" / "t.csv"):
        with pytest.raises(NoPlace):
            write_result(_result(ROWS), place)
    with pytest.raises(UnknownForm, match=r"\.docx"):
        check_place(tmp_path / "t.doc")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full"]


def test_a_new_folder_holds_a_result_that_can_be_read_again(tmp_path):
    write_result(_result(ROWS), tmp_path / "kept")
    assert kept_result(tmp_path / "kept").records()[0]["a"] == "=1+1"


def test_a_write_that_breaks_leaves_neither_file_nor_part(tmp_path):
    empty = Result(
        "calls.example", "Who?", "So.", "", "duckdb", (), {}, (), Findings((), ()), {}
    )
    with pytest.raises(IndexError):
        write_result(empty, tmp_path / "u.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == []
