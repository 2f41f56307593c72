"""Which people does a text seem to name, as saved in a contact list or introduced?"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fourfold.picture.messages.mentions.mention import Mention, Written
from fourfold.picture.messages.phrases import COMMON
from fourfold.picture.messages.terms import TermBook, term_book
from fourfold.picture.messages.words import words_of

_INTRODUCED = re.compile(
    r"(?:\b[Mm]y name(?:['’]?s| is)|\b[Tt]his is|\b[Aa]sk for|\b[Cc]all me|"
    r"\bknown as|\baka|\bAKA|\bnamed|\b[Ss]peak to|\b[Ii]ts|\b[Ii]t['’]s)\s+"
    r"([A-Z][a-z]{2,}(?: [A-Z][a-z'’]{2,})?)(?= here\b|\W|$)"
)
_NEEDS_HERE = re.compile(r"[Ii]t['’]?s\s")
_DATES = (
    "monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december christmas easter"
)
_OTHERS = "god mum dad mom just not the what that why how english british"
_NO_NAMES = COMMON | set(_DATES.split()) | set(_OTHERS.split())


@dataclass(frozen=True)
class Saved:
    """Names as saved in contact lists, ready to be looked for."""

    names: tuple[str, ...]
    notes: tuple[str, ...]
    book: TermBook


def saved_people(contacts: Iterable[Mapping[str, Any]]) -> Saved:
    """Which names are saved, with the numbers beside them?

    Args:
        contacts: rows with `name`, `identifier` and `device`.
    """
    known: dict[str, set[str]] = defaultdict(set)
    for row in contacts:
        name = " ".join(word.plain for word in words_of(row["name"] or ""))
        if len(name) > 2 and not name.isdigit() and name not in COMMON:
            known[row["name"].strip()].add(row["identifier"] or row["device"] or "")
    names = tuple(sorted(known))
    notes = tuple(
        f"saved as {name}: {', '.join(filter(None, sorted(known[name])))}"
        for name in names
    )
    return Saved(names, notes, term_book(names))


def saved_mentions(
    texts: Sequence[str | None], saved: Saved
) -> Iterator[tuple[int, Mention]]:
    """Where do many texts name somebody as saved?

    A name of one word counts only where it is written with a capital letter. The same
    name may be saved for several people: the note says with which numbers.
    """
    for hit in saved.book.hits(texts):
        text = (texts[hit.row] or "")[hit.start : hit.end]
        if " " in saved.names[hit.term] or text[0].isupper():
            name, note = saved.names[hit.term], saved.notes[hit.term]
            yield hit.row, Mention("person", text, name, hit.start, hit.end, note)


def introduced(written: Written) -> Iterator[Mention]:
    """Whom does a text introduce by name: "my name is", "ask for", "this is"?"""
    for found in _INTRODUCED.finditer(written.text):
        name = found[1]
        if set(name.lower().split()) & _NO_NAMES:
            continue
        after = written.text[found.end() :].lstrip().lower()
        if _NEEDS_HERE.match(found[0]) and not after.startswith("here"):
            continue
        note = "introduced by name"
        yield Mention("person", name, name, found.start(1), found.end(1), note)
