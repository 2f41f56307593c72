"""Which fixed phrases build an inspection report?"""

import re
from dataclasses import dataclass
from functools import cache

from fourfold.base import rules
from fourfold.inspect.wording import squeezed

WHOLE = frozenset({"label", "section", "region", "front", "back"})


@dataclass(frozen=True)
class Phrase:
    """A row of the sheet: what a phrase is used for and how it is printed.

    Uses in WHOLE must be the whole paragraph; the others stand within a sentence.
    """

    key: str
    use: str
    says: str
    pattern: str
    source: str
    examples: tuple[str, ...]
    kind: str = ""


PHRASES = rules.load(Phrase, "fourfold.inspect", "report_phrases")


@cache
def _compiled(use: str) -> tuple[tuple[re.Pattern[str], Phrase], ...]:
    return tuple(
        (re.compile(p.pattern, re.IGNORECASE), p) for p in PHRASES if p.use == use
    )


def whole(use: str, text: str) -> Phrase | None:
    """Which phrase of this use is the text, its last stop aside? None if none."""
    words = squeezed(text).rstrip(" :.")
    return next((p for regex, p in _compiled(use) if regex.fullmatch(words)), None)


def within(use: str, text: str) -> Phrase | None:
    """Which phrase of this use stands in the sentence? None if none does."""
    words = squeezed(text)
    return next((p for regex, p in _compiled(use) if regex.search(words)), None)
