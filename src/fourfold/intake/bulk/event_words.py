"""Which of our words is meant by an operator's word for an event?"""

from collections.abc import Mapping
from dataclasses import dataclass

from fourfold.base import rules


@dataclass(frozen=True)
class EventWords:
    """One of our words and what senders write for it."""

    key: str
    says: str
    field: str
    words: tuple[str, ...]
    source: str


WORDS = rules.load(EventWords, "fourfold.intake.bulk", "event_words")


def words_for(field: str, own: Mapping[str, str]) -> dict[str, str]:
    """Their word, in small letters, to ours; a layout's own words go first."""
    known = {w: rule.key for rule in WORDS if rule.field == field for w in rule.words}
    return known | {theirs.lower(): ours for theirs, ours in own.items()}
