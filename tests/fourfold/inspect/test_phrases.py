import re

import pytest

from fourfold.inspect import figure_phrases, number_forms, phrases


@pytest.mark.parametrize("phrase", phrases.PHRASES, ids=lambda p: p.key)
def test_each_phrase_of_a_report_matches_its_own_examples(phrase):
    found = phrases.whole if phrase.use in phrases.WHOLE else phrases.within
    assert phrase.examples
    for example in phrase.examples:
        assert found(phrase.use, example) is not None, example


@pytest.mark.parametrize("phrase", figure_phrases.PHRASES, ids=lambda p: p.key)
def test_each_phrase_around_a_number_matches_its_own_examples(phrase):
    for example in phrase.examples:
        assert figure_phrases.regex_of(phrase).search(example), example


@pytest.mark.parametrize("row", number_forms.COUNTED, ids=lambda r: r.key)
def test_each_counted_noun_is_a_pattern_that_compiles(row):
    assert all(re.compile(noun) for noun in row.nouns)


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        ("The force effectively disrupts SOC in local communities", False),
        ("The force uses a range of tactics to disrupt SOC", False),
        ("EMSOU is striving for a motivated and diverse workforce", False),
        ("The force doesn’t have enough trained investigators", True),
        ("EMSOU is overly focused on traditional SOC threats", True),
        ("The force should promote a whole-system approach", True),
    ],
)
def test_a_heading_praises_or_asks_by_its_words(heading, asks):
    assert (phrases.within("improvement", heading) is not None) is asks
