"""Which phones used the same cell at about the same time, more than chance explains?"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from scipy.stats import poisson

from fourfold.base.analysis import Answer, Case, Findings, Parameter
from fourfold.picture.calls.events import only, seconds_of
from fourfold.picture.calls.place_uses import (
    Site,
    cell_uses,
    near_cells,
    of_targets,
    place_rows,
    sites_of,
    used_together,
)
from fourfold.picture.calls.place_words import clock, counted, shown

PAIRS = (
    "a", "b", "times", "days", "cells", "expected", "surprise", "weight", "first_at",
    "last_at", "reason",
)  # fmt: skip
USES = (
    "a", "b", "a_cell", "a_at", "b_cell", "b_at", "a_input", "a_line", "b_input",
    "b_line",
)  # fmt: skip
MOST_USES = 2000
KEPT_PAIRS = 20_000
MINUTES = Parameter(
    "minutes", "Two uses this close in time count.", "number", 15.0, "minutes",
    least=1, most=240,
)  # fmt: skip
METRES = Parameter(
    "metres",
    "With a list of cells: cells this close count as one; 0: the same only.",
    "number", 0.0, "metres", least=0, most=10_000,
)  # fmt: skip
TARGETS = Parameter("targets", "These phones; empty: every phone.", "texts", ())
AGAINST = Parameter(
    "against", "Whom the targets are compared with.", "choice", "anybody",
    choices=("targets", "anybody"),
)  # fmt: skip
CROWD = Parameter(
    "crowd",
    "Cells that more phones than this used in the whole data tell nothing and are left "
    "out; 0: none is.",
    "whole", 0, "phones", least=0,
)  # fmt: skip


@dataclass(frozen=True)
class Chance:
    """How often do two phones use one cell together by chance?

    `windows` is how many windows of the data have any use; `phones` how many phones
    used a cell; `used` maps (number, cell) to the windows in which it did; `crowd` maps
    a cell to how many phones used it; `near` a cell to those that count as one with it.
    """

    windows: int
    phones: int
    used: dict[tuple[str, str], int]
    crowd: dict[str, int]
    near: dict[str, list[str]]
    cells_of: dict[str, list[str]]

    def expected(self, a: str, b: str) -> float:
        """In how many of its windows would a meet b, if b kept its cells, not times?"""
        total = 0.0
        for cell in self.cells_of.get(a, ()):
            theirs = sum(self.used.get((b, n), 0) for n in self.near.get(cell, [cell]))
            total += self.used[a, cell] * min(1.0, 2 * theirs / max(self.windows, 1))
        return total

    def weight(self, cell: str) -> float:
        """How rare is a cell: 0 where every phone used it?"""
        return float(np.log(max(self.phones, 1) / max(self.crowd.get(cell, 1), 1)))


def run_colocation(case: Case) -> Findings:
    """Find the pairs of phones that used cells together, for a case."""
    together, uses, sites = joint_uses(case)
    pairs = _pairs(together, case.parameters)
    case.tell(0.6, "Comparing with chance")
    chance = chance_of(case, uses, sites, pairs)
    rows = [_row(row, chance) for row in pairs]
    rows.sort(key=lambda r: (-r["surprise"], -r["weight"], r["a"], r["b"]))
    rows = rows[: int(case.parameters["most_pairs"])]
    details = uses_of_pairs(together, rows)
    for row in rows:
        row["weight"] = round(
            sum(chance.weight(d["a_cell"]) for d in details if _is(d, row)), 2
        )
    caption = _caption(rows, chance)
    tables = (
        shown("colocation", caption, PAIRS, rows),
        shown(
            "joint_uses",
            f"The first {len(details):,} uses of one cell by both phones of the pairs.",
            USES,
            [_use(d) for d in details],
        ),
    )
    answers = [Answer(caption, "colocation")]
    answers += [
        Answer(row["reason"], "colocation", (at,)) for at, row in enumerate(rows[:5])
    ]
    return Findings(tuple(answers), tables, place_rows(sites, _points(details)))


def joint_uses(case: Case) -> tuple[Any, Any, dict[str, Site]]:
    """Every use of one cell by two phones, all uses, and where the cells stand."""
    p = case.parameters
    sites = sites_of(case)
    case.tell(0.1, "Reading which phone used which cell")
    uses = cell_uses(case.tables["calls"])
    if p["crowd"]:
        phones = uses.group_by("cell").agg(phones=_.number.nunique())
        uses = uses.semi_join(phones.filter(_.phones <= p["crowd"]), "cell")
    targets = tuple(p["targets"] or ())
    mine = of_targets(uses, targets) if targets else uses
    theirs = mine if p["against"] == "targets" else uses
    near = near_cells(sites, p["metres"]) if sites and p["metres"] else None
    together = used_together(mine, theirs, int(p["minutes"] * 60), near)
    if not targets or p["against"] == "targets":
        together = together.filter(_.a < _.b)
    else:
        twice = together.a.isin(list(targets)) & together.b.isin(list(targets))
        together = together.filter(~twice | (_.a < _.b))
    return together, uses, sites


def chance_of(
    case: Case, uses: Any, sites: dict[str, Site], pairs: list[dict[str, Any]]
) -> Chance:
    """What chance makes of the uses of the phones in some pairs."""
    seconds = int(case.parameters["minutes"] * 60)
    numbers = sorted({n for row in pairs for n in (row["a"], row["b"])})
    window = (seconds_of(_["at"]) / seconds).floor().cast("int64")
    each = only(uses, "number", numbers).mutate(window=window)
    used = each.group_by("number", "cell").agg(n=_.window.nunique()).to_pyarrow()
    everyone = uses.aggregate(phones=_.number.nunique()).to_pyarrow()
    span = uses.aggregate(b=_["at"].min(), e=_["at"].max()).to_pyarrow().to_pylist()[0]
    cells = sorted(set(used["cell"].to_pylist()))
    crowd = only(uses, "cell", cells).group_by("cell").agg(n=_.number.nunique())
    rows = sorted(used.to_pylist(), key=lambda r: (r["number"], r["cell"]))
    cells_of: dict[str, list[str]] = {}
    for row in rows:
        cells_of.setdefault(row["number"], []).append(row["cell"])
    near: dict[str, list[str]] = {}
    if sites and case.parameters["metres"]:
        for one, other in near_cells(sites, case.parameters["metres"]):
            near.setdefault(one, []).append(other)
    return Chance(
        windows=_windows(uses, span, seconds),
        phones=int(everyone["phones"][0].as_py() or 0),
        used={(r["number"], r["cell"]): r["n"] for r in rows},
        crowd={r["cell"]: r["n"] for r in crowd.to_pyarrow().to_pylist()},
        near=near,
        cells_of=cells_of,
    )


def uses_of_pairs(together: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The joint uses of listed pairs, in order of time, at most MOST_USES."""
    if not rows:
        return []
    listed = ibis.memtable(
        pa.table({"one": [r["a"] for r in rows], "other": [r["b"] for r in rows]})
    )
    kept = together.semi_join(
        listed, [together.a == listed.one, together.b == listed.other]
    )
    order = ["a_at", "a", "b", "b_at", "a_cell", "b_cell", "a_line", "b_line"]
    found = kept.order_by(order).limit(MOST_USES).to_pyarrow()
    return list(found.to_pylist())


