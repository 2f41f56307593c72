"""Is each question a command, with its files, parameters, answers and errors?"""

import csv
import json
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from fourfold.base.result import kept_result
from fourfold.cli import main
from fourfold.picture.cli import AREAS, area_group
from tests.fourfold.picture.calls.small_calls import (
    LEADER,
    RUNNER,
    call,
    small_calls,
    table,
)


@pytest.fixture
def parquet(tmp_path):
    path = tmp_path / "calls.parquet"
    pq.write_table(small_calls(), path)
    return path


def _run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_every_area_is_a_group_of_the_library():
    assert set(AREAS) <= set(main.commands)


def test_help_lists_the_questions():
    done = _run("calls", "--help")
    assert done.exit_code == 0
    for name in ("contacts", "common", "chains", "handovers", "read", "report"):
        assert f"\n  {name} " in done.stdout


def test_help_of_a_question_says_method_parameters_units_and_defaults():
    words = " ".join(_run("calls", "chains", "--help").stdout.split())
    assert "rings on to a third number" in words
    assert "--minutes FLOAT" in words
    assert "(minutes, 0.1 or more, 1440 or less). [default: 10]" in words


def test_json_is_a_list_of_the_rows_and_nothing_else(parquet):
    done = _run("calls", "contacts", parquet, "--targets", LEADER, "--json")
    rows = json.loads(done.stdout)
    assert done.exit_code == 0
    assert rows[0]["number"] == LEADER
    assert datetime.fromisoformat(rows[0]["first_at"]).tzinfo is not None


def test_a_person_reads_sentences_then_the_table_then_limits(parquet):
    said = _run("calls", "contacts", parquet, "--targets", LEADER).stdout
    sentence, heading, limit = (
        said.index(text) for text in (f"{LEADER} was in touch", "Contact", "Limit: ")
    )
    assert sentence < heading < limit


def test_a_csv_file_is_read_with_columns_and_dates_that_no_layout_knows(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(
        "Ringer,Rung,Moment,Secs\n1,2,20060601 0012,30\n2,1,20060602 1200,5\n"
    )
    columns = "caller=Ringer,called=Rung,start=Moment,seconds=Secs"
    done = _run(
        *("calls", "contacts", path, "--columns", columns),
        *("--dates", "%Y%m%d %H%M", "--zone", "UTC", "--json"),
    )
    assert done.exit_code == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [(r["number"], r["contact"], r["seconds"]) for r in rows] == [
        ("1", "2", 35),
        ("2", "1", 35),
    ]
    assert rows[0]["first_at"] == "2006-06-01T00:12:00+00:00"


def test_rows_kept_back_are_told_on_stderr_with_their_faults(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text("caller,called,start,seconds\n1,2,2026-06-01 10:00,5\n1,2,soon,5\n")
    done = _run("calls", "contacts", path, "--json")
    assert done.exit_code == 0, done.stderr
    assert "1 of 2 rows were kept back" in done.stderr
    assert "calls.csv, line 3" in done.stderr
    assert len(json.loads(done.stdout)) == 2


def test_targets_come_from_a_file_with_a_heading(parquet, tmp_path):
    listed = tmp_path / "targets.csv"
    listed.write_text(
        f"number,name\n07700 900002,A\n{RUNNER},B\n", encoding="utf-8-sig"
    )
    done = _run("calls", "contacts", parquet, "--targets", listed, "--json")
    assert {row["number"] for row in json.loads(done.stdout)} == {LEADER, RUNNER}


@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx", ".parquet"])
def test_the_answer_is_written_by_the_ending(parquet, tmp_path, ending):
    out = tmp_path / f"answer{ending}"
    done = _run("calls", "contacts", parquet, "--out", out, "--json")
    rows = json.loads(done.stdout)
    read = {
        ".json": lambda: json.loads(out.read_text()),
        ".csv": lambda: list(csv.reader(out.open()))[1:],
        ".xlsx": lambda: list(load_workbook(out).active.values)[1:],
        ".parquet": lambda: pq.read_table(out).to_pylist(),
    }[ending]()
    assert len(read) == len(rows) > 0
    first = read[0]
    number = first["number"] if isinstance(first, dict) else first[0]
    guarded = ending in (".csv", ".xlsx")
    assert number == ("'" if guarded and ending == ".csv" else "") + rows[0]["number"]


def test_a_folder_keeps_the_whole_result_and_a_report_is_made_of_it(parquet, tmp_path):
    folder, report = tmp_path / "kept", tmp_path / "report.docx"
    assert _run("calls", "contacts", parquet, "--out", folder).exit_code == 0
    assert kept_result(folder).analysis == "calls.contacts"
    assert _run("calls", "report", folder, "--out", report).exit_code == 0
    assert report.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        (["--engine", "duck"], 2, "duck"),
        (["--top", "many"], 2, "not a valid integer"),
        (["--top", "0"], 1, "top must be 1 or more, not 0"),
        (["--out", "answer.exe"], 1, "cannot be written to 'answer.exe'"),
        (["--out", "no/such/folder/answer.csv"], 1, "does not exist"),
        (["--columns", "caller"], 2, "ours=theirs"),
        (["--columns", "call.caller=X"], 2, "no kind of evidence"),
        (["--targets", "no-such-file.csv"], 2, "does not exist"),
        (["--from-on", "31/31/2026"], 2, "not a day"),
    ],
)
def test_one_wrong_word_ends_in_one_error_and_no_output(parquet, wrong, status, said):
    assert _run("calls", "contacts", parquet).exit_code == 0
    done = _run("calls", "contacts", parquet, *wrong)
    assert done.exit_code == status
    assert done.stdout == ""
    assert said in " ".join(done.stderr.split())
    assert len(done.stderr.strip().splitlines()) == (1 if status == 1 else 4)


