"""Which messages hold what I look for? The analysis `messages.search`."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.messages.batches import messages_of
from fourfold.picture.messages.index import Index, build_index
from fourfold.picture.messages.query import PREFIX, Query, read_query
from fourfold.picture.messages.search import Ranking, Searched, search
from fourfold.picture.messages.tables import (
    MESSAGE,
    MESSAGE_COLUMNS,
    Shape,
    said,
    shown,
)
from fourfold.picture.messages.words import words_of

AROUND = 60
"""Letters shown before and after the first word found (chosen)."""

HITS: Shape = (
    ("rank", "whole", "Rank"),
    ("score", "number", "Score"),
    *MESSAGE,
    ("excerpt", "text", "Words in context"),
    ("places", "list", "Where in the text"),
    ("text", "text", "Text"),
)
WORDS: Shape = (
    ("part", "text", "Looked for"),
    ("word", "text", "Word taken for it"),
    ("why", "text", "Why"),
    ("times", "whole", "Times in the messages"),
    ("weight", "number", "Counts for"),
)


def run(case: Case) -> Findings:
    """Build an index of the case's messages and search it once."""
    read_query(str(case.parameters["words"]))  # a fault is said before any work
    with tempfile.TemporaryDirectory(prefix="fourfold-index-") as folder:
        case.tell(0.0, "building the index")
        texts = messages_of(case, ("input", "line"))
        index = build_index(texts, case.backend, Path(folder) / "index")
        case.tell(0.8, "searching")
        return search_index(case, index)


def search_index(case: Case, index: Index) -> Findings:
    """Which messages hold what the case asks for, by an index that was built before?

    Args:
        case: its messages are those of the index; its parameters those of `ANALYSIS`.
        index: built from the same messages.
    """
    asked = case.parameters
    query = read_query(str(asked["words"]))
    ranking = Ranking(
        saturation=asked["saturation"],
        length=asked["length"],
        typos=asked["typos"],
        typo_letters=asked["typo_letters"],
        all_of=asked["match"] == "all",
    )
    found = search(query, index, case.backend, ranking)
    best = found.hits.slice(0, asked["most"])
    rows = _with_messages(case, best, _shown_words(query, found))
    return _findings(case, index, found, rows)


def highlights(
    text: str, words: frozenset[str], starts: tuple[str, ...] = ()
) -> list[tuple[int, int]]:
    """Where in a text does any of the words stand, or a word that begins so?"""
    return [
        (word.start, word.end)
        for word in words_of(text)
        if word.plain in words or (starts and word.plain.startswith(starts))
    ]


def excerpt(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text around the first place, each place between « and »."""
    if not places:
        return text[: 2 * AROUND]
    begin = max(0, places[0][0] - AROUND)
    end = min(len(text), max(places[0][1] + AROUND, begin + 2 * AROUND))
    parts, at = [], begin
    for first, last in places:
        if last <= end:
            parts += [text[at:first], "«", text[first:last], "»"]
            at = last
    parts.append(text[at:end])
    cut = "".join(parts).replace("\n", " ")
    return f"{'…' if begin else ''}{cut}{'…' if end < len(text) else ''}"


def _shown_words(
    query: Query, found: Searched
) -> tuple[frozenset[str], tuple[str, ...]]:
    words = frozenset(v.word for part in query.wanted for v in found.words[part])
    return words, tuple(p.words[0] for p in query.wanted if p.kind == PREFIX)


def _with_messages(
    case: Case, best: pa.Table, shown_words: tuple[frozenset[str], tuple[str, ...]]
) -> list[Mapping[str, Any]]:
    """The best messages with their words, in the order of the ranking."""
    if not best.num_rows:
        return []
    wanted = ibis.memtable(best.select(["input", "line"]))
    messages = messages_of(case, MESSAGE_COLUMNS)
    kept = messages.semi_join(wanted, ["input", "line"])
    by_key = {
        (row["input"], row["line"]): row
        for row in case.backend.to_pyarrow(kept).to_pylist()
    }
    rows: list[Mapping[str, Any]] = []
    for rank, hit in enumerate(best.to_pylist(), start=1):
        row = by_key[hit["input"], hit["line"]]
        places = highlights(row["text"], *shown_words)
        rows.append(
            {
                **row,
                "rank": rank,
                "score": hit["score"],
                "excerpt": excerpt(row["text"], places),
                "places": [f"{start}-{end}" for start, end in places],
            }
        )
    return rows


def _findings(
    case: Case, index: Index, found: Searched, rows: list[Mapping[str, Any]]
) -> Findings:
    total = found.hits.num_rows
    asked = case.parameters["words"]
    base = f"{total:,} of {said(index.messages, 'message')}"
    answer = f"{base} {'holds' if total == 1 else 'hold'} {asked}"
    if total > len(rows):
        answer += f"; the best {len(rows):,} are shown"
    words = [
        {
            "part": str(part),
            "word": v.word,
            "why": v.why,
            "times": v.times,
            "weight": v.weight,
        }
        for part, taken in found.words.items()
        for v in taken
    ]
    taken = said(len({row["word"] for row in words}), "word")
    return Findings(
        answers=(Answer(f"{answer}.", "hits"),),
        tables=(
            shown("hits", f"{base} hold {asked}, best first.", HITS, rows),
            shown("words", f"{taken} of the messages taken for it.", WORDS, words),
        ),
    )


ANALYSIS = Analysis(
    key="messages.search",
    question="Which messages hold these words, and where?",
    method=(
        "Every word of every message, in small letters and without apostrophes, is put "
        "in an index with its place. A word looked for is taken as every word of the "
        "same English stem (Snowball) and, if it is long enough, every word that few "
        "letters away (two letters swapped are one). Words in quotes stand "
        "side by side exactly as written; NEAR/5 allows five places between; -word "
        "leaves messages out. Messages are ranked by BM25: for each part, "
        "ln(1 + (N - n + 0.5) / (n + 0.5)) x f (k1 + 1) / (f + k1 (1 - b + b L / A)), "
        "with N messages of which n hold it, f occurrences in the message (a word one "
        "letter away counts 0.5, two 0.25), L its words and A the mean."
    ),
    source="Robertson and Zaragoza, The Probabilistic Relevance Framework (2009)",
    takes=("messages",),
    parameters=(
        Parameter("words", "What to look for.", "text", required=True),
        Parameter(
            "match", "Must all parts be there?", "choice", "all", choices=("all", "any")
        ),
        Parameter(
            "typos", "Letters that may differ.", "whole", 1, "letters", least=0, most=2
        ),
        Parameter(
            "typo_letters",
            "Only in words of so many letters.",
            "whole",
            5,
            "letters",
            least=2,
        ),
        Parameter("most", "How many messages to show.", "whole", 100, least=1),
        Parameter(
            "saturation", "k1: how soon repeats stop counting.", "number", 1.2, least=0
        ),
        Parameter(
            "length",
            "b: how much a long message loses.",
            "number",
            0.75,
            least=0,
            most=1,
        ),
    ),
    limits=(
        "Stems are English: other languages are found as written.",
        "Words within pictures are found only where they were read before.",
        "Signs other than emoji are not in the index.",
    ),
    run=run,
)
