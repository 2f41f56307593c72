"""Where do any of many words and phrases stand in many texts, at whole words only?

One pass of an automaton over a batch of texts finds candidates; each is then looked
up word by word in the text as written, so that its place is exact.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from string import ascii_lowercase
from typing import Any

import ahocorasick

from fourfold.picture.messages.words import EMOJI, LONG, WORD, forms, plain, words_of

MOST_STRESSED = 5
"""How many stressed runs of one text are tried in every way together (chosen)."""

_GAP = "\x00"
_BETWEEN = re.compile(rf"[^\w{_GAP}{EMOJI}]+|_+")
_ANY_EMOJI = re.compile(rf"([{EMOJI}])")
_APOSTROPHES = re.compile("['’`]{2,}")
_PLAIN: dict[int, str | None] = {
    n: " " for n in range(128) if n and not chr(n).isalnum()
}
_PLAIN |= {ord(sign): None for sign in "'`"}
"""In a text of ASCII alone: what is no letter or digit is a space, apostrophes go."""
_TRIPLES = tuple(sign * 3 for sign in ascii_lowercase)


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
            found += self._placed(row, texts[row] or "", groups)
        return sorted(found)

    def possible(self, texts: Sequence[str | None]) -> dict[int, set[int]]:
        """Which terms may each text hold? None that it holds is left out."""
        found = self._candidates(texts) if self.like else {}
        return {
            row: {term for group in groups for term in self.like[group]}
            for row, groups in sorted(found.items())
        }

    def _placed(self, row: int, text: str, groups: set[int]) -> Iterator[Hit]:
        spans = [found.span() for found in WORD.finditer(text)]
        words = [plain(text[start:end]) for start, end in spans]
        stressed = LONG.search(text.lower())
        meant = [forms(word) for word in words] if stressed else []
        for group in groups:
            terms = self.like[group]
            wanted = self.words[terms[0]]
            starts = _in_any(wanted, meant) if stressed else _in(wanted, words)
            for first in starts:
                end = spans[first + len(wanted) - 1][1]
                for term in terms:
                    yield Hit(row, spans[first][0], end, term)

    def _candidates(self, texts: Sequence[str | None]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        lowered = [_lowered(text) for text in texts]
        plain_rows = [row for row, text in enumerate(lowered) if text.isascii()]
        other_rows = [row for row, text in enumerate(lowered) if not text.isascii()]
        for rows, spaced in ((plain_rows, _spaced_ascii), (other_rows, _spaced)):
            self._scan([lowered[row] for row in rows], rows, spaced, found)
        for row in _stressed(lowered, plain_rows, other_rows):
            ways = [LONG.sub(shape, lowered[row]) for shape in (r"\1\1", r"\1")]
            ways += _variants(lowered[row])
            self._scan(ways, [row] * len(ways), _spaced, found)
        return found

    def _scan(
        self,
        texts: list[str],
        rows: list[int],
        spaced: Callable[[str], str],
        found: dict[int, set[int]],
    ) -> None:
        whole = spaced(f" {_GAP} ".join(texts))
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


def _in(wanted: tuple[str, ...], words: list[str]) -> Iterator[int]:
    """Where do the words wanted begin among words?"""
    size, at = len(wanted), -1
    for _ in range(words.count(wanted[0])):
        at = words.index(wanted[0], at + 1)
        if size == 1 or tuple(words[at : at + size]) == wanted:
            yield at


def _in_any(wanted: tuple[str, ...], meant: list[frozenset[str]]) -> Iterator[int]:
    """Where do they begin among words of which each may be meant in several ways?"""
    for at in range(len(meant) - len(wanted) + 1):
        if all(word in meant[at + n] for n, word in enumerate(wanted)):
            yield at


def _lowered(text: str | None) -> str:
    lowered = (text or "").lower()
    if _GAP in lowered:
        lowered = lowered.replace(_GAP, " ")
    if "''" in lowered or not lowered.isascii() or "`" in lowered:
        # Two apostrophes part words; one within a word is left out.
        lowered = _APOSTROPHES.sub(" ", lowered)
    return lowered


def _spaced_ascii(text: str) -> str:
    """Words with single spaces. The quick way for what has no letter beyond ASCII."""
    return f" {' '.join(text.translate(_PLAIN).split())} "


def _spaced(text: str) -> str:
    for sign in "'’`":
        text = text.replace(sign, "")
    return " " + _BETWEEN.sub(" ", _ANY_EMOJI.sub(r" \1 ", text)) + " "


def _stressed(
    lowered: list[str], plain_rows: list[int], other_rows: list[int]
) -> list[int]:
    """Which texts have three or more of one letter in a row?"""
    whole = _GAP.join(lowered[row] for row in plain_rows)
    seen = [triple for triple in _TRIPLES if triple in whole]
    plain_ones = [
        row for row in plain_rows if any(triple in lowered[row] for triple in seen)
    ]
    return plain_ones + [row for row in other_rows if LONG.search(lowered[row])]


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
