"""Which messages hold what is on a watch-list? The analysis `messages.watch`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import (
    Analysis,
    Answer,
    Case,
    Findings,
    NothingToRead,
    Parameter,
)
from fourfold.picture.messages.batches import batches, messages_of
from fourfold.picture.messages.tables import (
    MESSAGE,
    MESSAGE_COLUMNS,
    Shape,
    said,
    shown,
)
from fourfold.picture.messages.watching import (
    WatchBook,
    Watched,
    watch_book,
)

HITS: Shape = (
    ("reference", "text", "Reference"),
    ("person", "text", "Whose"),
    ("kind", "text", "Kind"),
    ("term", "text", "On the list"),
    ("where", "text", "Where"),
    ("found", "text", "As written"),
    *MESSAGE,
    ("start", "whole", "From"),
    ("end", "whole", "To"),
    ("text", "text", "Text"),
)
ENTRIES: Shape = (
    ("reference", "text", "Reference"),
    ("person", "text", "Whose"),
    ("kind", "text", "Kind"),
    ("term", "text", "On the list"),
    ("messages", "whole", "Messages"),
)


_Found = tuple[int, int, str, str, int | None, int | None]


def run(case: Case) -> Findings:
    """Look for every entry of the case's watch-lists in every message."""
    entries = [*listed(case), *asked_for(case)]
    if not entries:
        raise NothingToRead(
            analysis="messages.watch",
            lacks="a watch-list (identifiers, or terms)",
            given=", ".join(case.tables),
        )
    case.tell(0.0, "reading the list")
    book = watch_book(entries)
    columns = (*MESSAGE_COLUMNS, "recipients")
    rows: list[Mapping[str, Any]] = []
    total = 0
    for batch in batches(case, messages_of(case, columns), "reading messages"):
        rows += _rows(book, batch)
        total += batch.num_rows
    return _findings(book, rows, total)


def listed(case: Case) -> list[Watched]:
    """What do the case's identifiers say, each with its place in their file?"""
    if "identifiers" not in case.tables:
        return []
    table = case.tables["identifiers"].select(
        "input", "line", "person", "kind", "identifier"
    )
    rows = sorted(
        case.backend.to_pyarrow(table).to_pylist(),
        key=lambda row: (row["input"], row["line"]),
    )
    return [
        Watched(
            row["identifier"],
            row["kind"] or "",
            f"{row['input']}:{row['line']}",
            row["person"] or "",
        )
        for row in rows
        if row["identifier"]
    ]


def asked_for(case: Case) -> list[Watched]:
    """What do the parameters name, beside the lists?"""
    return [Watched(term, reference="asked") for term in case.parameters["terms"] or ()]


def _rows(book: WatchBook, batch: pa.Table) -> Iterator[Mapping[str, Any]]:
    texts = batch["text"].to_pylist()
    found: list[_Found] = [
        (s.row, s.entry, "text", texts[s.row][s.start : s.end], s.start, s.end)
        for s in book.sightings(texts)
    ]
    if book.phones:
        found += _parties(book, batch)
    messages = batch.take([row for row, *_ in found]).to_pylist() if found else []
    for message, hit in zip(messages, found, strict=True):
        _, entry, where, text, start, end = hit
        watched = book.entries[entry]
        yield {
            **message,
            "reference": watched.reference,
            "person": watched.person,
            "kind": watched.kind,
            "term": watched.term,
            "where": where,
            "found": text,
            "start": start,
            "end": end,
        }


def _parties(book: WatchBook, batch: pa.Table) -> Iterator[_Found]:
    """Entries that are the sender or a recipient; such a hit has no place in text."""
    parties = [
        (row, "sender", number)
        for row, number in enumerate(batch["sender"].to_pylist())
    ]
    parties += [
        (row, "recipient", number)
        for row, numbers in enumerate(batch["recipients"].to_pylist())
        for number in numbers or ()
    ]
    known = {number: book.of_number(number or "") for _, _, number in parties}
    for row, where, number in parties:
        for entry in known[number]:
            yield row, entry, where, number, None, None


def _findings(book: WatchBook, rows: list[Mapping[str, Any]], total: int) -> Findings:
    rows = sorted(
        rows,
        key=lambda r: (
            r["input"],
            r["line"],
            r["where"],
            -1 if r["start"] is None else r["start"],
            r["term"],
            r["reference"],
        ),
    )
    keys = ("reference", "person", "kind", "term")
    seen = {(*(r[k] for k in keys), r["input"], r["line"]) for r in rows}
    counts = Counter(key[:4] for key in seen)
    entries = [
        {**dict(zip(keys, key, strict=True)), "messages": count}
        for key, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))
    ]
    held = len({(row["input"], row["line"]) for row in rows})
    base = f"{held:,} of {said(total, 'message')}"
    on_list = f"{len(book.entries):,} on the list"
    return Findings(
        answers=(
            Answer(f"{base} hold something that is watched for.", "hits"),
            Answer(f"{len(entries):,} of {on_list} were seen.", "entries"),
        ),
        tables=(
            shown("hits", f"{said(len(rows), 'place')} in {base}.", HITS, rows),
            shown("entries", f"{len(entries):,} of {on_list}.", ENTRIES, entries),
        ),
    )


ANALYSIS = Analysis(
    key="messages.watch",
    question="Which messages hold what is on a watch-list?",
    method=(
        "Both sides are put in the same form. Words and phrases are found at whole "
        "words, whatever their case, apostrophes and signs, in one pass of an "
        "automaton (Aho and Corasick 1975). Phone numbers are compared by their digits "
        "with the country (a leading 0 is British) in the text, the sender and the "
        "recipients; plates in capitals without spaces."
    ),
    source="Aho and Corasick, Efficient string matching (1975)",
    takes=("messages",),
    may_take=("identifiers",),
    parameters=(
        Parameter("terms", "Words, phones or plates to watch for.", "texts", ()),
    ),
    limits=(
        "Spellings that are not on the list are not found: a search finds near words.",
        "A name in a message may be of somebody else.",
        "The days of an identifier are not compared with the day of the message.",
    ),
    run=run,
)
