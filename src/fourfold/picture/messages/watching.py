"""What is on a watch-list, and where does any of it stand in a text?

Both sides are compared in the same form: words without case, apostrophes and signs;
phone numbers by their digits with the country; plates without spaces.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fourfold.base.errors import FourfoldError
from fourfold.picture.messages.mentions.plates import RULES as PLATE_FORMS
from fourfold.picture.messages.terms import TermBook, term_book
from fourfold.picture.messages.words import words_of

PHONE, PLATE, WORDS = "phone", "plate", "words"
_GROUPS = re.compile(r"\+?\d+")
_APART = re.compile(r"[\s().-]{0,3}")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15
_MOST_PLATE = 8
_HEADINGS = {"term", "identifier", "words", "name", "phrase"}


class UnreadableWatchList(FourfoldError):
    """A watch-list cannot be read."""

    what = "{file}: {fault}."
    do = "Give a text file with one term a line, or a CSV with a column 'term'."
    status = 422


@dataclass(frozen=True)
class Watched:
    """One entry of a watch-list: what is looked for, whose it is, and its reference."""

    term: str
    kind: str = ""
    reference: str = ""
    person: str = ""


@dataclass(frozen=True, order=True)
class Sighting:
    """One entry in one text: `text[start:end]` is what stands there."""

    row: int
    start: int
    end: int
    entry: int


@dataclass(frozen=True)
class WatchBook:
    """A watch-list made ready. Make one with `watch_book`."""

    entries: tuple[Watched, ...]
    words: TermBook
    word_entry: tuple[int, ...]
    phones: Mapping[str, tuple[int, ...]]
    plates: Mapping[str, tuple[int, ...]]

    def sightings(self, texts: Sequence[str | None]) -> list[Sighting]:
        """Which entries stand in which texts, and where? By text, then by place."""
        found = [
            Sighting(hit.row, hit.start, hit.end, self.word_entry[hit.term])
            for hit in self.words.hits(texts)
        ]
        for row, text in enumerate(texts):
            if text and any(map(str.isdigit, text)):
                found += self._numbers(row, text)
        return sorted(set(found))

    def of_number(self, number: str) -> tuple[int, ...]:
        """Which entries are this phone number, as a sender or a recipient?"""
        return self.phones.get(digits_of(number), ())

    def _numbers(self, row: int, text: str) -> Iterator[Sighting]:
        if self.phones:
            for start, end, digits in number_runs(text):
                for entry in self.phones.get(digits, ()):
                    yield Sighting(row, start, end, entry)
        if self.plates:
            for start, end, plate in plate_runs(text):
                for entry in self.plates.get(plate, ()):
                    yield Sighting(row, start, end, entry)


def watch_book(entries: Iterable[Watched]) -> WatchBook:
    """Make a watch-list ready to be looked for in texts.

    Args:
        entries: of the kind phone or plate as such; of any other as words; without a
            kind, by their form.
    """
    kept = tuple(entries)
    words: list[tuple[str, int]] = []
    phones: dict[str, list[int]] = defaultdict(list)
    plates: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(kept):
        kind = kind_of(entry)
        if kind == PHONE:
            phones[digits_of(entry.term)].append(number)
        elif kind == PLATE:
            plates[plain_plate(entry.term)].append(number)
        else:
            words.append((entry.term, number))
    return WatchBook(
        kept,
        term_book([term for term, _ in words]),
        tuple(number for _, number in words),
        {digits: tuple(numbers) for digits, numbers in phones.items()},
        {plate: tuple(numbers) for plate, numbers in plates.items()},
    )


def kind_of(entry: Watched) -> str:
    """How is an entry looked for: as a phone, a plate or words?"""
    if entry.kind in (PHONE, PLATE):
        return entry.kind
    if entry.kind:
        return WORDS
    digits = sum(map(str.isdigit, entry.term))
    if re.fullmatch(r"\+?[\d\s().-]+", entry.term.strip()):
        fits = _LEAST_DIGITS <= digits <= _MOST_DIGITS
        return PHONE if fits else WORDS
    plain = plain_plate(entry.term)
    return PLATE if any(f.compiled.fullmatch(plain) for f in PLATE_FORMS) else WORDS


def digits_of(number: str) -> str:
    """By which digits is a phone number compared? With the country, without zeros."""
    digits = "".join(filter(str.isdigit, number))
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = f"44{digits[1:]}"
    return f"44{digits[3:]}" if digits.startswith("440") else digits


def plain_plate(plate: str) -> str:
    """How is a plate compared? In capitals, letters and digits only."""
    return "".join(filter(str.isalnum, plate)).upper()


def number_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Which runs of digit groups may be phone numbers: from, to, and the digits?"""
    groups = list(_GROUPS.finditer(text))
    for first, group in enumerate(groups):
        if group.start() and text[group.start() - 1].isalnum():
            continue
        digits, end = "", group.start()
        for other in groups[first:]:
            joined = _APART.fullmatch(text, end, other.start())
            if not joined or (digits and other[0].startswith("+")):
                break
            digits, end = digits + other[0].lstrip("+"), other.end()
            if len(digits) > _MOST_DIGITS:
                break
            whole = end == len(text) or not text[end].isalnum()
            if len(digits) >= _LEAST_DIGITS and whole:
                yield group.start(), end, digits_of(digits)


def plate_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Which words, or words side by side, may be a plate: from, to, and the plate?"""
    words = words_of(text)
    for first, word in enumerate(words):
        plate, end = "", word.start
        for other in words[first : first + 3]:
            if plate and text[end : other.start] not in (" ", "-"):
                break
            plate, end = plate + plain_plate(text[other.start : other.end]), other.end
            if len(plate) > _MOST_PLATE:
                break
            if any(map(str.isdigit, plate)):
                yield word.start, end, plate


def read_watch_list(path: Path) -> list[Watched]:
    """Which entries has a watch-list in a file, one a line or as CSV?

    A CSV has a column `term` (or identifier, words, name, phrase) and may have `kind`,
    `reference` and `person`. Empty lines and repeated entries are left out.

    Raises:
        UnreadableWatchList: the file is not text, or holds nothing.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = f"it is not UTF-8 at byte {error.start:,}"
        raise UnreadableWatchList(file=path.name, fault=fault) from error
    rows = list(csv.reader(io.StringIO(text)))
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    if set(heading) & _HEADINGS:
        entries = [_entry(dict(zip(heading, row, strict=False))) for row in rows[1:]]
    else:
        entries = [Watched(line.strip()) for line in text.splitlines()]
    kept = list(dict.fromkeys(entry for entry in entries if entry.term))
    if not kept:
        raise UnreadableWatchList(file=path.name, fault="it holds no term")
    return kept


def _entry(row: Mapping[str, str]) -> Watched:
    term = next((row[name] for name in row if name in _HEADINGS and row[name]), "")
    return Watched(
        term.strip(),
        row.get("kind", "").strip().lower(),
        row.get("reference", "").strip(),
        row.get("person", "").strip(),
    )
