"""In which order should a reviewer read messages, and which are set aside unread?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fourfold.picture.messages.lexicon import lexicons
from fourfold.picture.messages.privilege import Suggestion, privilege
from fourfold.picture.messages.urgent import Urgent, urgent_rows

LOCKED, URGENT, WATCHED, WORDS, TALK, REST = (
    "set aside: may be privileged",
    "risk to life or to a child",
    "on a watch-list",
    "words of interest",
    "urgent words that read as talk",
    "the rest",
)
ORDER = (URGENT, WATCHED, TALK, WORDS, REST, LOCKED)
"""Which messages come first; what may be privileged comes last, locked."""
NOT_URGENT = 9
EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Queued:
    """One message in a reviewer's queue: why it stands where it stands.

    `row` is its position among the messages given. A message that is set aside says
    only why it is: none of its words is shown.
    """

    row: int
    group: str
    reasons: tuple[str, ...] = ()
    level: int = 0
    places: tuple[tuple[int, int], ...] = ()
    suggestions: tuple[Suggestion, ...] = field(default=(), repr=False)


def reviewer_queue(
    messages: Sequence[Mapping[str, Any]],
    *,
    watched: Mapping[int, Sequence[str]] | None = None,
    lawyers: frozenset[str] = frozenset(),
) -> list[Queued]:
    """In which order are messages read?

    Args:
        messages: rows with `subject`, `body`, `sender`, `sender_name`, `recipients`,
            `sent_at`, `input` and `line`.
        watched: for the position of a message, what of a watch-list it holds.
        lawyers: addresses and numbers of lawyers known in this enquiry.

    Returns:
        One entry a message, first to be read first: risk to life or to a child by
        level, then watch-list, urgent words that read as talk, words of interest by
            number, the rest by time; what may be privileged last, of it what speaks of
        risk first, so that whoever may read it does so at once.
    """
    texts = [text_of(message) for message in messages]
    urgent: dict[int, list[Urgent]] = {}
    for row, finding in urgent_rows(texts):
        urgent.setdefault(row, []).append(finding)
    words: dict[int, list[str]] = {}
    for hit in lexicons().hits(texts):
        if not hit.why_not:
            words.setdefault(hit.row, []).append(f"{hit.term.lexicon}: {hit.term.text}")
    seen = watched or {}
    queued = []
    for row, message in enumerate(messages):
        set_aside = _privileged(message, texts[row], lawyers)
        if set_aside:
            queued.append(_locked(row, set_aside, urgent.get(row, [])))
        else:
            found = urgent.get(row, []), seen.get(row, ()), words.get(row, [])
            queued.append(_queued(row, *found))
    return sorted(queued, key=lambda one: _key(one, messages[one.row]))


def text_of(message: Mapping[str, Any]) -> str:
    """The words of a message, the subject line above them where there is one."""
    subject, body = message.get("subject") or "", message.get("body") or ""
    return f"{subject}\n{body}" if subject else body


def _privileged(
    message: Mapping[str, Any], text: str, lawyers: frozenset[str]
) -> list[Suggestion]:
    addresses = [message.get("sender") or "", *(message.get("recipients") or ())]
    names = [message.get("sender_name") or ""]
    return privilege(text, addresses=addresses, names=names, lawyers=lawyers)


def _locked(row: int, suggestions: list[Suggestion], urgent: list[Urgent]) -> Queued:
    reasons = tuple(dict.fromkeys(one.rule.says for one in suggestions))
    levels = [finding.rule.level for finding in urgent if not finding.set_aside]
    level = min(levels, default=NOT_URGENT)
    return Queued(row, LOCKED, reasons, level, suggestions=tuple(suggestions))


def _queued(
    row: int,
    urgent: list[Urgent],
    watched: Sequence[str],
    words: list[str],
) -> Queued:
    counted = [finding for finding in urgent if not finding.set_aside]
    places = tuple((finding.start, finding.end) for finding in counted or urgent)
    said = tuple(f"{f.rule.says} ('{f.words}')" for f in counted or urgent)
    on_list = tuple(f"On a watch-list: {one}" for one in watched)
    of_words = tuple(dict.fromkeys(words))
    if counted:
        level = min(finding.rule.level for finding in counted)
        return Queued(row, URGENT, said + on_list + of_words, level, places)
    if watched:
        return Queued(row, WATCHED, on_list + said + of_words, 0, places)
    if urgent:
        return Queued(row, TALK, said + of_words, 0, places)
    return Queued(row, WORDS if words else REST, of_words)


def _key(one: Queued, message: Mapping[str, Any]) -> tuple[Any, ...]:
    newest = EARLIEST - (message.get("sent_at") or EARLIEST)
    place = message.get("input") or 0, message.get("line") or 0
    more = -len(one.reasons) if one.group in (URGENT, WATCHED, WORDS) else 0
    return ORDER.index(one.group), one.level, more, newest, *place
