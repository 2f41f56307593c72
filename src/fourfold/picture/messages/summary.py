"""What can be said of a conversation by counting, each sentence from counted rows?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from fourfold.picture.messages.lexicon import Lexicons
from fourfold.picture.messages.mentions.finding import mentions_in
from fourfold.picture.messages.tables import said

MOST_NAMED = 5
KINDS = ("money", "place")


@dataclass(frozen=True)
class Fact:
    """One sentence of a summary, and the messages that it is counted from.

    `lines` are (file, line) of those messages; none: all of the conversation.
    """

    about: str
    text: str
    count: int
    lines: tuple[tuple[int, int], ...] = ()


@dataclass
class Conversation:
    """What is counted of one conversation as its messages go by."""

    thread: str
    messages: int = 0
    deleted: int = 0
    senders: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    hours: Counter[int] = field(default_factory=Counter)
    instants: list[datetime] = field(default_factory=list)
    topics: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    named: dict[str, dict[str, set[tuple[int, int]]]] = field(default_factory=dict)
    platforms: set[str] = field(default_factory=set)

    @property
    def silence(self) -> tuple[timedelta, datetime, datetime] | None:
        """The longest time between two messages, and both; `None`: fewer than two."""
        times = sorted(self.instants)
        gaps = [(later - earlier, earlier, later) for earlier, later in pairwise(times)]
        return max(gaps, key=lambda gap: gap[0]) if gaps else None


def add_messages(
    conversations: dict[str, Conversation],
    messages: list[Mapping[str, Any]],
    book: Lexicons,
) -> None:
    """Count messages into their conversations; those not there yet are begun.

    Args:
        conversations: by thread; changed.
        messages: rows with `text` and the columns of a message.
        book: the lexicons whose topics are counted.
    """
    texts = [message["text"] for message in messages]
    keys = [(message["input"], message["line"]) for message in messages]
    for message in messages:
        thread = message["thread"]
        _count(conversations.setdefault(thread, Conversation(thread)), message)
    for hit in book.hits(texts):
        if not hit.why_not:
            topics = conversations[messages[hit.row]["thread"]].topics
            topics.setdefault(hit.term.lexicon, set()).add(keys[hit.row])
    clocks = [message["sent_local"] for message in messages]
    for row, mention in mentions_in(texts, clocks, kinds=KINDS):
        named = conversations[messages[row]["thread"]].named
        values = named.setdefault(mention.kind, defaultdict(set))
        values[mention.value].add(keys[row])


def facts(conversation: Conversation) -> list[Fact]:
    """Which sentences can be said of a conversation, each from what was counted?"""
    found = [_how_much(conversation), *_who(conversation)]
    found += [*_when(conversation), *_about(conversation)]
    return found


def _count(conversation: Conversation, message: Mapping[str, Any]) -> None:
    sender = message["sender"] or "not known"
    conversation.messages += 1
    conversation.deleted += bool(message["deleted"])
    conversation.senders[sender] += 1
    if message["platform"]:
        conversation.platforms.add(message["platform"])
    if message["sender_name"]:
        known = conversation.names.get(sender, message["sender_name"])
        conversation.names[sender] = min(known, message["sender_name"])
    if message["sent_local"] is not None:
        conversation.hours[message["sent_local"].hour] += 1
    if message["sent_at"] is not None:
        conversation.instants.append(message["sent_at"])


def _how_much(conversation: Conversation) -> Fact:
    count = said(conversation.messages, "message")
    senders = said(len(conversation.senders), "sender")
    by = f" by {' and '.join(sorted(conversation.platforms))}"
    text = f"{count} from {senders}{by if conversation.platforms else ''}"
    if conversation.deleted:
        text += f", {conversation.deleted:,} of them recovered after deletion"
    return Fact("how much", f"{text}.", conversation.messages)


def _who(conversation: Conversation) -> Iterable[Fact]:
    common = sorted(conversation.senders.items(), key=lambda item: (-item[1], item[0]))
    for sender, count in common[:MOST_NAMED]:
        name = conversation.names.get(sender, "")
        shown = f"{sender} ('{name}')" if name and name != sender else sender
        yield Fact(
            "who", f"{shown} sent {count:,} of {conversation.messages:,}.", count
        )
    if len(common) > MOST_NAMED:
        rest = sum(count for _, count in common[MOST_NAMED:])
        others = said(len(common) - MOST_NAMED, "other sender")
        yield Fact("who", f"{others} sent {rest:,}.", rest)


def _when(conversation: Conversation) -> Iterable[Fact]:
    timed = len(conversation.instants)
    if timed:
        first, last = min(conversation.instants), max(conversation.instants)
        yield Fact("when", f"First {first:{_TIME}}, last {last:{_TIME}} UTC.", timed)
    if timed < conversation.messages:
        untimed = conversation.messages - timed
        text = f"{untimed:,} of {conversation.messages:,} messages have no time."
        yield Fact("when", text, untimed)
    if conversation.hours:
        hour, count = min(conversation.hours.items(), key=lambda i: (-i[1], i[0]))
        of = sum(conversation.hours.values())
        span = f"{hour:02d}:00 to {hour:02d}:59"
        text = f"Busiest hour, local time: {span}, {count:,} of {of:,}."
        yield Fact("when", text, count)
    silence = conversation.silence
    if silence is not None and silence[0] > timedelta():
        gap, earlier, later = silence
        text = (
            f"Longest silence {_length(gap)}: {earlier:{_TIME}} to {later:{_TIME}} UTC."
        )
        yield Fact("when", text, 2)


def _about(conversation: Conversation) -> Iterable[Fact]:
    total = conversation.messages
    for topic in sorted(conversation.topics):
        lines = tuple(sorted(conversation.topics[topic]))
        text = f"{len(lines):,} of {total:,} messages hold words of {topic} that count."
        yield Fact("topic", text, len(lines), lines)
    for kind, heading in (("money", "Sums named"), ("place", "Places named")):
        values = conversation.named.get(kind, {})
        common = sorted(values.items(), key=lambda item: (-len(item[1]), item[0]))
        if common:
            shown = ", ".join(f"{v} ({len(at):,})" for v, at in common[:MOST_NAMED])
            lines = tuple(sorted(set().union(*values.values())))
            text = f"{heading} in {len(lines):,} of {total:,} messages: {shown}."
            yield Fact(kind, text, len(lines), lines)


_TIME = "%d %B %Y %H:%M"


def _length(gap: timedelta) -> str:
    hours = gap / timedelta(hours=1)
    if hours >= 48:
        return f"{hours / 24:.1f} days"
    return f"{hours:.1f} hours" if hours >= 1 else f"{hours * 60:.0f} minutes"
