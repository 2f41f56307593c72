"""How long the items of a queue have waited."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.base.errors import SheetFault
from fourfold.task.ages import BANDS, band_of, waiting

ON = date(2022, 6, 1)
EXAMPLES = [(band, example) for band in BANDS for example in band.examples]


@pytest.mark.parametrize(("band", "example"), EXAMPLES)
def test_each_example_of_the_sheet_holds(band, example):
    assert band.holds(example["days"]) is example["holds"]


@given(st.integers(min_value=0, max_value=20_000))
def test_every_age_falls_into_exactly_one_band(days):
    assert [band for band in BANDS if band.holds(days)] == [band_of(days)]


def test_an_item_from_the_future_has_no_band():
    with pytest.raises(SheetFault, match="no band holds -1 days"):
        band_of(-1)


def test_items_are_counted_by_band_with_the_oldest_and_the_untriaged():
    items = [
        (date(2022, 5, 31), True, 4),
        (date(2022, 5, 20), False, 2),
        (date(2021, 6, 1), False, 1),
    ]
    found = waiting(items, on=ON)
    assert found.by_band == {
        "week": 4, "four_weeks": 2, "quarter": 0, "half_year": 0, "longer": 1
    }  # fmt: skip
    assert (found.count, found.untriaged) == (7, 3)
    assert found.oldest_on == date(2021, 6, 1)


def test_an_empty_queue_has_no_oldest():
    found = waiting([], on=ON)
    assert (found.count, found.untriaged, found.oldest_on) == (0, 0, None)


@given(st.lists(st.tuples(st.integers(0, 999), st.booleans(), st.integers(1, 9))))
def test_no_item_is_lost_between_the_bands(items):
    dated = [(ON - timedelta(days), triaged, n) for days, triaged, n in items]
    found = waiting(dated, on=ON)
    assert found.count == sum(n for _, _, n in items)
    assert found.untriaged <= found.count
