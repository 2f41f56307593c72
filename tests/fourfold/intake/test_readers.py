"""What does each format give when it is whole, odd, damaged or hostile?"""

import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from fourfold.intake import errors
from fourfold.intake.delivery import read_delivery
from fourfold.intake.layout import layout_of

HEAD = "ref,name,rank\n"
GOOD = HEAD + "N1,Ash,Sergeant\nN2,Birch,Inspector\n"
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
OFFICERS = {
    "says": "Officers, one row each.",
    "kind": "officers",
    "body": "derbyshire",
    "format": "csv",
    "columns": {"ref": "ref", "name": "name", "rank": "rank"},
}


def read(path, layout=None):
    """The reading of a file of Derbyshire's officers."""
    sheet = layout_of(OFFICERS | layout, "derbyshire/officers") if layout else None
    return read_delivery(path, "officers", "derbyshire", sheet, date(2022, 6, 1))


def names(reading):
    return [checked.row["name"] for checked in reading.whole_rows()]


def faults(reading):
    return [(f.line, f.field, f.fault) for f in reading.faults()]


@pytest.fixture
def file(tmp_path):
    """A file of that name with those bytes or that text."""

    def make(content, name="officers.csv"):
        path = tmp_path / name
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    return make


def workbook(path, rows, **more):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Staff")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        for cell, formula in more.get("formulas", {}).items():
            sheet.write_formula(cell, formula, value="Sergeant")
        book.add_worksheet("Notes")
    return path


# Delimited text


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.rstrip("\n"),
        GOOD + "\n,,\n",
        GOOD.replace("ref,name", "REF, Name "),
        GOOD.replace("\n", ",\n"),
        GOOD.replace("Ash", '"Ash"'),
    ],
)
def test_the_same_rows_are_read_however_the_text_is_written(file, content):
    with read(file(content)) as reading:
        assert names(reading) == ["Ash", "Birch"]
        assert (reading.rows, faults(reading)) == (2, [])


def test_a_value_may_run_over_lines_and_hold_quotes(file):
    with read(file(HEAD + 'N1,"Ash\nthe ""elder""",PC\nN2,,PC\n')) as reading:
        assert names(reading) == ['Ash\nthe "elder"']
        assert faults(reading) == [(4, "name", "no value")]


def test_a_row_with_too_few_or_too_many_cells_is_kept_back(file):
    with read(file(HEAD + "N1,Ash\nN2,Birch,PC,x\nN3,Cedar,PC\n")) as reading:
        assert names(reading) == ["Cedar"]
        assert faults(reading) == [
            (2, "", "2 cells where the heading has 3"),
            (3, "", "4 cells where the heading has 3"),
        ]


@pytest.mark.parametrize("name", ["Zoë O’Hara", "é££", "£5"])
def test_windows_1252_is_read_where_the_layout_says_so(file, name):
    path = file((HEAD + f"N1,{name},PC\n").encode("windows-1252"))
    with read(path, {"encoding": "windows-1252"}) as reading:
        assert names(reading) == [name]


@pytest.mark.parametrize(
    ("content", "encoding", "line", "fits"),
    [
        ((HEAD + "N1,Zoë,PC\n").encode("windows-1252"), "utf-8", 2, "windows-1252"),
        ((HEAD + "N1,Zoë,PC\n").encode(), "windows-1252", 2, "utf-8"),
        (("\ufeff" + GOOD).encode(), "windows-1252", 1, "utf-8"),
        (GOOD.encode("utf-16"), "utf-8", 1, "utf-16"),
        (HEAD.encode() + b"N1,\x81\x8d,PC\n", "utf-8", 2, "no encoding that we know"),
    ],
)
def test_the_wrong_encoding_names_the_line_and_what_would_fit(
    file, content, encoding, line, fits
):
    with pytest.raises(errors.WrongEncoding) as caught:
        read(file(content), {"encoding": encoding})
    assert (caught.value.facts["line"], caught.value.facts["fits"]) == (line, fits)


