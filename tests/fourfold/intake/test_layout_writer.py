"""Are rows that a layout prints read back as the same rows?"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.intake.delivery import read_delivery
from fourfold.intake.kinds import KINDS
from fourfold.intake.layout import layout_of
from fourfold.intake.layout_book import canonical, every_layout
from fourfold.intake.layout_writer import raw_row, write_raw, write_rows

from .made_rows import rows_for, threat

QUICK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
FORMATS = ("csv", "xlsx", "jsonl", "json", "xml")
SHEET: dict[str, Any] = {
    "says": "Threats in two header rows.",
    "kind": "threats",
    "body": "derbyshire",
    "format": "csv",
    "encoding": "windows-1252",
    "delimiter": ";",
    "header_rows": [2, 3],
    "dates": ["d Mon yyyy"],
    "footer": {"starts": ["Total"], "counts_rows": True},
    "columns": {
        "ref": "URN",
        "name": "Threat / Name",
        "kind": "Threat / Kind",
        "opened_on": {"column": "Dates / Opened", "dates": ["dd-Mon-yyyy"]},
        "closed_on": "Dates / Closed",
        "theme": "Theme",
        "type": "Type",
        "moderation": "Moderation",
        "soc": "SOC",
        "phase": "Phase",
        "tags": {"column": "Markers", "separator": "|"},
    },
    "codes": {"kind": {"OCG": "ocg"}, "tags": {"CL": "county_line"}},
}


def read_back(path, layout):
    with read_delivery(path, layout.kind, layout.body, layout) as reading:
        assert list(reading.faults()) == []
        return [checked.row for checked in reading.whole_rows()]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("kind", ["threats", "attendance", "vehicle-stops", "posts"])
@QUICK
@given(data=st.data())
def test_rows_printed_in_our_own_columns_are_read_back(tmp_path, kind, format_, data):
    layout = canonical(KINDS[kind], "derbyshire", format_)
    rows = data.draw(rows_for(layout))
    path = tmp_path / f"rows.{format_}"
    assert write_rows(rows, layout, path) == len(rows)
    if rows or format_ in ("csv", "xlsx"):
        assert read_back(path, layout) == rows


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@QUICK
@given(data=st.data())
def test_rows_printed_under_two_header_rows_are_read_back(tmp_path, format_, data):
    layout = layout_of(SHEET | {"format": format_}, "derbyshire/threats")
    rows = data.draw(rows_for(layout))
    path = tmp_path / f"rows.{format_}"
    write_rows(rows, layout, path, footer=["Total", "{rows}"])
    assert read_back(path, layout) == rows


@pytest.mark.parametrize("layout", every_layout(), ids=lambda layout: layout.name)
@settings(QUICK, max_examples=2)
@given(data=st.data())
def test_every_layout_of_the_book_reads_back_what_it_prints(tmp_path, layout, data):
    rows = data.draw(rows_for(layout).filter(bool))
    path = tmp_path / f"rows.{layout.format}"
    write_rows(rows, layout, path)
    with read_delivery(path, layout.kind, layout.body) as reading:
        assert reading.layout == layout.name
        assert list(reading.faults()) == []
        assert [checked.row for checked in reading.whole_rows()] == rows


def test_a_raw_row_may_be_altered_before_it_is_written(tmp_path):
    layout = layout_of(SHEET, "derbyshire/threats")
    raw = raw_row(threat(tags=["county_line", "prison"]), layout)
    assert (raw["Threat / Kind"], raw["Markers"]) == ("OCG", "CL|prison")
    assert raw["Dates / Opened"] == "01-Mar-2021"
    path = tmp_path / "rows.csv"
    write_raw(
        [raw, raw | {"Dates / Opened": "31-Feb-2021", "URN": "T-2"}], layout, path
    )
    with read_delivery(path, "threats", "derbyshire", layout) as reading:
        (fault,) = reading.faults()
    assert (fault.line, fault.value) == (5, "31-Feb-2021")
