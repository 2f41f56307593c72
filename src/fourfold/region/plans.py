"""What does each body intend against its threats, and who has to do it by when?"""

import random
from datetime import date

from fourfold.region.officers import Staff
from fourfold.region.rows import (
    BODIES,
    EMSOU,
    TODAY,
    Row,
    days,
    dice,
    evenly,
    marking,
    ref,
    row,
    turn,
)
from fourfold.region.threats import TOP_BANDS

# What each plan asks for, by P, in the order in which plans take them.
ASKS = {
    "pursue": (
        "Find and search the stash address.",
        "Charge the principal.",
        "Apply for production orders on the accounts.",
        "Stop the vehicle that carries the goods.",
    ),
    "prevent": (
        "Offer each runner under 18 a way out with the youth service.",
        "Visit first-time members with a partner.",
    ),
    "protect": (
        "Visit the addresses that the group takes over.",
        "Warn the traders whom the group approaches.",
    ),
    "prepare": (
        "Rehearse with partners what happens on the day of arrests.",
        "Agree who speaks to the neighbourhood afterwards.",
    ),
}
PARTNERS = ("Local authority", "Probation Service", "Housing association", "HMRC")
PARTNER_OWNS = {"prevent": True, "prepare": True}
# Plans of each hundred: no prevent action; finance lead named in time; review late.
NO_PREVENT = {"northamptonshire": 55}
FINANCE_IN_TIME = {"northamptonshire": 25, "derbyshire": 55, "leicestershire": 100}
LATE_REVIEW = 6
# Open actions of each hundred that are overdue, in a body's plans and in regional ones.
OVERDUE = {"emsou": 4, "lincolnshire": 12}
OVERDUE_REGIONAL = 62
REGIONAL_THEMES = ("fraud", "immigration", "msht", "csea", "drugs", "firearms")
PLAN_ORDER = (
    "pursue",
    "prevent",
    "protect",
    "prepare",
    "pursue",
    "pursue",
    "protect",
    "prevent",
    "pursue",
    "prepare",
)


def plans(
    seed: int, threats: list[Row], staff: dict[str, Staff]
) -> tuple[list[Row], list[Row]]:
    """Which 4P plans are there, and which actions do they ask for?

    Every live threat has a plan of its body; EMSOU also keeps a regional plan for each
    regional priority. Closed threats have closed plans.

    Returns:
        Rows of plans and rows of plan actions.
    """
    made: list[Row] = []
    actions: list[Row] = []
    for body in BODIES:
        rng = dice(seed, body, "plans")
        own = [t for t in threats if t["body"] == body]
        mine = [_plan(rng, t, staff[body], n) for n, t in enumerate(own, start=1)]
        _finance(rng, body, own, mine, staff[body])
        _review(rng, own, mine)
        if body == EMSOU:
            mine += _regional(rng, own, len(mine), staff[body])
        for number, plan in enumerate(mine):
            actions += _actions(rng, plan, staff[body], number, len(actions))
        made += mine
    return made, actions


def _plan(rng: random.Random, threat: Row, staff: Staff, number: int) -> Row:
    body = threat["body"]
    made_on = threat["opened_on"] + days(rng.randint(8, 30))
    owner = threat["lro"] or turn(staff.of("lead"), number)
    return row(
        "plans",
        body,
        ref=ref(body, "PL", number),
        threat=threat["ref"],
        title=f"4P plan: {threat['name']}",
        level="force",
        author=turn(staff.of("intelligence"), number),
        owner=owner,
        made_on=min(made_on, threat["closed_on"] or made_on),
        safeguarding_lead=turn(staff.of("safeguarding"), number)
        if body == "derbyshire" or number % 3 == 0
        else None,
        closed_on=threat["closed_on"],
        **marking(threat),
    )


