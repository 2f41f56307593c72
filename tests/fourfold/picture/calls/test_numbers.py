"""Does a typed number find the number of the records?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.calls.numbers import numbers_meant


def test_a_number_is_meant_however_it_is_typed():
    typed = ["07700 900123", "+44 7700 900123", "00447700900123", "447700900123"]
    assert numbers_meant(typed) == ["+447700900123"]


def test_what_is_no_full_number_stays_as_typed():
    assert numbers_meant(["12", "0", "anna@example.org", "12"]) == [
        "12", "0", "anna@example.org",
    ]  # fmt: skip
    assert numbers_meant([]) == []


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 99_999).map(str)))
def test_small_whole_numbers_are_never_changed(typed):
    assert numbers_meant(typed) == list(dict.fromkeys(typed))
