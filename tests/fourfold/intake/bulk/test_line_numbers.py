"""Does each row, and each fault, name the line that it stands on?"""

import io
from datetime import datetime

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.reading import read_evidence
from fourfold.intake.errors import NotWellFormed

HEAD = "From,To,Datetime,Duration(seconds),Cell Tower\n"


def row(second: int, cell: str = "19") -> str:
    return f"07700900001,07700900002,13/05/2022 10:00:{second:02d},5,{cell}\n"


def lines(found) -> list[int]:
    return [r["line"] for r in found.rows]


def test_blank_lines_are_counted_as_lines_and_not_as_rows(read):
    text = HEAD + "\n\n" + row(0) + "\n\n" + row(1) + "\nbad,row\n" + row(2) + "\n"
    found = read("calls", text)
    assert lines(found) == [4, 7, 10]
    assert found.faults == [(9, "", "bad,row")]
    assert found.arithmetic == (4, 3, 0, 1)


def test_a_value_of_several_lines_moves_the_rows_below(read):
    text = HEAD + row(0, '"a\nb"') + row(1) + "bad,row\n" + row(2) + "x,y,never,1,2\n"
    found = read("calls", text)
    assert lines(found) == [2, 4, 6]
    assert found.faults == [(5, "", "bad,row"), (7, "start_at", "never")]


def test_lines_of_nothing_but_delimiters_are_no_rows(read):
    found = read("calls", HEAD + row(0) + ",,,,\n" + row(1) + ",,,,\n")
    assert (found.arithmetic, lines(found)) == ((2, 2, 0, 0), [2, 4])


@pytest.mark.parametrize(
    "title",
    ['"Ti"tle of 5\n', '"Title" a, "b" ""\n', "Call data\n\n", '"two\nlines"\n'],
)
def test_marks_in_a_title_lose_no_row_below_it(read, title):
    found = read("calls", title + HEAD + row(0) + "bad\n" + row(1))
    first = title.count("\n") + 2
    assert lines(found) == [first, first + 2]
    assert found.faults[0][0] == first + 1


def test_broken_lines_and_repeats_of_several_files_keep_their_own_lines(read):
    found = read(
        "calls",
        HEAD + row(1) + row(2) + "z,z\n" + row(3),
        HEAD + "q,q\n" + row(3) + row(4) + row(1),
    )
    assert found.arithmetic == (8, 4, 2, 2)
    assert [(r["input"], r["line"]) for r in found.rows] == [
        (0, 2),
        (0, 3),
        (0, 5),
        (1, 4),
    ]
    assert [one.rows for one in found.reading.inputs] == [3, 1]


def test_rows_of_a_workbook_carry_their_numbers_though_a_heading_has_two_lines(read):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B3"] = "Schedule"
    for at, words in enumerate(["From", "To", "Date\n/time", "Duration\n(s)"]):
        sheet.cell(5, 2 + at, words)
    for number in (6, 7, 9):
        at = datetime.fromisoformat(f"2022-05-13 10:00:0{number}")
        for column, value in enumerate(["07700900001", "07700900002", at, 5]):
            sheet.cell(number, 2 + column, value)
    data = io.BytesIO()
    book.save(data)
    assert lines(read("calls", data.getvalue(), name="a.xlsx")) == [6, 7, 9]


def test_lines_that_end_as_on_old_computers_are_lines(read):
    assert lines(read("calls", (HEAD + row(0) + row(1)).replace("\n", "\r"))) == [2, 3]


def test_a_nul_byte_keeps_its_row_back(read):
    found = read("calls", HEAD + row(0) + "0770\x00900001" + row(1)[11:] + row(2))
    assert found.faults == [(3, "From", "0770\x00900001")]
    assert lines(found) == [2, 4]


def test_a_file_of_another_layout_below_its_heading_is_refused_as_a_whole(read):
    with pytest.raises(NotWellFormed, match="another number of columns"):
        read("calls", HEAD + "a,b\n" * 100_001 + row(1))


KINDS = {
    "good": lambda n: row(n % 60, str(n)),
    "blank": lambda n: "\n",
    "empty": lambda n: ",,,,\n",
    "ragged": lambda n: f"bad,{n}\n",
    "faulty": lambda n: f"x,y,never,{n},1\n",
    "long": lambda n: row(n % 60, f'"{n}\n\n,x"'),
    "again": lambda n: row(0, "same"),
}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@example(kinds=["good", "blank", "blank", "ragged", "good"])
@example(kinds=["good", "blank", "ragged", "good"])
@given(kinds=st.lists(st.sampled_from(list(KINDS)), max_size=25))
def test_nothing_is_lost_and_every_line_is_true(kinds, tmp_path_factory):
    text, expected, faults, at = HEAD, [], [], 2
    for number, kind in enumerate(kinds):
        made = KINDS[kind](number)
        if kind in ("good", "long") or (kind == "again" and at not in expected):
            expected.append(at)
        if kind in ("ragged", "faulty"):
            faults.append(at)
        text += made
        at += made.count("\n")
    again = [n for n, kind in enumerate(kinds) if kind == "again"]
    folder = tmp_path_factory.mktemp("lines")
    (folder / "a.csv").write_text(text)
    options = ReadingOptions(dates="%d/%m/%Y %H:%M:%S")
    found = read_evidence("calls", [folder / "a.csv"], options, folder / "out")
    rows = pq.read_table(found.tables["calls"]).to_pylist()
    firsts = {at for at, r in zip(_starts(text, kinds), kinds, strict=True)
              if r == "again"}  # fmt: skip
    dropped = sorted(firsts)[1:]
    assert [r["line"] for r in rows] == [n for n in expected if n not in dropped]
    assert sorted({f.fault.line for f in found.faults}) == faults
    assert found.repeated == max(len(again) - 1, 0)
    assert found.rows == found.loaded + found.repeated + found.quarantined
    assert found.rows == sum(kind not in ("blank", "empty") for kind in kinds)


def _starts(text: str, kinds: list[str]) -> list[int]:
    starts, at = [], 2
    for number, kind in enumerate(kinds):
        starts.append(at)
        at += KINDS[kind](number).count("\n")
    return starts
