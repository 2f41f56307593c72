import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils.html import format_html
from hypothesis import given
from hypothesis import strategies as st

from fourfold_web.base import exports
from fourfold_web.base.cells import Status
from fourfold_web.base.exports import (
    Export,
    TooManyRows,
    exported,
    neutral,
    plain,
    write_csv,
    write_xlsx,
)

ROW = [
    "EM-THR-0042",
    -5,
    Decimal("2.50"),
    date(2022, 3, 2),
    datetime(2022, 6, 1, 8, 30, tzinfo=UTC),
    True,
    None,
    Status("Overdue", "red"),
    format_html("<b>{}</b>", "Smith & Sons"),
    ["drugs", "firearms"],
]


def export(*rows: Any, headings: Any = None, marking: str = "OFFICIAL") -> Export:
    width = len(rows[0]) if rows else 1
    heads = headings or [f"H{n}" for n in range(width)]
    return Export("threats", "Threats", marking, heads, rows)


def as_csv(*rows: Any, **more: Any) -> list[list[str]]:
    file = io.BytesIO()
    write_csv(export(*rows, **more), file)
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))


def as_sheet(*rows: Any, **more: Any) -> Any:
    file = io.BytesIO()
    write_xlsx(export(*rows, **more), file)
    return openpyxl.load_workbook(file).active


def test_csv_begins_with_a_byte_order_mark_and_the_marking() -> None:
    file = io.BytesIO()
    assert write_csv(export(["é"], marking="OFFICIAL-SENSITIVE"), file) == 1
    assert file.getvalue() == "\ufeffOFFICIAL-SENSITIVE\r\nH0\r\né\r\n".encode()


def test_csv_writes_each_kind_of_value_plainly() -> None:
    assert as_csv(ROW)[2] == [
        "EM-THR-0042",
        "-5",
        "2.50",
        "2022-03-02",
        "2022-06-01 09:30:00",
        "Yes",
        "",
        "Overdue",
        "Smith & Sons",
        "drugs; firearms",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 7700 900123", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert as_csv([text])[2] == [f"'{text}"]


@pytest.mark.parametrize("value", ["1=1", "A-5", "'=1", "", -5, -2.5, Decimal(-1)])
def test_other_values_stay_as_they_are(value: Any) -> None:
    assert neutral(value) == value


def test_headings_and_markings_are_made_safe_too() -> None:
    rows = as_csv(["x"], headings=["=1"], marking="@mark")
    assert rows[:2] == [["'@mark"], ["'=1"]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_no_cell_of_a_csv_begins_a_formula_and_none_is_lost(texts: list[str]) -> None:
    rows = as_csv(*[[text] for text in texts])[2:]
    got = [row[0] if row else "" for row in rows]
    assert not any(cell[:1] in set("=+-@\t\r\n") for cell in got if cell)
    assert [cell.removeprefix("'") for cell in got] == [
        t.removeprefix("'") for t in texts
    ]


def test_a_workbook_keeps_numbers_and_days_and_quotes_text() -> None:
    sheet = as_sheet(ROW, marking="OFFICIAL-SENSITIVE")
    cells = [cell.value for cell in sheet[3]]
    assert cells == [
        "EM-THR-0042",
        -5,
        2.5,
        datetime(2022, 3, 2),  # noqa: DTZ001
        datetime(2022, 6, 1, 9, 30),  # noqa: DTZ001
        "Yes",
        None,
        "Overdue",
        "Smith & Sons",
        "drugs; firearms",
    ]
    assert sheet["A1"].value == "OFFICIAL-SENSITIVE"
    assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
    assert sheet["A3"].quotePrefix


@pytest.mark.parametrize("text", ["=1+1", "http://example.org/x", "{=1}", "0042"])
def test_a_workbook_never_turns_text_into_something_else(text: str) -> None:
    cell = as_sheet([text])["A3"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("many", [447700900123456789, -(10**400), float("inf")])
def test_a_number_that_excel_cannot_keep_is_text(many: float) -> None:
    assert as_sheet([many])["A3"].value == str(many)


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    value = as_sheet(["a" * 40_000])["A3"].value
    assert len(value) == exports.EXCEL_LETTERS
    assert value.endswith("the CSV file has the whole text]")


def test_more_rows_than_a_sheet_holds_are_refused_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exports, "EXCEL_ROWS", 4)
    assert as_sheet(["a"], ["b"]).max_row == 4
    with pytest.raises(TooManyRows, match="An Excel sheet holds 2 rows"):
        as_sheet(["a"], ["b"], ["c"])


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_a_file_is_sent_under_its_name_after_its_count_is_told(
    kind: str, start: bytes
) -> None:
    told: list[int] = []
    response = exported(export(["a"], ["b"]), kind, told.append)
    assert told == [2]
    assert response["Content-Disposition"] == f'attachment; filename="threats.{kind}"'
    assert response["Cache-Control"] == "no-store"
    assert b"".join(response).startswith(start)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_to_export_is_still_marked(kind: str) -> None:
    if kind == "csv":
        assert as_csv(headings=["Reference"]) == [["OFFICIAL"], ["Reference"]]
    else:
        assert as_sheet(headings=["Reference"]).max_row == 2


def test_markup_is_taken_off() -> None:
    assert plain(format_html('<a href="/x">{}</a>', "A < B")) == "A < B"
