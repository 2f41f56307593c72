"""Is the reviewer's queue in the right order, and privilege set aside?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.messages.privilege import RULES, privilege, text_rows
from fourfold.picture.messages.queue_order import (
    LOCKED,
    REST,
    TALK,
    URGENT,
    WATCHED,
    WORDS,
    reviewer_queue,
)

from .told import SENT, ordinary

EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
FIELDS = {"address": "addresses", "name": "names"}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_suggests_privilege_or_does_not(rule, example):
    given = {FIELDS[k]: [v] for k, v in example.items() if k in FIELDS}
    found = privilege(example.get("text", ""), **given)
    assert (rule.key in {one.rule.key for one in found}) is example["suggests"]


def test_each_rule_of_privilege_has_both_sides():
    for rule in RULES:
        assert {e["suggests"] for e in rule.examples} == {True, False}


def test_a_known_lawyer_suggests_privilege_whatever_is_said():
    (found,) = privilege(
        "ok", addresses=["+447700900500"], lawyers=frozenset({"+447700900500"})
    )
    assert (
        found.reason == "A party is a lawyer known in this enquiry. ('+447700900500')"
    )


def test_few_ordinary_texts_suggest_privilege_and_none_is_missed_in_bulk():
    texts = list(ordinary())
    suggested = [n for n, text in enumerate(texts) if privilege(text)]
    assert len(suggested) <= 0.001 * len(texts)
    assert set(suggested) <= set(text_rows(texts))


QUEUE = [
    {"body": "see you", "sent_at": SENT},
    {"body": "going cunch"},
    {"body": "haha gonna kill you mate"},
    {"body": "kez is here"},
    {"body": "we know where his mum lives"},
    {"body": "hes been stabbed"},
    {"body": "my solicitor says hes gonna kill me"},
    {"body": "my solicitor says say nothing"},
]


def test_life_first_then_the_list_then_words_then_the_rest_then_what_is_locked():
    queue = reviewer_queue(QUEUE, watched={3: ["Kez (W1)"]})
    assert [(one.row, one.group) for one in queue] == [
        (5, URGENT),
        (4, URGENT),
        (3, WATCHED),
        (2, TALK),
        (1, WORDS),
        (0, REST),
        (6, LOCKED),
        (7, LOCKED),
    ]


def test_what_is_locked_shows_none_of_its_words():
    for one in reviewer_queue(QUEUE):
        if one.group == LOCKED:
            assert "kill" not in repr(one)
            assert "solicitor says" not in repr(one)
            assert one.places == ()


@settings(deadline=None)
@given(st.permutations(range(len(QUEUE))))
def test_each_message_is_queued_once_in_an_order_that_is_its_own(order):
    rows = [QUEUE[n] | {"input": 0, "line": n} for n in order]
    queue = reviewer_queue(rows)
    assert sorted(one.row for one in queue) == list(range(len(QUEUE)))
    settled = [rows[one.row]["line"] for one in queue]
    straight = [QUEUE[n] | {"input": 0, "line": n} for n in range(len(QUEUE))]
    assert settled == [straight[one.row]["line"] for one in reviewer_queue(straight)]


def test_an_empty_queue_is_empty():
    assert reviewer_queue([]) == []
