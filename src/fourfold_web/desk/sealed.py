"""When was the change log last found whole?"""

from dataclasses import dataclass
from datetime import datetime

from fourfold_web.desk.readiness import data_home

SEALS = "seals.txt"


@dataclass(frozen=True)
class Seal:
    """A verification that found the log whole: when, up to which line, its seal."""

    at: datetime
    line: int
    seal: str


def last_seal() -> Seal | None:
    """Which verification found the log whole last? None: none was run here."""
    noted = data_home() / SEALS
    if not noted.exists():
        return None
    lines = noted.read_text(encoding="utf-8").splitlines()
    if not lines:
        return None
    at, line, seal = lines[-1].split()
    return Seal(at=datetime.fromisoformat(at), line=int(line), seal=seal)
