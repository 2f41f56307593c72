"""Forms of plates, lookalikes and where a plate is from: each sheet's own examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.picture.vehicles.plates import (
    FORMATS,
    LOOKALIKES,
    differences,
    fold,
    plate_of,
    plates_typed,
    registered_in,
    uk_format,
)

PLATES = st.text(st.sampled_from("ABCDGIOQSUVYZ0124568"), max_size=8)


@pytest.mark.parametrize("form", FORMATS, ids=lambda one: one.key)
def test_the_examples_of_each_form_hold(form):
    for example in form.examples:
        assert (uk_format(example["plate"]) == form.key) is example["fits"]


@pytest.mark.parametrize("row", LOOKALIKES, ids=lambda one: one.key)
def test_the_examples_of_lookalikes_are_alike_and_not_the_same(row):
    for example in row.examples:
        assert fold(example["one"]) == fold(example["other"])
        assert differences(example["one"], example["other"])


@given(PLATES)
def test_what_is_alike_stays_alike_and_no_longer(plate):
    assert fold(fold(plate)) == fold(plate)
    assert len(fold(plate)) == len(plate)
    assert differences(plate, plate) == ""


def test_plates_are_typed_in_any_manner():
    assert plate_of(" ab12-cde ") == "AB12CDE"
    assert plates_typed(("ab12 cde", "AB12CDE", "--")) == ["AB12CDE"]
    assert plates_typed(None) == []


def test_a_current_plate_says_where_it_was_registered():
    assert registered_in("FP12ABC") == "Forest and Fens: Nottingham"
    assert registered_in("JA12ABC") == registered_in("F") == ""
