"""Could this cell have served here: what speaks for it, what against?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ibis import _

from fourfold.base import rules
from fourfold.base.analysis import Answer, Case, Findings, Parameter
from fourfold.picture.survey.cells_there import cells_there, moments_by_net, near
from fourfold.picture.survey.coverage import LEAST, WITHIN
from fourfold.picture.survey.places import Place, metres_between, place_of
from fourfold.picture.survey.readings import READING, readings
from fourfold.picture.survey.tables import Field, dbm, of, shown

FACTS = (
    *("readings", "served", "often", "heard", "weak", "resolved", "known", "old"),
    "changed",
)
VERDICTS = ("consistent", "not consistent", "cannot tell")
FOR, AGAINST, NEITHER = "for", "against", "neither"
PARAMETERS = (
    Parameter("cell", "The cell, as in the files.", "text", required=True),
    Parameter(
        "place", "Latitude and longitude, or a grid reference.", "text", required=True
    ),
    Parameter("event_at", "When the event was; the survey's age is shown.", "instant"),
    Parameter(
        "network_changed",
        "The operator told of a change of the network near here between the survey and "
        "the event.",
        "flag",
        default=False,
    ),
    WITHIN,
    LEAST,
    Parameter(
        "share",
        "Serving in at least this share of the moments is more than rare. Chosen.",
        "number",
        default=0.05,
        least=0,
        most=1,
    ),
    Parameter(
        "gap_db",
        "A neighbour within this of the best of its moments is near the best. Chosen: "
        "several dB of hysteresis and of difference between phones.",
        "number",
        default=6.0,
        unit="dB",
        least=0,
    ),
    Parameter(
        "days",
        "Survey and event farther apart than this: long ago. Chosen.",
        "whole",
        default=180,
        unit="days",
        least=0,
    ),
    *READING,
)
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
class Verdict:
    """One rule: when these facts hold and those fail, this is the answer."""

    key: str
    says: str
    verdict: str
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    source: str
    examples: tuple[Any, ...] = ()


RULES = rules.load(Verdict, "fourfold.picture.survey", "could_serve")


def verdict_of(facts: Collection[str]) -> Verdict:
    """Which rule of the sheet decides, given the facts that hold?"""
    return next(
        rule
        for rule in RULES
        if set(rule.holds) <= set(facts) and not set(rule.fails) & set(facts)
    )


def could_serve(case: Case) -> Findings:
    """What speaks for and against a cell having served at a place?

    Raises:
        NoSuchPlace, NotOnTheGrid: the place cannot be read.
    """
    asked = case.parameters
    place = place_of(asked["place"])
    found = readings(case)
    case.tell(0.7, "counting near the place")
    seen = _seen(case, found.rows, place)
    facts = _facts(seen, asked)
    rule = verdict_of(facts)
    lines = [*_lines(seen, asked), _decided(rule, facts)]
    here = f"{place[0]:.5f}, {place[1]:.5f}"
    text = f"{rule.verdict.capitalize()}: could {asked['cell']} have served at {here}?"
    return Findings(
        answers=(
            Answer(f"{text} {rule.says}", "evidence", (len(lines) - 1,)),
            Answer(_base(seen, asked), "evidence", (0,)),
        ),
        tables=(
            shown(
                "evidence",
                f"What speaks for and against {asked['cell']} having served within "
                f"{asked['metres']:g} m of {here}.",
                FIELDS,
                lines,
            ),
        ),
        notes=(
            *found.notes(),
            "Consistent means that the cell could have served there; it could have "
            "served in other places too, and other cells could have served there.",
        ),
    )


@dataclass(frozen=True)
class _Seen:
    """What the readings show of one cell, near a place and elsewhere."""

    here: dict[str, Any] | None
    net: dict[str, Any] | None
    best: dict[str, Any] | None
    elsewhere: dict[str, Any]


def _seen(case: Case, rows: Any, place: Place) -> _Seen:
    cell = case.parameters["cell"]
    mine = rows.filter(_.name == cell)
    away = metres_between(mine.lat, mine.lon, place[0], place[1]).round()
    everywhere = mine.mutate(away=away).agg(
        times=_.count(),
        read=_.count(where=_.sure == "measured"),
        served=_.count(where=_.serving),
        nearest=_.away.min(),
        nearest_served=_.away.min(where=_.serving),
        farthest_served=_.away.max(where=_.serving),
        tenths=_.tenths.max(),
        technology=_.technology.max(),
        operator=_.operator.max(),
        first_at=_.at.min(),
        last_at=_.at.max(),
    )
    elsewhere = everywhere.to_pyarrow().to_pylist()[0]
    close = near(case.backend, rows, [place], case.parameters["metres"])
    nets = moments_by_net(close)
    there = cells_there(close)
    here = next((row for row in there if row["cell"] == cell), None)
    key = (elsewhere["operator"], elsewhere["technology"])
    net = nets.get(key) if elsewhere["times"] else _all_nets(nets)
    rivals = [row for row in there if (row["operator"], row["technology"]) == key]
    best = max(rivals, key=lambda row: row["served"], default=None)
    return _Seen(here, net, best, elsewhere)


def _all_nets(nets: Mapping[Any, dict[str, Any]]) -> dict[str, Any] | None:
    """Of a cell that nobody saw the network is not known: all moments are its base."""
    if not nets:
        return None
    every = list(nets.values())
    return {
        "moments": sum(net["moments"] for net in every),
        "served": sum(net["served"] for net in every),
        "away": min(net["away"] for net in every),
        "first_at": min(net["first_at"] for net in every),
        "last_at": max(net["last_at"] for net in every),
    }


def _facts(seen: _Seen, asked: Mapping[str, Any]) -> set[str]:
    here, net = seen.here, seen.net
    served = here["served"] if here else 0
    read = here is not None and here["resolved"] < here["heard"]
    near_best = (
        read
        and here is not None
        and here["below_best_db"] is not None
        and here["below_best_db"] <= asked["gap_db"]
    )
    base = net["served"] if net else 0
    days = _days(net, asked["event_at"])
    tests = {
        "readings": base >= asked["moments"],
        "served": served > 0,
        "often": base > 0 and served / base >= asked["share"],
        "heard": near_best,
        "weak": read and not near_best,
        "resolved": here is not None and not read,
        "known": seen.elsewhere["read"] > 0,
        "old": days is not None and days > asked["days"],
        "changed": bool(asked["network_changed"]),
    }
    return {fact for fact in FACTS if tests[fact]}


def _days(net: dict[str, Any] | None, event_at: datetime | None) -> float | None:
    """Days between the event and the nearest of the readings near the place."""
    if net is None or event_at is None:
        return None
    before: float = (net["first_at"] - event_at).total_seconds()
    after: float = (event_at - net["last_at"]).total_seconds()
    return max(before, after, 0.0) / 86_400


def _lines(seen: _Seen, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines = [_served_line(seen, asked), _heard_line(seen, asked)]
    if seen.best is not None:
        lines.append(_best_line(seen, asked))
    return [*lines, _elsewhere_line(seen), _age_line(seen, asked), _change_line(asked)]


def _served_line(seen: _Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
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


def _heard_line(seen: _Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
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


def _best_line(seen: _Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
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


def _elsewhere_line(seen: _Seen) -> dict[str, Any]:
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


def _age_line(seen: _Seen, asked: Mapping[str, Any]) -> dict[str, Any]:
    days = _days(seen.net, asked["event_at"])
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


def _decided(rule: Verdict, facts: Collection[str]) -> dict[str, Any]:
    held = ", ".join(fact for fact in FACTS if fact in facts) or "none"
    return {
        "evidence": "verdict",
        "speaks": rule.verdict,
        "says": rule.says,
        "reason": f"rule {rule.key}; facts that hold: {held}",
    }


def _base(seen: _Seen, asked: Mapping[str, Any]) -> str:
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