@pytest.mark.parametrize(
    ("content", "error", "line"),
    [
        (HEAD + 'N1,"Ash,PC\nN2,Birch,PC\n', errors.Truncated, 2),
        (HEAD + "N1,Ash,PC\nN2,Bir", errors.Truncated, 3),
        (HEAD.encode() + "N1,Ash,Zoë".encode()[:-1], errors.Truncated, 2),
        (HEAD + 'N1,"Ash" x,PC\n', errors.BrokenQuotes, 2),
        (HEAD + 'N1,"' + "x\n" * 200_000, errors.BrokenQuotes, 2),
        (HEAD + "N1,A\0sh,PC\n", errors.NulByte, 2),
        (HEAD + "N1," + "x" * 1_000_001, errors.LineTooLong, 2),
    ],
)
def test_damaged_text_is_refused_as_a_whole_with_its_line(file, content, error, line):
    with pytest.raises(error) as caught:
        read(file(content))
    assert caught.value.facts["line"] == line


def test_a_heading_after_a_title_is_found_where_the_layout_says(file):
    content = "Staff list;\nPrinted 01/06/2022;\nref;name;rank\nN1;Ash;PC\n"
    layout = {"delimiter": ";", "header_rows": [3]}
    with read(file(content), layout) as reading:
        assert names(reading) == ["Ash"]


# Footers


FOOTED = {"footer": {"starts": ["Total"], "counts_rows": True}}


@pytest.mark.parametrize("line", ["Total,2,", "TOTAL: 2,,", "Total rows: 2", "Total,,"])
def test_a_total_line_is_no_row(file, line):
    with read(file(GOOD + line + "\n"), FOOTED) as reading:
        assert (reading.rows, faults(reading)) == (2, [])


def test_a_total_that_disagrees_is_a_fault_of_the_file(file):
    with read(file(GOOD + "Total,3,\n"), FOOTED) as reading:
        assert (reading.rows, reading.whole, reading.quarantined) == (2, 2, 0)
        assert faults(reading) == [(4, "", "the file says 3 rows and holds 2")]


def test_a_total_that_is_always_there_and_is_not_means_a_cut_file(file):
    footer = {"footer": FOOTED["footer"] | {"always": True}}
    with read(file(GOOD + "Total,2,\n"), footer) as reading:
        assert reading.whole == 2
    with pytest.raises(errors.Truncated, match="cut short at line 3"):
        read(file(GOOD), footer)


def test_a_total_before_more_rows_is_a_row_and_kept_back(file):
    with read(file(HEAD + "Total,,\nN1,Ash,PC\n"), FOOTED) as reading:
        assert (reading.rows, reading.whole, reading.quarantined) == (2, 1, 1)


def test_a_name_that_only_begins_like_a_total_is_a_row(file):
    with read(file(GOOD + "Totalis,Reed,PC\n"), FOOTED) as reading:
        assert names(reading) == ["Ash", "Birch", "Reed"]


# Workbooks


def test_a_workbook_is_read_with_its_numbers_and_dates(tmp_path):
    path = tmp_path / "officers.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["ref", "name", "rank", "joined on"])
    book.active.append([101, "Ash", "PC", date(2021, 3, 1)])
    book.active.append([None, None, None, None])
    book.active.append(["N2", "Birch", None, "01/04/2021"])
    book.save(path)
    with read(path) as reading:
        rows = [checked.row for checked in reading.whole_rows()]
    assert [(r["ref"], r["joined_on"]) for r in rows] == [
        ("101", date(2021, 3, 1)),
        ("N2", date(2021, 4, 1)),
    ]


def test_a_formula_is_a_fault_of_its_cell(tmp_path):
    rows = [["ref", "name", "rank"], ["N1", "Ash", "PC"], ["N2", "Birch", "PC"]]
    path = workbook(tmp_path / "o.xlsx", rows, formulas={"C3": '="Serg"&"eant"'})
    with read(path) as reading:
        assert names(reading) == ["Ash"]
        assert faults(reading) == [(3, "rank", "a formula, not a value")]


