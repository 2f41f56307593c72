"""What speaks for and against a cell having served at a place, line by line?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fourfold.picture.survey.tables import Field, dbm, of

FOR, AGAINST, NEITHER = "for", "against", "neither"
FIELDS = (
    Field("evidence", "Evidence"),
    Field("speaks", "Speaks"),
    Field("says", "What was seen"),
    Field("readings", "Moments", "whole"),
    Field("of", "Of", "whole"),
    Field("metres", "Metres away", "number", "m"),
    Field("level_dbm", "Level", "number", "dBm"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("reason", "Rule or parameter"),
)


@dataclass(frozen=True)
class Seen:
    """What the readings show of one cell, near a place and elsewhere."""

    here: dict[str, Any] | None
    net: dict[str, Any] | None
    best: dict[str, Any] | None
    elsewhere: dict[str, Any]


def days_apart(net: dict[str, Any] | None, event_at: datetime | None) -> float | None:
    """Days between the event and the nearest of the readings near the place."""
    if net is None or event_at is None:
        return None
    before: float = (net["first_at"] - event_at).total_seconds()
    after: float = (event_at - net["last_at"]).total_seconds()
    return max(before, after, 0.0) / 86_400


def evidence_lines(seen: Seen, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was seen, as lines that speak for, against or for neither."""
    lines = [_served_line(seen, asked), _heard_line(seen, asked)]
    if seen.best is not None:
        lines.append(_best_line(seen, asked))
    return [*lines, _elsewhere_line(seen), _age_line(seen, asked), _change_line(asked)]


def _served_line(seen: Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
    served, base = (seen.here or {}).get("served", 0), (seen.net or {}).get("served", 0)
    enough = base >= asked["moments"]
    return {
        "evidence": "served near the place",
        "speaks": FOR if served else AGAINST if enough else NEITHER,
        "says": f"Served in {of(served, base, 'moment')} within {asked['metres']:g} m.",
        "readings": served,
        "of": base,
        "metres": (seen.net or {}).get("away"),
        "first_at": (seen.net or {}).get("first_at"),
        "last_at": (seen.net or {}).get("last_at"),
        "reason": f"metres {asked['metres']:g}, moments {asked['moments']}",
    }


def _heard_line(seen: Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
    here, total = seen.here, (seen.net or {}).get("moments", 0)
    if here is None:
        speaks = AGAINST if total >= asked["moments"] else NEITHER
        says = f"Not heard in {of(total, total, 'moment')} near the place."
        return {
            "evidence": "heard near the place",
            "speaks": speaks,
            "says": says,
            "readings": 0,
            "of": total,
            "reason": f"gap db {asked['gap_db']:g}",
        }
    below = here["below_best_db"]
    close = below is not None and below <= asked["gap_db"]
    named = here["resolved"] < here["heard"]
    says = f"Heard in {of(here['heard'], total, 'moment')}"
    says += f", on average {below:g} dB below the best" if below is not None else ""
    says += f"; {here['resolved']:,} of them resolved, not measured"
    return {
        "evidence": "heard near the place",
        "speaks": FOR if close and named else NEITHER,
        "says": f"{says}.",
        "readings": here["heard"],
        "of": total,
        "metres": here["nearest_metres"],
        "level_dbm": here["level_dbm"],
        "first_at": here["first_at"],
        "last_at": here["last_at"],
        "reason": f"gap db {asked['gap_db']:g}",
    }


def _best_line(seen: Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
    best = seen.best or {}
    mine = best["cell"] == asked["cell"]
    served = of(best["served"], best["of"], "moment")
    return {
        "evidence": "cell that served most often there",
        "speaks": FOR if mine else NEITHER,
        "says": f"{best['cell']} served in {served}.",
        "readings": best["served"],
        "of": best["of"],
        "level_dbm": best["level_dbm"],
        "reason": "most moments served, same operator and technology",
    }


def _elsewhere_line(seen: Seen) -> dict[str, Any]:
    there = seen.elsewhere
    if not there["times"]:
        says = "Seen nowhere in the files."
    elif not there["served"]:
        says = (
            f"Served nowhere in the files; nearest heard {there['nearest']:g} m away."
        )
    else:
        says = (
            f"Served in {there['served']:,} readings of the files, the nearest "
            f"{there['nearest_served']:g} m and the farthest "
            f"{there['farthest_served']:g} m from the place."
        )
    return {
        "evidence": "anywhere in the survey",
        "speaks": NEITHER,
        "says": says,
        "readings": there["served"],
        "of": there["times"],
        "metres": there["nearest_served"],
        "level_dbm": dbm(there["tenths"]),
        "first_at": there["first_at"],
        "last_at": there["last_at"],
        "reason": f"technology {there['technology'] or 'not known'}",
    }


def _age_line(seen: Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
    days = days_apart(seen.net, asked["event_at"])
    old = days is not None and days > asked["days"]
    says = (
        "No event time was given, or nothing was read near the place."
        if days is None
        else f"Survey near the place and event lie {days:.0f} days apart."
    )
    return {
        "evidence": "age of the survey",
        "speaks": AGAINST if old else NEITHER,
        "says": says,
        "reason": f"days {asked['days']}",
    }


def _change_line(asked: Mapping[str, Any]) -> dict[str, Any]:
    changed = asked["network_changed"]
    known = "A change is known" if changed else "No change was told of"
    return {
        "evidence": "change of the network",
        "speaks": NEITHER,
        "says": f"{known} between the survey and the event.",
        "reason": "network changed: as the officer recorded it",
    }


def base_of(seen: Seen, asked: Mapping[str, Any]) -> str:
    """On how many moments does the answer rest, in a sentence?"""
    if seen.net is None:
        return (
            f"No reading of its network was taken within {asked['metres']:g} m of the "
            "place."
        )
    return (
        f"The answer rests on {seen.net['moments']:,} moments within "
        f"{asked['metres']:g} m, the nearest {seen.net['away']:g} m away, from "
        f"{seen.net['first_at']:%d/%m/%Y} to {seen.net['last_at']:%d/%m/%Y}."
    )
