"""Which inspection rules does a published finding speak of?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from fourfold.base import rules
from fourfold.base.errors import SheetFault
from fourfold.inspect.failures import FAILURES

UNTIED = frozenset(
    {"innovative practice", "promising practice", "good practice", "history"}
)
SENTENCE_END = re.compile(r"(?<=[.;:?!])\s+|\n+")


class Readable(Protocol):
    """What of a published finding its rules are read from."""

    @property
    def kind(self) -> str:
        """Cause of concern, area for improvement and so on."""

    @property
    def heading(self) -> str:
        """The printed heading, or nothing."""

    @property
    def text(self) -> str:
        """The paragraphs under it."""

    @property
    def bullets(self) -> Sequence[str]:
        """The bulleted lines under it."""


@dataclass(frozen=True)
class Link:
    """Patterns that tie a sentence to a rule: one of `phrases`, none of `unless`."""

    key: str
    rule: str
    says: str
    phrases: tuple[str, ...]
    source: str
    in_force: date
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tied:
    """A published finding by name, the body it is about, and the rules it speaks of.

    `name` is what answers show: the filed finding's reference, or its heading.
    """

    name: str
    body_slug: str
    rules: tuple[str, ...]


def rules_of(finding: Readable) -> tuple[str, ...]:
    """Which rules' failures does a finding name?

    Returns:
        Codes; those that the heading names before those that only the text does, each
        in the sheet's order. A practice held up as good names none,
        nor does a sentence of history, which stands in another finding too.
    """
    if finding.kind in UNTIED:
        return ()
    said = SENTENCE_END.split(finding.text)
    first = _named((_plain(finding.heading),))
    rest = _named(tuple(_plain(one) for one in (*said, *finding.bullets)))
    return (*first, *(key for key in rest if key not in first))


def finding_for(rule: str, body: str, tied: Iterable[Tied]) -> str | None:
    """What is the finding called that a report made on a rule of a body, if any?

    Of several the one that names the rule earliest, then the one given first.
    """
    mine = [one for one in tied if one.body_slug == body and rule in one.rules]
    best = min(mine, key=lambda one: one.rules.index(rule), default=None)
    return None if best is None else best.name


@lru_cache(maxsize=4096)
def _named(sentences: tuple[str, ...]) -> tuple[str, ...]:
    named = {
        link.rule
        for link, wanted, refused in PATTERNS
        for sentence in sentences
        if wanted.search(sentence) and not refused.search(sentence)
    }
    return tuple(key for key in FAILURES if key in named)


def _plain(text: str) -> str:
    for printed, plain in (("’", "'"), ("‘", "'"), ("‑", "-"), ("–", "-")):
        text = text.replace(printed, plain)
    return " ".join(text.lower().split())


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    nothing = r"(?!)"
    return re.compile("|".join(f"(?:{p})" for p in patterns) or nothing)


def _load() -> tuple[tuple[Link, re.Pattern[str], re.Pattern[str]], ...]:
    loaded = []
    for link in rules.load(Link, "fourfold.inspect", "links"):
        if link.rule not in FAILURES:
            raise SheetFault(sheet="links", row=link.key, fault=f"no rule {link.rule}")
        loaded.append((link, _any_of(link.phrases), _any_of(link.unless)))
    return tuple(loaded)


PATTERNS = _load()