def test_two_header_rows_with_merged_cells_are_joined(tmp_path):
    path = tmp_path / "officers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Staff")
        sheet.merge_range("A1:A2", "Collar")
        sheet.merge_range("B1:C1", "Officer")
        sheet.merge_range("D1:E1", "Dates")
        sheet.write_row("B2", ["Name", "Grade", "Start", "End"])
        sheet.write_row("A3", ["N1", "Ash", "PC", "01/03/2021", ""])
    columns = {
        "ref": "Collar",
        "name": "Officer / Name",
        "rank": "Grade",
        "joined_on": "Dates / Start",
        "left_on": "Dates / End",
    }
    layout = {"format": "xlsx", "columns": columns, "header_rows": [1, 2]}
    with read(path, layout | {"sheet": "staff", "dates": ["dd/mm/yyyy"]}) as reading:
        (checked,) = reading.whole_rows()
    assert checked.row["joined_on"] == date(2021, 3, 1)
    assert (checked.line, checked.row["rank"]) == (3, "PC")


def test_a_missing_sheet_names_those_there_are(tmp_path):
    path = workbook(tmp_path / "o.xlsx", [["ref", "name", "rank"]])
    with pytest.raises(errors.NoSuchSheet, match=r"it has Staff, Notes.*'Staff'"):
        read(path, {"format": "xlsx", "sheet": "Staf"})


def test_a_locked_workbook_is_one_clear_answer(file):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    locked = ole + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    with pytest.raises(errors.PasswordProtected):
        read(file(locked, "officers.xlsx"))
    with pytest.raises(errors.OldWorkbook):
        read(file(ole + bytes(3000), "officers.xls"))