def _windows(uses: Any, span: dict[str, Any], seconds: int) -> int:
    """How many windows of the data have any use? Nights without traffic have none."""
    if span["b"] is None:
        return 0
    hours = uses.mutate(hour=(seconds_of(_["at"]) / 3600).floor().cast("int64"))
    busy = int(hours.aggregate(n=_.hour.nunique()).to_pyarrow()["n"][0].as_py())
    return max(1, round(busy * 3600 / seconds))


def _pairs(together: Any, parameters: Any) -> list[dict[str, Any]]:
    """The pairs met often enough, by windows of the first phone's uses."""
    least, seconds = int(parameters["least_times"]), int(parameters["minutes"] * 60)
    marked = together.mutate(
        day=_.a_local.date(), window=(seconds_of(_.a_at) / seconds).floor()
    )
    grouped = marked.group_by("a", "b").agg(
        times=_.window.nunique(),
        days=_.day.nunique(),
        cells=_.a_cell.nunique(),
        first_at=_.a_at.min(),
        last_at=_.a_at.max(),
        first_local=_.a_local.min(),
        last_local=_.a_local.max(),
    )
    often = grouped.filter(_.times >= least)
    ranked = often.order_by([_.times.desc(), _.cells.desc(), "a", "b"])
    return list(ranked.limit(KEPT_PAIRS).to_pyarrow().to_pylist())


def _row(row: dict[str, Any], chance: Chance) -> dict[str, Any]:
    expected = chance.expected(row["a"], row["b"])
    sure = -poisson.logsf(row["times"] - 1, max(expected, 1e-6)) / np.log(10)
    first = clock(row["first_local"], row["first_at"])
    last = clock(row["last_local"], row["last_at"])
    reason = (
        f"{row['a']} and {row['b']} used the same cell, or a near one, at about one "
        f"time {counted(row['times'], 'time')} on {counted(row['days'], 'day')} and "
        f"{counted(row['cells'], 'cell')}, where {expected:.1f} would be expected by "
        "chance from the cells that each used."
    )
    return row | {
        "expected": round(expected, 2),
        "surprise": round(float(sure), 2),
        "weight": 0.0,
        "first_at": first,
        "last_at": last,
        "reason": reason,
    }


def _use(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "a_at": clock(row["a_local"], row["a_at"]),
        "b_at": clock(row["b_local"], row["b_at"]),
    }


def _points(details: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "cell": row["a_cell"],
            "at": row["a_at"],
            "label": f"{row['a']} and {row['b']} used this cell",
            "kind": "cell used together",
            "who": f"{row['a']}, {row['b']}",
        }
        for row in details
    ]


def _is(use: dict[str, Any], pair: dict[str, Any]) -> bool:
    return bool(use["a"] == pair["a"] and use["b"] == pair["b"])


def _caption(rows: list[dict[str, Any]], chance: Chance) -> str:
    more = sum(row["surprise"] >= 3 for row in rows)
    return (
        f"{more} of {len(rows)} pairs of phones used cells together more often than "
        f"chance explains (one in a thousand), among {chance.phones:,} phones that "
        "used a cell."
    )
