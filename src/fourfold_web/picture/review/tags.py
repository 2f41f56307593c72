"""Which tags may a reviewer give a message?"""

from dataclasses import dataclass

from fourfold.base import rules


@dataclass(frozen=True)
class Tag:
    """One tag, and the key of the keyboard that gives it."""

    key: str
    says: str
    hot_key: str
    source: str


TAGS = {t.key: t for t in rules.load(Tag, "fourfold_web.picture", "message_tags")}
