"""What did each body do to its threats, who graded it, and who supported it?"""

import random
from collections import Counter, deque
from datetime import date

from fourfold.region.calibration import parts
from fourfold.region.officers import Staff
from fourfold.region.rows import (
    BODIES,
    EARLIEST,
    EMSOU,
    FORCES,
    TODAY,
    YEAR_FROM,
    YEAR_TO,
    Row,
    days,
    dice,
    evenly,
    expanded,
    marking,
    ref,
    row,
    shuffled,
    spread,
    turn,
)
from fourfold.region.threats import AREAS

PRISON_UNIT = "Regional prison intelligence unit"
UNITS = {
    "emsou": (
        "Regional crime team",
        "Regional economic crime unit",
        "Cyber crime unit",
    ),
    "derbyshire": ("SOC team", "County lines team", "Economic crime unit"),
    "leicestershire": ("Force intelligence bureau", "SOC team", "Exploitation team"),
    "lincolnshire": ("SOC team", "Economic crime command"),
    "northamptonshire": ("SOC team", "Neighbourhood crime team"),
    "nottinghamshire": ("SOC task force", "Serious crime team"),
}
EVENTS = {
    "pursue": ("Arrest", "Seizure", "Search warrant", "Charge", "Cash forfeiture"),
    "prevent": ("Diversion", "Referral", "Order", "Visit with partners"),
    "protect": ("Safeguarding referral", "Bank warned", "Premises made safer"),
    "prepare": ("Exercise with partners", "Contingency plan tested"),
}
EVIDENCE = {
    "pursue": "{event}: the group lost {loss} and has not replaced it in {n} weeks.",
    "prevent": "{event}: a runner stopped working for the group, says the {who}.",
    "protect": "{event}: {n} people whom the group used are out of its reach.",
    "prepare": "{event}: partners dealt with the next attempt within {n} days.",
}
LOSSES = ("its driver", "its stash house", "two phones", "its cutting agent", "cash")
WHO = ("school", "probation officer", "housing officer", "youth worker", "prison")
# Of each seven disruptions of Derbyshire, how many are the south division's.
SOUTH_OF_SEVEN = 6
LATE_EVERY = 2
"""One in so many of Lincolnshire's disruptions is recorded over four weeks late."""
EARLIER_SHARE = 0.45  # from January 2021 to 31 May 2021, of a year's


def disruptions(
    seed: int, threats: list[Row], operations: list[Row], staff: dict[str, Staff]
) -> list[Row]:
    """What was done to the threats from January 2021 to 31 May 2022?

    Returns:
        Led rows of each body, then the rows in which EMSOU supported a force; a force's
        led row that EMSOU supported names EMSOU among `bodies`.
    """
    led: list[Row] = []
    for body in BODIES:
        own = [t for t in threats if t["body"] == body]
        works = [o for o in operations if o["body"] == body]
        led += _led(seed, body, own, works, staff[body])
    return led + _supports(seed, led, threats, staff[EMSOU])


def _led(
    seed: int, body: str, threats: list[Row], operations: list[Row], staff: Staff
) -> list[Row]:
    rng = dice(seed, body, "disruptions")
    year = _acts(rng, body, first=YEAR_FROM + days(3), last=YEAR_TO - days(9))
    before = _acts(rng, body, first=EARLIEST, last=YEAR_FROM - days(14))
    early = [a for a, kept in zip(before, _earlier(len(before)), strict=True) if kept]
    made = [_row(rng, act, threats, operations, staff) for act in early + year]
    made += [_row(rng, act, threats, operations, staff) for act in _extra(body)]
    made.sort(key=lambda r: (r["recorded_on"], r["event_on"], r["evidence"]))
    for number, disruption in enumerate(made, start=1):
        disruption["ref"] = ref(body, "D", number)
    return made


def _earlier(of: int) -> list[bool]:
    return evenly(int(of * EARLIER_SHARE), of)


def _acts(rng: random.Random, body: str, *, first: date, last: date) -> list[Row]:
    """A year's acts: theme, P, impact, unit and day, spread evenly theme by theme."""
    prison = Counter(parts("emsou.led_prison_unit")) if body == EMSOU else Counter()
    csea = parts(f"{body}.led_csea_by_p") if body != "emsou" and _csea(body) else {}
    ps = Counter(parts(f"{body}.led_by_p")) - Counter(csea)
    pool = deque(shuffled(rng, expanded(dict(ps))))
    impacts = deque(shuffled(rng, expanded(parts(f"{body}.led_by_impact"))))
    acts: list[Row] = []
    for place, (theme, number) in enumerate(parts(f"{body}.led").items()):
        own = shuffled(rng, expanded(csea)) if theme == "csea" and csea else None
        inside = evenly(prison[theme], number)
        when = spread(rng, count=number, first=first, last=last)
        for i in range(number):
            act: Row = {"theme": theme, "event_on": when[i], "number": i, "of": number}
            act["p"] = own[i] if own else pool.popleft()
            act["impact"] = impacts.popleft()
            act["unit"] = PRISON_UNIT if inside[i] else turn(UNITS[body], i)
            act["area"] = _area(body, place + i)
            acts.append(act)
    return acts


def _area(body: str, number: int) -> str | None:
    """Derbyshire's south does far more than its north; elsewhere it is even."""
    if body == EMSOU:
        return None
    first, second = AREAS[body]
    if body == "derbyshire":
        return second if number % 7 < SOUTH_OF_SEVEN else first
    return first if number % 2 else second


def _csea(body: str) -> bool:
    return "csea" in parts(f"{body}.led")


