"""Is a table of evidence read whole, with every row accounted for?"""

import gzip
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.intake.bulk.errors import NoSuchColumn, NotRecognised, SeveralRefused
from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.reading import read_evidence
from fourfold.intake.errors import EmptyFile, FileRefused, Truncated, UnsafeFile
from fourfold.intake.evidence import EVIDENCE

HEAD = "From,To,Datetime,Duration(seconds),Cell Tower\n"
PLAIN = HEAD + "1,2,20060601 0011,35,7\n2,399,20060601 2359,0,12\n"


def test_a_file_that_no_sheet_knows_is_read_by_its_headings(read):
    found = read("calls", PLAIN)
    assert found.arithmetic == (2, 2, 0, 0)
    first, second = found.rows
    assert (first["caller"], first["called"], first["caller_cell"]) == ("1", "2", "7")
    assert first["start_local"] == datetime.fromisoformat("2006-06-01 00:11")
    assert first["start_at"] == datetime(2006, 5, 31, 23, 11, tzinfo=UTC)
    assert (second["line"], second["seconds"], second["called"]) == (3, 0, "399")


def test_the_columns_and_types_are_those_of_the_kind(read):
    found = read("calls", PLAIN)
    schema = pq.read_schema(found.reading.tables["calls"])
    assert schema.remove_metadata().equals(EVIDENCE["calls"].schema)


def test_what_was_taken_for_granted_is_said(read):
    notes = " ".join(read("calls", PLAIN).reading.notes)
    assert "clock in London" in notes
    assert "taken as voice" in notes
    assert "No authority is recorded" in notes
    assert "authority" not in " ".join(
        read("calls", PLAIN, authority="CD/1").reading.notes
    )


def test_columns_and_dates_that_were_said_go_before_what_we_guess(read):
    text = "x,y,when,secs\n07700 900123,0044 7700 900456,31.12.22 23:59,61\n"
    found = read(
        "calls",
        text,
        columns={"caller": "x", "to": "y", "start_at": "when", "duration_s": "secs"},
        dates="DD.MM.YY HH:MM",
    )
    (row,) = found.rows
    assert (row["caller"], row["called"]) == ("+447700900123", "+447700900456")
    assert row["start_local"] == datetime.fromisoformat("2022-12-31 23:59")


def test_columns_may_be_named_by_their_place(read):
    text = "1;2;20060601 0011;35\n3;4;20060602 0011;35\n"
    found = read(
        "calls",
        text,
        columns={"caller": "1", "called": "2", "start": "3", "seconds": "4"},
    )
    assert [row["caller"] for row in found.rows] == ["1", "3"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"coller": "From"}, "no field 'coller' .did you mean 'caller'"),
        ({"caller": "Form"}, "no column 'Form' .did you mean 'From'"),
    ],
)
def test_a_column_that_does_not_exist_is_refused_with_the_near_miss(read, wrong, said):
    read("calls", PLAIN, columns={"caller": "From"})
    with pytest.raises(NoSuchColumn, match=said):
        read("calls", PLAIN, columns=wrong)


def test_a_file_of_something_else_is_refused_with_what_it_lacks(read):
    with pytest.raises(NotRecognised, match=r"caller and called .*colour"):
        read("calls", "colour,shape\nred,round\n")


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ("1,2,20060631 0011,35,7", "start_at", "20060631 0011"),
        ("1,2,,35,7", "start_at", ""),
        ("1,2,20060601 0011,long,7", "seconds", "long"),
        ("1,2,20060601 0011,-3,7", "seconds", "-3"),
        (",2,20060601 0011,35,7", "caller", ""),
        ("4.4770E+11,2,20060601 0011,35,7", "caller", "4.4770E+11"),
        ("1,2,20060601 0011,35", "", "1,2,20060601 0011,35"),
        ("1,2,20060601 0011,35,7,8", "", "1,2,20060601 0011,35,7,8"),
    ],
)
def test_a_faulty_row_is_kept_back_with_its_line_and_the_others_are_loaded(
    read, row, field, value
):
    found = read("calls", PLAIN + row + "\n5,6,20060603 0011,1,7\n")
    assert found.arithmetic == (4, 3, 0, 1)
    assert found.faults == [(4, field, value)]
    assert [r["line"] for r in found.rows] == [2, 3, 5]


