"""Which phones moved together, over the same sites in the same order?"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.calls.place_colocation import joint_uses, uses_of_pairs
from fourfold.picture.calls.place_uses import Site, place_rows
from fourfold.picture.calls.place_words import clock, counted, shown

COLUMNS = (
    "a", "b", "journeys", "alike", "days", "cells", "first_at", "last_at", "reason",
)  # fmt: skip
JOURNEYS = ("a", "b", "day", "sites", "first_at", "last_at")
DAY_TURNS = timedelta(hours=4)
KEPT_PAIRS = 500


def run_travel(case: Case) -> Findings:
    """Find the pairs of phones that travelled together, for a case."""
    p = case.parameters
    together, _uses, sites = joint_uses(case)
    case.tell(0.4, "Looking for pairs that used several sites together")
    pairs = _pairs(together, int(p["least_sites"]))
    details = uses_of_pairs(together, pairs)
    least, pause = int(p["least_sites"]), timedelta(hours=float(p["longest_pause"]))
    journeys = [
        journey
        for pair in pairs
        for journey in _journeys(_of(details, pair), sites, pause)
        if len(journey["sites"]) >= least
    ]
    rows = [_row(pair, [j for j in journeys if _same(j, pair)]) for pair in pairs]
    rows = [r for r in rows if r["journeys"] >= int(p["least_journeys"])]
    rows.sort(key=lambda r: (-r["journeys"], -r["cells"], r["a"], r["b"]))
    rows = rows[: int(p["most_pairs"])]
    kept = {(row["a"], row["b"]) for row in rows}
    journeys = [j for j in journeys if (j["a"], j["b"]) in kept]
    caption = (
        f"{len(rows)} of {len(pairs)} pairs of phones that used {least} sites or more "
        f"together did so as {counted(int(p['least_journeys']), 'journey')} or more."
    )
    tables = (
        shown("travel", caption, COLUMNS, rows),
        shown("journeys", f"The {len(journeys)} journeys of {len(rows)} pairs, in "
              "order of time.", JOURNEYS, journeys),
    )  # fmt: skip
    answers = [Answer(caption, "travel")]
    answers += [
        Answer(row["reason"], "travel", (at,)) for at, row in enumerate(rows[:5])
    ]
    points = _points([use for use in details if (use["a"], use["b"]) in kept])
    return Findings(tuple(answers), tables, place_rows(sites, points))


def _points(details: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "cell": use["a_cell"],
            "at": use["a_at"],
            "label": f"{use['a']} and {use['b']} used this cell",
            "kind": "journey together",
            "who": f"{use['a']}, {use['b']}",
        }
        for use in details
    ]


def _pairs(together: Any, least: int) -> list[dict[str, Any]]:
    """Pairs that used so many cells together, in the order of how many."""
    grouped = together.group_by("a", "b").agg(cells=together.a_cell.nunique())
    enough = grouped.filter(grouped.cells >= least)
    ranked = enough.order_by([enough.cells.desc(), "a", "b"]).limit(KEPT_PAIRS)
    return list(ranked.to_pyarrow().to_pylist())


def _journeys(
    uses: list[dict[str, Any]], sites: Mapping[str, Site], pause: timedelta
) -> list[dict[str, Any]]:
    """Joint uses without a long pause between, each site when it is come to."""
    journeys: list[dict[str, Any]] = []
    before: dict[str, Any] | None = None
    for use in uses:
        site = sites[use["a_cell"]].name if use["a_cell"] in sites else use["a_cell"]
        if before is None or use["a_at"] - before["a_at"] > pause:
            journeys.append(
                {
                    "a": use["a"],
                    "b": use["b"],
                    "day": _day(use).isoformat(),
                    "sites": [site],
                    "first_at": clock(use["a_local"], use["a_at"]),
                }
            )
        elif journeys[-1]["sites"][-1] != site:
            journeys[-1]["sites"].append(site)
        journeys[-1]["last_at"] = clock(use["a_local"], use["a_at"])
        before = use
    return [j for j in journeys if len(set(j["sites"])) == len(j["sites"])] + [
        j | {"sites": list(dict.fromkeys(j["sites"]))}
        for j in journeys
        if len(set(j["sites"])) != len(j["sites"])
    ]


def _row(pair: dict[str, Any], journeys: list[dict[str, Any]]) -> dict[str, Any]:
    journeys = sorted(journeys, key=lambda j: (j["first_at"], j["sites"]))
    routes = [tuple(j["sites"]) for j in journeys]
    alike = len(routes) - len(set(routes))
    sites = sorted({site for route in routes for site in route})
    days = len({j["day"] for j in journeys})
    longest = max(routes, key=len, default=())
    reason = (
        f"{pair['a']} and {pair['b']} used the same cells in the same order on "
        f"{counted(len(journeys), 'journey')} on {counted(days, 'day')}, over "
        f"{counted(len(sites), 'site')}; the longest: {', then '.join(longest)}."
    )
    return {
        "a": pair["a"],
        "b": pair["b"],
        "journeys": len(journeys),
        "alike": alike,
        "days": days,
        "cells": len(sites),
        "first_at": journeys[0]["first_at"] if journeys else "",
        "last_at": journeys[-1]["last_at"] if journeys else "",
        "reason": reason,
    }


def _day(use: dict[str, Any]) -> date:
    day: date = ((use["a_local"] or use["a_at"]) - DAY_TURNS).date()
    return day


def _of(details: list[dict[str, Any]], pair: dict[str, Any]) -> list[dict[str, Any]]:
    return [use for use in details if _same(use, pair)]


def _same(row: dict[str, Any], pair: dict[str, Any]) -> bool:
    return bool(row["a"] == pair["a"] and row["b"] == pair["b"])