def _extra(body: str) -> list[Row]:
    """Acts that count as no disruption: not yet graded, none, negative."""
    theme = next(iter(parts(f"{body}.led")))
    impacts = (None, None, None, "none", "none", "negative")
    return [
        {
            "theme": theme,
            "event_on": TODAY - days(12 + 4 * i),
            "number": i,
            "of": 99,
            "p": "pursue",
            "impact": impact,
            "unit": UNITS[body][0],
            "area": _area(body, i),
        }
        for i, impact in enumerate(impacts[: 2 if body == "lincolnshire" else 6])
    ]


def _row(
    rng: random.Random,
    act: Row,
    threats: list[Row],
    operations: list[Row],
    staff: Staff,
) -> Row:
    body = threats[0]["body"]
    recorded = act["event_on"] + days(rng.choice((0, 1, 1, 2, 2, 3, 4, 5, 6, 8)))
    if body == "lincolnshire" and act["number"] % LATE_EVERY == 0:
        act = act | {"event_on": recorded - days(rng.randint(32, 54))}
    operation = _operation(act, operations)
    threat = _threat(act, threats, operation)
    graded = act["impact"] is not None
    # Nobody grades their own.
    claimant, grader = rng.sample(staff.of("investigator"), 2)
    event = rng.choice(EVENTS[act["p"]])
    return row(
        "disruptions",
        body,
        threat=threat["ref"],
        operation=operation["ref"] if operation else None,
        event_on=act["event_on"],
        recorded_on=recorded,
        role="lead",
        p=act["p"],
        impact=act["impact"],
        event=event,
        unit=act["unit"],
        area=act["area"],
        evidence=_evidence(rng, act["p"], event),
        claimant=claimant,
        grader=grader if graded else None,
        graded_on=min(recorded + days(rng.randint(1, 20)), TODAY) if graded else None,
        **marking(threat),
    )


def _evidence(rng: random.Random, p: str, event: str) -> str:
    return EVIDENCE[p].format(
        event=event, loss=rng.choice(LOSSES), who=rng.choice(WHO), n=rng.randint(2, 14)
    )


def _operation(act: Row, operations: list[Row]) -> Row | None:
    """Small themes are worked under their operation, large ones every other time."""
    if act["unit"] == PRISON_UNIT or (act["of"] > 14 and act["number"] % 2):
        return None
    return next(
        (
            o
            for o in operations
            if o["theme"] == act["theme"]
            and o["theme"] != "immigration"
            and o["closed_on"] is None
            and o["opened_on"] <= act["event_on"]
        ),
        None,
    )


def _threat(act: Row, threats: list[Row], operation: Row | None) -> Row:
    """The operation's threat, or the next group of the theme that was live that day."""
    if operation is not None:
        return next(t for t in threats if t["ref"] == operation["threat"])
    day = act["event_on"]
    live = [
        t
        for t in threats
        if t["theme"] == act["theme"]
        and t["kind"] == "ocg"
        and t["opened_on"] <= day
        and (t["closed_on"] is None or t["closed_on"] > day)
        and not (t["theme"] == "immigration" and t["national_ref"])
    ]
    near = [t for t in live if t["area"] == act["area"]] or live
    return turn(near, act["number"] // 2)


def _supports(seed: int, led: list[Row], threats: list[Row], staff: Staff) -> list[Row]:
    """EMSOU's own rows of what it supported; the led rows then name EMSOU."""
    rng = dice(seed, EMSOU, "supports")
    themes = {(t["body"], t["ref"]): t["theme"] for t in threats}
    by_forces = [r for r in led if r["body"] in FORCES and r["impact"] in GRADED]
    inside = [r for r in by_forces if YEAR_FROM < r["recorded_on"] <= YEAR_TO]
    before = [r for r in by_forces if r["recorded_on"] <= YEAR_FROM]
    picked = _picked(shuffled(rng, inside), themes) + before[::3]
    picked.sort(key=lambda r: (r["recorded_on"], r["body"], r["ref"]))
    made = []
    for number, other in enumerate(picked, start=1):
        other["bodies"] = [EMSOU]
        claimant, grader = rng.sample(staff.of("investigator"), 2)
        mine = {**other, "body": EMSOU, "ref": ref(EMSOU, "S", number)}
        mine |= {"role": "support", "bodies": [other["body"]], "operation": None}
        mine |= {"threat": f"{other['body']}/{other['threat']}", "area": None}
        mine |= {"unit": turn(UNITS[EMSOU], number), "claimant": claimant}
        mine |= {"grader": grader, "compartments": list(other["compartments"])}
        mine["shared_with"] = sorted({*other["shared_with"], other["body"]})
        made.append(mine)
    return made


GRADED = ("minor", "moderate", "major")


def _picked(rows: list[Row], themes: dict[tuple[str, str], str]) -> list[Row]:
    """Which led rows make the supported figures by theme and by P at once?

    Exploitation takes the rarer Ps first, slavery is pursue, the rest fill up.
    """
    left = Counter(parts("emsou.supported_by_p"))
    wanted = parts("emsou.supported_by_theme")
    picked: list[Row] = []
    for name, rare_first in (("csea", True), ("msht", False), ("other", True)):
        alike = [r for r in rows if _theme(themes, r, wanted) == name]
        alike.sort(key=lambda r: (r["p"] == "pursue") is rare_first)
        taken = 0
        for led in alike:
            if taken < wanted[name] and left[led["p"]] > 0:
                left[led["p"]] -= 1
                taken += 1
                picked.append(led)
    return picked


def _theme(themes: dict[tuple[str, str], str], led: Row, wanted: dict[str, int]) -> str:
    theme = themes[led["body"], led["threat"]]
    return theme if theme in wanted else "other"
