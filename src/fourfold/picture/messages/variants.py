"""Which words of the messages are taken for the words that somebody looks for?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from fourfold.picture.messages.query import PREFIX, WORD, Part, Query
from fourfold.picture.messages.words import stem, stems

PER_TYPO = 0.5
"""What a word one letter away counts for, beside the word itself (chosen)."""


@dataclass(frozen=True)
class Variant:
    """A word of the messages that is taken for one looked for.

    `typos` letters differ (two letters swapped are one); it stands `times` times.
    """

    word: str
    why: str
    times: int
    typos: int = 0

    @property
    def weight(self) -> float:
        """What does one occurrence count for?"""
        return PER_TYPO**self.typos


def variants(
    query: Query, vocabulary: pa.Table, typos: int, typo_letters: int
) -> Mapping[Part, tuple[tuple[Variant, ...], ...]]:
    """Which words are taken for each word of each part of a query?

    Args:
        query: what is looked for.
        vocabulary: n rows, `word` and `times`.
        typos: letters that may differ where the part does not say.
        typo_letters: only in words with so many letters, unless the part asks.

    Returns:
        For each part, one group of variants for each of its words; none: empty.
    """
    words = vocabulary["word"].to_pylist()
    held = dict(zip(words, vocabulary["times"].to_pylist(), strict=True))
    lookup = _Vocabulary(words, held, stems(words))
    found: dict[Part, tuple[tuple[Variant, ...], ...]] = {}
    for part in (*query.wanted, *query.unwanted):
        if part.kind == PREFIX:
            found[part] = (lookup.beginning(part.words[0]),)
        elif part.kind == WORD:
            allowed = typos if len(part.words[0]) >= typo_letters else 0
            allowed = allowed if part.typos is None else part.typos
            if part in query.unwanted and part.typos is None:
                allowed = 0  # a message is not dropped for a word that is only like it
            found[part] = (lookup.like(part.words[0], allowed),)
        else:
            found[part] = tuple(lookup.exactly(word) for word in part.words)
    return found


@dataclass(frozen=True)
class _Vocabulary:
    words: list[str]
    held: Mapping[str, int]
    stems: list[str]

    def exactly(self, word: str) -> tuple[Variant, ...]:
        if word not in self.held:
            return ()
        return (Variant(word, "the word itself", self.held[word]),)

    def beginning(self, start: str) -> tuple[Variant, ...]:
        return tuple(
            Variant(word, f"begins with {start}", self.held[word])
            for word in self.words
            if word.startswith(start)
        )

    def like(self, word: str, typos: int) -> tuple[Variant, ...]:
        wanted = stem(word)
        same = {w for w, s in zip(self.words, self.stems, strict=True) if s == wanted}
        found = {
            w: Variant(w, "the word itself" if w == word else "same stem", self.held[w])
            for w in sorted(same | ({word} & set(self.held)))
        }
        for other, distance in self._near(word, typos):
            letters = "1 letter" if distance == 1 else f"{distance} letters"
            near = Variant(other, f"{letters} away", self.held[other], distance)
            found.setdefault(other, near)
        return tuple(found.values())

    def _near(self, word: str, typos: int) -> list[tuple[str, int]]:
        if typos < 1 or not self.words:
            return []
        scorer = OSA.distance
        far = cdist([word], self.words, scorer=scorer, score_cutoff=typos, workers=1)[0]
        return [(self.words[n], int(far[n])) for n in np.flatnonzero(far <= typos)]
