"""Who works in the six bodies, and who leads, investigates, plans and finances?"""

import random
from dataclasses import dataclass
from datetime import date

from fourfold.base import rules
from fourfold.region.calibration import count
from fourfold.region.names import officer
from fourfold.region.rows import BODIES, Row, day_between, dice, row

# role: (rank, unit, how many a body in the order of BODIES)
ROLES: dict[str, tuple[str, str, tuple[int, ...]]] = {
    "sio": ("DI", "Serious and organised crime", (12, 12, 8, 7, 7, 10)),
    "intelligence": ("DC", "Intelligence", (10, 6, 6, 3, 4, 6)),
    "finance": ("Financial investigator", "Economic crime", (6, 4, 4, 3, 2, 3)),
    "safeguarding": ("DS", "Safeguarding", (2, 3, 2, 1, 1, 2)),
    "investigator": ("DC", "Serious and organised crime", (40, 24, 24, 14, 16, 24)),
    "staff": ("Police staff", "Crime and intelligence", (90, 45, 45, 30, 30, 45)),
}
LEAD_RANK = {"derbyshire": "DCI", "emsou": "DCI", "northamptonshire": "DI"}
LEAD_UNIT = {
    "derbyshire": "Divisional crime",
    "leicestershire": "Force intelligence bureau",
    "lincolnshire": "Central intelligence",
}
DERBYSHIRE_CHANGE = date(2022, 5, 18)
COLLAR = {
    "emsou": "ES",
    "derbyshire": "D",
    "leicestershire": "LP",
    "lincolnshire": "LC",
    "northamptonshire": "N",
    "nottinghamshire": "NP",
}


@dataclass(frozen=True)
class Known:
    """An officer whom the demonstration knows by name, and whose place they take.

    `key` is the staff number, `says` the name; the first officer of the role.
    """

    key: str
    says: str
    body: str
    role: str
    source: str


CAST = rules.load(Known, "fourfold.region", "cast")


@dataclass(frozen=True)
class Staff:
    """The references of a body's officers by what they do."""

    by_role: dict[str, list[str]]

    def of(self, role: str) -> list[str]:
        """Which officers do this? "lead" and "former_lead" are lead officers."""
        return self.by_role.get(role, [])


def officers(seed: int) -> tuple[list[Row], dict[str, Staff]]:
    """Which officers and staff are there, and what do they do?

    Returns:
        One row an officer, and for each body the references by role.
    """
    rows: list[Row] = []
    staff: dict[str, Staff] = {}
    for body in BODIES:
        made = _of(seed, body)
        rows.extend(r for people in made.values() for r in people)
        staff[body] = Staff({role: [r["ref"] for r in made[role]] for role in made})
    return rows, staff


def _of(seed: int, body: str) -> dict[str, list[Row]]:
    rng = dice(seed, body, "officers")
    collars = rng.sample(range(1000, 9999), 400)
    made: dict[str, list[Row]] = {}
    for role, (rank, unit, number) in _roles(body).items():
        made[role] = [
            row(
                "officers",
                body,
                ref=f"{COLLAR[body]}{collars.pop()}",
                name=officer(rng),
                rank=rank,
                unit=unit,
                joined_on=_joined(rng, role, body),
            )
            for _ in range(number)
        ]
    for known in CAST:
        if known.body == body:
            made[known.role][0] |= {"ref": known.key, "name": known.says}
    return made


def _joined(rng: random.Random, role: str, body: str) -> date:
    if role == "lead" and body == "derbyshire":
        return DERBYSHIRE_CHANGE
    if rng.random() < 0.2:
        return day_between(rng, date(2020, 6, 1), date(2022, 3, 31))
    return day_between(rng, date(2012, 1, 1), date(2020, 5, 31))


def _roles(body: str) -> dict[str, tuple[str, str, int]]:
    place = BODIES.index(body)
    roles = {
        "lead": (
            LEAD_RANK.get(body, "DI"),
            LEAD_UNIT.get(body, "Serious and organised crime"),
            count(f"{body}.lead_officers"),
        )
    }
    if body == "derbyshire":
        roles["former_lead"] = ("DI", "Divisional crime", 8)
    return roles | {
        role: (rank, unit, numbers[place])
        for role, (rank, unit, numbers) in ROLES.items()
    }
