"""Do the lexicons find their words, and are their false alarms as measured?"""

import pytest

from fourfold.picture.messages.false_alarms import false_alarms, kept_false_alarms
from fourfold.picture.messages.lexicon import (
    LISTED,
    SHEETS,
    UnknownLexicon,
    lexicons,
    meanings,
)

from .told import messages, ordinary, rows, run


def counted(text: str, **given) -> set[str]:
    return {h.term.text for h in lexicons().hits([text], **given) if not h.why_not}


def test_the_kept_figures_are_those_of_the_sheets_on_the_ordinary_texts():
    assert false_alarms(ordinary()) == kept_false_alarms()


def test_few_ordinary_texts_hold_words_that_count():
    kept = kept_false_alarms()
    assert kept["texts"] == 4_827
    for lexicon, seen in kept["lexicons"].items():
        assert seen["counted"] <= 0.006 * kept["texts"], lexicon


def test_urgent_rules_stay_under_three_in_a_thousand_ordinary_texts():
    kept = kept_false_alarms()
    assert kept["urgent"]["all"] < 0.003 * kept["texts"]
    assert kept["urgent"]["held back"] < 0.003 * (kept["texts"] // 2)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("going cunch tomorrow", {"cunch", "going cunch"}),
        ("had a shot of espresso", set()),
        ("white and brown, best shots", {"white and brown", "white", "brown", "shots"}),
        ("a line of food", {"line", "food"}),
        ("chalk and cheese", set()),
        ("cocaine, they call it Florida Snow", {"cocaine", "Florida Snow", "snow"}),
        ("brownies for tea", set()),
    ],
)
def test_which_words_count(text, terms):
    found = {h.term.text for h in lexicons(("drugs",)).hits([text]) if not h.why_not}
    assert found == terms


def test_a_word_common_in_ordinary_texts_needs_a_second_even_if_it_is_slang():
    (hit,) = lexicons(("drugs",)).hits(["got a burner"])
    assert not hit.why_not
    common = lexicons(("drugs",)).measured_again({"drugs: burner": 50}, 1_000)
    (hit,) = common.hits(["got a burner"])
    assert "50 of 1,000 ordinary texts" in hit.why_not


def test_the_same_word_twice_is_no_second_term():
    assert counted("shot shot") == set()


def test_every_row_is_dated_and_sourced():
    for sheets in SHEETS.values():
        for sheet in sheets:
            for row in meanings(sheet):
                assert row.source
                assert row.in_force
                assert row.terms


def test_the_united_states_list_is_there_and_counts_last():
    listed = [t for t in lexicons(("drugs",)).terms if t.ambiguity == LISTED]
    assert len(listed) > 1_400


def test_an_unknown_lexicon_is_refused():
    with pytest.raises(UnknownLexicon, match="'recipes'"):
        run("lexicons", messages("a"), lexicons=["drugs", "recipes"])


def test_the_answer_gives_both_bases():
    found = run("lexicons", messages("reload", "shot", "hello"), lexicons=["drugs"])
    kept = kept_false_alarms()
    base = f"{kept['lexicons']['drugs']['counted']} of 4,827"
    assert found.answers[0].text == (
        f"1 of 3 messages holds words of drugs that count (ordinary texts: {base})."
    )
    (hit,) = rows(found)
    assert hit["text"][hit["start"] : hit["end"]] == hit["found"] == "reload"
    terms = {row["term"]: row for row in rows(found, 1)}
    assert terms["shot"]["messages"] == 1
    assert terms["shot"]["counted"] == 0
    assert terms["shot"]["ordinary"] == kept["terms"]["drugs: shot"]


def test_an_empty_table_holds_no_words():
    assert rows(run("lexicons", messages())) == []
