from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from fourfold_web.base.dates import NoSuchDay, typed_date
from fourfold_web.base.words import (
    counted,
    listed,
    money,
    number,
    share,
    uk_date,
    uk_instant,
    uk_time,
)


def test_days_and_times_are_written_as_officers_write_them() -> None:
    assert uk_date(date(2022, 3, 2)) == "2 March 2022"
    assert uk_time(datetime(2022, 1, 5, 9, 5, tzinfo=UTC)) == "09:05"
    assert (uk_date(None), uk_time(None), uk_instant(None)) == ("", "", "")


def test_an_instant_is_written_in_london_time() -> None:
    assert (
        uk_instant(datetime(2022, 5, 31, 23, 30, tzinfo=UTC)) == "1 June 2022 at 00:30"
    )
    assert uk_date(datetime(2022, 5, 31, 23, 30, tzinfo=UTC)) == "1 June 2022"


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (2_500_000, "£2.5 million"),
        (9_000_000, "£9 million"),
        (999_960, "£1 million"),
        (999_900, "£999,900"),
        (1_234_000_000, "£1.2 billion"),
        (14_500, "£14,500"),
        (Decimal("12.5"), "£12.50"),
        (0.1 + 0.2, "£0.30"),
        (-2_500_000, "-£2.5 million"),
        (0, "£0"),
        (None, ""),
    ],
)
def test_money(pounds: Any, words: str) -> None:
    assert money(pounds) == words


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (128, 533, "128 of 533 (24%)"),
        (1, 533, "1 of 533 (under 1%)"),
        (532, 533, "532 of 533 (over 99%)"),
        (0, 533, "0 of 533 (0%)"),
        (533, 533, "533 of 533 (100%)"),
        (1, 8, "1 of 8 (13%)"),
        (0, 0, "0 of 0"),
        (1_930, 4_000, "1,930 of 4,000 (48%)"),
        (None, 4, "Not known"),
        (4, None, "Not known"),
    ],
)
def test_a_figure_carries_its_base(
    numerator: Any, denominator: Any, words: str
) -> None:
    assert share(numerator, denominator) == words


def test_numbers_counts_and_lists_in_a_sentence() -> None:
    assert [number(n) for n in (1930, 2.0, 53.4609, None)] == [
        "1,930",
        "2",
        "53.46",
        "",
    ]
    assert [counted(n, "threat", "threats") for n in (0, 1, 1930)] == [
        "No threats",
        "1 threat",
        "1,930 threats",
    ]
    assert [listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "2/3/2022",
        "02/03/2022",
        "2.3.22",
        "2-3-2022",
        "2 3 2022",
        "2 March 2022",
        "2nd mar 2022",
        " 2  MARCH, 2022 ",
        "2Mar22",
        "2022-03-02",
        "2022/3/2",
    ],
)
def test_a_day_may_be_typed_in_many_ways(typed: str) -> None:
    assert typed_date(typed) == date(2022, 3, 2)


@pytest.mark.parametrize(
    "typed",
    ["", "31/2/2022", "13/13/2022", "3/2022", "2 Mayday 2022", "20220302", "0/1/2022"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NoSuchDay, match="day, month, year"):
        typed_date(typed)


def test_the_day_comes_before_the_month() -> None:
    assert typed_date("1/12/2022") == date(2022, 12, 1)
