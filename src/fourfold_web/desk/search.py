"""What does an officer find who searches all records, and what is written down?"""

from dataclasses import dataclass

from fourfold_web.base.audit import NoReason, looked
from fourfold_web.base.models import Officer
from fourfold_web.desk import queries
from fourfold_web.desk.queries import Found

SHORTEST, LONGEST = 2, 200


@dataclass(frozen=True)
class Results:
    """What was found among records that are not about one person."""

    threats: Found
    disruptions: Found
    operations: Found

    @property
    def count(self) -> int:
        """How many in all?"""
        return self.threats.count + self.disruptions.count + self.operations.count


def searchable(typed: str) -> str:
    """Which words are looked for? Empty: too few or too many letters were typed."""
    words = " ".join(typed.replace("\0", "").split())
    return words if SHORTEST <= len(words) <= LONGEST else ""


def search(actor: Officer, words: str) -> Results:
    """What do the records say under these words? The search is written down."""
    found = Results(
        threats=queries.threats_named(actor, words),
        disruptions=queries.disruptions_named(actor, words),
        operations=queries.operations_named(actor, words),
    )
    looked(actor, "search", words, count=found.count)
    return found


def search_people(actor: Officer, words: str, *, reason: str) -> Found:
    """Which people have such a name? Written down, with the reason.

    Raises:
        NoReason: none was given.
    """
    if not reason.strip():
        raise NoReason(kind="search for people")
    found = queries.people_named(actor, words)
    about = f"people: {words}"
    looked(actor, "search", about, reason=reason.strip(), count=found.count)
    return found
