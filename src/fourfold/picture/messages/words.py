"""Which words does a text hold, where are they, and which count as the same?"""

import re
from dataclasses import dataclass

import snowballstemmer

EMOJI = "\U0001f300-\U0001faff\u2600-\u27bf"
WORD = re.compile(rf"[^\W_]+(?:['’`][^\W_]+)*|[{EMOJI}]")
LONG = re.compile(r"([^\W\d_])\1{2,}")
"""Three or more of one letter: nobody spells so, people stress so."""

_APOSTROPHES = str.maketrans("", "", "'’`")
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Word:
    """One word of a text: how it is compared, and where it stands in the text."""

    plain: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Which words does a text hold, in its order?

    A word is letters and digits, with apostrophes inside it; an emoji is a word.
    `text[word.start:word.end]` is the word as written.
    """
    return [Word(plain(m[0]), m.start(), m.end()) for m in WORD.finditer(text)]


def plain(word: str) -> str:
    """How is a word compared? In small letters, without apostrophes."""
    return word.translate(_APOSTROPHES).lower()


def forms(word: str) -> frozenset[str]:
    """As which words may a stressed one be meant? "shoooot" as shoot and as shot."""
    if not LONG.search(word):
        return frozenset((word,))
    return frozenset((word, LONG.sub(r"\1\1", word), LONG.sub(r"\1", word)))


def stem(word: str) -> str:
    """Which stem has an English word? "selling", "sells" and "sell" have one."""
    return str(_STEMMER.stemWord(word))


def stems(words: list[str]) -> list[str]:
    """Which stems have many words, in their order?"""
    return list(_STEMMER.stemWords(words))
