"""Survey logs: one line a moment becomes one row a cell."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from fourfold.intake.bulk.errors import BulkLayoutFault, NotRecognised
from fourfold.intake.bulk.layout import layout_from
from fourfold.intake.bulk.reading import ReadingOptions, read_evidence
from fourfold.intake.bulk.unfold import unfold_of

DATA = Path(__file__).parents[3] / "data" / "survey"


def read(path: Path, out: Path, **options: Any):
    reading = read_evidence("survey", [path], ReadingOptions(**options), out)
    rows = pq.read_table(reading.tables["survey"]).to_pylist()
    return reading, sorted(
        rows, key=lambda r: (r["line"], not r["serving"], r["colour"])
    )


def written(folder: Path, text: str) -> Path:
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_gives_its_serving_cell_and_each_neighbour(tmp_path):
    reading, rows = read(DATA / "drive-4g.csv", tmp_path)
    assert reading.inputs[0].layout == "survey-drive-4g"
    assert (reading.rows, reading.loaded, reading.quarantined) == (7, 7, 0)
    first = [row for row in rows if row["line"] == 2]
    assert [(r["cell"], r["colour"], r["serving"], r["level_dbm"]) for r in first] == [
        ("001-01-4G-110241", "0", True, -68.2),
        ("", "30", False, -87.0),
        ("", "35", False, -84.8),
        ("", "99", False, -87.7),
    ]
    assert {row["operator"] for row in first} == {"001-01"}
    assert first[0]["at"].isoformat() == "2026-03-02T09:00:00+00:00"


def test_a_neighbour_of_which_nothing_is_written_gives_no_row(tmp_path):
    _reading, rows = read(DATA / "drive-4g.csv", tmp_path)
    assert [row["colour"] for row in rows if row["line"] == 3] == ["0", "99"]


def test_a_moment_without_service_is_kept(tmp_path):
    _reading, rows = read(DATA / "drive-4g.csv", tmp_path)
    (silent,) = [row for row in rows if row["line"] == 4]
    assert (silent["cell"], silent["colour"], silent["level_dbm"]) == ("", "", None)


def test_2g_and_3g_cells_are_named_by_area_and_codes_stay_codes(tmp_path):
    reading, rows = read(DATA / "drive-2g3g.csv", tmp_path)
    assert reading.inputs[0].layout == "survey-drive-2g3g"
    serving = {row["line"]: row for row in rows if row["serving"]}
    assert serving[2]["cell"] == "001-01-101-2001"
    assert (serving[2]["technology"], serving[2]["level_dbm"]) == ("2G", 26.0)
    named = [row["cell"] for row in rows if row["line"] == 2 and not row["serving"]]
    assert named == ["001-01-101-2002"]


def test_a_cell_number_that_means_none_is_none(tmp_path):
    _reading, rows = read(DATA / "drive-2g3g.csv", tmp_path)
    (row,) = [row for row in rows if row["line"] == 4]
    assert (row["cell"], row["colour"], row["technology"]) == ("", "201", "3G")


def test_the_hour_that_the_clocks_skipped_is_not_taken_for_another(tmp_path):
    _reading, rows = read(DATA / "drive-2g3g.csv", tmp_path)
    at = {row["line"]: row["at"].isoformat() for row in rows}
    assert at[2] == "2026-03-29T00:59:58+00:00"
    assert at[3] == "2026-03-29T01:00:03+00:00"


def test_faults_name_their_line_field_and_mend(tmp_path):
    reading, _rows = read(DATA / "drive-2g3g.csv", tmp_path)
    faults = {(f.fault.line, f.fault.field): f.fault for f in reading.faults}
    assert set(faults) == {(5, "lon"), (6, "speed_kmh")}
    assert faults[6, "speed_kmh"].value == "fast"
    assert reading.quarantined == 2
    assert reading.rows == reading.loaded + reading.repeated + reading.quarantined


def test_a_log_with_a_row_a_cell_says_itself_which_served(tmp_path):
    reading, rows = read(DATA / "scanner.csv", tmp_path)
    assert reading.inputs[0].layout == "survey-scanner"
    assert [(r["cell"], r["serving"], r["technology"]) for r in rows] == [
        ("001-02-5G-409600001", True, "5G"),
        ("", False, "5G"),
    ]
    assert rows[0]["indoors"] is True
    (fault,) = reading.faults
    assert (fault.fault.line, fault.fault.field, fault.fault.value) == (
        4,
        "serving",
        "maybe",
    )


def test_a_log_that_no_layout_knows_is_read_by_its_headings(tmp_path):
    text = (
        "timestamp,lat,lon,tech,mcc,mnc,enodeb id,cid,pci,rsrp\n"
        "2026-03-02T09:00:00Z,52.6,-1.1,LTE,001,01,430,5,77,-90\n"
    )
    reading, rows = read(written(tmp_path, text), tmp_path / "out")
    assert rows[0]["cell"] == "001-01-4G-110085"
    assert rows[0]["serving"] is True
    assert any("does not say which cell served" in note for note in reading.notes)


def test_a_file_that_is_no_survey_is_refused(tmp_path):
    path = written(tmp_path, "name,colour\nAlder,green\n")
    with pytest.raises(NotRecognised, match="lat"):
        read(path, tmp_path / "out")


@pytest.mark.parametrize("spoilt", ["drive-4g.csv", "drive-2g3g.csv"])
def test_a_byte_order_mark_and_dos_lines_change_nothing(tmp_path, spoilt):
    text = (DATA / spoilt).read_text(encoding="utf-8")
    path = tmp_path / spoilt
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    plain, marked = read(DATA / spoilt, tmp_path / "a"), read(path, tmp_path / "b")
    assert plain[1] == marked[1]


def test_a_log_with_fewer_neighbours_than_its_layout_is_read(tmp_path):
    lines = (DATA / "drive-4g.csv").read_text(encoding="utf-8").splitlines()
    short = "\n".join(",".join(line.split(",")[:15]) for line in lines)
    _reading, rows = read(written(tmp_path, short), tmp_path / "out")
    assert [row["colour"] for row in rows if row["line"] == 2] == ["0", "35"]


def test_a_layout_that_unfolds_an_unknown_field_is_refused():
    sheet = (
        'says = "x"\nkind = "survey"\n[columns]\nat = "t"\n[[unfold]]\nlevle = "a"\n'
    )
    with pytest.raises(BulkLayoutFault, match="no field 'levle'"):
        layout_from(sheet, "wrong")


def test_a_file_without_any_further_column_is_left_as_it_is():
    raw = {"cell": "c0", "colour": "c1"}
    assert unfold_of([{"colour": "PCI 2"}], raw, lambda _heading: None) == (None, raw)
