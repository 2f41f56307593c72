"""Is what somebody types read as they meant it?"""

import pytest

from fourfold.picture.messages.query import (
    NEAR,
    PHRASE,
    PREFIX,
    WORD,
    Part,
    Query,
    UnreadableQuery,
    read_query,
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Knife", Query((Part(WORD, ("knife",)),))),
        ('"stab him"', Query((Part(PHRASE, ("stab", "him")),))),
        ('"shot"', Query((Part(PHRASE, ("shot",)),))),
        ("e-mail", Query((Part(PHRASE, ("e", "mail")),))),
        ("sell*", Query((Part(PREFIX, ("sell",)),))),
        ("shipment~2", Query((Part(WORD, ("shipment",), typos=2),))),
        ("knife NEAR/5 Park", Query((Part(NEAR, ("knife", "park"), within=5),))),
        (
            'gun -toy -"water gun"',
            Query(
                (Part(WORD, ("gun",)),),
                (Part(WORD, ("toy",)), Part(PHRASE, ("water", "gun"))),
            ),
        ),
        ("don't", Query((Part(WORD, ("dont",)),))),
    ],
)
def test_words_are_read(text, query):
    assert read_query(text) == query


def test_all_faults_are_named_at_once():
    with pytest.raises(UnreadableQuery, match=r"NEAR/0 allows.*; NEAR/5 needs"):
        read_query("a NEAR/0 b c NEAR/5")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "names no word"),
        ("-knife", "names no word"),
        ("?!", "names no word"),
        ('"stab him', "not closed"),
        ("NEAR/5 park", "needs one word before"),
        ("-knife NEAR/5 park", "needs one word before"),
    ],
)
def test_a_fault_is_said(text, fault):
    with pytest.raises(UnreadableQuery, match=fault):
        read_query(text)