def test_a_file_of_nothing_known_is_refused_in_one_line(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_bytes(b"\x00\x01\x02" * 100)
    done = _run("calls", "contacts", path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1


def test_read_says_the_arithmetic_and_leaves_parquet_to_ask_again(tmp_path):
    path, out = tmp_path / "calls.csv", tmp_path / "read"
    row = "1,2,2026-06-01 10:00,5\n"
    path.write_text(f"caller,called,start,seconds\n{row}{row}1,2,soon,5\n")
    told = json.loads(_run("calls", "read", path, "--out", out, "--json").stdout)
    assert [told[k] for k in ("rows", "loaded", "repeated", "quarantined")] == [
        3,
        1,
        1,
        1,
    ]
    assert told["faults"][0]["line"] == 4
    kept = tmp_path / "kept"
    done = _run("calls", "contacts", out / "calls.parquet", "--out", kept)
    assert done.exit_code == 0, done.stderr
    assert kept_result(kept).inputs[0].name == "calls.csv"


def test_two_parquet_files_are_two_inputs_of_one_answer(tmp_path):
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    for name, day in (("a", 0), ("b", 3)):
        rows = table([call(at + timedelta(days=day), "1", "2")])
        pq.write_table(rows, tmp_path / f"{name}.parquet")
    kept = tmp_path / "kept"
    files = (tmp_path / "a.parquet", tmp_path / "b.parquet")
    done = _run(
        "calls", "first-last", *files, "--targets", "1", "--out", kept, "--json"
    )
    (row,) = json.loads(done.stdout)
    assert (row["events"], row["first_input"], row["last_input"]) == (2, 0, 1)
    assert [one.name for one in kept_result(kept).inputs] == ["a.parquet", "b.parquet"]


def test_a_flag_does_not_take_the_name_of_a_kind_of_evidence():
    options = {
        name
        for option in area_group("calls").get_command(None, "handovers").params
        for name in option.opts
    }
    assert "--with-cells" in options
