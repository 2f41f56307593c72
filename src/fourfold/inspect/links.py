"""Which inspection rules does a published finding speak of?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import SheetFault
from fourfold.inspect.failures import FAILURES

PRAISE = frozenset(
    {"innovative practice", "promising practice", "good practice", "positive heading"}
)


@dataclass(frozen=True)
class Link:
    """Phrases that tie a finding to a rule.

    Each of `phrases` is a pattern; one of them must stand in the finding's sentence,
    and none of `unless`.
    """

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
class Published:
    """A finding as an inspectorate printed it: kind, body, heading, text and line."""

    kind: str
    body_slug: str
    heading: str
    text: str
    line: int = 0
    bullets: tuple[str, ...] = ()

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Which sentences, heading and bullets among them, does the finding hold?"""
        whole = [self.heading, *re.split(r"(?<=[.;:?!])\s+|\n+", self.text)]
        return tuple(_plain(one) for one in (*whole, *self.bullets) if one.strip())

    def rules(self) -> tuple[str, ...]:
        """Which rules' failures does the finding name? Praise names none."""
        if self.kind in PRAISE:
            return ()
        return _rules_of(self.sentences)


def rules_named(
    *, heading: str, text: str, kind: str = "area for improvement"
) -> tuple[str, ...]:
    """Which rules does a finding of this heading and text speak of, in sheet order?"""
    return Published(kind, "", heading, text).rules()


def published_for(rule: str, body: str, findings: Iterable[Published]) -> str | None:
    """What is the heading of the finding that a report made on a rule of a body?

    The one whose own heading names the rule comes before one that only its text does.
    """
    mine = [f for f in findings if f.body_slug == body and rule in f.rules()]
    mine.sort(key=lambda f: rule not in _rules_of((_plain(f.heading),)))
    return mine[0].heading if mine else None


@lru_cache(maxsize=4096)
def _rules_of(sentences: tuple[str, ...]) -> tuple[str, ...]:
    named = {
        link.rule
        for link, wanted, refused in PATTERNS
        for sentence in sentences
        if wanted.search(sentence) and not (refused and refused.search(sentence))
    }
    return tuple(key for key in FAILURES if key in named)


def _plain(text: str) -> str:
    straight = text.replace("’", "'").replace("‘", "'").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", straight.replace("‑", "-").replace("–", "-")).lower()


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None


def _load() -> tuple[tuple[Link, Any, Any], ...]:
    loaded = []
    for link in rules.load(Link, "fourfold.inspect", "links"):
        if link.rule not in FAILURES:
            raise SheetFault(sheet="links", row=link.key, fault=f"no rule {link.rule}")
        loaded.append((link, _any_of(link.phrases), _any_of(link.unless)))
    return tuple(loaded)


PATTERNS = _load()