def test_all_faults_of_a_row_are_named_at_once(read):
    found = read("calls", PLAIN + ",2,never,long,7\n")
    assert {field for _, field, _ in found.faults} == {"caller", "start_at", "seconds"}
    assert found.arithmetic == (3, 2, 0, 1)
    assert (
        pq.read_table(
            found.reading.tables["calls"].with_name("faults.parquet")
        ).num_rows
        == 3
    )


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("Cell Tower", "Cell").replace("12\n", "Café\n").encode("cp1252"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        ("Call data of one number\nprinted 1 June\n\n" + PLAIN).encode(),
        gzip.compress(PLAIN.encode()),
    ],
    ids=["bom", "utf16", "cp1252", "semicolons", "tabs", "crlf", "title", "gzip"],
)
def test_the_same_rows_come_out_of_every_usual_form(read, data):
    found = read("calls", data)
    assert [(r["caller"], r["called"]) for r in found.rows] == [
        ("1", "2"),
        ("2", "399"),
    ]


def test_a_workbook_with_a_merged_title_is_read(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Schedule of calls", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["Calling", "Called", "Start time"])
    sheet.append(
        ["07700900123", "07700900456", datetime.fromisoformat("2022-06-01 10:00")]
    )
    book.save(tmp_path / "a.xlsx")
    reading = read_evidence(
        "calls", [tmp_path / "a.xlsx"], ReadingOptions(), tmp_path / "o"
    )
    (row,) = pq.read_table(reading.tables["calls"]).to_pylist()
    assert (row["caller"], row["line"]) == ("+447700900123", 3)
    assert row["start_local"] == datetime.fromisoformat("2022-06-01 10:00")


def test_json_lines_and_parquet_are_read(tmp_path):
    rows = [{"From": "1", "To": "2", "Datetime": "2022-06-01T10:00:00Z"}]
    (tmp_path / "a.jsonl").write_text(
        '{"From":"1","To":"2","Datetime":"2022-06-01T10:00:00Z"}\n'
    )
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    for name in ("a.jsonl", "a.parquet"):
        reading = read_evidence(
            "calls", [tmp_path / name], ReadingOptions(), tmp_path / name[:3]
        )
        (row,) = pq.read_table(reading.tables["calls"]).to_pylist()
        assert row["start_at"] == datetime(2022, 6, 1, 10, tzinfo=UTC)
        assert row["start_local"] == datetime.fromisoformat("2022-06-01 11:00")


def test_rows_that_stand_twice_count_as_repeated_within_and_across_files(read):
    found = read("calls", PLAIN + "1,2,20060601 0011,35,7\n", PLAIN)
    assert found.arithmetic == (5, 2, 3, 0)
    assert {(r["input"], r["line"]) for r in found.rows} == {(0, 2), (0, 3)}


@pytest.mark.parametrize(
    ("headings", "values"),
    [
        ("Start date,Start time", "13/06/2022,10:05:30"),
        ("Date,Time", "13/06/2022,10:05:30"),
        ("Call time,Call date", "10:05:30,2022-06-13"),
        ("Time", "2022-06-13 10:05:30"),
        ("Timestamp", "1655111130"),
        ("Timestamp", "1655111130000"),
        ("Start time", "44725.420486111"),
        ("Start time", "13-Jun-2022 10:05:30"),
        ("Start time", "2022-06-13T09:05:30Z"),
    ],
)
def test_a_moment_may_stand_in_one_column_or_in_two(read, headings, values):
    (row,) = read("calls", f"Calling,Called,{headings}\n1,2,{values}\n").rows
    assert row["start_local"] == datetime.fromisoformat("2022-06-13 10:05:30")


def test_a_subject_and_direction_become_caller_and_called(read):
    text = (
        "Subject,Other party,Direction,Type,Date,Time,Duration,IMEI,Cell\n"
        "07700900001,07700900002,Out,SMS,01/06/2022,10:00,,260531793113837,A\n"
        "07700900001,07700900003,IN,Voice,13/06/2022,10:00,00:01:05,26053179311383,B\n"
    )
    sent, received = read("calls", text).rows
    assert (sent["caller"], sent["subject"], sent["caller_cell"]) == (
        "+447700900001",
        "caller",
        "A",
    )
    assert (sent["kind"], sent["seconds"], sent["caller_imei"]) == (
        "text",
        0,
        "26053179311383",
    )
    assert (received["called"], received["subject"], received["called_cell"]) == (
        "+447700900001",
        "called",
        "B",
    )
    assert (received["seconds"], received["called_imei"]) == (65, "26053179311383")


@pytest.mark.parametrize(
    ("imei", "kept"),
    [
        ("260531793113837", "26053179311383"),
        ("260531793113830", "26053179311383"),
        ("26053179311383", "26053179311383"),
        ("2605317931138301", "26053179311383"),
        ("26-053179-311383-7", "26053179311383"),
        ("", ""),
        ("260531793113834", None),
        ("2605317931138", None),
        ("handset", None),
    ],
)
def test_an_imei_is_compared_on_its_fourteen_figures(read, imei, kept):
    text = (
        f"Calling,Called,Start,IMEI\n07700900001,07700900002,2022-06-01 10:00,{imei}\n"
    )
    found = read("calls", text)
    if kept is None:
        assert found.faults == [(2, "imei", imei)]
    else:
        assert found.rows[0]["caller_imei"] == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 7700-900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("0044(7700)900123", "+447700900123"),
        ("0033 1 23 45 67 89", "+33123456789"),
        ("61016", "61016"),
        ("399", "399"),
        ("withheld", ""),
        ("T-Mobile Info", "T-Mobile Info"),
    ],
)
def test_full_numbers_become_e164_and_others_stay(read, given, kept):
    text = f"Calling,Called,Start\n07700900001,{given},2022-06-01 10:00\n"
    assert read("calls", text).rows[0]["called"] == kept


