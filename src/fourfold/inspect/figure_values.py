"""Which numbers does a sentence hold, in figures or in words?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from fourfold.base import rules
from fourfold.inspect.figure_phrases import BLANK, masked, using
from fourfold.inspect.wording import NUMBER_WORDS, word_value


@dataclass(frozen=True)
class Value:
    """A number in a sentence: its place, size, unit and qualifier.

    `unit` is count, percent, GBP, rank, times or a unit of time; `noun` is what is
    counted where the number's own words say it ("no disruptions").
    """

    begins: int
    ends: int
    value: float
    unit: str
    qualifier: str | None = None
    noun: str | None = None


@dataclass(frozen=True)
class Counted:
    """A row of the sheet: nouns that reports count."""

    key: str
    says: str
    nouns: tuple[str, ...]
    source: str


COUNTED = rules.load(Counted, "fourfold.inspect", "counted")
NOUN = r"(?:" + "|".join(n for row in COUNTED for n in row.nouns) + r")\b"

_WORK = r"(?:" + "|".join(n for r in COUNTED[:2] for n in r.nouns) + r")\b"

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:\s?(?P<scale>million|billion|thousand|bn|mn?|k)\b)?"
_MONEY = re.compile(rf"£\s?(?P<n>{_DIGITS}){_SCALE}", re.I)
_PERCENT = re.compile(
    rf"(?<![\w.,])(?P<n>{_DIGITS}|{NUMBER_WORDS})\s?(?:%|per\s?cent\b|percent\b|pc\b)",
    re.I,
)
_LOWER = re.compile(
    rf"\b(?:between|from) (?P<a>{_DIGITS}|{NUMBER_WORDS})(?: and| to|-)\s*$",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?<![\w.,£])(?P<n>{_DIGITS}|{NUMBER_WORDS})[\s-]*(?P<unit>working day|minute|hour|day"
    r"|week|month|year)s?\b",
    re.I,
)
_NUMBER = re.compile(
    rf"(?<![A-Z\d.,/:_#@£&-])(?P<n>{_DIGITS}){_SCALE}"
    r"(?!(?:st|nd|rd|th|am|pm|x)\b|[A-Z]|[\d/:%]|[,.]\d|-[a-zA-Z\d])"
)
_RANGE = re.compile(rf"(?<![\w.,/-])(?P<a>{_DIGITS})\s?-\s?(?P<b>{_DIGITS})(?![\w/-])")
_BETWEEN = re.compile(
    rf"\bbetween (?P<a>{_DIGITS}|{NUMBER_WORDS}) and (?P<b>{_DIGITS}|{NUMBER_WORDS})"
    r"(?! ?(?:%|per|million|m\b|[\w-]* ?(?:day|week|month|year)))",
    re.I,
)
_WORDS = re.compile(rf"(?<![\w-])(?P<n>{NUMBER_WORDS})(?![\w]|-(?!\w+-?time))", re.I)
_FRACTION = re.compile(
    r"\b(?:(?P<part>two[- ]thirds|three[- ]quarters|two[- ]fifths|three[- ]fifths"
    r"|four[- ]fifths|one[- ](?:half|third|quarter|fifth|tenth)"
    r"|an? (?:third|quarter|fifth|tenth))\b(?! (?:of a mile|party|sector))"
    r"|(?P<half>half)(?= (?:of|the|its|their|our|all)\b))",
    re.I,
)
_RATIO = re.compile(
    rf"(?<![\w-])(?P<a>\d{{1,2}}|{NUMBER_WORDS}) in (?:every )?(?P<b>\d{{1,2}}|{NUMBER_WORDS})\b"
    r"(?! (?:the|our|its))",
    re.I,
)
_TIMES = re.compile(
    r"\b(?P<word>doubled|tripled|trebled|quadrupled|halved|double|treble|triple|twice"
    r"|two-?fold|three-?fold|ten-?fold)\b(?! (?:check|count|role|hat))",
    re.I,
)
_JOINS = r"(?:of|for|to|in|that|by|with|from|on|real|longer|more|doubt|such)"
_NONE = re.compile(
    rf"\b(?:no|zero)\s+(?P<list>(?:(?!{_JOINS}\b)[\w-]+(?:, | and | or |\s)){{0,6}}?)"
    rf"(?P<noun>(?:(?=[\w-]+s\b|staff|people|children|personnel){NOUN}))",
    re.I,
)
_ALL = re.compile(
    rf"\ball(?: of)? (?:the |its |their |these |those )?(?P<noun>(?:[\w-]+ ){{0,2}}"
    rf"{_WORK})(?= (?:\w+ ){{0,3}}?(?:was|were)\b)",
    re.I,
)
_RANK = re.compile(
    r"\b(?:the )?(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|joint)"
    r"[- ](?:joint[- ])?(?P<way>highest|lowest|largest|smallest|best|worst|most|fewest)\b",
    re.I,
)
_EXTREME = re.compile(
    r"\bthe (?P<way>highest|lowest|largest|smallest|greatest|fewest)"
    r"(?= (?:number|proportion|rate|share|total|amount|volume|percentage|level)s?\b"
    r"[^.;]{0,80}?\b(?:nationally|in the (?:region|country)|of any|across (?:all|England)|any"
    r" \w+|in England|of all|among|compared))",
    re.I,
)
_NTHS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_FACTORS = {"doubl": 2, "twice": 2, "two": 2, "tripl": 3, "trebl": 3, "three": 3}
_FACTORS |= {"quadrupl": 4, "halv": 0.5, "ten": 10}
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|the|our|its|of|to|until|for|during|and|from|between|by|before|after"
    r"|late|early|mid|spring|summer|autumn|winter)\s*$|\($",
    re.I,
)
_ONE_COUNTS = re.compile(rf"\s+(?:[a-z-]+[ ]){{0,2}}{NOUN}", re.I)
_OWN = ("between", "only", "just", "some")
_FOUR_PS = r"(?:pursue|prevent|protect|prepare)"


def values(text: str) -> list[Value]:
    """Which numbers does the sentence hold, in its order, none over another?

    Args:
        text: a sentence made plain.

    Returns:
        Figures only: dates, periods, names with numbers and the like are left out.
    """
    left = masked(text)
    found: list[Value] = []
    for read in _READERS:
        for value in read(left):
            if BLANK not in left[value.begins : value.ends] and _free(value, found):
                found.append(value)
    found.sort(key=lambda v: v.begins)
    return _qualified(text, left, found)


def _free(value: Value, found: list[Value]) -> bool:
    return all(
        value.ends <= f.begins
        or value.begins >= f.ends
        or (f.noun and value.noun and f.noun != value.noun)
        for f in found
    )


def _size(printed: str, scale: str | None = None) -> float:
    digits = printed.replace(",", "")
    plain = re.fullmatch(r"\d+(?:\.\d+)?", digits)
    size = float(digits) if plain else word_value(printed) or 0.0
    scales = {"m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
    scales |= {"k": 1e3, "thousand": 1e3}
    return round(size * scales.get((scale or "").lower(), 1), 6)


def _money(text: str) -> Iterator[Value]:
    for m in _MONEY.finditer(text):
        yield Value(m.start(), m.end(), _size(m["n"], m["scale"]), "GBP")


def _bounds(text: str) -> Iterator[Value]:
    for m in _BETWEEN.finditer(text):
        if _size(m["a"]) < _size(m["b"]):
            yield Value(m.start("a"), m.end("a"), _size(m["a"]), "count", "between")
            yield Value(m.start("b"), m.end("b"), _size(m["b"]), "count", "between")


def _percents(text: str) -> Iterator[Value]:
    for m in _PERCENT.finditer(text):
        if lower := _LOWER.search(text, max(0, m.start() - 40), m.start()):
            yield Value(lower.start("a"), lower.end("a"), _size(lower["a"]), "percent")
        yield Value(m.start(), m.end(), _size(m["n"]), "percent")


def _ratios(text: str) -> Iterator[Value]:
    for m in _RATIO.finditer(text):
        a, b = _size(m["a"]), _size(m["b"])
        if 0 < a < b <= 100:
            yield Value(m.start(), m.end(), round(100 * a / b, 1), "percent")


def _fractions(text: str) -> Iterator[Value]:
    for m in _FRACTION.finditer(text):
        words = (m["half"] or m["part"]).lower().replace("-", " ").split()
        below = _PARTS[words[-1].rstrip("s")]
        above = word_value(words[0]) or 1.0 if len(words) > 1 else 1.0
        yield Value(m.start(), m.end(), round(100 * above / below, 1), "percent")


def _times(text: str) -> Iterator[Value]:
    for m in _TIMES.finditer(text):
        word = m["word"].lower()
        factor = next(f for stem, f in _FACTORS.items() if word.startswith(stem))
        yield Value(m.start(), m.end(), float(factor), "times")


def _durations(text: str) -> Iterator[Value]:
    for m in _TIME.finditer(text):
        unit = m["unit"].lower() + "s"
        yield Value(m.start(), m.end(), _size(m["n"]), unit)


def _ranks(text: str) -> Iterator[Value]:
    for m in _RANK.finditer(text):
        nth = m["nth"].lower()
        place = 1 + _NTHS.index(nth) if nth in _NTHS else 1
        yield Value(m.start(), m.end(), float(place), "rank", noun=m["way"].lower())
    for m in _EXTREME.finditer(text):
        yield Value(m.start(), m.end(), 1.0, "rank", noun=m["way"].lower())


def _nones(text: str) -> Iterator[Value]:
    for m in _NONE.finditer(text):
        kinds = re.findall(rf"\b{_FOUR_PS}\b", m["list"], re.I)
        for kind in kinds or [m["list"].strip()]:
            noun = f"{kind} {m['noun']}".strip()
            yield Value(m.start(), m.end(), 0.0, "count", noun=noun)


def _alls(text: str) -> Iterator[Value]:
    for m in _ALL.finditer(text):
        if not re.search(rf"\d|\b{NUMBER_WORDS}\b", m[0], re.I):
            yield Value(m.start(), m.start() + 3, 100.0, "percent")


def _ranges(text: str) -> Iterator[Value]:
    for m in _RANGE.finditer(text):
        if _size(m["a"]) < _size(m["b"]) and not _YEAR.fullmatch(m["a"]):
            yield Value(m.start("a"), m.end("a"), _size(m["a"]), "count", "between")
            yield Value(m.start("b"), m.end("b"), _size(m["b"]), "count", "between")


def _numbers(text: str) -> Iterator[Value]:
    for m in _NUMBER.finditer(text):
        if not _is_year(text, m):
            yield Value(m.start(), m.end(), _size(m["n"], m["scale"]), "count")


def _is_year(text: str, found: re.Match[str]) -> bool:
    if not _YEAR.fullmatch(found["n"]) or found["scale"]:
        return False
    counts = re.match(rf"\s+(?:[a-z-]+\s+){{0,1}}{NOUN}", text[found.end() :], re.I)
    return not counts or bool(_BEFORE_YEAR.search(text[: found.start()]))


def _words(text: str) -> Iterator[Value]:
    for m in _WORDS.finditer(text):
        size = _size(m["n"])
        after = text[m.end() :]
        if size == 0 or size == 1 and not _ONE_COUNTS.match(after):
            continue
        yield Value(m.start(), m.end(), size, "count")


_READERS = (
    _money,
    _percents,
    _ratios,
    _ranks,
    _durations,
    _fractions,
    _times,
    _nones,
    _alls,
    _bounds,
    _ranges,
    _numbers,
    _words,
)


@cache
def _qualifier() -> re.Pattern[str]:
    (words,) = using("qualifier")
    return re.compile(
        rf"\b({words.pattern})\s+(?:the\s+|a\s+further\s+|a\s+|its\s+)?$", re.IGNORECASE
    )


def _qualified(text: str, left: str, found: list[Value]) -> list[Value]:
    """The same values with their qualifiers; one reads across a list."""
    out: list[Value] = []
    for n, value in enumerate(found):
        near = _qualifier().search(text[: value.begins])
        qualifier = value.qualifier or (near[1].lower() if near else None)
        if qualifier is None and n and _lists_on(left, found[n - 1], value):
            carried = out[-1].qualifier
            qualifier = carried if carried not in _OWN else None
        out.append(replace(value, qualifier=qualifier))
    return out


def _lists_on(left: str, last: Value, value: Value) -> bool:
    """Does a list run on from one number to the next: "2,000 arrests, 400 searches"?"""
    between = left[last.ends : value.begins]
    return last.unit == value.unit and bool(
        re.fullmatch(r"(?: [a-z][a-z-]*){1,4}(?:,| and|, and) ", between)
    )
