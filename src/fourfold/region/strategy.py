"""What are a body's priorities, what must it know, and what does it measure?"""

import random
from datetime import date

from fourfold.region.rows import (
    BODIES,
    EMSOU,
    TODAY,
    Row,
    days,
    dice,
    ref,
    row,
)

# Themes of each control strategy, first to last. Lincolnshire has none.
RANKS = {
    "emsou": ("fraud", "immigration", "msht", "csea", "drugs", "firearms"),
    "derbyshire": ("drugs", "csea", "msht", "acquisitive", "fraud"),
    "leicestershire": ("csea", "drugs", "msht", "firearms", "fraud"),
    "northamptonshire": ("drugs", "firearms", "csea", "msht"),
    "nottinghamshire": ("drugs", "firearms", "csea", "msht"),
}
# Before September 2021 EMSOU's first priority was another.
EARLIER_EMSOU = ("immigration", "msht", "csea", "drugs", "firearms", "fraud")
EMSOU_DATED = date(2021, 9, 13)
FORCE_DATED = date(2021, 10, 4)
REQUIREMENTS_CHANGE = date(2022, 3, 11)
ASKS = (
    "Who supplies the leading {theme} groups, and by which route?",
    "Where do {theme} groups meet the people they use?",
)
P_MEASURES = {
    "pursue": "Offenders charged",
    "prevent": "Young people diverted",
    "protect": "Vulnerable people safeguarded",
    "prepare": "Exercises with partners",
}


def priorities() -> list[Row]:
    """Which lines have the control strategies of this year and of the year before?"""
    made = []
    for body, themes in RANKS.items():
        dated = EMSOU_DATED if body == EMSOU else FORCE_DATED
        before = EARLIER_EMSOU if body == EMSOU else themes
        earlier = _strategy(body, 1, before, dated.replace(year=2020), dated)
        made += earlier + _strategy(body, len(earlier) + 1, themes, dated, None)
    return made


def _strategy(
    body: str, first: int, themes: tuple[str, ...], dated: date, ends: date | None
) -> list[Row]:
    name = "Regional control strategy" if body == EMSOU else "Control strategy"
    refreshed = dated + days(178)
    return [
        row(
            "priorities",
            body,
            ref=ref(body, "CS", first + place),
            strategy=f"{name} {dated.year}-{dated.year % 100 + 1}",
            dated_on=dated,
            refreshed_on=refreshed,
            ends_on=ends - days(1) if ends else None,
            rank=place + 1,
            theme=theme,
            title=theme.replace("_", " ").capitalize(),
        )
        for place, theme in enumerate(themes)
    ]


def requirements(seed: int, lines: list[Row]) -> list[Row]:
    """What has to be known about each priority, and what came in about it?

    Each standing priority has two requirements, one met in April 2022 and one set in
    March; both have had submissions, also from the community.
    """
    made: list[Row] = []
    for body in RANKS:
        rng = dice(seed, body, "requirements")
        standing = [p for p in lines if p["body"] == body and p["ends_on"] is None]
        number = 0
        for line in standing:
            for earlier in (True, False):
                number += 1
                made.append(_requirement(rng, line, number, earlier=earlier))
    return made


def _requirement(rng: random.Random, line: Row, number: int, *, earlier: bool) -> Row:
    asks = ASKS[0 if earlier else 1].format(theme=line["title"].lower())
    last = date(2022, 2, 25) if earlier else TODAY - days(4)
    submitted = last - days(rng.randint(0, 20))
    return row(
        "requirements",
        line["body"],
        ref=ref(line["body"], "IR", number),
        priority=line["ref"],
        theme=line["theme"],
        asks=asks,
        opened_on=line["dated_on"] + days(14) if earlier else REQUIREMENTS_CHANGE,
        closed_on=date(2022, 4, 22) if earlier else None,
        submitted_on=submitted,
        community_on=submitted - days(rng.randint(0, 15)),
    )


def performance(seed: int) -> list[Row]:
    """Which measures of serious and organised crime does each body keep?

    Nottinghamshire has no framework: a few pursue counts that nobody fills any more.
    The region's is being remade: most of its measures have no recent data.
    """
    made = []
    for body in BODIES:
        rng = dice(seed, body, "performance")
        mine = _framework(rng, body)
        if body == EMSOU:
            mine += _regional(rng)
        for number, measure in enumerate(mine, start=1):
            measure["ref"] = ref(body, "PM", number)
        made += mine
    return made


def _framework(rng: random.Random, body: str) -> list[Row]:
    if body == "nottinghamshire":
        return [
            _measure(body, "Arrests by the task force", "pursue", date(2021, 8, 31)),
            _measure(body, "Warrants executed", "pursue", date(2021, 12, 31)),
            _measure(body, "Cash seized", "pursue", None),
        ]
    made = []
    for p, title in P_MEASURES.items():
        for where in ("", " with partners"):
            recent = TODAY - days(rng.randint(2, 30))
            made.append(_measure(body, title + where, p, recent))
    return made


def _regional(rng: random.Random) -> list[Row]:
    made = []
    for place, (p, title) in enumerate(P_MEASURES.items()):
        for number in range(3):
            kept = place == 0 or (place, number) == (1, 0)
            last = TODAY - days(rng.randint(2, 30)) if kept else None
            if not kept and number == 1:
                last = date(2021, 11, 30)
            name = f"{title} across the region, {number + 1}"
            made.append(_measure(EMSOU, name, p, last) | {"level": "regional"})
    return made


def _measure(body: str, title: str, p: str, data_on: date | None) -> Row:
    return row(
        "performance",
        body,
        title=title,
        p=p,
        level="force",
        started_on=date(2020, 4, 1),
        data_on=data_on,
    )
