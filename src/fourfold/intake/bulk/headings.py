"""For which of our fields does a sender's heading stand?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourfold.base import rules
from fourfold.intake.evidence import evidence_kind

WHOLE_KINDS = "*"


@dataclass(frozen=True)
class Heading:
    """One field of a kind, and the headings that senders write over it."""

    key: str
    says: str
    headings: tuple[str, ...]
    source: str

    @property
    def kind(self) -> str:
        """Which kind of evidence is it of? "*" is all."""
        return self.key.split(".")[0]

    @property
    def field(self) -> str:
        """What do we call it?"""
        return self.key.split(".")[1]


HEADINGS = rules.load(Heading, "fourfold.intake.bulk", "headings")


def plain_heading(text: str) -> str:
    """A heading without capitals, marks and units: "Duration (s)" is "duration s"."""
    return " ".join(re.findall("[a-z0-9]+", text.lower()))


def fields_of(kind: str) -> dict[str, Heading]:
    """Which fields and parts may stand in a file of this kind?

    A field of the kind goes before one that every kind shares.
    """
    columns = {column.name for column in evidence_kind(kind).columns}
    parts = {"date", "time", "plmn", "mcc", "mnc", "lac", "cid", "eci", "nci"}
    shared = {
        h.field: h
        for h in HEADINGS
        if h.kind == WHOLE_KINDS and h.field in columns | parts
    }
    return shared | {h.field: h for h in HEADINGS if h.kind == kind}


def our_field(kind: str, word: str) -> str | None:
    """Which of our fields does somebody mean by `word`? `None`: none.

    Our own names come first, then the headings that stand for them.
    """
    fields = fields_of(kind)
    name = word.strip().lower().replace(" ", "_").replace("-", "_")
    if name in fields:
        return name
    if name in {column.name for column in evidence_kind(kind).columns}:
        return name
    plain = plain_heading(word)
    return next((f for f, h in fields.items() if plain in h.headings), None)


def taken_for(kind: str, present: Sequence[str]) -> dict[str, str]:
    """Which of our fields is each heading taken for? Field to heading.

    A heading goes to one field, a field to one heading: the earlier in the sheet's own
    list of headings wins, then the earlier in the file.
    """
    plain = {heading: plain_heading(heading) for heading in present}
    wanted = [
        (h.headings.index(words), at, field, heading)
        for field, h in fields_of(kind).items()
        for at, (heading, words) in enumerate(plain.items())
        if words in h.headings
    ]
    taken: dict[str, str] = {}
    for _rank, _at, field, heading in sorted(wanted):
        if field not in taken and heading not in taken.values():
            taken[field] = heading
    return _settled(kind, taken)


def _settled(kind: str, taken: Mapping[str, str]) -> dict[str, str]:
    """Leave out what another field already says: a whole moment needs no date."""
    left = dict(taken)
    if kind == "calls" and "other_number" in left and "subject_number" not in left:
        left.pop("caller", None)
    if {"caller", "called"} <= set(left):
        for part in ("subject_number", "other_number", "direction"):
            left.pop(part, None)
    return left
