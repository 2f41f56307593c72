"""Which threats does each body hold, and which of them stand on the national list?"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

from fourfold.region import names
from fourfold.region.calibration import parts
from fourfold.region.officers import Staff
from fourfold.region.rows import (
    BODIES,
    FORCES,
    PREFIX,
    TODAY,
    Row,
    day_between,
    days,
    dice,
    expanded,
    ref,
    row,
    shuffled,
    turn,
)

AREAS: dict[str, tuple[str, ...]] = {
    "derbyshire": ("North", "South"),
    "leicestershire": ("City", "Counties"),
    "lincolnshire": ("East", "West"),
    "northamptonshire": ("North", "West"),
    "nottinghamshire": ("City", "County"),
}
KINDS = ("ocg", "priority_individual", "vulnerability")
NATIONAL = {"emsou": "ROCU", **{force: PREFIX[force] for force in FORCES}}
BANDS = ("very_high", "high", "high", "medium", "medium", "medium", "low", "low")
TOP_BANDS = ("very_high", "high")
SCORES = {"very_high": 88.0, "high": 71.0, "medium": 52.0, "low": 30.0}
REVIEW_DAYS = {"very_high": 28, "high": 28, "medium": 90, "low": 90}
GROUP_NOUN = {
    "drugs": "supply group",
    "firearms": "firearms group",
    "acquisitive": "theft group",
    "csea": "exploitation group",
    "msht": "labour exploitation group",
    "immigration": "facilitation group",
    "fraud": "fraud group",
    "money_laundering": "laundering group",
    "cyber": "intrusion group",
    "corruption": "corruption group",
}
VULNERABILITY_NOUN = {
    "drugs": "county line",
    "csea": "children at risk",
    "msht": "labour site",
    "fraud": "older people at risk",
    "cyber": "exposed systems",
}
# Threats whose search of sensitive intelligence is recent, of each twenty.
SENSITIVE_RECENT = {"emsou": 7, "leicestershire": 6, "northamptonshire": 4}
COUNTY_LINES_EVERY = {"derbyshire": 5, "leicestershire": 2, "nottinghamshire": 4}
# What keeps a held threat off the list, where the reason is known.
OFF_LIST: dict[str, tuple[Row, ...]] = {
    "derbyshire": (
        {"tier": 5, "national_ref": "DRB-N0901"},
        {"moderation": "submitted"},
        {"soc": "not_soc", "national_ref": "DRB-N0902"},
    ),
    "northamptonshire": ({"moderation": "returned"},),
    "nottinghamshire": (
        {"moderation": "draft"},
        {"type": "strategic", "national_ref": "NTT-N0901"},
    ),
}
CHURN_FROM, CHURN_TO = date(2022, 3, 2), date(2022, 4, 8)
TOP_PRIORITY_THEME = "immigration"


def threats(
    seed: int, staff: dict[str, Staff], appointed: dict[str, date]
) -> list[Row]:
    """Which threats do the six bodies hold, live and closed?

    Live threats on and off the list are as the calibration sheet says, on 1 February,
    31 May and 1 June 2022; one of each body closes and one opens in March and April.

    Args:
        seed: of the region.
        staff: the officers of each body.
        appointed: when each lead officer was appointed; nobody leads before that.
    """
    made = [one for body in BODIES for one in _of(seed, body, staff[body])]
    for threat in made:
        since = appointed.get(threat["lro"])
        if since is not None and threat["closed_on"] is None:
            threat["lro_since"] = max(threat["lro_since"], since)
    return made


def _of(seed: int, body: str, staff: Staff) -> list[Row]:
    rng = dice(seed, body, "threats")
    titles = iter(names.code_names(rng))
    listed = expanded(parts(f"{body}.threats_on_list"))
    off = expanded(parts(f"{body}.threats_off_list"))
    plan = [(p, True) for p in listed] + [(p, False) for p in off]
    made: list[Row] = []
    for number, (part, on_list) in enumerate(shuffled(rng, plan), start=1):
        made.append(_live(rng, body, number, part, next(titles), on_list=on_list))
    _keep_off(body, [t for t in made if t["national_ref"] is None])
    _anchor(rng, made)
    made += _churn(rng, body, len(made), made, titles)
    made += _closed(rng, body, len(made), titles)
    _tag(body, made)
    _own(rng, body, made, staff)
    _mark(rng, body, made)
    _check_sensitive(rng, body, made)
    return made


def _live(
    rng: random.Random, body: str, number: int, part: str, title: str, *, on_list: bool
) -> Row:
    kind = next(k for k in KINDS if part.startswith(k))
    theme = part.removeprefix(kind + "_")
    band = turn(BANDS, number)
    opened = day_between(rng, date(2018, 3, 1), date(2021, 10, 31))
    assessed = TODAY - days(rng.randint(3, REVIEW_DAYS[band] - 5))
    return row(
        "threats",
        body,
        ref=ref(body, "T", number),
        name=_called(rng, kind, theme, title),
        kind=kind,
        theme=theme,
        type="tactical",
        moderation="moderated",
        soc="soc",
        tier=turn((1, 2, 2, 3, 3, 4, None), number + rng.randint(0, 1)),
        phase=turn(("Active", "Active", "Monitoring", "Active - arrest"), number),
        national_ref=f"{NATIONAL[body]}-N{number:04d}" if on_list else None,
        listed_on=opened + days(rng.randint(8, 60)) if on_list else None,
        area=turn(AREAS[body], number) if body in AREAS else None,
        opened_on=opened,
        assessed_on=assessed,
        next_review_on=assessed + days(REVIEW_DAYS[band]),
        score=SCORES[band] + rng.randint(0, 90) / 10,
        band=band,
    )


def _called(rng: random.Random, kind: str, theme: str, title: str) -> str:
    if kind == "priority_individual":
        return names.person(rng)
    if kind == "vulnerability":
        return f"{title} {VULNERABILITY_NOUN.get(theme, 'weak spot')}"
    return f"{title} {GROUP_NOUN[theme]}"


def _keep_off(body: str, held: list[Row]) -> None:
    for threat, why in zip(held, OFF_LIST.get(body, ()), strict=False):
        threat.update(why)
        if why.get("national_ref"):
            threat["listed_on"] = threat["opened_on"] + days(30)


def _anchor(rng: random.Random, live: list[Row]) -> None:
    """The first group of each theme, on or off the list, is old: early events fit."""
    seen: set[tuple[str, bool]] = set()
    for threat in live:
        group = (threat["theme"], threat["national_ref"] is None)
        if threat["kind"] == "ocg" and group not in seen:
            seen.add(group)
            threat["opened_on"] = day_between(rng, date(2018, 3, 1), date(2019, 9, 30))
            if threat["listed_on"]:
                threat["listed_on"] = threat["opened_on"] + days(30)


def _churn(
    rng: random.Random,
    body: str,
    number: int,
    live: list[Row],
    titles: Iterator[str],
) -> list[Row]:
    """One threat closes and one like it opens, between two dates that are counted."""
    groups = Counter(t["theme"] for t in live if t["kind"] == "ocg")
    part = f"ocg_{groups.most_common(1)[0][0]}"
    gone = _live(rng, body, number + 1, part, next(titles), on_list=True)
    goes = day_between(rng, CHURN_FROM, CHURN_TO)
    gone |= {"closed_on": goes, "phase": "Closed - disrupted", "assessed_on": goes}
    gone |= {"next_review_on": None}
    alike = [t for t in live if t["kind"] == "ocg" and t["theme"] == part[4:]]
    came = [t for t in alike if stands_on_list(t)][-1]
    opened = day_between(rng, CHURN_FROM, CHURN_TO)
    came |= {"opened_on": opened, "listed_on": opened + days(1)}
    came["assessed_on"] = max(came["assessed_on"], opened + days(6))
    return [gone]


def stands_on_list(threat: Row) -> bool:
    """Does a live threat stand on the national list, as the inspectorate filters it?"""
    return (
        threat["national_ref"] is not None
        and threat["closed_on"] is None
        and threat["type"] == "tactical"
        and threat["moderation"] == "moderated"
        and threat["soc"] == "soc"
        and threat["tier"] != 5
    )


def _closed(
    rng: random.Random, body: str, number: int, titles: Iterator[str]
) -> list[Row]:
    made = []
    for i in range(6 if body == "lincolnshire" else 10):
        part = turn(("ocg_drugs", "ocg_acquisitive", "ocg_msht"), i)
        old = _live(rng, body, number + 1 + i, part, next(titles), on_list=i % 4 != 3)
        closed = day_between(rng, date(2021, 2, 1), date(2022, 1, 20))
        old["opened_on"] = min(old["opened_on"], closed - days(120))
        if old["listed_on"]:
            old["listed_on"] = old["opened_on"] + days(20)
        old |= {"closed_on": closed, "phase": turn(CLOSED_PHASES, i)}
        old |= {"assessed_on": closed - days(9), "next_review_on": None, "tier": 4}
        made.append(old)
    return made


CLOSED_PHASES = ("Closed - disrupted", "closed", "Closed - dismantled")


def _tag(body: str, made: list[Row]) -> None:
    every = COUNTY_LINES_EVERY.get(body, 4)
    drugs = [t for t in made if t["theme"] == "drugs"]
    for number, threat in enumerate(drugs):
        # Lincolnshire holds all its county lines as vulnerabilities.
        as_group = body != "lincolnshire" and number % every == 0
        if threat["kind"] == "vulnerability" or (threat["kind"] == "ocg" and as_group):
            threat["tags"] = ["county_line"]
        elif threat["kind"] == "ocg" and number % 7 == 3:
            threat["tags"] = ["urban_street_gang"]
    for threat in made if body == "emsou" else ():
        tag = {"corruption": "prison", "drugs": "cross_border"}.get(threat["theme"])
        threat["tags"] = threat["tags"] + [tag] if tag else threat["tags"]


def _own(rng: random.Random, body: str, made: list[Row], staff: Staff) -> None:
    """Give each threat its lead officer, investigator and intelligence officer."""
    leads, sios = staff.of("lead"), staff.of("sio")
    helpers = staff.of("intelligence")
    held = [t for t in made if body == "emsou" or t["closed_on"] or stands_on_list(t)]
    for number, threat in enumerate(sorted(held, key=lambda t: t["closed_on"] is None)):
        closed = threat["closed_on"] is not None
        former = staff.of("former_lead") if closed else []
        threat["lro"] = turn(former or leads, number)
        threat["sio"] = turn(sios, number + rng.randint(0, 2))
        since = threat["opened_on"] + days(14)
        threat["lro_since"] = min(since, threat["closed_on"] or since)
        if _both_roles(body, number):
            threat["sio"] = threat["lro"]
        if body == "leicestershire" or number % 5 < 2:
            threat["intelligence_officer"] = turn(helpers, number)


def _both_roles(body: str, number: int) -> bool:
    """Is the lead officer also the investigator? In Nottinghamshire often."""
    if body == "nottinghamshire":
        return number % 5 in (1, 3)
    return body in ("derbyshire", "emsou") and number % 25 == 7


def _mark(rng: random.Random, body: str, made: list[Row]) -> None:
    """Some are OFFICIAL-SENSITIVE; three stand in a compartment."""
    for number, threat in enumerate(made):
        if number % 9 == 4:
            threat["classification"] = "official_sensitive"
            if body in FORCES and number % 2 == 0:
                threat["shared_with"] = [rng.choice([f for f in FORCES if f != body])]
    live = [t for t in made if t["closed_on"] is None and t["kind"] == "ocg"]
    if body == "emsou":
        off = [t for t in live if t["national_ref"] is None and t["theme"] == "fraud"]
        chosen, compartment = off[:2], "sycamore"
    elif body == "leicestershire":
        chosen, compartment = (
            [t for t in live if t["theme"] == "firearms"][:1],
            "juniper",
        )
    else:
        return
    for threat in chosen:
        threat["classification"] = "official_sensitive"
        threat["compartments"] = [compartment]
        threat["shared_with"] = []


def _check_sensitive(rng: random.Random, body: str, made: list[Row]) -> None:
    recent = SENSITIVE_RECENT.get(body, 5)
    live = [t for t in made if t["closed_on"] is None]
    for top in (True, False):
        banded = [t for t in live if (t["band"] in TOP_BANDS) is top]
        for number, threat in enumerate(banded):
            if number % 20 % 3 == 0 and number % 20 // 3 < recent:
                _checked(threat, TODAY - days(rng.randint(5, 80)))
            elif number % 4 == 1:
                _checked(threat, TODAY - days(rng.randint(130, 700)))


def _checked(threat: Row, day: date) -> None:
    threat["sensitive_checked_on"] = max(day, threat["opened_on"])
