"""Do made-up calls hold what they are said to hold, the same each time?"""

import hashlib

import duckdb
import pyarrow.parquet as pq
import pytest

from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.reading import read_evidence
from fourfold.intake.evidence import evidence_kind
from fourfold.region.bulk.calls import write_calls, write_calls_csv


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_calls(tmp_path_factory.mktemp("calls"), 20_000)


def rows(made, asked: str) -> list:
    return duckdb.sql(asked.format(f"read_parquet('{made.calls}')")).fetchall()


def test_the_same_seed_gives_the_same_bytes(made, tmp_path):
    again = write_calls(tmp_path, 20_000)
    digests = {hashlib.sha256(m.calls.read_bytes()).hexdigest() for m in (made, again)}
    assert len(digests) == 1
    assert again.truth == made.truth


def test_calls_are_of_their_kind_in_the_order_of_time_and_numbered(made):
    table = pq.read_table(made.calls)
    assert table.schema.remove_metadata().equals(evidence_kind("calls").schema)
    assert table["line"].to_pylist() == list(range(1, made.rows + 1))
    assert table["start_at"].to_pylist() == sorted(table["start_at"].to_pylist())


def test_every_cell_used_is_in_the_list_of_masts(made):
    asked = (
        "SELECT count(*) FROM {} WHERE caller_cell NOT IN"
        f" (SELECT cell FROM read_parquet('{made.cells}'))"
    )
    assert rows(made, asked) == [(0,)]


def test_old_numbers_fall_silent_before_their_successors_begin(made):
    asked = "SELECT caller, min(start_at), max(start_at) FROM {} GROUP BY caller"
    seen = {number: (first, last) for number, first, last in rows(made, asked)}
    for pair in made.truth["replacements"].to_pylist():
        assert seen[pair["old"]][1] < seen[pair["new"]][0]


def test_a_crew_changes_all_its_phones_on_one_day(made):
    crew = [r for r in made.truth["replacements"].to_pylist() if r["how"] == "crew"]
    assert len(crew) == 5
    assert len({r["changed_on"] for r in crew}) == 1


def test_swaps_of_sims_and_handsets_are_seen_in_the_calls(made):
    asked = "SELECT DISTINCT caller_imei, caller_imsi FROM {}"
    worn = set(rows(made, asked))
    for swap in made.truth["sim_swaps"].to_pylist():
        assert {(swap["imei"], swap["old"]), (swap["imei"], swap["new"])} <= worn
    for swap in made.truth["handset_swaps"].to_pylist():
        assert {(swap["old"], swap["imsi"]), (swap["new"], swap["imsi"])} <= worn


def test_a_line_tells_forty_customers_every_other_day(made):
    for line in made.truth["lines"].to_pylist():
        told = rows(
            made,
            "SELECT count(*), count(DISTINCT start_at::DATE) FROM {}"
            f" WHERE kind = 'text' AND caller = '{line['number']}'",
        )
        assert told == [(line["bursts"] * 40, line["bursts"])]


def test_an_operators_file_of_them_reads_back_as_the_same_calls(made, tmp_path):
    count = write_calls_csv(made.calls, tmp_path / "calls.csv")
    reading = read_evidence(
        "calls", [tmp_path / "calls.csv"], ReadingOptions(zone="UTC"), tmp_path / "o"
    )
    assert count == made.rows == reading.rows == reading.loaded + reading.repeated
    content = (
        "caller, called, start_at, seconds, kind, caller_imei, called_imsi, called_cell"
    )
    sides = [
        duckdb.sql(
            f"SELECT DISTINCT {content} FROM read_parquet('{path}') ORDER BY ALL"
        ).fetchall()
        for path in (made.calls, reading.tables["calls"])
    ]
    assert sides[0] == sides[1]
