"""Is risk to life and to children found first, and talk set aside?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.messages.urgent import (
    GUARDS,
    RULES,
    counted_findings,
    urgent_findings,
    urgent_rows,
)

from .told import SENT, messages, messages_of, ordinary, rows, run

EXAMPLES = [
    pytest.param(rule, e["text"], e["counts"], id=f"{rule.key}: {e['text']}")
    for rule in RULES
    for e in rule.examples
]
GUARDED = [(g, e) for g in GUARDS.values() for e in g.examples]
TEXTS = [e["text"] for rule in RULES for e in rule.examples]


@pytest.mark.parametrize(("rule", "text", "counts"), EXAMPLES)
def test_an_example_of_the_sheet_counts_or_does_not(rule, text, counts):
    keys = {finding.rule.key for finding in counted_findings(text)}
    assert (rule.key in keys) is counts


def test_each_rule_has_examples_of_both_sides():
    for rule in RULES:
        assert {e["counts"] for e in rule.examples} == {True, False}, rule.key


@pytest.mark.parametrize(("guard", "example"), GUARDED)
def test_a_guard_sets_aside_what_its_examples_say(guard, example):
    (finding, *_) = urgent_findings(example["text"])
    assert bool(finding.set_aside) is example["sets_aside"]
    assert not finding.set_aside or finding.set_aside.startswith(guard.says)


@pytest.mark.parametrize(
    "text",
    [
        "hes gonna stab me when i get home",
        "IM GOING TO SHOOT HIM",
        "theyre going to kill my brother tonight",
        "I’m gonna kill him",
        "im gonnaaa stabbb him",
        "she says she wants to die and dont want to be here anymore",
        "bring the strap tonight we ride for the opps",
        "get the younger to hold the pack",
        "he beats the kids every night",
        "we got him locked in the boot",
    ],
)
def test_other_ways_to_say_it_are_found(text):
    assert counted_findings(text)


def test_a_text_that_meets_no_rule_has_no_finding():
    assert urgent_findings("see you at six") == [] == urgent_findings("")


def test_places_slice_the_text():
    text = "Look: I’m gonna   STAB him!"
    (finding,) = counted_findings(text)
    assert text[finding.start : finding.end] == finding.words == "gonna   STAB him"


def test_reading_many_at_once_misses_nothing():
    texts = [*TEXTS, *ordinary()[:600]]
    one_by_one = {
        (row, finding.rule.key, finding.set_aside)
        for row, text in enumerate(texts)
        for finding in urgent_findings(text)
    }
    found = {(row, f.rule.key, f.set_aside) for row, f in urgent_rows(texts)}
    assert found == one_by_one


@settings(deadline=None)
@given(st.sampled_from(TEXTS), st.text(alphabet="xyz ,.", max_size=12))
def test_words_beside_it_take_no_finding_away(text, beside):
    before = {finding.rule.key for finding in urgent_findings(text)}
    after = {finding.rule.key for finding in urgent_findings(f"{beside} {text}")}
    assert before <= after


def test_the_nearest_danger_is_read_first_and_talk_last():
    table = messages_of(
        [
            {"body": "haha gonna kill you mate"},
            {"body": "tell him we know where his mum lives"},
            {"body": "see you later"},
            {"body": "hes been stabbed"},
            {"body": "bro hes been stabbed and hes not breathing"},
        ]
    )
    found = run("urgent", table)
    assert [row["line"] for row in rows(found)] == [5, 4, 2, 1]
    assert [row["level"] for row in rows(found)] == [1, 1, 2, 1]
    assert rows(found)[-1]["set_aside"].startswith("The message laughs")
    assert found.answers[0].text == (
        "3 of 5 messages speak of risk to life or to a child."
    )
    assert "On 4,827 ordinary texts" in found.notes[0]


def test_of_equals_the_newest_comes_first_and_the_timeless_last():
    old = {"body": "hes been stabbed", "sent_at": SENT}
    timeless = {"body": "hes been stabbed", "sent_at": None, "sent_local": None}
    table = messages_of([old, timeless, {"body": "hes been stabbed"}])
    assert [row["line"] for row in rows(run("urgent", table))] == [3, 1, 2]


def test_only_children_when_asked():
    table = messages("hes been stabbed", "he hits the kids")
    assert [row["line"] for row in rows(run("urgent", table, about="child"))] == [2]


def test_no_messages_have_no_risk():
    found = run("urgent", messages())
    assert rows(found) == []
