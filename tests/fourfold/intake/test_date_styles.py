"""Which day does a cell mean?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.intake.cells import Wrong
from fourfold.intake.date_styles import day_of, is_style, write_day

UK = ("dd/mm/yyyy",)
TODAY = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("text", "styles", "day"),
    [
        ("01/06/2022", UK, date(2022, 6, 1)),
        ("1/6/2022", UK, date(2022, 6, 1)),
        ("05/04/2022", UK, date(2022, 4, 5)),
        ("01/06/2022 23:59", UK, date(2022, 6, 1)),
        ("1 Jun 2022", ("d Mon yyyy",), date(2022, 6, 1)),
        ("1 June 2022", ("d Mon yyyy",), date(2022, 6, 1)),
        ("3rd March 2017", ("d Month yyyy",), date(2017, 3, 3)),
        ("12 Sept 2021", ("d Mon yyyy",), date(2021, 9, 12)),
        ("01-jun-22", ("dd-Mon-yy",), date(2022, 6, 1)),
        ("01\u201106\u20112022", ("dd-mm-yyyy",), date(2022, 6, 1)),
        ("2022-06-01", ("yyyy-mm-dd",), date(2022, 6, 1)),
        ("20220601", ("yyyymmdd",), date(2022, 6, 1)),
        ("2022-05-31T23:30:00Z", ("yyyy-mm-dd",), date(2022, 6, 1)),
        ("2022-01-31T23:30:00+00:00", ("yyyy-mm-dd",), date(2022, 1, 31)),
        ("44713", ("excel",), date(2022, 6, 1)),
        ("29/02/2020", UK, date(2020, 2, 29)),
        ("01/06/2022", ("yyyy-mm-dd", "dd/mm/yyyy"), date(2022, 6, 1)),
        ("01/06/42", ("dd/mm/yy",), date(2042, 6, 1)),
        ("01/06/43", ("dd/mm/yy",), date(1943, 6, 1)),
    ],
)
def test_a_date_is_read_in_the_style_of_the_layout(text, styles, day):
    assert day_of(text, styles, TODAY, past=False) == day


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("05/13/2022", "there is no month 13"),
        ("31/02/2022", "there is no 31 February 2022"),
        ("29/02/2022", "there is no 29 February 2022"),
        ("00/06/2022", "there is no 0 June 2022"),
        ("01/06/0022", "the year 22 is out of range"),
        ("2022-06-01", "not a date in the style of this layout"),
        ("01/06/22", "not a date in the style of this layout"),
        ("01/06/2022 25:00", "there is no time 25:00"),
        ("June", "not a date in the style of this layout"),
        ("44713", "not a date in the style of this layout"),
    ],
)
def test_what_is_no_day_under_dd_mm_yyyy_says_why(text, fault):
    found = day_of(text, UK, TODAY, past=False)
    assert isinstance(found, Wrong)
    assert found.fault == fault


def test_a_two_digit_birth_year_is_never_ahead():
    assert day_of("01/06/30", ("dd/mm/yy",), TODAY, past=True) == date(1930, 6, 1)
    assert day_of("01/06/30", ("dd/mm/yy",), TODAY, past=False) == date(2030, 6, 1)


@pytest.mark.parametrize(
    ("style", "good"),
    [("dd/mm/yyyy", True), ("excel", True), ("dd/mm", False), ("dd/mm/yyyy hh", False)],
)
def test_a_style_names_day_month_and_year_once(style, good):
    assert is_style(style) is good


@given(
    st.dates(date(2003, 1, 1), date(2042, 12, 31)),
    st.sampled_from(
        ["dd/mm/yyyy", "d Mon yyyy", "dd-Mon-yy", "yyyy-mm-dd", "excel", "d.m.yy"]
    ),
)
def test_a_day_written_in_a_style_is_read_back(day, style):
    assert day_of(write_day(day, style), [style], TODAY, past=False) == day
