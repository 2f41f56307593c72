"""The year that figures are about, and which bodies a slug stands for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.base.errors import UnknownBody
from fourfold_web.measure.queries import first_of_year_to, members_of


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2022, 5, 31), date(2021, 6, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2023, 2, 28), date(2022, 3, 1)),
        (date(2024, 12, 31), date(2024, 1, 1)),
    ],
)
def test_a_year_begins_on_the_day_after_its_end_a_year_before(last, first):
    assert first_of_year_to(last) == first


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_year_is_a_year_long(last):
    length = last - first_of_year_to(last) + timedelta(days=1)
    assert length.days in (364, 365, 366)


def test_a_region_stands_for_its_bodies_and_a_body_for_itself():
    assert members_of("east-midlands")[0] == "emsou"
    assert members_of("west-midlands") == ["west-midlands"]
    with pytest.raises(UnknownBody):
        members_of("nowhere")
