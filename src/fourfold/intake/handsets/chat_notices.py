"""Which lines of a chat did the app write, and which stand for media?"""

import re
from dataclasses import dataclass
from typing import Any

from fourfold.base import rules
from fourfold.intake.handsets.addresses import MARKS

MARK = "\u200e"
LONGEST = 300
"""Characters: a longer text is never the app's own (chosen)."""


@dataclass(frozen=True)
class Notice:
    """One way in which a chat app speaks."""

    key: str
    says: str
    kind: str
    pattern: str
    source: str
    examples: tuple[Any, ...]


NOTICES = rules.load(Notice, "fourfold.intake.handsets", "chat_notices")
_PATTERNS = [(row, re.compile(row.pattern, re.IGNORECASE)) for row in NOTICES]


@dataclass(frozen=True)
class Said:
    """What a text is: words or a kind of notice; and the file that it names."""

    kind: str
    attached: str = ""


def said_by(text: str) -> Said:
    """Did a person say it, or does the app speak or stand in for media?

    An iPhone sets a mark of reading direction before what the app itself wrote, and
    Android angle brackets; the same words without either are a person's.
    """
    plain = MARKS.sub("", text).strip()
    by_app = text.startswith(MARK) or plain.startswith("<")
    found = _found(plain)
    if found is None or (found[0].kind in ("notice", "omitted") and not by_app):
        return Said("words")
    names = [name for name in found[1].groupdict().values() if name]
    return Said(found[0].kind, names[0] if names else "")


def is_notice(text: str) -> bool:
    """Is a line on which no sender stands in the app's own words, as far as we know?"""
    found = _found(MARKS.sub("", text).strip())
    return found is not None and found[0].kind == "notice"


def _found(plain: str) -> tuple[Notice, re.Match[str]] | None:
    if len(plain) > LONGEST:
        return None
    for row, pattern in _PATTERNS:
        match = pattern.search(plain)
        if match:
            return row, match
    return None
