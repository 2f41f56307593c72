"""Who said how much, when and about what? The analysis `messages.conversations`."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.messages.batches import batches, messages_of
from fourfold.picture.messages.lexicon import lexicons
from fourfold.picture.messages.summary import (
    Conversation,
    Fact,
    add_messages,
    facts,
)
from fourfold.picture.messages.tables import Shape, said, shown

COLUMNS = (
    "input",
    "line",
    "platform",
    "thread",
    "sent_at",
    "sent_local",
    "sender",
    "sender_name",
    "deleted",
)
CONVERSATIONS: Shape = (
    ("rank", "whole", "Rank"),
    ("thread", "text", "Conversation"),
    ("messages", "whole", "Messages"),
    ("senders", "whole", "Senders"),
    ("deleted", "whole", "Recovered after deletion"),
    ("first_at", "instant", "First (UTC)"),
    ("last_at", "instant", "Last (UTC)"),
    ("busiest_hour", "whole", "Busiest hour (local)"),
    ("silence_hours", "number", "Longest silence, hours"),
    ("topics", "list", "Words of"),
    ("summary", "text", "Summary"),
)
FACTS: Shape = (
    ("thread", "text", "Conversation"),
    ("about", "text", "About"),
    ("sentence", "text", "Sentence"),
    ("count", "whole", "Counted"),
    ("lines", "list", "From file:line; none: all"),
)


def run(case: Case) -> Findings:
    """Count the chosen conversations, or the largest."""
    messages = messages_of(case, COLUMNS)
    counts = case.backend.to_pyarrow(
        messages.group_by("thread")
        .agg(n=ibis._.count())
        .order_by(ibis.desc("n"), "thread")
    ).to_pylist()
    asked = tuple(case.parameters["threads"] or ())
    largest = [row["thread"] for row in counts[: case.parameters["most"]]]
    wanted = list(asked) or largest
    conversations: dict[str, Conversation] = {}
    kept = messages.filter(_.thread.isin(wanted or [""]))
    book = lexicons()
    for batch in batches(case, kept, "counting conversations"):
        add_messages(conversations, batch.to_pylist(), book)
    total = sum(row["n"] for row in counts)
    return _findings(conversations, len(counts), total)


def _findings(
    conversations: Mapping[str, Conversation], threads: int, total: int
) -> Findings:
    ordered = sorted(conversations.values(), key=lambda c: (-c.messages, c.thread))
    said_of = {c.thread: facts(c) for c in ordered}
    rows = [_row(n, c, said_of[c.thread]) for n, c in enumerate(ordered, start=1)]
    sentences = [
        {
            "thread": thread,
            "about": fact.about,
            "sentence": fact.text,
            "count": fact.count,
            "lines": [f"{file}:{line}" for file, line in fact.lines],
        }
        for thread, found in said_of.items()
        for fact in found
    ]
    held = sum(c.messages for c in ordered)
    base = f"{len(ordered):,} of {said(threads, 'conversation')}"
    answers = [
        Answer(f"{base}, {held:,} of {said(total, 'message')}.", "conversations")
    ]
    answers += [
        Answer(
            f"{row['thread']}: {sentence['sentence']}",
            "sentences",
            (number,),
        )
        for row in rows[:5]
        for number, sentence in enumerate(sentences)
        if sentence["thread"] == row["thread"]
    ]
    told = f"{said(len(sentences), 'sentence')}, each from counted messages."
    return Findings(
        answers=tuple(answers),
        tables=(
            shown("conversations", f"{base}, largest first.", CONVERSATIONS, rows),
            shown("sentences", told, FACTS, sentences),
        ),
    )


def _row(rank: int, conversation: Conversation, told: list[Fact]) -> dict[str, Any]:
    instants, silence = conversation.instants, conversation.silence
    hours = sorted(conversation.hours.items(), key=lambda item: (-item[1], item[0]))
    return {
        "rank": rank,
        "thread": conversation.thread,
        "messages": conversation.messages,
        "senders": len(conversation.senders),
        "deleted": conversation.deleted,
        "first_at": min(instants, default=None),
        "last_at": max(instants, default=None),
        "busiest_hour": hours[0][0] if hours else None,
        "silence_hours": round(silence[0].total_seconds() / 3600, 2)
        if silence
        else None,
        "topics": sorted(conversation.topics),
        "summary": " ".join(fact.text for fact in told),
    }


ANALYSIS = Analysis(
    key="messages.conversations",
    question="Who said how much, when and about what in each conversation?",
    method=(
        "Counts only: messages, senders, times, the busiest hour of the local clock, "
        "the longest silence, messages with words of a lexicon that count, sums and "
        "places named. Each sentence is filled from counted messages and names them; "
        "nothing is written that was not counted."
    ),
    takes=("messages",),
    parameters=(
        Parameter("threads", "Which conversations; none: the largest.", "texts", ()),
        Parameter(
            "most", "How many of the largest.", "whole", 20, least=1, most=10_000
        ),
    ),
    limits=(
        "A summary of counts says nothing of what was meant: read the messages.",
        "Sums and places are those that the rules find.",
    ),
    run=run,
)
