from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.inspect.wording import (
    clean,
    months_after,
    plain,
    read_date,
    sentences,
    word_value,
)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Published on: 2 March 2023", date(2023, 3, 2)),
        ("3rd March 2017", date(2017, 3, 3)),
        ("Nov 10, 2023", date(2023, 11, 10)),
        ("By1 March 2024", date(2024, 3, 1)),
        ("By 1\u00a0March 2024", date(2024, 3, 1)),
        ("2024-05-14", date(2024, 5, 14)),
        ("14/05/2024", date(2024, 5, 14)),
        ("by the end of February 2024", date(2024, 2, 29)),
        ("31 February 2024", None),
        ("March 2024", None),
        ("within three months", None),
    ],
)
def test_a_date_is_read_in_each_form_and_a_month_is_no_day(printed, day):
    assert read_date(printed) == day


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Twenty-six", 26),
        ("nine", 9),
        ("a dozen", 12),
        ("two hundred and five", 205),
        ("three thousand", 3000),
        ("several", None),
    ],
)
def test_a_number_is_read_from_words(words, number):
    assert word_value(words) == number


def test_sentences_end_at_stops_but_not_at_abbreviations():
    text = "We saw this (e.g. in Kent). It failed.Then St. Ives said “no.” So we left."
    assert [text[a:b] for a, b in sentences(text)] == [
        "We saw this (e.g. in Kent).",
        "It failed.",
        "Then St. Ives said “no.”",
        "So we left.",
    ]


@given(st.text(max_size=200))
def test_a_plain_text_keeps_its_length(text):
    assert len(plain(text)) == len(text)


@given(st.text(max_size=200))
def test_sentences_lose_no_word(text):
    joined = "".join(text[a:b] for a, b in sentences(text))
    assert "".join(joined.split()) == "".join(text.split())


def test_marks_that_cannot_be_seen_go():
    assert clean("soft\u00adhyphen \ufeffand ﬁve\u200b") == "softhyphen and five"


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
