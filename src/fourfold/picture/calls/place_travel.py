"""Which phones moved together, over the same sites in the same order?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.calls.place_joint import Joint, joint_of, pair_table
from fourfold.picture.calls.place_sites import Sites, place_rows
from fourfold.picture.calls.place_words import Moment, counted, shown

COLUMNS = (
    "a", "b", "journeys", "alike", "days", "cells", "first_at", "last_at", "reason",
)  # fmt: skip
JOURNEYS = ("a", "b", "day", "sites", "first_at", "last_at")
DAY_TURNS = timedelta(hours=4)
KEPT_PAIRS = 500
MOST_USES = 200_000
"""Joint uses that are put together to journeys; of the pairs with most cells first."""


@dataclass(frozen=True)
class Use:
    """One use of one cell by two phones, by the first one's clock."""

    a: str
    b: str
    cell: str
    site: str
    moment: Moment


@dataclass(frozen=True)
class Journey:
    """Joint uses without a long pause between, each site when it is first come to."""

    uses: tuple[Use, ...]

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites, in the order in which they were come to."""
        return tuple(dict.fromkeys(use.site for use in self.uses))

    @property
    def day(self) -> date:
        """The day on which it began; the small hours belong to the day before."""
        return (self.uses[0].moment.wall - DAY_TURNS).date()


def run_travel(case: Case) -> Findings:
    """Find the pairs of phones that travelled together, for a case."""
    p = case.parameters
    joint = joint_of(case)
    case.tell(0.4, "Looking for pairs that used several sites together")
    pairs = _pairs(joint, int(p["least_sites"]))
    uses, notes = _uses(joint, pairs)
    pause = timedelta(hours=float(p["longest_pause"]))
    travelled = {
        pair: [j for j in _journeys(own, pause) if len(j.sites) >= p["least_sites"]]
        for pair, own in uses.items()
    }
    rows = [
        _row(pair, journeys)
        for pair, journeys in travelled.items()
        if len(journeys) >= p["least_journeys"]
    ]
    rows.sort(key=lambda r: (-r["journeys"], -r["cells"], r["a"], r["b"]))
    rows = rows[: int(p["most_pairs"])]
    kept = sorted((row["a"], row["b"]) for row in rows)
    journeys = [journey for pair in kept for journey in travelled[pair]]
    journeys.sort(key=lambda j: j.uses[0].moment.second)
    caption = (
        f"{len(rows)} of {len(pairs)} pairs of phones that used {p['least_sites']} "
        f"sites or more together did so as {counted(p['least_journeys'], 'journey')} "
        "or more."
    )
    tables = (
        shown("travel", caption, COLUMNS, rows),
        shown("journeys", f"The {len(journeys)} journeys of {len(rows)} pairs, in "
              "order of time.", JOURNEYS, [_told(j) for j in journeys]),
    )  # fmt: skip
    answers = [Answer(caption, "travel")]
    answers += [
        Answer(row["reason"], "travel", (at,)) for at, row in enumerate(rows[:5])
    ]
    points = (_point(use) for pair in kept for use in uses[pair])
    places = place_rows(joint.sites, points)
    return Findings(tuple(answers), tables, places, notes=notes)


def _pairs(joint: Joint, least: int) -> list[tuple[int, int]]:
    """Pairs that used so many cells together, in the order of how many."""
    # Grouped twice: quicker than to count what differs within each group.
    each = joint.together().select("a", "b", "a_cell").distinct()
    grouped = each.group_by("a", "b").agg(cells=_.count())
    enough = grouped.filter(grouped.cells >= least)
    ranked = enough.order_by([enough.cells.desc(), "a", "b"]).limit(KEPT_PAIRS)
    return [(row["a"], row["b"]) for row in ranked.to_pyarrow().to_pylist()]


def _uses(
    joint: Joint, pairs: list[tuple[int, int]]
) -> tuple[dict[tuple[str, str], list[Use]], tuple[str, ...]]:
    """The joint uses of each pair in the order of time, and what to note."""
    listed = pair_table(joint.case.backend, pairs)
    rows = joint.of_pairs(pairs).join(listed, [("a", "one"), ("b", "other")])
    order = ["place", "a_second", "b_second", "a_cell", "b_cell"]
    found = rows.order_by(order).limit(MOST_USES + 1).to_pyarrow().to_pylist()
    notes: tuple[str, ...] = ()
    if len(found) > MOST_USES:
        notes = (f"Only the first {MOST_USES:,} joint uses were looked at.",)
    names = joint.coded.named_phones(code for pair in pairs for code in pair)
    cells = joint.coded.named_cells(row["a_cell"] for row in found)
    uses = {(names[a], names[b]): list[Use]() for a, b in pairs}
    for row in found[:MOST_USES]:
        a, b, cell = names[row["a"]], names[row["b"]], cells[row["a_cell"]]
        moment = Moment(row["a_second"], row["a_ahead"])
        uses[a, b].append(Use(a, b, cell, _site(joint.sites, cell, moment), moment))
    return uses, notes


def _site(sites: Sites, cell: str, moment: Moment) -> str:
    site = sites.at(cell, moment.at)
    return site.name if site else cell


def _journeys(uses: list[Use], pause: timedelta) -> Iterator[Journey]:
    """The journeys that joint uses in the order of time make."""
    count, before = 0, None
    numbered = []
    for use in uses:
        if before is not None and use.moment.at - before.moment.at > pause:
            count += 1
        numbered.append((count, use))
        before = use
    for _count, own in groupby(numbered, key=lambda one: one[0]):
        yield Journey(tuple(use for _number, use in own))


def _row(pair: tuple[str, str], journeys: list[Journey]) -> dict[str, Any]:
    a, b = pair
    routes = [journey.sites for journey in journeys]
    sites = {site for route in routes for site in route}
    days = len({journey.day for journey in journeys})
    longest = max(routes, key=len)
    reason = (
        f"{a} and {b} used the same cells in the same order on "
        f"{counted(len(journeys), 'journey')} on {counted(days, 'day')}, over "
        f"{counted(len(sites), 'site')}; the longest: {', then '.join(longest)}."
    )
    return {
        "a": a,
        "b": b,
        "journeys": len(journeys),
        "alike": len(routes) - len(set(routes)),
        "days": days,
        "cells": len(sites),
        "first_at": journeys[0].uses[0].moment.told,
        "last_at": journeys[-1].uses[-1].moment.told,
        "reason": reason,
    }


def _told(journey: Journey) -> dict[str, Any]:
    first, last = journey.uses[0], journey.uses[-1]
    return {
        "a": first.a,
        "b": first.b,
        "day": journey.day.isoformat(),
        "sites": list(journey.sites),
        "first_at": first.moment.told,
        "last_at": last.moment.told,
    }


def _point(use: Use) -> dict[str, Any]:
    return {
        "cell": use.cell,
        "at": use.moment.at,
        "label": f"{use.a} and {use.b} used this cell",
        "kind": "journey together",
        "who": f"{use.a}, {use.b}",
    }
