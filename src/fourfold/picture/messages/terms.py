"""Where do any of many words and phrases stand in many texts, at whole words only?

One pass of an automaton over a batch of texts finds candidates; each is then looked
up word by word in the text as written, so that its place is exact.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import ahocorasick

from fourfold.picture.messages.words import EMOJI, LONG, Word, forms, plain, words_of

MOST_STRESSED = 5
"""How many stressed runs of one text are tried in every way together (chosen)."""

_GAP = "\x1e"
_BETWEEN = re.compile(rf"[^\w{_GAP}{EMOJI}]+|_+")
_ANY_EMOJI = re.compile(rf"([{EMOJI}])")


@dataclass(frozen=True, order=True)
class Hit:
    """One term in one text: `text[start:end]` is what stands there."""

    row: int
    start: int
    end: int
    term: int


@dataclass(frozen=True)
class TermBook:
    """Terms made ready to be looked for. Make one with `term_book`.

    `words` are the words of each term; `like` the terms that are the same words.
    """

    words: Mapping[int, tuple[str, ...]]
    like: Sequence[tuple[int, ...]]
    automaton: Any = field(repr=False)

    def hits(self, texts: Sequence[str | None]) -> list[Hit]:
        """Where does any term stand in any text? By text, then by place."""
        if not self.like:
            return []
        found: list[Hit] = []
        for row, groups in self._candidates(texts).items():
            text = texts[row] or ""
            words = words_of(text)
            meant = [forms(word.plain) for word in words]
            for group in groups:
                found += self._placed(row, group, words, meant)
        return sorted(found)

    def possible(self, texts: Sequence[str | None]) -> dict[int, set[int]]:
        """Which terms may each text hold? None that it holds is left out."""
        found = self._candidates(texts) if self.like else {}
        return {
            row: {term for group in groups for term in self.like[group]}
            for row, groups in sorted(found.items())
        }

    def _placed(
        self, row: int, group: int, words: list[Word], meant: list[frozenset[str]]
    ) -> Iterator[Hit]:
        terms = self.like[group]
        wanted = self.words[terms[0]]
        for first in range(len(words) - len(wanted) + 1):
            if all(w in meant[first + n] for n, w in enumerate(wanted)):
                last = words[first + len(wanted) - 1]
                for term in terms:
                    yield Hit(row, words[first].start, last.end, term)

    def _candidates(self, texts: Sequence[str | None]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        rows = list(range(len(texts)))
        lowered = [_lowered(text) for text in texts]
        self._scan(lowered, rows, found)
        long = [row for row in rows if LONG.search(lowered[row])]
        for shape in (r"\1\1", r"\1"):
            self._scan([LONG.sub(shape, lowered[row]) for row in long], long, found)
        for row in long:
            variants = _variants(lowered[row])
            self._scan(variants, [row] * len(variants), found)
        return found

    def _scan(
        self, texts: list[str], rows: list[int], found: dict[int, set[int]]
    ) -> None:
        if not texts:
            return
        whole = _spaced(f" {_GAP} ".join(texts))
        ends = [m.start() for m in re.finditer(_GAP, whole)]
        for place, group in self.automaton.iter(whole):
            found[rows[bisect_right(ends, place - 1)]].add(group)


def term_book(terms: Sequence[str]) -> TermBook:
    """Make many words and phrases ready to be looked for.

    Args:
        terms: each one or more words; case, apostrophes and what stands between words
            do not matter. One without any word is never found.

    Returns:
        A book whose hits name terms by their position in `terms`.
    """
    words = {n: tuple(plain(w.plain) for w in words_of(t)) for n, t in enumerate(terms)}
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, key in words.items():
        if key:
            same[key].append(number)
    automaton = ahocorasick.Automaton()
    for group, key in enumerate(same):
        automaton.add_word(f" {' '.join(key)} ", group)
    automaton.make_automaton()
    return TermBook(words, [tuple(numbers) for numbers in same.values()], automaton)


def _lowered(text: str | None) -> str:
    lowered = (text or "").lower()
    for sign in ("'", "’", "`", _GAP):
        if sign in lowered:
            lowered = lowered.replace(sign, " " if sign == _GAP else "")
    return lowered


def _spaced(text: str) -> str:
    if not text.isascii():
        text = _ANY_EMOJI.sub(r" \1 ", text)
    return " " + _BETWEEN.sub(" ", text) + " "


def _variants(text: str) -> list[str]:
    """Texts in which each stressed word is meant in its own way: "sooo coool"."""
    found = list(dict.fromkeys(LONG.findall(text)))
    runs = list(dict.fromkeys(m[0] for m in LONG.finditer(text)))[:MOST_STRESSED]
    if len(found) < 2:
        return []
    texts = []
    for lengths in product((1, 2), repeat=len(runs)):
        varied = text
        for run, length in zip(runs, lengths, strict=True):
            varied = re.sub(rf"{run[0]}{{{len(run)},}}", run[0] * length, varied)
        texts.append(varied)
    return texts
