"""Which words of interest does a message hold, and which of them count?

A lexicon is a sheet of words with sources. How often each word stands in ordinary texts
is measured (`false_alarms`) and kept beside the sheets; it decides what counts alone.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from fourfold.base import rules
from fourfold.base.errors import FourfoldError, SheetFault
from fourfold.picture.messages.terms import TermBook, term_book

PACKAGE = "fourfold.picture.messages.lexicons"
SHEETS = {
    "drugs": ("drugs", "drugs_listed"),
    "weapons": ("weapons",),
    "exploitation": ("exploitation",),
    "money": ("money",),
    "violence": ("violence",),
    "children": ("children",),
}
"""Which sheets make up each lexicon."""

PLAIN, SLANG, EVERYDAY, LISTED = "plain", "slang", "everyday", "listed"
CLASSES = (PLAIN, SLANG, EVERYDAY, LISTED)
MOST_PER_THOUSAND = 1.0
"""A word seen more often than this in ordinary texts counts only beside another."""


class UnknownLexicon(FourfoldError):
    """Nobody knows a lexicon by that name."""

    what = "No lexicon is called '{lexicon}'."
    do = "Use one or more of: {known}."
    status = 422


@dataclass(frozen=True)
class Meaning:
    """One row of a sheet: words that mean one thing, and how sure that is."""

    key: str
    says: str
    source: str
    terms: tuple[str, ...]
    in_force: date
    in_force_to: date | None = None
    ambiguity: str = EVERYDAY


@dataclass(frozen=True, eq=False)
class Term:
    """One word or phrase of a lexicon.

    `ordinary` texts of `texts` held it when its false alarms were measured; `texts` 0
    means that it was not measured.
    """

    lexicon: str
    text: str
    meaning: str
    ambiguity: str
    source: str
    ordinary: int
    texts: int

    @property
    def false_alarms(self) -> str:
        """How often did ordinary texts hold it, with the base?"""
        if not self.texts:
            return "not measured"
        return f"{self.ordinary:,} of {self.texts:,} ordinary texts"

    @property
    def per_thousand(self) -> float:
        """In how many of a thousand ordinary texts does it stand?"""
        return 1000 * self.ordinary / self.texts if self.texts else 0.0

    def stands_alone(self, most_per_thousand: float) -> bool:
        """Does it count without a second term?"""
        sure = self.ambiguity in (PLAIN, SLANG)
        return sure and self.per_thousand <= most_per_thousand


@dataclass(frozen=True)
class TermHit:
    """One term of a lexicon in one text, and whether it counts there.

    `why_not` says why it does not count; empty: it counts.
    """

    row: int
    start: int
    end: int
    term: Term
    why_not: str = ""


@dataclass(frozen=True)
class Lexicons:
    """Lexicons made ready to be looked for. Make them with `lexicons`."""

    terms: tuple[Term, ...]
    book: TermBook

    def hits(
        self,
        texts: Sequence[str | None],
        most_per_thousand: float = MOST_PER_THOUSAND,
    ) -> list[TermHit]:
        """Which terms stand in each text, and which count? By text and place.

        A term counts alone when it is plain or slang and rare in ordinary texts. Any
        other counts beside a second, different term of its lexicon in the same text: a
        listed one beside a term that counts alone, an everyday one beside any but a
        listed one.
        """
        by_row: dict[tuple[int, str], list[TermHit]] = defaultdict(list)
        for hit in self.book.hits(texts):
            term = self.terms[hit.term]
            found = TermHit(hit.row, hit.start, hit.end, term)
            by_row[hit.row, term.lexicon].append(found)
        judged = (
            _judged(hit, hits, most_per_thousand)
            for hits in by_row.values()
            for hit in hits
        )
        return sorted(judged, key=lambda hit: (hit.row, hit.start, hit.term.text))

    def measured_again(self, seen: Mapping[str, int], texts: int) -> "Lexicons":
        """The same lexicons with other counts of false alarms."""
        terms = tuple(
            replace(
                term,
                ordinary=seen.get(f"{term.lexicon}: {term.text}", 0),
                texts=texts if term.text.isascii() else 0,
            )
            for term in self.terms
        )
        return Lexicons(terms, self.book)


@cache
def lexicons(names: tuple[str, ...] = tuple(SHEETS)) -> Lexicons:
    """Which terms do these lexicons hold, ready to be looked for?

    Raises:
        UnknownLexicon: one is none of ours.
        SheetFault: a sheet names a class that does not exist.
    """
    unknown = [name for name in names if name not in SHEETS]
    if unknown:
        known = ", ".join(SHEETS)
        raise UnknownLexicon(lexicon=", ".join(unknown), known=known)
    measured = measured_terms()
    terms = tuple(term for name in names for term in _terms(name, measured))
    return Lexicons(terms, term_book([term.text for term in terms]))


def meanings(sheet: str) -> tuple[Meaning, ...]:
    """Which rows has a sheet of a lexicon?

    Raises:
        SheetFault: a row names a class that does not exist.
    """
    rows = rules.load(Meaning, PACKAGE, sheet)
    for row in rows:
        if row.ambiguity not in CLASSES:
            fault = f"no class is called {row.ambiguity}"
            raise SheetFault(sheet=sheet, row=row.key, fault=fault)
    return rows


def measured_terms() -> Mapping[str, int]:
    """How many ordinary texts held each term when that was measured?

    Returns:
        "lexicon: term" to count, only terms that were seen, and "" to the number of
        texts; empty when nothing was measured.
    """
    kept = resources.files(PACKAGE) / "measured.json"
    if not kept.is_file():
        return {}
    sheet = json.loads(kept.read_text(encoding="utf-8"))
    return {"": int(sheet["texts"]), **sheet["terms"]}


def _terms(lexicon: str, measured: Mapping[str, int]) -> Iterable[Term]:
    rows = [row for sheet in SHEETS[lexicon] for row in meanings(sheet)]
    listed = [(text, row) for row in rows for text in row.terms]
    # Our own sheets come first: of a word that stands twice the later yields.
    first = {text.lower(): (text, row) for text, row in reversed(listed)}
    for text, row in reversed(first.values()):
        yield Term(
            lexicon=lexicon,
            text=text,
            meaning=row.says,
            ambiguity=row.ambiguity,
            source=row.source,
            ordinary=measured.get(f"{lexicon}: {text}", 0),
            texts=measured.get("", 0) if text.isascii() else 0,
        )


def _judged(hit: TermHit, others: list[TermHit], most: float) -> TermHit:
    if hit.term.stands_alone(most):
        return hit
    apart = [o for o in others if o.end <= hit.start or o.start >= hit.end]
    second = [o.term for o in apart if o.term.meaning and o.term.text != hit.term.text]
    if hit.term.ambiguity == LISTED:
        helped = any(term.stands_alone(most) for term in second)
        why = "listed abroad only: counts beside a term that counts alone"
    else:
        helped = any(term.ambiguity != LISTED for term in second)
        why = f"an everyday word ({hit.term.false_alarms}): counts beside a second term"
    return hit if helped else TermHit(hit.row, hit.start, hit.end, hit.term, why)
