"""Who said what in a conversation, in order? The analysis `messages.threads`."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.messages.batches import messages_of
from fourfold.picture.messages.tables import Shape, answer_from, said, shown

COLUMNS = (
    "input",
    "line",
    "device",
    "platform",
    "thread",
    "sent_at",
    "sent_local",
    "sender",
    "sender_name",
    "recipients",
    "direction",
    "deleted",
    "attachments",
)
LINES: Shape = (
    ("thread", "text", "Conversation"),
    ("number", "whole", "Number"),
    ("sent_local", "clock", "Sent (local)"),
    ("offset", "text", "Zone"),
    ("sent_at", "instant", "Sent (UTC)"),
    ("who", "text", "Who"),
    ("sender", "text", "Sender"),
    ("direction", "text", "Direction"),
    ("text", "text", "Text"),
    ("deleted", "flag", "Recovered after deletion"),
    ("attachments", "list", "Attached"),
    ("platform", "text", "Platform"),
    ("device", "text", "Device"),
    ("input", "whole", "File"),
    ("line", "whole", "Line"),
)
LATEST = datetime(9999, 1, 1, tzinfo=UTC)


def run(case: Case) -> Findings:
    """Put the messages of chosen conversations in order."""
    messages = messages_of(case, COLUMNS)
    wanted = list(case.parameters["threads"] or ())
    kept = messages.filter(messages.thread.isin(wanted)) if wanted else messages
    total = int(case.backend.to_pyarrow(kept.count()).as_py())
    first = kept.order_by("thread", "sent_at", "input", "line").limit(
        case.parameters["most"]
    )
    rows = conversation(case.backend.to_pyarrow(first).to_pylist())
    return _findings(rows, total)


def conversation(messages: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Which lines has each conversation, in order, each with its number and zone?

    Args:
        messages: rows with the columns of `COLUMNS` and `text`, in any order.

    Returns:
        By conversation and time; those without a time last, by file and line.
    """
    ordered = sorted(
        messages,
        key=lambda m: (m["thread"], m["sent_at"] or LATEST, m["input"], m["line"]),
    )
    numbers: dict[str, int] = defaultdict(int)
    lines = []
    for message in ordered:
        numbers[message["thread"]] += 1
        who = message["sender_name"] or message["sender"] or "not known"
        lines.append(
            {
                **message,
                "number": numbers[message["thread"]],
                "who": who,
                "offset": zone_offset(message["sent_at"], message["sent_local"]),
            }
        )
    return lines


def zone_offset(sent_at: datetime | None, sent_local: datetime | None) -> str:
    """By how much was the clock on the wall ahead of UTC? "+01:00"; "" not known."""
    if sent_at is None or sent_local is None:
        return ""
    apart = sent_local - sent_at.replace(tzinfo=None)
    minutes = round(apart / timedelta(minutes=1))
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _findings(rows: list[dict[str, Any]], total: int) -> Findings:
    by_thread: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        by_thread[row["thread"]].append(number)
    answers = [
        Answer(
            f"{said(len(rows), 'message')} of {total:,} in "
            f"{said(len(by_thread), 'conversation')}, in order.",
            "lines",
        )
    ]
    deleted = [n for n, row in enumerate(rows) if row["deleted"]]
    answers.append(
        answer_from(
            f"{len(deleted):,} of {len(rows):,} were recovered after deletion.",
            "lines",
            deleted,
        )
    )
    zones = sorted({row["offset"] for row in rows if row["offset"]})
    unknown = sum(not row["offset"] for row in rows)
    answers.append(
        Answer(
            f"Clocks ahead of UTC by {', '.join(zones) or 'nothing known'}; "
            f"{unknown:,} of {len(rows):,} messages do not say.",
            "lines",
        )
    )
    caption = f"{said(len(rows), 'message')}, by conversation and time."
    return Findings(tuple(answers), (shown("lines", caption, LINES, rows),))


ANALYSIS = Analysis(
    key="messages.threads",
    question="Who said what in a conversation, in order?",
    method=(
        "The messages of a conversation by the time of sending in UTC; those without a "
        "time come last. The zone is how far the local time of the message is from UTC."
    ),
    takes=("messages",),
    parameters=(
        Parameter("threads", "Which conversations; none: all.", "texts", ()),
        Parameter("most", "How many messages to show.", "whole", 10_000, least=1),
    ),
    limits=(
        "The sender is a number or an account: who wrote is not known from it.",
        "The order is that of the devices' clocks, which may be wrong.",
    ),
    run=run,
)
