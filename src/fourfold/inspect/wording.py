"""How are words, sentences, dates and numbers written in a published report?"""

import calendar
import re
from datetime import date

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_SHORT = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
MONTH = "(?:" + "|".join([*MONTHS, *_SHORT, "sept"]) + ")"
DATE = (
    rf"(?:\d{{1,2}}\s*(?:st|nd|rd|th)?\s*(?:of\s+)?{MONTH}\.?,?\s*\d{{4}}"
    rf"|{MONTH}\.?\s*\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})"
)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})\s*(?:st|nd|rd|th)?\s*(?:of\s+)?({MONTH})\.?,?\s*(\d{{4}})", re.I
)
_MONTH_FIRST = re.compile(
    rf"({MONTH})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.I
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
_SLASHES = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_END_OF = re.compile(rf"end of ({MONTH})\.?,?\s+(\d{{4}})", re.I)

_ALIKE = str.maketrans(
    "‘’‚‛′`´“”„‟″«»\u00a0\u2007\u2009\u202f\u2002\u2003\u2010\u2011\u2012–—―−\t",
    "'" * 7 + '"' * 7 + " " * 6 + "-" * 7 + " ",
)
_DROPPED = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "…": "..."}
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|st|det|supt|insp|sgt|para|art|ss?|v|vs|cf"
    r"|hm|rt|hon)|(?-i:\b(?:No|[A-Z])))\.$",
    re.I,
)
_BREAK = re.compile(
    r"[.!?]['\")\]]*(?:\d{1,2})?(?:\s+(?=['\"(\[]?[A-Z0-9£])|(?=[A-Z][a-z]))"
)

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
]
_TENS = [
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
]
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_ONE = "(?:" + "|".join(sorted(_ONES, key=len, reverse=True)) + ")"
_TEN = "(?:" + "|".join(_TENS) + ")"
_UP_TO_99 = rf"(?:{_TEN}(?:[- ]{_ONE})?|{_ONE})"
NUMBER_WORDS = (
    rf"(?:(?:(?:{_UP_TO_99}|a)[ -](?:hundred|thousand|million|billion)"
    rf"(?:(?: and)? {_UP_TO_99})?)|a dozen|{_UP_TO_99}(?: dozen)?)"
)


def clean(text: str) -> str:
    """What does the text say without marks that cannot be seen?

    Ligatures are spelt out; zero-width marks, soft hyphens and byte-order marks go.
    """
    for joined, apart in _LIGATURES.items():
        text = text.replace(joined, apart)
    return _DROPPED.sub("", text)


def plain(text: str) -> str:
    """How does the text read with straight quotes, plain hyphens and plain spaces?

    Returns:
        A text of the same length, so that a place in it is a place in the original.
    """
    return text.translate(_ALIKE)


def squeezed(text: str) -> str:
    """What is the text with every run of spaces made one?"""
    return re.sub(r"\s+", " ", plain(text)).strip()


def sentences(text: str) -> list[tuple[int, int]]:
    """Where does each sentence begin and end?

    Args:
        text: one paragraph, as printed or made plain.

    Returns:
        Places in order, without spaces at either end. Empty for an empty text.
    """
    words = plain(text)
    spans, begins = [], 0
    for found in _BREAK.finditer(words):
        if _ABBREVIATION.search(
            words[max(begins, found.start() - 12) : found.start() + 1]
        ):
            continue
        end = found.end() - (len(found[0]) - len(found[0].rstrip()))
        spans.append((begins, end))
        begins = found.end()
    spans.append((begins, len(text)))
    return [s for s in (_trimmed(text, *span) for span in spans) if s[0] < s[1]]


def _trimmed(text: str, begins: int, ends: int) -> tuple[int, int]:
    part = text[begins:ends]
    begins += len(part) - len(part.lstrip())
    return begins, begins + len(part.strip())


def read_date(text: str) -> date | None:
    """Which day does the text name first? None if it names none.

    "the end of March 2024" is 31 March 2024; a month alone is no day.
    """
    words = plain(text)
    if found := _DAY_FIRST.search(words):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.search(words):
        return _day(found[3], _month(found[1]), found[2])
    if found := _ISO.search(words):
        return _day(found[1], int(found[2]), found[3])
    if found := _SLASHES.search(words):
        return _day(found[3], int(found[2]), found[1])
    if found := _END_OF.search(words):
        year, month = int(found[2]), _month(found[1])
        return date(year, month, calendar.monthrange(year, month)[1])
    return None


def _month(name: str) -> int:
    return MONTHS.get(name.lower()) or _SHORT[name.lower()[:3]]


def _day(year: str, month: int, day: str) -> date | None:
    if not 1 <= month <= 12 or not 1 <= int(year) <= 9999:
        return None
    last = calendar.monthrange(int(year), month)[1]
    return date(int(year), month, int(day)) if 1 <= int(day) <= last else None


def word_value(words: str) -> float | None:
    """Which number do the words say? None if they say none.

    "Twenty-six" is 26, "two hundred and five" is 205, "a dozen" is 12.
    """
    total = part = 0.0
    seen = False
    for word in re.split(r"[\s-]+", words.lower().strip()):
        if word in _ONES:
            part += _ONES.index(word)
        elif word in _TENS:
            part += 20 + 10 * _TENS.index(word)
        elif word == "dozen":
            part = (part or 1) * 12
        elif word in _SCALES:
            part = (part or 1) * _SCALES[word]
            if word != "hundred":
                total, part = total + part, 0.0
        elif word in ("and", "a", "an"):
            continue
        else:
            return None
        seen = True
    return total + part if seen else None


def months_after(day: date, months: int) -> date:
    """Which day is so many months later? The month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
