"""The illustrative matrix: sums, bands, what is refused, what may not enter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.assess.scoring import (
    BANDS,
    CONFIDENCES,
    CRITERIA,
    METHODS,
    NotScored,
    UnknownMethod,
    band_of,
    criteria,
    method_on,
    score,
)
from fourfold.base.protected import named_in
from fourfold.base.rules import PLACEHOLDER

METHOD = "illustrative-1"
LEAST = {one.key: one.lowest for one in CRITERIA}
MOST = {one.key: one.highest for one in CRITERIA}
VALUES = st.fixed_dictionaries(
    {one.key: st.integers(one.lowest, one.highest) for one in CRITERIA}
)
BAND_EXAMPLES = [(band, example) for band in BANDS for example in band.examples]


@pytest.mark.parametrize(
    ("changed", "expected", "band"),
    [
        ({}, 0.0, "low"),
        ({"harm_physical": 3}, 3.0, "low"),
        ({"harm_physical": 4, "harm_community": 2, "trend": 4}, 12.0, "low"),
        (MOST, 112.0, "very_high"),
    ],
)
def test_harms_are_added_and_times_the_mean_likelihood(changed, expected, band):
    found = score(LEAST | changed, method=METHOD)
    assert (found.score, found.band) == (expected, band)


def test_the_working_adds_up_to_the_score():
    found = score(MOST, method=METHOD)
    assert sum(step.adds for step in found.harms) == found.total_harm == 28
    assert found.total_harm * found.likelihood == found.score


@given(VALUES, st.sampled_from([one.key for one in CRITERIA]))
def test_a_higher_value_never_lowers_the_score(values, key):
    higher = values | {key: min(values[key] + 1, MOST[key])}
    before, after = score(values, method=METHOD), score(higher, method=METHOD)
    assert after.score >= before.score


@given(VALUES)
def test_what_the_body_lacks_is_told_apart_and_changes_no_score(values):
    lacking = values | {"capacity": 4, "capability": 4}
    assert score(lacking, method=METHOD).score == score(values, method=METHOD).score


@pytest.mark.parametrize("key", [one.key for one in CRITERIA])
def test_every_criterion_is_needed_and_held_to_its_scale(key):
    score(LEAST, method=METHOD)
    without = {name: value for name, value in LEAST.items() if name != key}
    for wrong in (without, LEAST | {key: MOST[key] + 1}, LEAST | {key: -1}):
        with pytest.raises(NotScored):
            score(wrong, method=METHOD)


@pytest.mark.parametrize(("band", "example"), BAND_EXAMPLES)
def test_each_example_of_the_bands_holds(band, example):
    reaches = example["score"] >= band.least
    assert reaches is example["holds"]
    if reaches:
        assert band_of(example["score"], method=METHOD) == band


def test_an_unknown_method_is_named():
    with pytest.raises(UnknownMethod, match="illustrative-1"):
        criteria("national")


def test_one_method_is_in_force():
    assert method_on(date(2022, 6, 1)).key == METHOD


def test_every_number_is_marked_as_a_placeholder():
    for one in (*CRITERIA, *BANDS, *METHODS):
        assert one.source == PLACEHOLDER, one.key


def test_no_criterion_names_what_is_protected():
    for one in CRITERIA:
        for text in (one.key, one.says, *one.scale):
            assert named_in(text) == [], (one.key, text)


def test_confidence_is_no_criterion():
    assert not {one.key for one in CONFIDENCES} & {one.key for one in CRITERIA}
    assert "confidence" not in {one.key for one in CRITERIA}
