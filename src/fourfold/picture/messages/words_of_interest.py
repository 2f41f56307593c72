"""Which messages hold words of the lexicons? The analysis `messages.lexicons`."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from fourfold.base.analysis import Analysis, Case, Findings, Parameter
from fourfold.picture.messages.batches import batches, messages_of
from fourfold.picture.messages.false_alarms import kept_false_alarms
from fourfold.picture.messages.lexicon import (
    MOST_PER_THOUSAND,
    SHEETS,
    Lexicons,
    Term,
    TermHit,
    lexicons,
)
from fourfold.picture.messages.tables import (
    MESSAGE,
    MESSAGE_COLUMNS,
    Shape,
    answer_from,
    in_order,
    said,
    shown,
)

HITS: Shape = (
    ("lexicon", "text", "Lexicon"),
    ("term", "text", "Term"),
    ("found", "text", "As written"),
    ("meaning", "text", "Meaning"),
    ("false_alarms", "text", "In ordinary texts"),
    *MESSAGE,
    ("start", "whole", "From"),
    ("end", "whole", "To"),
    ("text", "text", "Text"),
)
TERMS: Shape = (
    ("lexicon", "text", "Lexicon"),
    ("term", "text", "Term"),
    ("ambiguity", "text", "Class"),
    ("messages", "whole", "Messages that hold it"),
    ("counted", "whole", "Messages where it counts"),
    ("why_not", "text", "Where it does not count"),
    ("ordinary", "whole", "Ordinary texts that hold it"),
    ("texts", "whole", "Ordinary texts"),
    ("source", "text", "Source"),
)


def run(case: Case) -> Findings:
    """Look for the terms of the lexicons asked for in every message."""
    book = lexicons(tuple(case.parameters["lexicons"]))
    most = case.parameters["most_per_thousand"]
    rows: list[Mapping[str, Any]] = []
    terms = _Tally()
    total = 0
    for batch in batches(case, messages_of(case, MESSAGE_COLUMNS), "reading messages"):
        hits = book.hits(batch["text"].to_pylist(), most)
        terms.add(hits)
        rows += _counted_rows(batch, hits)
        total += batch.num_rows
    return _findings(book, in_order(rows), terms, total)


class _Tally:
    """In how many messages does each term stand, and in how many does it count?"""

    def __init__(self) -> None:
        self.held: Counter[Term] = Counter()
        self.counted: Counter[Term] = Counter()
        self.why_not: dict[Term, str] = {}

    def add(self, hits: list[TermHit]) -> None:
        """Count the hits of one batch."""
        self.held.update(term for _, term in {(hit.row, hit.term) for hit in hits})
        self.counted.update(
            term for _, term in {(h.row, h.term) for h in hits if not h.why_not}
        )
        self.why_not |= {hit.term: hit.why_not for hit in hits if hit.why_not}


def _counted_rows(batch: Any, hits: list[TermHit]) -> list[Mapping[str, Any]]:
    counted: dict[int, list[TermHit]] = defaultdict(list)
    for hit in hits:
        if not hit.why_not:
            counted[hit.row].append(hit)
    messages = batch.take(list(counted)).to_pylist() if counted else []
    return [
        {
            **message,
            "lexicon": hit.term.lexicon,
            "term": hit.term.text,
            "found": message["text"][hit.start : hit.end],
            "meaning": hit.term.meaning,
            "false_alarms": hit.term.false_alarms,
            "start": hit.start,
            "end": hit.end,
        }
        for message, found in zip(messages, counted.values(), strict=True)
        for hit in found
    ]


def _findings(
    book: Lexicons, rows: list[Mapping[str, Any]], tally: _Tally, total: int
) -> Findings:
    names = list(dict.fromkeys(term.lexicon for term in book.terms))
    places = {
        name: [n for n, r in enumerate(rows) if r["lexicon"] == name] for name in names
    }
    answers = []
    for name in names:
        held = {(rows[n]["input"], rows[n]["line"]) for n in places[name]}
        text = (
            f"{len(held):,} of {said(total, 'message')} "
            f"{'holds' if len(held) == 1 else 'hold'} words of {name} that count "
            f"(ordinary texts: {_measured(name)})."
        )
        answers.append(answer_from(text, "hits", places[name]))
    terms = [_term_row(term, tally) for term in book.terms if tally.held[term]]
    terms.sort(key=lambda row: (row["lexicon"], -row["counted"], row["term"]))
    return Findings(
        answers=tuple(answers),
        tables=(
            shown("hits", f"{said(len(rows), 'place')} that count.", HITS, rows),
            shown("terms", f"{said(len(terms), 'term')} seen.", TERMS, terms),
        ),
        notes=(f"Ordinary texts: {kept_false_alarms()['source']}.",),
    )


def _measured(lexicon: str) -> str:
    kept = kept_false_alarms()
    return f"{kept['lexicons'][lexicon]['counted']:,} of {kept['texts']:,}"


def _term_row(term: Term, tally: _Tally) -> dict[str, Any]:
    return {
        "lexicon": term.lexicon,
        "term": term.text,
        "ambiguity": term.ambiguity,
        "messages": tally.held[term],
        "counted": tally.counted[term],
        "why_not": tally.why_not.get(term, ""),
        "ordinary": term.ordinary if term.texts else None,
        "texts": term.texts,
        "source": term.source,
    }


ANALYSIS = Analysis(
    key="messages.lexicons",
    question="Which messages hold words of drugs, weapons, exploitation or threat?",
    method=(
        "Terms of dated sheets are looked for at whole words, in any case, without "
        "apostrophes, stressed letters (shoooot) made shorter. A term that is plain or "
        "slang and stands in few ordinary texts counts alone. Any other counts only "
        "beside a second, different term of its lexicon in the same message; a term "
        "that only the United States list has, only beside one that counts alone."
    ),
    source="Sheets lexicons; false alarms measured on SMS Spam Collection v.1",
    takes=("messages",),
    parameters=(
        Parameter(
            "lexicons",
            "Which lexicons.",
            "texts",
            tuple(SHEETS),
            choices=(),
        ),
        Parameter(
            "most_per_thousand",
            "A term in more ordinary texts than this counts only beside a second.",
            "number",
            MOST_PER_THOUSAND,
            "per 1,000 ordinary texts",
            least=0,
        ),
    ),
    limits=(
        "A word of a lexicon is a reason to read: the reader says what it means.",
        "The ordinary texts were sent before 2012: they lack newer everyday words.",
        "Slang changes: a sheet is as good as its last date.",
    ),
    run=run,
)
