"""Which roles are there, and what may each do?"""

from dataclasses import dataclass
from datetime import date

from fourfold.base import rules


@dataclass(frozen=True)
class Role:
    """A role, how far it reaches, and the rights it gives."""

    key: str
    says: str
    reach: str
    rights: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Event:
    """Something that may be written down, and the right it needs."""

    key: str
    says: str
    needs: str
    dpa: str
    source: str
    in_force: date | None = None


ROLES = {r.key: r for r in rules.load(Role, "fourfold_web.base", "roles")}
EVENTS = {e.key: e for e in rules.load(Event, "fourfold_web.base", "events")}
