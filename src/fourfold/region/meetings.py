"""Which meetings were planned, held and cancelled, who came, and who bid for what?"""

import random
from datetime import date

from fourfold.region.calibration import count
from fourfold.region.rows import (
    BODIES,
    EMSOU,
    FORCES,
    TODAY,
    YEAR_FROM,
    Row,
    days,
    dice,
    evenly,
    ref,
    row,
    spread,
    turn,
)

GROUPS = ("vulnerability", "prosperity", "commodity")
UNITS = ("SOC team", "Neighbourhood policing", "Economic crime", "Safeguarding")
FIRST_MONTH = date(2021, 1, 1)
MONTHS = 17
# A force's plan meetings: cancelled for attendance, and absent units, of each hundred.
CANCELLED = {"lincolnshire": 38}
ABSENT = {"lincolnshire": 44}
# Bids that each force puts to EMSOU in a year, in the order of FORCES.
BIDS_A_YEAR = (14, 14, 10, 12, 16)
USUAL = ("drugs", "drugs", "firearms", "drugs", "firearms")
OTHER = ("msht", "csea", "fraud", "immigration")
OTHER_EVERY = 6
ASKED_FOR = ("Surveillance", "Financial investigation", "Digital support", "Undercover")
DECISIONS = ("granted", "granted", "part", "declined", "deferred")


def meetings(seed: int) -> tuple[list[Row], list[Row]]:
    """Which meetings were planned from January 2021 to May 2022, and who came?

    Many regional priorities meetings fell because forces could not attend, as did
    Lincolnshire's plan meetings.

    Returns:
        Rows of meetings and rows of attendance.
    """
    made: list[Row] = []
    came: list[Row] = []
    for body in BODIES:
        rng = dice(seed, body, "meetings")
        mine = _regional(rng) if body == EMSOU else _forces_own(rng, body)
        mine.sort(key=lambda m: (m["planned_on"], m["name"]))
        for number, meeting in enumerate(mine, start=1):
            meeting["ref"] = ref(body, "MT", number)
        made += mine
        came += _regional_came(mine) if body == EMSOU else _units_came(body, mine)
    return made, came


def _month(number: int) -> date:
    months = FIRST_MONTH.month - 1 + number
    return date(FIRST_MONTH.year + months // 12, months % 12 + 1, 1)


def _regional(rng: random.Random) -> list[Row]:
    planned = [
        (group, _month(month) + days(6 + 7 * place + rng.randint(0, 3)))
        for month in range(MONTHS)
        for place, group in enumerate(GROUPS)
    ]
    inside = [p for p in planned if p[1] >= YEAR_FROM]
    year = count("emsou.regional_meetings")
    fell = evenly(count("emsou.meetings_cancelled"), year)
    early = evenly((len(planned) - len(inside)) * 2 // 5, len(planned) - len(inside))
    made = []
    for number, ((group, day), is_off) in enumerate(
        zip(planned, early + fell[: len(inside)], strict=True)
    ):
        name = f"Regional {group} delivery group"
        why = "attendance" if is_off else None
        if not is_off and number == 30:
            why = "operational"
        made.append(_meeting(EMSOU, name, "regional", "priorities", day=day, why=why))
    for month in range(MONTHS):
        day = _month(month) + days(18)
        name = "Regional tasking and co-ordination"
        made.append(_meeting(EMSOU, name, "regional", "tasking", day=day))
        name = "EMSOU performance meeting"
        made.append(_meeting(EMSOU, name, "force", "performance", day=day + days(3)))
    return made


def _forces_own(rng: random.Random, body: str) -> list[Row]:
    fell = evenly(MONTHS * 2 * CANCELLED.get(body, 4) // 100, MONTHS * 2)
    made = []
    for month in range(MONTHS):
        day = _month(month) + days(rng.randint(8, 12))
        made.append(
            _meeting(body, "Tasking and co-ordination", "force", "tasking", day=day)
        )
        made.append(
            _meeting(body, "SOC performance", "force", "performance", day=day + days(9))
        )
        for half in (0, 1):
            why = "attendance" if fell[month * 2 + half] else None
            when = day + days(3 + 14 * half)
            made.append(
                _meeting(body, "4P plan meeting", "force", "plan", day=when, why=why)
            )
    return made


def _meeting(
    body: str, name: str, level: str, purpose: str, *, day: date, why: str | None = None
) -> Row:
    return row(
        "meetings",
        body,
        name=name,
        level=level,
        purpose=purpose,
        planned_on=day,
        state="held" if why is None else "cancelled",
        cancelled_for=why,
    )


def _regional_came(made: list[Row]) -> list[Row]:
    came = []
    regional = [m for m in made if m["level"] == "regional"]
    for number, meeting in enumerate(regional):
        for place, force in enumerate(FORCES):
            missed = (
                meeting["purpose"] == "priorities" and (number + 3 * place) % 5 == 0
            )
            came.append(_attendance(meeting, force, None, missed=missed))
    return came


def _units_came(body: str, made: list[Row]) -> list[Row]:
    came = []
    share = ABSENT.get(body, 9)
    asked = 0
    for meeting in made:
        if meeting["purpose"] == "performance":
            continue
        for unit in UNITS:
            missed = (asked + 1) * share // 100 > asked * share // 100
            missed = missed and meeting["purpose"] == "plan"
            asked += 1
            came.append(_attendance(meeting, body, unit, missed=missed))
    return came


def _attendance(meeting: Row, invited: str, unit: str | None, *, missed: bool) -> Row:
    held = meeting["state"] == "held"
    return row(
        "attendance",
        meeting["body"],
        meeting=meeting["ref"],
        invited=invited,
        unit=unit,
        attended=not missed if held else None,
        apologies=missed if held else None,
    )


def bids(seed: int, planned: list[Row]) -> list[Row]:
    """What did the forces ask EMSOU for, and what came of it?"""
    rng = dice(seed, EMSOU, "bids")
    deciding = [m for m in planned if m["body"] == EMSOU and m["purpose"] == "tasking"]
    asked = [
        (day, force)
        for force, a_year in zip(FORCES, BIDS_A_YEAR, strict=True)
        for day in spread(
            rng, count=a_year * 17 // 12, first=FIRST_MONTH, last=TODAY - days(5)
        )
    ]
    asked.sort()
    made = []
    for number, (day, force) in enumerate(asked, start=1):
        theme = turn(USUAL, number)
        if number % OTHER_EVERY == 0:
            theme = turn(OTHER, number // OTHER_EVERY)
        meeting = next((m for m in deciding if m["planned_on"] >= day), None)
        made.append(
            row(
                "bids",
                EMSOU,
                ref=ref(EMSOU, "B", number),
                bidder=force,
                asked=EMSOU,
                meeting=meeting["ref"] if meeting else None,
                theme=theme,
                asked_for=rng.choice(ASKED_FOR),
                made_on=day,
                decision=rng.choice(DECISIONS) if meeting else None,
                decided_on=meeting["planned_on"] if meeting else None,
            )
        )
    return made
