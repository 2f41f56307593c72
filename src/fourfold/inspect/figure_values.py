"""Which numbers does a sentence hold, in figures or in words?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from fourfold.inspect import number_forms
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


_MAY_COUNT = re.compile(
    rf"\d|\b(?:{NUMBER_WORDS}|no|none|zero|all|every|half|twice|dozen)\b"
    r"|\b(?:double|treble|triple|an? (?:year|month|week|day))\b"
    r"|\b(?:doubled|tripled|trebled|quadrupled|halved|\w*-?fold|an? \w+th|an? third"
    r"|an? quarter|(?:high|low|larg|small|great|few)est|joint|best|worst|most)\b",
    re.IGNORECASE,
)


def values(text: str) -> list[Value]:
    """Which numbers does the sentence hold, in its order, none over another?

    Args:
        text: a sentence made plain.

    Returns:
        Figures only: dates, periods, names with numbers and the like are left out.
    """
    if not _MAY_COUNT.search(text):
        return []
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
    for m in number_forms.MONEY.finditer(text):
        yield Value(m.start(), m.end(), _size(m["n"], m["scale"]), "GBP")


def _bounds(text: str) -> Iterator[Value]:
    for m in number_forms.BETWEEN.finditer(text):
        if _size(m["a"]) < _size(m["b"]):
            yield Value(m.start("a"), m.end("a"), _size(m["a"]), "count", "between")
            yield Value(m.start("b"), m.end("b"), _size(m["b"]), "count", "between")


def _percents(text: str) -> Iterator[Value]:
    for m in number_forms.PERCENT.finditer(text):
        if lower := number_forms.LOWER.search(text, max(0, m.start() - 40), m.start()):
            yield Value(lower.start("a"), lower.end("a"), _size(lower["a"]), "percent")
        yield Value(m.start(), m.end(), _size(m["n"]), "percent")


def _ratios(text: str) -> Iterator[Value]:
    for m in number_forms.RATIO.finditer(text):
        a, b = _size(m["a"]), _size(m["b"])
        rounded = not m["out"] or b in (5, 10, 100)
        if 0 < a < b <= 100 and rounded:
            yield Value(m.start(), m.end(), round(100 * a / b, 1), "percent")


def _fractions(text: str) -> Iterator[Value]:
    for m in number_forms.FRACTION.finditer(text):
        words = (m["half"] or m["part"] or m["some"]).lower().replace("-", " ").split()
        below = number_forms.PARTS[words[-1].rstrip("s")]
        above = word_value(words[0]) or 1.0 if len(words) > 1 else 1.0
        yield Value(m.start(), m.end(), round(100 * above / below, 1), "percent")


def _times(text: str) -> Iterator[Value]:
    for m in number_forms.TIMES_AS.finditer(text):
        yield Value(m.start(), m.end("n"), _size(m["n"]), "times")
    for m in number_forms.TIMES.finditer(text):
        word = m["word"].lower()
        factor = next(
            f for stem, f in number_forms.FACTORS.items() if word.startswith(stem)
        )
        yield Value(m.start(), m.end(), float(factor), "times")


def _durations(text: str) -> Iterator[Value]:
    for m in number_forms.TIME.finditer(text):
        unit = m["unit"].lower() + "s"
        head = text[max(0, m.start() - 40) : m.start()]
        lower = number_forms.AND_LOWER.search(head)
        if lower := lower or number_forms.TIME_LOWER.search(head):
            at = m.start() - len(head)
            size = _size(lower["a"])
            yield Value(at + lower.start("a"), at + lower.end("a"), size, unit)
        size = _size(m["n"]) + (0.5 if m["half"] else 0.0)
        yield Value(m.start(), m.end(), size, unit)
    for m in number_forms.SINGLE.finditer(text):
        yield Value(m.start("unit") - 2, m.end(), 1.0, m["unit"].lower() + "s")


def _ranks(text: str) -> Iterator[Value]:
    for m in number_forms.RANK.finditer(text):
        nth = m["nth"].lower()
        place = 1 + number_forms.NTHS.index(nth) if nth in number_forms.NTHS else 1
        yield Value(m.start(), m.end(), float(place), "rank", noun=m["way"].lower())
    for m in number_forms.EXTREME.finditer(text):
        yield Value(m.start(), m.end(), 1.0, "rank", noun=m["way"].lower())


def _nones(text: str) -> Iterator[Value]:
    for m in number_forms.NO_ONES.finditer(text):
        yield Value(m.start(), m.end(), 0.0, "count")
    for m in number_forms.NONE.finditer(text):
        kinds = re.findall(rf"\b{number_forms.FOUR_PS}\b", m["list"], re.I)
        for kind in kinds or [m["list"].strip()]:
            noun = f"{kind} {m['noun']}".strip()
            yield Value(m.start(), m.end(), 0.0, "count", noun=noun)


def _alls(text: str) -> Iterator[Value]:
    for m in number_forms.EVERY_ONE.finditer(text):
        yield Value(m.start(), m.end(), 100.0, "percent")
    for m in number_forms.ALL.finditer(text):
        if not re.search(rf"\d|\b{NUMBER_WORDS}\b", m[0], re.I):
            yield Value(m.start(), m.start() + 3, 100.0, "percent")


def _ranges(text: str) -> Iterator[Value]:
    for m in number_forms.RANGE.finditer(text):
        if _size(m["a"]) < _size(m["b"]) and not number_forms.YEAR.fullmatch(m["a"]):
            yield Value(m.start("a"), m.end("a"), _size(m["a"]), "count", "between")
            yield Value(m.start("b"), m.end("b"), _size(m["b"]), "count", "between")


def _numbers(text: str) -> Iterator[Value]:
    for m in number_forms.STRONG.finditer(text):
        yield Value(m.start(), m.end(), _size(m["n"]), "count")
    for m in number_forms.NUMBER.finditer(text):
        if not _is_year(text, m):
            yield Value(m.start(), m.end(), _size(m["n"], m["scale"]), "count")


def _is_year(text: str, found: re.Match[str]) -> bool:
    if not number_forms.YEAR.fullmatch(found["n"]) or found["scale"]:
        return False
    counts = re.match(
        rf"\s+(?:[a-z-]+\s+){{0,1}}{number_forms.NOUN}", text[found.end() :], re.I
    )
    return not counts or bool(number_forms.BEFORE_YEAR.search(text[: found.start()]))


def _words(text: str) -> Iterator[Value]:
    for m in number_forms.WORDS.finditer(text):
        size = _size(m["n"])
        after = text[m.end() :]
        if size == 0 or (size == 1 and not number_forms.ONE_COUNTS.match(after)):
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
            qualifier = carried if carried not in number_forms.OWN else None
        out.append(replace(value, qualifier=qualifier))
    return out


def _lists_on(left: str, last: Value, value: Value) -> bool:
    """Does a list run on from one number to the next: "2,000 arrests, 400 searches"?"""
    between = left[last.ends : value.begins]
    return last.unit == value.unit and bool(
        re.fullmatch(r"(?: [a-z][a-z-]*){1,4}(?:,| and|, and) ", between)
    )
