"""Which posts does each body have, who is in them, and who was trained to lead?"""

import random
from collections.abc import Iterator
from datetime import date

from fourfold.region.calibration import count
from fourfold.region.officers import DERBYSHIRE_CHANGE, Staff
from fourfold.region.rows import BODIES, Row, day_between, days, dice, evenly, ref, row

SOC_TEAMS = {
    "emsou": ("Regional crime team 1", "Regional crime team 2"),
    "derbyshire": ("North SOC team", "South SOC team"),
    "leicestershire": ("SOC team",),
    "lincolnshire": ("SOC team",),
    "northamptonshire": ("SOC team",),
    "nottinghamshire": ("SOC task force",),
}
# purpose: posts in the order of BODIES.
TEAMS = {
    "analysis": (14, 12, 10, 6, 6, 10),
    "intelligence": (20, 8, 8, 4, 5, 8),
    "finance": (10, 6, 6, 4, 3, 4),
    "digital": (8, 8, 6, 4, 4, 6),
    "prison": (14, 0, 0, 0, 0, 0),
    "covert": (20, 6, 6, 0, 3, 6),
}
TEAM_NAMES = {
    "analysis": "Analysis",
    "intelligence": "Intelligence",
    "finance": "Economic crime unit",
    "digital": "Digital forensics unit",
    "prison": "Regional prison intelligence unit",
    "covert": "Covert operations",
}
# Analysts: vacant posts, and posts whose holder is not available for new threats.
SHORT_OF_ANALYSTS = {"emsou": (3, 3), "derbyshire": (3, 3), "lincolnshire": (2, 1)}
# Posts given to one theme: theme to number.
THEME_POSTS: dict[str, dict[str, int]] = {
    "emsou": {"immigration": 3, "msht": 4, "csea": 4, "cyber": 8},
    "derbyshire": {"drugs": 3, "csea": 4, "msht": 3},
    "leicestershire": {"csea": 5, "drugs": 3, "msht": 3},
    "lincolnshire": {"drugs": 3, "fraud": 3},
    "northamptonshire": {"drugs": 3, "firearms": 3, "csea": 3},
    "nottinghamshire": {"drugs": 3, "firearms": 3, "csea": 3},
}
FIXED_TERM = {"emsou": 28}
TRAINED = {"northamptonshire": 2}
"""How many lead officers took the course within 60 days; elsewhere nearly all."""


def posts(seed: int, staff: dict[str, Staff]) -> list[Row]:
    """Which posts are established, and who holds them?

    The numbers of SOC posts and vacancies are the calibration sheet's. EMSOU has one
    half-time post on fraud.
    """
    made = []
    for body in BODIES:
        rng = dice(seed, body, "posts")
        free = iter(
            staff[body].of("investigator")
            + staff[body].of("staff")
            + staff[body].of("finance")
            + staff[body].of("intelligence")
        )
        mine = list(_of(rng, body, free))
        fixed = evenly(len(mine) * FIXED_TERM.get(body, 6) // 100, len(mine))
        for number, (post, is_fixed) in enumerate(zip(mine, fixed, strict=True)):
            post["ref"] = ref(body, "POST", number + 1)
            post["funding"] = "fixed_term" if is_fixed else "core"
        made += mine
    return made


def _of(rng: random.Random, body: str, free: Iterator[str]) -> Iterator[Row]:
    teams = SOC_TEAMS[body]
    total = count(f"{body}.posts_established")
    vacant = evenly(count(f"{body}.posts_vacant"), total)
    for number in range(total):
        team = teams[number * len(teams) // total]
        holder = None if vacant[number] else next(free)
        yield _post(rng, body, team, "soc_team", "Detective constable", holder=holder)
    for purpose, numbers in TEAMS.items():
        size = numbers[BODIES.index(body)]
        yield from _team(rng, body, purpose, size, free)
    for theme, size in THEME_POSTS[body].items():
        for _ in range(size):
            post = _post(
                rng, body, "Investigation", "investigation", "DC", holder=next(free)
            )
            yield post | {"theme": theme}
    if body == "emsou":
        half = _post(
            rng, body, "Fraud", "investigation", "Investigator", holder=next(free)
        )
        yield half | {"theme": "fraud", "fte": 0.5}


def _team(
    rng: random.Random, body: str, purpose: str, size: int, free: Iterator[str]
) -> Iterator[Row]:
    vacant, absent = (0, 0)
    if purpose == "analysis":
        vacant, absent = SHORT_OF_ANALYSTS.get(body, (0, 0))
    for number in range(size):
        holder = None if number < vacant else next(free)
        post = _post(rng, body, TEAM_NAMES[purpose], purpose, purpose, holder=holder)
        if vacant <= number < vacant + absent:
            post["deployable"] = False
        yield post


def _post(
    rng: random.Random,
    body: str,
    team: str,
    purpose: str,
    title: str,
    *,
    holder: str | None,
) -> Row:
    opened = day_between(rng, date(2017, 4, 1), date(2020, 10, 1))
    return row(
        "posts",
        body,
        team=team,
        purpose=purpose,
        title=title.capitalize(),
        fte=1.0,
        opened_on=opened,
        holder=holder,
        filled_from=None if holder is None else opened + days(rng.randint(0, 90)),
        deployable=None if holder is None else True,
    )


def training(seed: int, staff: dict[str, Staff]) -> list[Row]:
    """When was each lead officer appointed and trained, and who was the mentor?

    Derbyshire's are all new and untrained, and most of those before them were trained
    late; Northamptonshire's are mostly untrained.
    """
    made = []
    for body in BODIES:
        rng = dice(seed, body, "training")
        leads = staff[body].of("lead")
        mine = [_appointment(rng, body, n, o) for n, o in enumerate(leads)]
        mine += [_former(rng, body, o) for o in staff[body].of("former_lead")]
        for number, appointment in enumerate(mine, start=1):
            appointment["ref"] = ref(body, "LT", number)
        for appointment in mine if _mentored(body) else ():
            others = [o for o in leads if o != appointment["officer"]]
            appointment["mentor"] = rng.choice(others)
        made += mine
    return made


def _mentored(body: str) -> bool:
    return body not in ("derbyshire", "northamptonshire")


def _appointment(rng: random.Random, body: str, number: int, officer: str) -> Row:
    recent = number % 3 == 0
    first, last = date(2019, 2, 1), date(2021, 3, 31)
    if recent:
        first, last = date(2021, 7, 1), date(2022, 1, 31)
    appointed = day_between(rng, first, last)
    trained: date | None = appointed + days(rng.randint(10, 52))
    if body == "derbyshire":
        appointed, trained = DERBYSHIRE_CHANGE, None
    elif number >= TRAINED.get(body, 99):
        trained = None if number % 2 else appointed + days(rng.randint(110, 300))
    if trained is not None and trained > date(2022, 5, 31):
        trained = None
    return row(
        "training",
        body,
        officer=officer,
        appointed_on=appointed,
        trained_on=trained,
    )


def _former(rng: random.Random, body: str, officer: str) -> Row:
    appointed = day_between(rng, date(2020, 1, 6), date(2021, 11, 30))
    late = rng.random() < 0.7
    return row(
        "training",
        body,
        officer=officer,
        appointed_on=appointed,
        ended_on=DERBYSHIRE_CHANGE - days(1),
        trained_on=None if late else appointed + days(rng.randint(20, 55)),
    )
