"""Are terms found at whole words, whatever their spelling, and only there?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.messages.terms import term_book
from fourfold.picture.messages.words import forms, plain, words_of

TERMS = ["shot", "both on", "don't", "trap house", "shot"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SHOT!", ["SHOT", "SHOT"]),
        ("one shot, two shots", ["shot", "shot"]),
        ("moonshot shotgun", []),
        ("a shoooot", ["shoooot", "shoooot"]),
        ("a shoot", []),
        ("a shhhhot", ["shhhhot", "shhhhot"]),
        ("both  on", ["both  on"]),
        ("BOTH-ON now", ["BOTH-ON"]),
        ("bothon", []),
        ("dont", ["dont"]),
        ("DON’T", ["DON’T"]),
        ("trappp houssse", ["trappp houssse"]),
        ("", []),
        ("?!", []),
    ],
)
def test_a_term_is_found_at_whole_words_only(text, found):
    hits = term_book(TERMS).hits([text])
    assert [text[hit.start : hit.end] for hit in hits] == found


def test_hits_name_text_and_term_in_order():
    hits = term_book(["b", "a"]).hits(["a b", None, "b"])
    assert [(hit.row, hit.term) for hit in hits] == [(0, 1), (0, 0), (2, 0)]


def test_an_emoji_is_a_word():
    text = "got🔌now ❄️"
    hits = term_book(["🔌", "❄"]).hits([text])
    assert [text[hit.start : hit.end] for hit in hits] == ["🔌", "❄"]


def test_a_book_without_terms_finds_nothing():
    assert term_book([]).hits(["a"]) == []
    assert term_book(["?!"]).hits(["?!"]) == []


SOME = st.text(alphabet="abno '’-.T\n🔌", max_size=30)


@settings(deadline=None)
@given(texts=st.lists(SOME, max_size=4), terms=st.lists(SOME, max_size=4))
def test_the_quick_way_finds_what_reading_word_by_word_finds(texts, terms):
    expected = set()
    for number, term in enumerate(terms):
        wanted = [plain(word.plain) for word in words_of(term)]
        for row, text in enumerate(texts):
            words = words_of(text)
            for at in range(len(words) - len(wanted) + 1 if wanted else 0):
                part = words[at : at + len(wanted)]
                if all(w in forms(p.plain) for w, p in zip(wanted, part, strict=True)):
                    expected.add((row, part[0].start, part[-1].end, number))
    found = {(h.row, h.start, h.end, h.term) for h in term_book(terms).hits(texts)}
    assert found == expected


@settings(deadline=None)
@given(text=SOME, other=SOME)
def test_another_text_takes_no_hit_away(text, other):
    book = term_book(TERMS)
    alone = [(h.start, h.end, h.term) for h in book.hits([text])]
    among = [(h.start, h.end, h.term) for h in book.hits([other, text]) if h.row == 1]
    assert alone == among