def test_a_cut_workbook_is_refused(tmp_path, file):
    whole = workbook(tmp_path / "w.xlsx", [["ref", "name", "rank"]] * 50).read_bytes()
    for size in (len(whole) // 2, len(whole) - 30, 10):
        with pytest.raises(errors.Truncated):
            read(file(whole[:size], "officers.xlsx"))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = workbook(tmp_path / "o.xlsx", [["ref", "name", "rank"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/filler.xml", bytes(60_000_000))
    with pytest.raises(errors.UnsafeFile, match="unpacked it would be 60 MB"):
        read(path)


@pytest.mark.parametrize("part", ["sheet1.xml", "sharedStrings.xml"])
def test_a_workbook_that_declares_entities_is_refused(tmp_path, part):
    bomb = tmp_path / "bomb.xlsx"
    rows = [["ref", "name", "rank"], ["N1", "Ash", "PC"]]
    path = workbook(tmp_path / "plain.xlsx", rows)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith(part):
                head, _, rest = text.partition("?>")
                text = f"{head}?>{LAUGHS}{rest}"
            new.writestr(name, text)
    with read(path) as reading:
        assert names(reading) == ["Ash"]
    with pytest.raises(errors.UnsafeFile, match="entities"):
        read(bomb)


# JSON


LINES = '{"ref": "N1", "name": "Ash"}\n{"ref": "N2", "name": "Birch", "rank": null}\n'


@pytest.mark.parametrize(
    "content",
    [
        LINES,
        "\ufeff" + LINES.rstrip(),
        "[" + LINES.strip().replace("\n", ",\n") + "]",
        '{"rows": [' + LINES.strip().replace("\n", ",") + "]}",
        json.dumps([json.loads(x) for x in LINES.splitlines()], indent=2),
        json.dumps({"rows": [json.loads(x) for x in LINES.splitlines()]}, indent=2),
    ],
)
def test_the_same_rows_are_read_from_every_form_of_json(file, content):
    with read(file(content, "officers.json")) as reading:
        assert names(reading) == ["Ash", "Birch"]
        assert faults(reading) == []


def test_a_line_that_is_no_object_is_kept_back(file):
    with read(file(LINES + "oops\n[1]\n" + LINES[:28] + "\n")) as reading:
        assert (reading.rows, reading.whole, reading.repeats) == (5, 2, 1)
        assert [line for line, _, _ in faults(reading)] == [3, 4]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (LINES + '{"ref": "N3", "na', errors.Truncated),
        ('[{"ref": "N1", "name": "Ash"}, {"ref": "N2"', errors.Truncated),
        ('[{"ref": "N1", "name": "Ash"}', errors.Truncated),
        ('[{"ref": "N1", "name": "Ash"}, 3]', errors.NotWellFormed),
        ('{"ref": "N1", "name": "' + "x" * 1_000_001 + '"}', errors.LineTooLong),
    ],
)
def test_damaged_json_is_refused_as_a_whole(file, content, error):
    with pytest.raises(error):
        read(file(content, "officers.jsonl"))


def test_deep_nesting_and_numbers_that_are_none_are_kept_back(file):
    deep = '{"ref": ' + "[" * 5_000 + "]" * 5_000 + "}\n"
    content = LINES + deep + '{"ref": "N3", "name": NaN}\n'
    with read(file(content)) as reading:
        assert (reading.whole, reading.quarantined) == (2, 2)


# XML

XML = (
    "<?xml version='1.0' encoding='utf-8'?>\n<staff>\n"
    "<officer number='N1'><name>Ash</name><post><rank>PC</rank></post></officer>\n"
    "<officer number='N2'><name>Birch &amp; Co</name></officer>\n</staff>\n"
)
XML_LAYOUT = {
    "format": "xml",
    "record": "officer",
    "columns": {"ref": "@number", "name": "name", "rank": "post/rank"},
}


@pytest.mark.parametrize(
    "content",
    [
        XML,
        XML.replace("<officer", "<f:officer").replace("</officer", "</f:officer"),
        XML.replace("utf-8", "utf-16").encode("utf-16"),
        XML.replace("utf-8", "windows-1252").encode("windows-1252"),
    ],
)
def test_records_of_xml_are_read_by_path(file, content):
    with read(file(content, "o.xml"), XML_LAYOUT) as reading:
        rows = [checked.row for checked in reading.whole_rows()]
    assert [(r["ref"], r["name"], r["rank"]) for r in rows] == [
        ("N1", "Ash", "PC"),
        ("N2", "Birch & Co", None),
    ]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (XML.replace("\n<staff>", LAUGHS + "<staff>"), errors.UnsafeFile),
        (XML.replace("\n<staff>", "<!DOCTYPE s SYSTEM 'x'><staff>"), errors.UnsafeFile),
        (XML.replace("Ash", "<a>" * 20 + "</a>" * 20), errors.UnsafeFile),
        (XML.replace("Ash", "x" * 1_100_000), errors.UnsafeFile),
        (XML[:-12], errors.Truncated),
        (XML[:150], errors.Truncated),
        (XML.replace("</name></officer>", "</officer>", 1), errors.NotWellFormed),
        (XML.replace("Ash", "Zoë").encode("windows-1252"), errors.WrongEncoding),
        (XML.replace("utf-8", "atf-8"), errors.NotWellFormed),
        (XML.replace("utf-8", "shift_jis"), errors.NotWellFormed),
    ],
)
def test_hostile_or_damaged_xml_is_refused_as_a_whole(file, content, error):
    with pytest.raises(error):
        read(file(content, "o.xml"), XML_LAYOUT)


def test_a_value_that_stands_twice_is_a_fault(file):
    content = XML.replace("<name>Ash</name>", "<name>Ash</name><name>Oak</name>")
    with read(file(content, "o.xml"), XML_LAYOUT) as reading:
        assert faults(reading) == [(3, "name", "more than one value")]


# Files that are something else


def zipped():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"", errors.EmptyFile, "is empty"),
        (b"\xef\xbb\xbf \n\n", errors.EmptyFile, "is empty"),
        (b"%PDF-1.7 ...", errors.NotThisFormat, "a PDF document"),
        (b"\x1f\x8b\x08....", errors.NotThisFormat, "a compressed file"),
        (b"<!DOCTYPE html><html>", errors.NotThisFormat, "a web page"),
        (zipped(), errors.NotThisFormat, "a Word document"),
    ],
)
def test_a_file_that_is_something_else_is_one_clear_answer(file, content, error, says):
    with pytest.raises(error, match=says):
        read(file(content))


def test_a_missing_file_is_one_clear_answer(tmp_path):
    with pytest.raises(errors.NoSuchFile, match="Check the path"):
        read(tmp_path / "none.csv")


def test_a_heading_without_rows_is_no_rows_and_no_fault(file):
    with read(file(HEAD)) as reading:
        assert (reading.rows, faults(reading)) == (0, [])
