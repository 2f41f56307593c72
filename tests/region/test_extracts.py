"""Do the files that six bodies would send hold the region's rows, and their dirt?"""

import csv
import hashlib
import json
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from fourfold.intake.delivery import read_delivery
from fourfold.region.cli import region
from fourfold.region.extracts import write
from fourfold.region.make import ORDER, SEED, make
from fourfold.region.slips import SLIPS

CLOCK = date(2022, 6, 1)


@pytest.fixture(scope="module")
def rows():
    return make()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, rows):
    out = tmp_path_factory.mktemp("region")
    write(rows, out, seed=SEED)
    return out


@pytest.fixture(scope="module")
def files(folder):
    return json.loads((folder / "manifest.json").read_text())["files"]


@pytest.fixture(scope="module")
def readings(folder, files):
    """What intake makes of each file: its rows, its counts and its faults."""
    made = {}
    for file in files:
        path = folder / file["file"]
        with read_delivery(path, file["kind"], file["body"], today=CLOCK) as reading:
            whole = [checked.row for checked in reading.whole_rows()]
            made[file["file"]] = (reading, whole, list(reading.faults()))
    return made


def test_each_file_reads_back_as_the_rows_it_was_made_of(rows, files, readings):
    for file in files:
        _, whole, _ = readings[file["file"]]
        mine = [r for r in rows[file["kind"]] if r["body"] == file["body"]]
        assert _sorted(whole) == _sorted(mine), file["file"]


def _sorted(made):
    return sorted(repr(sorted(r.items(), key=lambda item: item[0])) for r in made)


def test_the_bodys_own_layout_is_recognised_without_being_named(files, readings):
    found = {file["file"]: readings[file["file"]][0].layout for file in files}
    assert found == {file["file"]: file["layout"] for file in files}


def test_counts_of_the_manifest_are_those_that_intake_finds(files, readings):
    for file in files:
        reading, whole, _ = readings[file["file"]]
        counted = (reading.rows, len(whole), reading.repeats, reading.quarantined)
        said = (file["rows"], file["good"], file["twice"], file["faulty"])
        assert counted == said, file["file"]


def test_only_the_planted_slips_are_faults(readings):
    found = sorted(
        (reading.body, reading.kind.name, fault.field, fault.value)
        for reading, _, faults in readings.values()
        for fault in faults
    )
    planted = sorted((s.body, s.kind, s.field, s.cell) for s in SLIPS)
    assert found == planted
    assert len(planted) == 12


def test_some_rows_are_sent_twice(files):
    assert sum(file["twice"] for file in files) > 50


def test_every_row_of_the_region_is_in_some_file(rows, files):
    assert sum(f["good"] for f in files) == sum(len(made) for made in rows.values())


def test_files_are_named_in_the_order_in_which_to_bring_them_in(files):
    places = [ORDER.index(file["kind"]) for file in files]
    assert places == sorted(places)


def test_six_bodies_and_the_national_list_print_in_ways_of_their_own(folder):
    assert (folder / "emsou/threats.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    derbyshire = (folder / "derbyshire/members.csv").read_bytes()
    assert derbyshire.count(b";") > 1000
    with pytest.raises(UnicodeDecodeError):
        derbyshire.decode("utf-8")
    first = (folder / "lincolnshire/threats.jsonl").read_text().splitlines()[0]
    assert json.loads(first)["people"]["lro"]["number"]
    assert (folder / "northamptonshire/threats.xml").read_text().startswith("<?xml")
    national = (folder / "national/national-list.csv").read_text()
    assert "Derbyshire Constabulary" in national
    assert "Tier 5" in national


def test_leicestershires_workbooks_have_merged_headings_and_real_dates(folder):
    sheet = openpyxl.load_workbook(folder / "leicestershire/threats.xlsx")["Extract"]
    assert len(sheet.merged_cells.ranges) >= 2
    assert any(cell.is_date for cell in sheet[4])


def test_nottinghamshires_files_end_in_a_total_of_their_rows(folder):
    path = folder / "nottinghamshire/disruptions.csv"
    with path.open(newline="") as file:
        lines = list(csv.reader(file))
    assert lines[-1][:2] == ["Total rows", str(len(lines) - 2)]


def test_dates_unknown_words_and_stray_spaces_differ_as_hands_do(folder):
    emsou = (folder / "emsou/disruptions.csv").read_text("utf-8-sig")
    notts = (folder / "nottinghamshire/disruptions.csv").read_text()
    nhants = (folder / "northamptonshire/disruptions.xml").read_text()
    assert "31/05/2022" in emsou or "/05/2022" in emsou
    assert "-May-22" in notts
    assert ".05.2022" in nhants
    assert "N/K" in notts or "Not known" in notts or "n/k" in notts
    assert "  " in emsou


@pytest.mark.slow
def test_the_command_writes_the_same_bytes_each_time(tmp_path, folder, files):
    out = tmp_path / "again"
    done = CliRunner().invoke(region, ["make", "--out", str(out)])
    assert done.exit_code == 0
    assert f"{len(files)} files" in done.output
    assert _digests(out) == _digests(folder)


def _digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.*"))
    }


@pytest.mark.slow
def test_the_command_refuses_a_scale_of_nought(tmp_path):
    right = ["make", "--out", str(tmp_path / "r"), "--scale", "1"]
    refused = CliRunner().invoke(region, [*right[:-1], "0"])
    assert refused.exit_code == 2
    assert "'--scale': 0 is not in the range" in refused.output
    assert CliRunner().invoke(region, right).exit_code == 0


@pytest.mark.slow
def test_the_list_of_files_can_be_printed_as_json(tmp_path, files):
    done = CliRunner().invoke(region, ["make", "--out", str(tmp_path), "--json"])
    assert json.loads(done.output) == files


def test_a_folder_that_cannot_be_made_is_named_in_one_line(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    out = tmp_path / "file" / "region"
    done = CliRunner().invoke(region, ["make", "--out", str(out)])
    assert done.exit_code == 1
    assert done.output.startswith(f"Error: The extracts cannot be written to {out}")
