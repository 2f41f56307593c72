"""Which layout fits a file, and what is said when none does?"""

from datetime import date

import pytest

from fourfold.base.errors import UnknownBody
from fourfold.intake import errors
from fourfold.intake.delivery import read_delivery
from fourfold.intake.kinds import KINDS, UnknownKind
from fourfold.intake.layout_book import canonical
from fourfold.intake.layout_writer import write_rows

from .made_rows import blank_row, threat

SHEET = """
says = "Staff, one row each."
kind = "officers"
body = "derbyshire"
format = "csv"
encoding = "windows-1252"
[columns]
ref = "Warrant number"
name = "Family name"
rank = { column = "Grade held", optional = true }
"""
FILE = "Warrant number,Family name,Grade held\nN1,Ash,PC\n"


@pytest.fixture
def book(tmp_path):
    """A folder of layouts with one more for Derbyshire's officers."""
    folder = tmp_path / "layouts" / "derbyshire"
    folder.mkdir(parents=True)
    (folder / "staff.toml").write_text(SHEET, encoding="utf-8")
    return folder.parent


def read(tmp_path, book, content=FILE, kind="officers", body="derbyshire", layout=None):
    path = tmp_path / "staff.csv"
    path.write_text(content, encoding="utf-8")
    return read_delivery(path, kind, body, layout, date(2022, 6, 1), folders=[book])


def test_the_layout_whose_columns_fit_is_chosen(tmp_path, book):
    with read(tmp_path, book) as reading:
        assert (reading.layout, reading.whole) == ("derbyshire/staff", 1)
    with read(tmp_path, book, "ref,name\nN1,Ash\n") as reading:
        assert (reading.layout, reading.whole) == ("canonical", 1)


@pytest.mark.parametrize("layout", ["derbyshire/staff", "staff", "path"])
def test_a_layout_is_named_in_three_ways(tmp_path, book, layout):
    if layout == "path":
        layout = book / "derbyshire" / "staff.toml"
    with read(tmp_path, book, layout=layout) as reading:
        assert reading.whole == 1


def test_a_column_that_may_be_absent_is_not_missed(tmp_path, book):
    with read(tmp_path, book, "Warrant number,Family name\nN1,Ash\n") as reading:
        assert reading.layout == "derbyshire/staff"


def test_columns_that_nobody_reads_are_named(tmp_path, book):
    content = FILE.replace("Grade held", "Grade held,Shoe size").replace("PC", "PC,9")
    with read(tmp_path, book, content) as reading:
        assert (reading.unread, reading.whole) == (("Shoe size",), 1)


def test_a_missing_column_is_named_with_its_near_miss(tmp_path, book):
    with pytest.raises(errors.NoLayoutFits) as caught:
        read(tmp_path, book, FILE.replace("Family name", "Famly name"))
    assert "lacks columns that layout derbyshire/staff reads: 'Family name'" in str(
        caught.value
    )
    assert "Did you mean 'Family name' where it says 'Famly name'?" in str(caught.value)


def test_the_wrong_delimiter_is_named(tmp_path, book):
    with pytest.raises(errors.NoLayoutFits, match="check `delimiter`"):
        read(tmp_path, book, FILE.replace(",", ";"), layout="staff")


def test_a_file_in_another_format_than_the_bodys_layout_is_told_so(tmp_path, book):
    with pytest.raises(errors.NoLayoutFits, match=r"derbyshire/staff reads delimited"):
        read(tmp_path, book, '{"Warrant number": "N1", "Family name": "Ash"}\n')


def test_a_column_that_stands_twice_is_refused(tmp_path, book):
    content = FILE.replace("Grade held", "Family name").replace("PC", "Oak")
    with pytest.raises(errors.HeadingTwice, match="'Family name' twice"):
        read(tmp_path, book, content)


@pytest.mark.parametrize("format_", ["csv", "xlsx", "jsonl", "json", "xml"])
@pytest.mark.parametrize("said", ["officers", "disruptions", "national-list", "plans"])
def test_threats_said_to_be_something_else_are_refused(tmp_path, format_, said):
    path = tmp_path / f"file.{format_}"
    layout = canonical(KINDS["threats"], "derbyshire", format_)
    write_rows([threat()], layout, path)
    with pytest.raises(errors.WrongKind, match="it looks like threats"):
        read_delivery(path, said, "derbyshire")


@pytest.mark.parametrize("name", KINDS)
def test_a_file_with_all_columns_of_its_kind_is_never_taken_for_another(tmp_path, name):
    path = tmp_path / "file.csv"
    layout = canonical(KINDS[name], "derbyshire")
    key = KINDS[name].key[0]
    write_rows([blank_row(KINDS[name]) | {key: "R-1"}], layout, path)
    with read_delivery(path, name, "derbyshire") as reading:
        assert (reading.layout, reading.rows) == ("canonical", 1)


def test_a_format_that_the_named_layout_does_not_read_is_refused(tmp_path, book):
    with pytest.raises(errors.NotThisFormat, match="is JSON Lines, not delimited text"):
        read(tmp_path, book, '{"ref": "N1", "name": "Ash"}\n', layout="staff")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kind": "oficers"}, UnknownKind),
        ({"body": "derbyshir"}, UnknownBody),
        ({"layout": "stuff"}, errors.UnknownLayout),
        ({"kind": "plans", "layout": "derbyshire/staff"}, errors.UnknownLayout),
    ],
)
def test_an_unknown_name_is_refused_before_the_file_is_read(
    tmp_path, book, change, error
):
    with pytest.raises(error):
        read(tmp_path, book, **change)
