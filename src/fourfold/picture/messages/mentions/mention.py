"""What is one thing that a text names, and what does the finder of it know beside?"""

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Mention:
    """One thing that a text names: `text[start:end]` is how it is written there.

    `value` is how it is compared; `note` says what was taken for granted, "" nothing.
    """

    kind: str
    text: str
    value: str
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True)
class Written:
    """A text and what is known of it: when it was sent, by the clock on the wall."""

    text: str
    sent_local: datetime | None = None
    region: str = "GB"


def mention(kind: str, found: re.Match[str], value: str, note: str = "") -> Mention:
    """One thing named by the whole of what a pattern matched."""
    return Mention(kind, found[0], value, found.start(), found.end(), note)


def near(text: str, start: int, end: int, words: re.Pattern[str], within: int) -> bool:
    """Does any of the words stand within so many letters of a place?"""
    around = text[max(0, start - within) : start], text[end : end + within]
    return any(words.search(part) for part in around)
