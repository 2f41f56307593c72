"""Exports of cameras, lists, statements and who is who are read by their layouts."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fourfold.intake.bulk.reading import ReadingOptions, read_evidence
from fourfold.region.bulk.operation import write_operation
from fourfold.region.bulk.payments import crew_accounts, write_statement

DATA = Path(__file__).parents[3] / "data" / "reads"
SAID = ReadingOptions(authority="AUTH-1")


def test_an_export_of_a_camera_system_is_read_by_its_layout(tmp_path):
    reading = read_evidence("reads", [DATA / "plate-export.csv"], SAID, tmp_path)
    assert reading.inputs[0].layout == "reads-plate-export"
    assert (reading.loaded, reading.quarantined) == (2, 2)
    assert sorted(f.fault.field for f in reading.faults) == ["confidence", "plate"]
    first = pq.read_table(reading.tables["reads"]).to_pylist()[0]
    assert (first["plate"], first["confidence"]) == ("AB12CDE", 0.93)
    assert first["at"] == datetime(2022, 6, 1, 11, tzinfo=UTC)


def test_capture_records_are_by_the_clock_in_london(tmp_path):
    reading = read_evidence("reads", [DATA / "capture-records.csv"], SAID, tmp_path)
    assert reading.inputs[0].layout == "reads-capture-records"
    first = pq.read_table(reading.tables["reads"]).to_pylist()[0]
    assert first["at"] == datetime(2022, 6, 1, 11, tzinfo=UTC)
    assert first["camera"] == "A6 Loughborough Road"


def test_a_list_of_vehicles_keeps_its_own_words(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "VRM,VOI List,Reason for Listing,List Reference,Keeper,Listed From,Listed "
        "Until\n"
        "ab12 cde,Own,Wanted on warrant,W1,Reed,01/05/2022,\n"
    )
    reading = read_evidence("vehicles", [path], SAID, tmp_path / "out")
    (row,) = pq.read_table(reading.tables["vehicles"]).to_pylist()
    assert reading.inputs[0].layout == "vehicles-of-interest"
    assert (row["plate"], row["list"], row["until_on"]) == ("AB12CDE", "Own", None)
    assert row["from_on"] == datetime(2022, 4, 30, 23, tzinfo=UTC)


def test_a_protected_column_of_a_list_is_not_read_and_that_is_said(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "VRM,List,Reason,Keeper nationality\nAB12 CDE,Own,Wanted on warrant,Polish\n"
    )
    reading = read_evidence("vehicles", [path], SAID, tmp_path / "out")
    (row,) = pq.read_table(reading.tables["vehicles"]).to_pylist()
    assert "Polish" not in str(row)
    assert any("'Keeper nationality'" in note for note in reading.notes)


def test_a_statement_and_who_is_who_are_read_by_their_layouts(tmp_path):
    write_statement(tmp_path / "statement.csv")
    write_operation(tmp_path)
    paid = read_evidence("payments", [tmp_path / "statement.csv"], SAID, tmp_path / "p")
    assert (paid.inputs[0].layout, paid.quarantined) == ("payments-statement", 0)
    first, second = list(crew_accounts().values())[:2]
    rows = pq.read_table(paid.tables["payments"]).to_pylist()
    assert sum((r["payer"], r["payee"]) == (first, second) for r in rows) == 14
    who = read_evidence(
        "identifiers", [tmp_path / "who-is-who.csv"], SAID, tmp_path / "w"
    )
    assert (who.inputs[0].layout, who.loaded) == ("identifiers-who-is-who", 5)


@pytest.mark.parametrize("flag", ["yes", "no"])
def test_stops_are_read_with_their_day(tmp_path, flag):
    path = tmp_path / "stops.csv"
    path.write_text(
        f"Ref,Operation,Stopped on,Vehicle,Seized,Arrests,Assets,Right vehicle\n"
        f"1,Copper,05/10/2020,ab12 cde,{flag},2,1200,{flag}\n"
    )
    reading = read_evidence("stops", [path], SAID, tmp_path / "out")
    (row,) = pq.read_table(reading.tables["stops"]).to_pylist()
    assert (row["vehicle"], row["arrests"], row["assets_gbp"]) == ("AB12CDE", 2, 1200.0)
    assert (row["seized"], row["right_vehicle"]) == (flag == "yes", flag == "yes")
    assert row["stopped_on"] == datetime(2020, 10, 4, 23, tzinfo=UTC)