def test_clocks_that_skip_an_hour_give_a_fault_and_those_that_repeat_one_a_note(read):
    text = (
        "Calling,Called,Start\n"
        "1,2,2022-03-27 01:30\n"
        "1,2,2022-03-27 02:30\n"
        "1,2,2022-10-30 01:30\n"
        "1,2,2022-10-30 02:30\n"
    )
    found = read("calls", text)
    assert found.faults == [(2, "start_at", "2022-03-27 01:30")]
    assert any("1 times" in note and "twice" in note for note in found.reading.notes)
    hours = [(r["line"], r["start_at"].hour) for r in found.rows]
    assert hours == [(3, 1), (4, 0), (5, 2)]
    same = read("calls", text, zone="UTC")
    assert (same.faults, [r["start_at"].hour for r in same.rows]) == ([], [1, 2, 1, 2])


def test_days_stand_before_months_unless_the_column_says_otherwise(read):
    rows = "".join(f"1,2,{n:02}/04/2022 10:00\n" for n in range(1, 9))
    (first, *_) = read("calls", "Calling,Called,Start\n" + rows).rows
    assert first["start_local"].month == 4
    found = read("calls", "Calling,Called,Start\n" + rows + "1,2,04/13/2022 10:00\n")
    assert (found.rows[0]["start_local"].month, found.arithmetic[3]) == (1, 0)
    assert any("Months" in note for note in found.reading.notes)


@pytest.mark.parametrize(
    ("columns", "values", "cell"),
    [
        ("MCC,MNC,LAC,CID", "234,15,4101,700", "234-15-4101-700"),
        ("MCC,MNC,ECI", "234,30,5242881", "234-30-4G-5242881"),
        ("PLMN,ECI", "23410,0x500001", "234-10-4G-5242881"),
        ("MCC,MNC,NCI", "234,01,DEADBEEF0", "234-01-5G-59774856944"),
        ("Cell", "234/15/4101/700", "234-15-4101-700"),
        ("Cell", "0-0-0-0", ""),
    ],
)
def test_a_cell_has_one_name_however_it_is_written(read, columns, values, cell):
    text = f"Calling,Called,Start,{columns}\n1,2,2022-06-01 10:00,{values}\n"
    assert read("calls", text).rows[0]["caller_cell"] == cell


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "reads",
            "VRM,Date,Time,Camera,Latitude,Longitude,Confidence\n"
            "ab12 cde,01/06/2022,10:00:01,A1,52.9,-1.1,97%\n",
            {"plate": "AB12CDE", "camera": "A1", "confidence": 0.97, "lat": 52.9},
        ),
        (
            "payments",
            'From account,To account,Amount,Date\n1,2,"£1,234.50",2022-06-01\n',
            {"payer": "1", "payee": "2", "amount_gbp": 1234.5},
        ),
        (
            "identifiers",
            "Person,Kind,Identifier,From\nReed,phone,07700 900101,01/05/2022\n",
            {"person": "Reed", "identifier": "+447700900101"},
        ),
        (
            "messages",
            "Sender,Recipient,Sent,Message\n07700900101,07700900102;07700900103,"
            '2022-06-01 10:00,"two\nlines"\n',
            {
                "sender": "+447700900101",
                "recipients": ["+447700900102", "+447700900103"],
                "body": "two\nlines",
            },
        ),
        (
            "cells",
            "Cell,Lat,Lon,Azimuth\nA,52.9,-1.1,120\n",
            {"cell": "A", "azimuth": 120.0},
        ),
        (
            "vehicles",
            "Registration,List,Reason\nAB12 CDE,own,warrant\n",
            {"plate": "AB12CDE"},
        ),
    ],
)
def test_every_other_kind_of_table_is_read_by_the_same_reader(
    read, kind, text, expected
):
    found = read(kind, text)
    assert found.arithmetic == (1, 1, 0, 0)
    assert {name: found.rows[0][name] for name in expected} == expected


