"""Which places of Great Britain does a text seem to name?"""

import csv
import gzip
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fourfold.picture.messages.mentions.mention import Mention, Written
from fourfold.picture.messages.terms import TermBook, term_book

LEADS = re.compile(
    r"\b(?:in|to|from|at|near|via|round|around|outside|into|leaving|towards|past)\s+$",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:\d{1,4}[a-z]? )?(?:[A-Z][a-z'’]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Way|Terrace|Crescent|Court|"
    r"Place|Grove|Gardens|Square|Walk|Row|Mews|Parade)\b(?!['’])"
)
_ROAD = re.compile(r"(?<=\bthe )(?:M\d{1,2}|A\d{1,4})(?:\(M\))?(?!\w)")


@dataclass(frozen=True)
class Place:
    """A town, village or suburb; `lat` and `lon` are `None` where not known.

    `kind`: town (20,000 people or more), small, or ordinary: its name is an ordinary
    word, or a name of people, too.
    """

    name: str
    lat: float | None
    lon: float | None
    kind: str

    @property
    def note(self) -> str:
        """What is known beside the name."""
        if self.lat is None:
            return "place not known nearer"
        return f"{self.lat:.4f}, {self.lon:.4f}; other places may have the name"


def streets(written: Written) -> Iterator[Mention]:
    """Which streets, by their form, and which motorways and main roads?"""
    for found in _STREET.finditer(written.text):
        text = found[0]
        yield Mention("place", text, text, *found.span(), "a street, by its form")
    for found in _ROAD.finditer(written.text):
        text = found[0]
        yield Mention("place", text, text.upper(), *found.span(), "a road")


def settlements(texts: Sequence[str | None]) -> Iterator[tuple[int, Mention]]:
    """Which towns, villages and suburbs do many texts name?

    The name of a town, or one of several words, counts as it stands; another with a
    capital letter or after a word such as "in" or "from"; one that is an ordinary word
    too needs both.
    """
    places, book = gazetteer()
    longest: dict[tuple[int, int], int] = {}
    for hit in book.hits(texts):
        text = texts[hit.row] or ""
        if hit.end <= longest.get((hit.row, 0), 0) or not _meant(
            places[hit.term], text, hit.start, hit.end
        ):
            continue
        longest[hit.row, 0] = hit.end
        place = places[hit.term]
        said = text[hit.start : hit.end]
        yield (
            hit.row,
            Mention("place", said, place.name, hit.start, hit.end, place.note),
        )


@cache
def gazetteer() -> tuple[tuple[Place, ...], TermBook]:
    """Which places are known, and a book that finds their names?"""
    path = resources.files("fourfold.picture.messages") / "data" / "places.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    places = tuple(
        Place(
            row["name"],
            float(row["lat"]) if row["lat"] else None,
            float(row["lon"]) if row["lon"] else None,
            row["class"],
        )
        for row in csv.DictReader(io.StringIO(text))
    )
    return places, term_book([place.name for place in places])


def _meant(place: Place, text: str, start: int, end: int) -> bool:
    capital = text[start].isupper() and not text[:end].isupper()
    led = bool(LEADS.search(text[max(0, start - 12) : start]))
    if place.kind == "ordinary":
        return capital and led
    return place.kind == "town" or " " in place.name or capital or led