def _finance(
    rng: random.Random, body: str, threats: list[Row], made: list[Row], staff: Staff
) -> None:
    """Name a financial investigator: at once, late or not at all."""
    share = FINANCE_IN_TIME.get(body, 96)
    for top in (True, False):
        alike = [
            p
            for p, t in zip(made, threats, strict=True)
            if (t["band"] in TOP_BANDS) is top
        ]
        intime = evenly(len(alike) * share // 100, len(alike))
        for number, (plan, named) in enumerate(zip(alike, intime, strict=True)):
            late = not named and number % 3 == 0
            if named or late:
                when = plan["made_on"] + days(rng.randint(0, 20) + (60 if late else 0))
                plan["finance_lead"] = turn(staff.of("finance"), number)
                plan["finance_lead_on"] = min(when, plan["closed_on"] or TODAY, TODAY)


def _review(rng: random.Random, threats: list[Row], made: list[Row]) -> None:
    late = evenly(len(made) * LATE_REVIEW // 100, len(made))
    for plan, threat, is_late in zip(made, threats, late, strict=True):
        every = 28 if threat["band"] in TOP_BANDS else 90
        end = plan["closed_on"] or TODAY
        gone = rng.randint(every + 20, every + 150) if is_late else rng.randint(2, 26)
        plan["reviewed_on"] = max(plan["made_on"], end - days(gone))
        plan["review_due_on"] = plan["reviewed_on"] + days(every)


def _regional(
    rng: random.Random, threats: list[Row], number: int, staff: Staff
) -> list[Row]:
    """One plan for each regional priority, on EMSOU's oldest threat of its theme."""
    made = []
    for place, theme in enumerate(REGIONAL_THEMES, start=1):
        alike = [t for t in threats if t["theme"] == theme and t["closed_on"] is None]
        open_ones = [t for t in alike if not t["compartments"]]
        threat = min(open_ones, key=lambda t: (t["opened_on"], t["ref"]))
        plan = _plan(rng, threat, staff, number + place)
        reviewed = TODAY - days(rng.randint(5, 24))
        plan |= {"level": "regional", "title": f"Regional priority {place}: {theme}"}
        plan |= {"made_on": date(2021, 10, 4), "reviewed_on": reviewed}
        plan |= {"finance_lead": turn(staff.of("finance"), place)}
        plan |= {"finance_lead_on": date(2021, 10, 18)}
        plan |= {"review_due_on": reviewed + days(28)}
        made.append(plan)
    return made


def _actions(
    rng: random.Random, plan: Row, staff: Staff, number: int, before: int
) -> list[Row]:
    body, regional = plan["body"], plan["level"] == "regional"
    order = PLAN_ORDER if regional else PLAN_ORDER[: 6 + number % 2]
    if _of_each_hundred(NO_PREVENT.get(body, 0), number):
        order = tuple(p for p in order if p != "prevent")
    share = OVERDUE_REGIONAL if regional else OVERDUE.get(body, 8)
    made = []
    for place, p in enumerate(order):
        action = _action(rng, plan, staff, p, before + place + 1)
        # The first of each P is open, later ones are done: each P stays in hand.
        if plan["closed_on"] is not None or place >= (8 if regional else 4):
            _finish(rng, plan, action)
        elif _of_each_hundred(share, before + place):
            action["due_on"] = TODAY - days(rng.randint(5, 60))
        action["set_on"] = min(action["set_on"], action["due_on"])
        made.append(action)
    return made


def _of_each_hundred(share: int, number: int) -> bool:
    """Is number one of the `share` in each hundred, spread evenly?"""
    return (number + 1) * share // 100 > number * share // 100


def _action(rng: random.Random, plan: Row, staff: Staff, p: str, number: int) -> Row:
    body = plan["body"]
    partner = PARTNER_OWNS.get(p, False) and number % 2 == 0
    set_on = max(plan["made_on"], TODAY - days(rng.randint(95, 160)))
    return row(
        "plan-actions",
        body,
        ref=ref(body, "A", number),
        plan=plan["ref"],
        p=p,
        text=turn(ASKS[p], number),
        owner=None if partner else turn(staff.of("investigator"), number),
        partner=turn(PARTNERS, number) if partner else None,
        set_on=set_on,
        due_on=TODAY + days(rng.randint(10, 80)),
    )


def _finish(rng: random.Random, plan: Row, action: Row) -> None:
    end = plan["closed_on"] or TODAY - days(rng.randint(3, 60))
    end = max(end, plan["made_on"])
    action["set_on"] = max(plan["made_on"], end - days(rng.randint(30, 120)))
    action["set_on"] = min(action["set_on"], end)
    action["done_on"] = end
    action["due_on"] = end + days(rng.randint(0, 14))
