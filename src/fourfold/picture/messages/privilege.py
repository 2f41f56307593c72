"""What suggests that a message is legally privileged, so that it is set aside unread?

Rules suggest; a lawyer independent of the enquiry decides. The site locks what they
suggest. A message that no rule suggests may still be privileged.
"""

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourfold.base import rules
from fourfold.picture.messages.phrases import anchors, matches, spelt
from fourfold.picture.messages.terms import TermBook, term_book

ADDRESS, NAME, TEXT = "address", "name", "text"
_NOT_LAWYERS = (
    "mother in law/laws",
    "father in law/laws",
    "brother in law/laws",
    "sister in law/laws",
    "son in law/laws",
    "daughter in law/laws",
    "in law/laws",
)


@dataclass(frozen=True)
class PrivilegeRule:
    """One row of the sheet: which words, where, suggest privilege."""

    key: str
    says: str
    source: str
    where: str
    phrases: tuple[str, ...]
    examples: tuple[Any, ...]


@dataclass(frozen=True)
class Suggestion:
    """Why a message may be privileged: the rule, and the words or address."""

    rule: PrivilegeRule
    words: str

    @property
    def reason(self) -> str:
        """Said in a sentence, with what it rests on."""
        return f"{self.rule.says} ('{self.words}')"


RULES = rules.load(PrivilegeRule, "fourfold.picture.messages", "privilege")


def privilege(
    text: str,
    *,
    addresses: Iterable[str] = (),
    names: Iterable[str] = (),
    lawyers: frozenset[str] = frozenset(),
) -> list[Suggestion]:
    """What suggests that a message is legally privileged? Nothing: an empty list.

    Args:
        text: its subject and words.
        addresses: of its sender and recipients.
        names: of its sender and recipients, as saved.
        lawyers: addresses and numbers of lawyers known in this enquiry.
    """
    at = [address.strip().lower() for address in addresses if address]
    known = [one for one in at if one in lawyers]
    found = [Suggestion(_known_lawyer(), one) for one in known[:1]]
    for rule in RULES:
        words = {
            ADDRESS: lambda rule=rule: _address(rule, at),
            NAME: lambda rule=rule: _name(rule, names),
            TEXT: lambda rule=rule: _words(rule.phrases, text),
        }[rule.where]()
        if words:
            found.append(Suggestion(rule, words))
    return found


def text_rows(texts: list[str | None]) -> list[int]:
    """Which of many texts may hold words that suggest privilege? None is missed."""
    return list(_anchors().possible(texts))


@cache
def _anchors() -> TermBook:
    phrases = tuple(p for rule in RULES if rule.where == TEXT for p in rule.phrases)
    return term_book(anchors(phrases))


def _address(rule: PrivilegeRule, addresses: list[str]) -> str:
    for address in addresses:
        if any(fnmatch.fnmatchcase(address, shape) for shape in rule.phrases):
            return address
    return ""


def _name(rule: PrivilegeRule, names: Iterable[str]) -> str:
    for name in names:
        if name and not _words(_NOT_LAWYERS, name) and _words(_joined(rule), name):
            return name
    return ""


def _joined(rule: PrivilegeRule) -> tuple[str, ...]:
    return tuple(phrase.replace(" ", "_") for phrase in rule.phrases)


def _words(phrases: tuple[str, ...], text: str) -> str:
    written = spelt(text)
    for match in matches(phrases, written):
        start, end = written.place(match.begin, match.end)
        return text[start:end]
    return ""


def _known_lawyer() -> PrivilegeRule:
    return PrivilegeRule(
        key="known_lawyer",
        says="A party is a lawyer known in this enquiry.",
        source="the enquiry's own list",
        where=ADDRESS,
        phrases=(),
        examples=(),
    )
