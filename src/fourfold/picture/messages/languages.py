"""In which languages are messages written? The analysis `messages.languages`."""

from collections import Counter
from typing import Any

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.messages.batches import batches, messages_of
from fourfold.picture.messages.language import (
    LEAST_LETTERS,
    LEAST_SURE,
    NAMES,
    NOT_SURE,
    TOO_SHORT,
    identifier,
    languages_of,
)
from fourfold.picture.messages.tables import (
    MESSAGE,
    MESSAGE_COLUMNS,
    Shape,
    in_order,
    said,
    shown,
)

THREADS: Shape = (
    ("thread", "text", "Conversation"),
    ("language", "text", "Language"),
    ("messages", "whole", "Messages"),
    ("of", "whole", "Of all in it"),
)
ROWS: Shape = (
    ("language", "text", "Language"),
    *MESSAGE,
    ("text", "text", "Text"),
)
MAIN = "en"


def run(case: Case) -> Findings:
    """Tell the language of every message, and count by conversation."""
    asked = case.parameters
    codes = tuple(asked["languages"])
    identifier(codes)  # an unknown language is said before any work
    counts: Counter[tuple[str, str]] = Counter()
    others: list[dict[str, Any]] = []
    for batch in batches(case, messages_of(case, MESSAGE_COLUMNS), "telling languages"):
        messages = batch.to_pylist()
        told = languages_of(
            batch["text"].to_pylist(),
            codes,
            asked["least_letters"],
            asked["least_sure"],
        )
        for message, code in zip(messages, told, strict=True):
            counts[message["thread"], named(code)] += 1
            if code not in (asked["reads"], TOO_SHORT):
                others.append({**message, "language": named(code)})
    return _findings(counts, others, named(asked["reads"]))


def named(code: str) -> str:
    """What is a language called? A code without a name stays."""
    return NAMES.get(code, code)


def _findings(
    counts: Counter[tuple[str, str]], others: list[dict[str, Any]], reads: str
) -> Findings:
    threads: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for (thread, language), count in counts.items():
        threads[thread] += count
        languages[language] += count
    total = sum(languages.values())
    order = sorted(counts, key=lambda key: (key[0], -counts[key], key[1]))
    rows = [
        {
            "thread": thread,
            "language": language,
            "messages": counts[thread, language],
            "of": threads[thread],
        }
        for thread, language in order
    ]
    answers = [
        Answer(
            f"{count:,} of {said(total, 'message')}: {language}.",
            "threads",
            tuple(n for n, row in enumerate(rows) if row["language"] == language),
        )
        for language, count in sorted(languages.items(), key=lambda i: (-i[1], i[0]))
    ]
    caption = f"{said(len(others), 'message')} of {total:,} not told to be {reads}."
    return Findings(
        answers=tuple(answers),
        tables=(
            shown("threads", said(len(threads), "conversation") + ".", THREADS, rows),
            shown("messages", caption, ROWS, in_order(others)),
        ),
    )


ANALYSIS = Analysis(
    key="messages.languages",
    question="In which languages are the messages written?",
    method=(
        "An identifier that learned from many texts (py3langid, n-grams of letters) "
        f"chooses among the languages asked for. A message of fewer letters is "
        f"'{TOO_SHORT}'; where it believes in its choice too little, '{NOT_SURE}'. "
        "Used to find translators; it enters no score."
    ),
    source="Lui and Baldwin, langid.py (2012), as py3langid",
    takes=("messages",),
    parameters=(
        Parameter("languages", "Choose among these.", "texts", tuple(NAMES)),
        Parameter("reads", "The language that the reader reads.", "text", MAIN),
        Parameter(
            "least_letters",
            "Fewer are too short to tell.",
            "whole",
            LEAST_LETTERS,
            "letters",
            least=1,
        ),
        Parameter(
            "least_sure",
            "How sure it must be.",
            "number",
            LEAST_SURE,
            least=0,
            most=1,
        ),
    ),
    limits=(
        "Short, mixed and slangy messages are often told wrongly.",
        "A language outside the list is told as one inside it, or as not sure.",
        "The language of a message says nothing of who somebody is.",
    ),
    run=run,
)
