"""What stands around a number: its period, its qualifier, who reports it?"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fourfold.base import rules
from fourfold.inspect.wording import DATE, MONTH, NUMBER_WORDS

BLANK = "\x00"


@dataclass(frozen=True)
class FigurePhrase:
    """A row of the sheet: use is period, same, mask, qualifier or reported."""

    key: str
    use: str
    says: str
    pattern: str
    source: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A place in a text, from `begins` up to `ends`."""

    begins: int
    ends: int


PHRASES = rules.load(FigurePhrase, "fourfold.inspect", "figure_phrases")


def regex_of(phrase: FigurePhrase) -> re.Pattern[str]:
    """How is the phrase looked for? Whatever the case."""
    pattern = phrase.pattern.replace("{DATE}", DATE).replace("{MONTH}", MONTH)
    pattern = pattern.replace("{N}", rf"(?:\d+|{NUMBER_WORDS})")
    return re.compile(pattern, re.IGNORECASE)


@cache
def using(use: str) -> tuple[re.Pattern[str], ...]:
    """Which patterns have this use, in the order of the sheet?"""
    return tuple(regex_of(p) for p in PHRASES if p.use == use)


@lru_cache(maxsize=10_000)
def spans(use: str, text: str) -> tuple[Span, ...]:
    """Where does the text hold phrases of this use? Earlier rows win over later."""
    if use == "period" and not _TIMELY.search(text):
        return ()
    out: list[Span] = []
    for regex in using(use):
        for found in regex.finditer(text):
            if all(found.end() <= s.begins or found.start() >= s.ends for s in out):
                out.append(Span(found.start(), found.end()))
    return tuple(sorted(out, key=lambda s: s.begins))


def holds(use: str, text: str) -> bool:
    """Does the text hold a phrase of this use?"""
    return any(regex.search(text) for regex in using(use))


def masked(text: str) -> str:
    """What is left of a plain text when all that is no figure is blanked?

    Returns:
        A text of the same length: periods, dates and names with numbers are BLANK.
    """
    text = without_periods(text)
    for regex in using("mask"):
        text = regex.sub(_blank, text)
    return _DATES.sub(_blank, text)


def without_periods(text: str) -> str:
    """What is left of a plain text, at the same places, when periods are blanked?"""
    for span in spans("period", text):
        blank = BLANK * (span.ends - span.begins)
        text = text[: span.begins] + blank + text[span.ends :]
    return text


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found[0])


# What every period holds, to look for first.
_TIMELY = re.compile(
    r"\d|inspection|fieldwork|\b(?:year|month|week|day)", re.IGNORECASE
)
_DATES = re.compile(rf"{DATE}|\b\d{{1,2}}\s+{MONTH}\b|\b{MONTH}\s+\d{{1,2}}\b", re.I)
