"""Which phone, plate, account or handle is whose, from when until when, and why?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fourfold.base.analysis import Case, require
from fourfold.base.errors import FourfoldError

COLUMNS = ("person", "kind", "identifier", "from_at", "until_at", "reason")


class NobodyNamed(FourfoldError):
    """A person was asked for whom the list does not name."""

    what = "The list of who is who does not name {people}; it names {known}."
    do = "Name a person of the list, or add the person to it."
    status = 422


@dataclass(frozen=True)
class Attribution:
    """One identifier said to be a person's, between two moments (`None`: open)."""

    person: str
    kind: str
    identifier: str
    from_at: datetime | None
    until_at: datetime | None
    reason: str

    def holds(self, at: datetime) -> bool:
        """Does it hold at an instant? Its last moment is no longer in it."""
        after = self.from_at is None or self.from_at <= at
        return after and (self.until_at is None or at < self.until_at)

    def words(self) -> str:
        """How is it said: "a phone attributed to A (why)"?"""
        why = f" ({self.reason.rstrip('.')})" if self.reason else ""
        return f"a {self.kind or 'number'} attributed to {self.person}{why}"


def attributions(case: Case, people: tuple[str, ...]) -> list[Attribution]:
    """Which identifiers are said to be these people's? Everybody's when none is named.

    Returns:
        In the order of person, kind, identifier and beginning.

    Raises:
        MissingColumns: the list lacks columns.
        NobodyNamed: somebody asked for is not on the list.
    """
    table = case.tables["identifiers"]
    require(table, "identifiers", COLUMNS)
    rows: list[dict[str, Any]] = table.select(*COLUMNS).to_pyarrow().to_pylist()
    found = [Attribution(**row) for row in rows if row["identifier"]]
    known = sorted({one.person for one in found})
    missing = [person for person in people if person not in known]
    if missing:
        raise NobodyNamed(people=", ".join(missing), known=", ".join(known) or "nobody")
    asked = [one for one in found if not people or one.person in people]
    return sorted(
        set(asked),
        key=lambda a: (a.person, a.kind, a.identifier, str(a.from_at), str(a.until_at)),
    )
