"""Which agreements, money, vehicles and kit does each body have, and for how long?"""

import random
from datetime import date

from fourfold.region.calibration import count
from fourfold.region.rows import (
    BODIES,
    EMSOU,
    FORCES,
    Row,
    day_between,
    dice,
    evenly,
    ref,
    row,
    turn,
)

YEAR_END = date(2023, 3, 31)
LONGER = date(2025, 3, 31)
FLEET = {"leicestershire": 44, "lincolnshire": 38, "nottinghamshire": 46}
# Past their replacement date, of each hundred: vehicles, software, kit.
WORN: dict[str, tuple[int, int, int]] = {
    "emsou": (9, 10, 10),
    "lincolnshire": (13, 92, 80),
}
USUAL_WORN = (5, 10, 10)
KIT = {
    "software": ("Mapping software", "Chart software", "Case system", "Phone reader"),
    "kit": ("Camera", "Radio set", "Drone", "Tracking kit"),
}
SIGNED, REVIEWED, REVIEW_DUE = date(2013, 6, 3), date(2019, 4, 12), date(2021, 4, 12)


def agreements(seed: int) -> list[Row]:
    """Which agreements are there? EMSOU's was last reviewed in April 2019."""
    made = [
        row(
            "agreements",
            EMSOU,
            ref=ref(EMSOU, "AG", 1),
            title="EMSOU collaboration agreement under section 22A",
            kind="collaboration",
            signed_on=SIGNED,
            reviewed_on=REVIEWED,
            review_due_on=REVIEW_DUE,
            parties=[EMSOU, *FORCES],
        )
    ]
    for body in FORCES:
        rng = dice(seed, body, "agreements")
        for number, title in enumerate(("local authorities", "prisons"), start=1):
            reviewed = day_between(rng, date(2021, 7, 1), date(2022, 2, 20))
            made.append(
                row(
                    "agreements",
                    body,
                    ref=ref(body, "AG", number),
                    title=f"Information sharing with {title}",
                    kind="sharing",
                    signed_on=day_between(rng, date(2016, 1, 4), date(2019, 6, 30)),
                    reviewed_on=reviewed,
                    review_due_on=reviewed.replace(year=reviewed.year + 2),
                    parties=[body],
                )
            )
    return made


def funding() -> list[Row]:
    """Which money is confirmed, and until when? EMSOU's core money for a year only."""
    made: list[Row] = []
    for force, share in zip(FORCES, (21, 24, 15, 17, 23), strict=True):
        line = f"Contribution of {force.capitalize()}"
        made.append(
            _line(
                EMSOU, len(made) + 1, line, "core", until=YEAR_END, amount=share * 310e3
            )
        )
    for title in ("Home Office regional grant", "Cyber grant", "Asset recovery grant"):
        number = len(made) + 1
        made.append(
            _line(EMSOU, number, title, "fixed_term", until=YEAR_END, amount=1.4e6)
        )
    made.append(
        _line(EMSOU, len(made) + 1, "Vehicles", "capital", until=YEAR_END, amount=0.9e6)
    )
    for body in FORCES:
        made.append(
            _line(body, 1, "SOC teams and analysis", "core", until=LONGER, amount=4.2e6)
        )
        made.append(
            _line(
                body, 2, "Violence grant", "fixed_term", until=YEAR_END, amount=0.35e6
            )
        )
        made.append(
            _line(body, 3, "Vehicles and kit", "capital", until=LONGER, amount=0.6e6)
        )
    return made


def _line(
    body: str, number: int, line: str, kind: str, *, until: date, amount: float
) -> Row:
    return row(
        "funding",
        body,
        ref=ref(body, "FU", number),
        line=line,
        kind=kind,
        confirmed_from=date(2020, 4, 1) if until == LONGER else date(2022, 4, 1),
        confirmed_to=until,
        amount=round(amount, 2),
    )


def assets(seed: int) -> list[Row]:
    """Which vehicles and kit are there, and will capital money replace them?"""
    made = []
    for body in BODIES:
        rng = dice(seed, body, "assets")
        mine = _fleet(rng, body)
        for place, (kind, titles) in enumerate(KIT.items(), start=1):
            number = 12 if kind == "software" else 10
            worn = evenly(number * WORN.get(body, USUAL_WORN)[place] // 100, number)
            mine += [
                _asset(rng, body, kind, turn(titles, i), worn=worn[i], capital=True)
                for i in range(number)
            ]
        for number, asset in enumerate(mine, start=1):
            asset["ref"] = ref(body, "AS", number)
        made += mine
    return made


def _fleet(rng: random.Random, body: str) -> list[Row]:
    size = count("emsou.vehicles") if body == EMSOU else FLEET.get(body, 40)
    funded = size * 95 // 100
    if body == EMSOU:
        funded = count("emsou.vehicles_with_capital")
    capital = evenly(funded, size)
    worn = evenly(size * WORN.get(body, USUAL_WORN)[0] // 100, size)
    return [
        _asset(
            rng,
            body,
            "vehicle",
            turn(("Car", "Car", "Van"), i),
            worn=worn[i],
            capital=capital[i],
        )
        for i in range(size)
    ]


def _asset(
    rng: random.Random, body: str, kind: str, title: str, *, worn: bool, capital: bool
) -> Row:
    bought = day_between(rng, date(2018, 9, 1), date(2021, 12, 1))
    if worn:
        bought = day_between(rng, date(2013, 5, 1), date(2016, 6, 1))
    return row(
        "assets",
        body,
        kind=kind,
        title=title,
        bought_on=bought,
        replace_on=bought.replace(day=1, year=bought.year + 5),
        capital_line=capital,
    )