def test_a_place_off_the_globe_is_a_fault(read):
    found = read("reads", "Plate,At,Lat,Lon\nAB12CDE,2022-06-01 10:00,152.9,-1.1\n")
    assert found.faults == [(2, "lat", "152.9")]


def test_all_files_that_cannot_be_read_are_named_at_once(read):
    with pytest.raises(SeveralRefused, match=r"0-a.csv.*1-a.csv"):
        read("calls", "colour,shape\nred,round\n", "", PLAIN)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"\n\n \n", EmptyFile),
        (gzip.compress(PLAIN.encode() * 50)[:-30], Truncated),
        (b"x" * 2_000_000, UnsafeFile),
        (b"%PDF-1.7 nothing", FileRefused),
        (gzip.compress(b"0" * 900_000_000, 9), UnsafeFile),
    ],
    ids=["empty", "blank", "cut gzip", "one line", "pdf", "gzip bomb"],
)
def test_a_hostile_or_broken_file_ends_in_one_clear_error(read, tmp_path, data, error):
    with pytest.raises(error):
        read("calls", data)
    assert not [path for path in (tmp_path / "out").glob("*") if path.is_file()]


def test_one_line_of_300_megabytes_is_kept_back_and_memory_stays_bounded(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write((HEAD + "1,2,20060601 0011,35,7\n1,").encode())
        for _ in range(300):
            file.write(b"9" * 1_000_000)
        file.write(b"2,20060601 0011,35,7\n3,4,20060601 0011,35,7\n")
    limited = (
        "import resource, sys; from pathlib import Path;"
        "resource.setrlimit(resource.RLIMIT_AS, (6_000_000_000, 6_000_000_000));"
        "from fourfold.intake.bulk.reading import read_evidence, ReadingOptions;"
        "r = read_evidence('calls', [Path(sys.argv[1])], ReadingOptions(),"
        " Path(sys.argv[2]));"
        "print(r.rows, r.loaded, r.quarantined)"
    )
    asked = [sys.executable, "-c", limited, str(path), str(tmp_path / "out")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    said = done.stdout.split() or [done.stderr.strip().splitlines()[-1]]
    assert said == ["3", "2", "1"] or "refused" in said[0] or "cannot" in said[0], said


def test_a_reading_that_is_killed_leaves_nothing_that_counts(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w") as file:
        file.write(HEAD)
        file.writelines(f"{n},{n + 1},20060601 0011,35,7\n" for n in range(400_000))
    code = (
        "import sys; from pathlib import Path;"
        "from fourfold.intake.bulk.reading import read_evidence, ReadingOptions;"
        "print('go', flush=True);"
        "read_evidence('calls', [Path(sys.argv[1])], ReadingOptions(),"
        " Path(sys.argv[2]))"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(tmp_path / "out")],
        stdout=subprocess.PIPE,
    )
    assert started.stdout is not None
    started.stdout.readline()
    time.sleep(0.3)
    started.send_signal(signal.SIGKILL)
    started.wait()
    started.stdout.close()
    kept = [p for p in (tmp_path / "out").glob("*") if p.is_file()]
    assert kept == []
    reading = read_evidence("calls", [path], ReadingOptions(), tmp_path / "out")
    assert reading.loaded == 400_000


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "", "07700900123", "4.4E+11"]),
        st.sampled_from(["3", "4"]),
        st.sampled_from(["20060601 0011", "20060602 1000", "20061301 0000", ""]),
        st.sampled_from(["0", "61", "x", ""]),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS)
def test_rows_are_always_loaded_repeated_or_kept_back(read, rows):
    text = "From,To,Datetime,Duration\n9,9,20060601 0011,1\n9,8,20060601 0012,1\n"
    found = read("calls", text + "".join(",".join(row) + "\n" for row in rows))
    whole, loaded, repeated, kept_back = found.arithmetic
    assert whole == len(rows) + 2 == loaded + repeated + kept_back
    assert len(found.rows) == loaded
    assert {line for line, _, _ in found.faults} <= set(range(2, len(rows) + 4))


def test_the_bandicoot_samples_are_read(tmp_path):
    folder = Path(__file__).parents[3] / "data" / "calls"
    reading = read_evidence(
        "calls", [folder / "bandicoot_A.csv"], ReadingOptions(), tmp_path / "a"
    )
    assert (reading.rows, reading.loaded) == (42, 42)
    other = read_evidence(
        "calls",
        [folder / "bandicoot_u_test.csv"],
        ReadingOptions(layout="bandicoot-user"),
        tmp_path / "b",
    )
    assert (other.rows, other.loaded + other.repeated) == (500, 500)
