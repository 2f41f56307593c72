"""Is the order of day and month told from the whole chat?"""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.intake.handsets.chat_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST,
    chat_time,
    date_order,
)
from fourfold.intake.handsets.errors import DatesDisagree


def order(*dates, asked=""):
    return date_order(enumerate(dates, 1), "chat", asked)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("13/05/2023", "01/06/2023"), DAY_FIRST),
        (("5/13/23", "6/1/23"), MONTH_FIRST),
        (("2023-05-13",), YEAR_FIRST),
        (("01/02/2023", "12/02/2023", "01/03/2023"), DAY_FIRST),
        (("2/1/23", "2/12/23", "3/1/23"), MONTH_FIRST),
    ],
)
def test_a_day_above_twelve_or_the_run_of_time_settles_it(dates, expected):
    assert order(*dates).order == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", DAY_FIRST),
        ("uk", DAY_FIRST),
        ("us", MONTH_FIRST),
        ("mm/dd/yyyy", MONTH_FIRST),
        ("%m/%d/%Y", MONTH_FIRST),
        ("%d/%m/%Y", DAY_FIRST),
    ],
)
def test_what_nothing_settles_is_as_asked_else_british_and_said(asked, expected):
    found = order("01/02/2023", asked=asked)
    assert found.order == expected
    assert found.because


def test_what_is_asked_never_overrules_the_file():
    assert order("13/05/2023", asked="us").order == DAY_FIRST


def test_lines_that_contradict_each_other_are_named():
    with pytest.raises(DatesDisagree) as refused:
        order("01/02/2023", "13/05/2023", "05/13/2023")
    assert (refused.value.facts["day_first"], refused.value.facts["month_first"]) == (
        2,
        3,
    )


@given(
    st.dates(date(2015, 1, 1), date(2025, 1, 1)),
    st.integers(0, 1439),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%y", "%Y-%m-%d"]),
)
def test_what_is_written_is_read_again(day, minute, style):
    at = datetime.combine(day, time()) + timedelta(minutes=minute)
    named = {"%d": DAY_FIRST, "%m": MONTH_FIRST, "%Y": YEAR_FIRST}[style[:2]]
    assert chat_time(at.strftime(style), at.strftime("%I:%M %p"), named) == at
    assert chat_time(at.strftime(style), at.strftime("%H:%M"), named) == at


def test_an_hour_that_no_clock_shows_is_no_time():
    assert chat_time("13/05/2023", "12:00 pm", DAY_FIRST) is not None
    assert chat_time("13/05/2023", "13:00 pm", DAY_FIRST) is None
    assert chat_time("13/05/2023", "25:00", DAY_FIRST) is None
