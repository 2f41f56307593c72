"""Which messages speak of risk to life or to a child, and so must be read first?

Rules and guards are the sheets `urgent` and `urgent_guards`; how often they go off on
ordinary texts is measured by `false_alarms`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourfold.base import rules
from fourfold.picture.messages.phrases import Match, Spelt, anchors, matches, spellings
from fourfold.picture.messages.terms import TermBook, term_book

PACKAGE = "fourfold.picture.messages"
LIFE, CHILD = "life", "child"
_QUOTES = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’(?!\w)|[♪♫🎵🎶][^♪♫🎵🎶]*[♪♫🎵🎶]")


@dataclass(frozen=True)
class UrgentRule:
    """One row of the sheet: what is risked, how near it is, and by which words."""

    key: str
    says: str
    source: str
    about: str
    level: int
    phrases: tuple[str, ...]
    unless: tuple[str, ...]
    guards: tuple[str, ...]
    examples: tuple[Any, ...]


@dataclass(frozen=True)
class Guard:
    """One row of the sheet of guards: what makes a match likely to be talk."""

    key: str
    says: str
    source: str
    where: str
    phrases: tuple[str, ...]
    examples: tuple[Any, ...]
    words: int = 0
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Urgent:
    """One rule that a text meets, by which of its words, and what sets it aside.

    `set_aside` is empty where the finding counts.
    """

    rule: UrgentRule
    start: int
    end: int
    words: str
    set_aside: str = ""


RULES = rules.load(UrgentRule, PACKAGE, "urgent")
GUARDS = {guard.key: guard for guard in rules.load(Guard, PACKAGE, "urgent_guards")}


def urgent_findings(text: str, among: tuple[UrgentRule, ...] = RULES) -> list[Urgent]:
    """Which urgent rules does a text meet? At most one finding a rule.

    Returns:
        Findings that count first, then by level, then in the order of the sheet. A
        rule that is met both under a guard and without one counts.
    """
    if not text:
        return []
    ways = spellings(text)
    found = []
    for rule in among:
        places = [
            _finding(rule, text, written, match)
            for written in ways
            for match in matches(rule.phrases, written)
            if not _excepted(rule, written, match)
        ]
        if places:
            found.append(min(places, key=lambda one: bool(one.set_aside)))
    return sorted(found, key=lambda one: (bool(one.set_aside), one.rule.level))


def urgent_rows(texts: Sequence[str | None]) -> Iterator[tuple[int, Urgent]]:
    """Which of many texts meet which urgent rules, without reading each in full?

    Yields:
        The position of the text and a finding, as `urgent_findings` gives them.
    """
    rule_of, book = _anchors()
    for row, terms in book.possible(texts).items():
        near = {rule_of[term] for term in terms}
        among = tuple(rule for n, rule in enumerate(RULES) if n in near)
        for finding in urgent_findings(texts[row] or "", among):
            yield row, finding


@cache
def _anchors() -> tuple[list[int], TermBook]:
    """Words without which no rule is met, each with the position of its rule."""
    words = [(n, w) for n, rule in enumerate(RULES) for w in anchors(rule.phrases)]
    return [n for n, _ in words], term_book([word for _, word in words])


def counted_findings(text: str) -> list[Urgent]:
    """Which urgent rules does a text meet without anything that sets them aside?"""
    return [finding for finding in urgent_findings(text) if not finding.set_aside]


def _finding(rule: UrgentRule, text: str, written: Spelt, match: Match) -> Urgent:
    start, end = written.place(match.begin, match.end)
    aside = ""
    for key in rule.guards:
        said = _guarding(GUARDS[key], text, written, match)
        if said:
            aside = f"{GUARDS[key].says} ('{said}')"
            break
    return Urgent(rule, start, end, text[start:end], aside)


def _excepted(rule: UrgentRule, written: Spelt, match: Match) -> bool:
    return any(
        other.begin < match.end and match.begin < other.end
        for other in matches(rule.unless, written)
    )


def _guarding(guard: Guard, text: str, written: Spelt, match: Match) -> str:
    """Which words of the text set the match aside, if any do?"""
    if guard.where == "quotes":
        start, end = written.place(match.begin, match.end)
        for quote in _QUOTES.finditer(text):
            if quote.start() <= start and end <= quote.end():
                return quote[0].strip('"“”‘’')
        return ""
    if any(matches(guard.unless, written)):
        return ""
    lowest = _words_before(written, match.begin, guard.words) if guard.words else 0
    highest = match.begin if guard.words else len(written.plain)
    for found in matches(guard.phrases, written):
        if lowest <= found.begin < highest:
            return written.plain[found.begin : found.end]
    return ""


def _words_before(written: Spelt, begin: int, words: int) -> int:
    earlier = [at for at in written.begins if at < begin]
    return earlier[-words:][0] if earlier else begin
