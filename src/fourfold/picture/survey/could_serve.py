"""Could this cell have served here: what speaks for it, what against?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ibis import _

from fourfold.base import rules
from fourfold.base.analysis import Answer, Case, Findings, Parameter
from fourfold.picture.survey.cells_there import cells_there, moments_by_net, near
from fourfold.picture.survey.coverage import LEAST, WITHIN
from fourfold.picture.survey.evidence_lines import (
    FIELDS,
    Seen,
    base_of,
    days_apart,
    evidence_lines,
)
from fourfold.picture.survey.places import Place, metres_between, place_of
from fourfold.picture.survey.readings import READING, readings
from fourfold.picture.survey.tables import shown

FACTS = (
    *("readings", "served", "often", "heard", "weak", "resolved", "known", "old"),
    "changed",
)
VERDICTS = ("consistent", "not consistent", "cannot tell")
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
    lines = [*evidence_lines(seen, asked), _decided(rule, facts)]
    here = f"{place[0]:.5f}, {place[1]:.5f}"
    text = f"{rule.verdict.capitalize()}: could {asked['cell']} have served at {here}?"
    return Findings(
        answers=(
            Answer(f"{text} {rule.says}", "evidence", (len(lines) - 1,)),
            Answer(base_of(seen, asked), "evidence", (0,)),
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


def _seen(case: Case, rows: Any, place: Place) -> Seen:
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
    return Seen(here, net, best, elsewhere)


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


def _facts(seen: Seen, asked: Mapping[str, Any]) -> set[str]:
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
    days = days_apart(net, asked["event_at"])
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


def _decided(rule: Verdict, facts: Collection[str]) -> dict[str, Any]:
    held = ", ".join(fact for fact in FACTS if fact in facts) or "none"
    return {
        "evidence": "verdict",
        "speaks": rule.verdict,
        "says": rule.says,
        "reason": f"rule {rule.key}; facts that hold: {held}",
    }
