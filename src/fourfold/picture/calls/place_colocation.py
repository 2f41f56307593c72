"""Which phones used the same cell at about the same time, more than chance explains?"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from scipy.stats import poisson

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import laid_down
from fourfold.picture.calls.place_joint import Joint, joint_uses, near_table
from fourfold.picture.calls.place_sites import place_rows
from fourfold.picture.calls.place_words import clock, counted, shown

PAIRS = (
    "a", "b", "times", "days", "cells", "expected", "surprise", "weight", "first_at",
    "last_at", "reason",
)  # fmt: skip
USES = (
    "a", "b", "a_cell", "a_at", "b_cell", "b_at", "a_input", "a_line", "b_input",
    "b_line",
)  # fmt: skip
IN_ORDER = ("a_at", "a", "b", "b_at", "a_cell", "b_cell", "a_line", "b_line")
MOST_USES = 2000
KEPT_PAIRS = 20_000
"""Pairs that met most often: so many are compared with chance."""
HOUR = 3600


@dataclass(frozen=True)
class Pair:
    """Two phones by their codes, and how often they used a cell together.

    `expected` is how often chance would have it; `surprise` is minus the logarithm to
    base ten of the probability of so many times or more.
    """

    a: int
    b: int
    times: int
    cells: int
    expected: float
    surprise: float


def run_colocation(case: Case) -> Findings:
    """Find the pairs of phones that used cells together, for a case."""
    joint = joint_uses(case)
    case.tell(0.6, "Comparing with chance")
    pairs = _most_surprising(joint)
    phones = _phones(joint)
    case.tell(0.8, "Fetching the uses of the pairs")
    rows, uses = _rows(joint, pairs, phones)
    caption = _caption(rows, phones)
    tables = (
        shown("colocation", caption, PAIRS, rows),
        shown(
            "joint_uses",
            f"The first {len(uses):,} uses of one cell by both phones of the pairs.",
            USES,
            [_told(use) for use in uses],
        ),
    )
    answers = [Answer(caption, "colocation")]
    answers += [
        Answer(row["reason"], "colocation", (at,)) for at, row in enumerate(rows[:5])
    ]
    points = place_rows(joint.sites, map(_point, uses))
    return Findings(tuple(answers), tables, points)


def _most_surprising(joint: Joint) -> list[Pair]:
    """The pairs that chance explains least, as many as may be listed."""
    counts = _times(joint)
    expected = _expected(joint, counts)
    a, b, times, cells = (counts[c].to_numpy() for c in ("a", "b", "times", "cells"))
    least = np.maximum(expected, 1e-6)
    surprise = np.round(-poisson.logsf(times - 1, least) / np.log(10), 2)
    order = np.lexsort((b, a, -surprise))[: int(joint.case.parameters["most_pairs"])]
    columns = (a, b, times, cells, expected, surprise)
    return [Pair(*(column[at].item() for column in columns)) for at in order]


def _times(joint: Joint) -> pa.Table:
    """The pairs that met often enough, by windows of the first phone's uses."""
    marked = joint.together.mutate(window=_window(_.a_second, joint.seconds))
    grouped = marked.group_by("a", "b").agg(
        times=_.window.nunique(), cells=_.a_cell.nunique()
    )
    often = grouped.filter(_.times >= joint.case.parameters["least_times"])
    ranked = often.order_by([_.times.desc(), _.cells.desc(), "a", "b"])
    return ranked.limit(KEPT_PAIRS).to_pyarrow()


def _expected(joint: Joint, counts: pa.Table) -> np.ndarray:
    """In how many of a's windows would b be met, if b kept its cells, not its times?

    For each cell of a, the windows in which a used it times the share of all windows
    in which b used it or a near one, twice, since b's window may begin on either side.
    """
    backend, windows = joint.case.backend, _windows(joint)
    pairs = laid_down(backend, counts.select(["a", "b"]))
    phones = pairs.select(phone="a").union(pairs.select(phone="b"), distinct=True)
    uses = joint.coded.uses.semi_join(phones, [("number", "phone")])
    each = uses.mutate(window=_window(_.second, joint.seconds))
    used = each.group_by("number", "cell").agg(n=_.window.nunique())
    theirs, near = used, near_table(backend, joint.coded.paired(joint.near), pa.int32())
    if near is not None:
        beside = used.join(near, used.cell == near.meets)
        theirs = beside.group_by("number", cell="of").agg(n=_.n.sum())
    mine = pairs.join(used.rename(a="number", mine="n"), "a")
    both = mine.join(theirs.rename(b="number", theirs="n"), ["b", "cell"])
    chance = both.mutate(met=_.mine * ibis.least(2 * _.theirs, windows))
    sums = chance.group_by("a", "b").agg(met=_.met.sum()).to_pyarrow().to_pylist()
    met = {(row["a"], row["b"]): row["met"] for row in sums}
    keys = zip(counts["a"].to_pylist(), counts["b"].to_pylist(), strict=True)
    return np.array([met.get(key, 0) / windows for key in keys])


def _windows(joint: Joint) -> int:
    """How many windows of the data have any use? Nights without traffic have none."""
    hours = joint.coded.uses.aggregate(n=_window(_.second, HOUR).nunique())
    busy = int(hours.to_pyarrow()["n"][0].as_py())
    return max(1, round(busy * HOUR / joint.seconds))


def _window(second: Any, seconds: int) -> Any:
    return (second / seconds).floor().cast("int64")


def _phones(joint: Joint) -> int:
    used = joint.coded.uses.aggregate(n=_.number.nunique())
    return int(used.to_pyarrow()["n"][0].as_py())


def _rows(
    joint: Joint, pairs: list[Pair], phones: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The pairs by their names, in order, and the first of their joint uses."""
    if not pairs:
        return [], []
    names = joint.coded.named_phones(code for p in pairs for code in (p.a, p.b))
    named = [(names[pair.a], names[pair.b]) for pair in pairs]
    uses = joint.of_pairs(named)
    spans = _by_pair(_spans(uses))
    weights = _weights(joint, pairs, phones)
    rows = [
        _row(pair, spans[key], weights[pair.a, pair.b])
        for pair, key in zip(pairs, named, strict=True)
    ]
    first = uses.order_by(list(IN_ORDER)).limit(MOST_USES).to_pyarrow()
    return rows, first.to_pylist()


def _spans(uses: Any) -> list[dict[str, Any]]:
    """From when to when each pair was together, and on how many days."""
    days = uses.mutate(day=_.a_local.date()).group_by("a", "b")
    spans = days.agg(
        days=_.day.nunique(),
        first_at=_.a_at.min(),
        last_at=_.a_at.max(),
        first_local=_.a_local.min(),
        last_local=_.a_local.max(),
    )
    return list(spans.to_pyarrow().to_pylist())


def _weights(
    joint: Joint, pairs: list[Pair], phones: int
) -> dict[tuple[int, int], float]:
    """How much do the cells of each pair tell? One that every phone used: nothing."""
    codes = pa.table(
        {
            "one": pa.array([p.a for p in pairs], pa.int32()),
            "other": pa.array([p.b for p in pairs], pa.int32()),
        }
    )
    listed = laid_down(joint.case.backend, codes)
    uses = joint.together.semi_join(listed, [("a", "one"), ("b", "other")])
    each = uses.group_by("a", "b", "a_cell").agg(n=_.count()).to_pyarrow()
    cells = pa.table(
        {"wanted": pa.array(sorted(set(each["a_cell"].to_pylist())), pa.int32())}
    )
    wanted = laid_down(joint.case.backend, cells)
    used = joint.coded.uses.semi_join(wanted, [("cell", "wanted")])
    crowds = used.group_by("cell").agg(n=_.number.nunique()).to_pyarrow().to_pylist()
    tells = {row["cell"]: float(np.log(phones / row["n"])) for row in crowds}
    weights = {(p.a, p.b): 0.0 for p in pairs}
    for row in sorted(each.to_pylist(), key=lambda r: (r["a"], r["b"], r["a_cell"])):
        weights[row["a"], row["b"]] += row["n"] * tells[row["a_cell"]]
    return weights


def _by_pair(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["a"], row["b"]): row for row in rows}


def _row(pair: Pair, span: dict[str, Any], weight: float) -> dict[str, Any]:
    reason = (
        f"{span['a']} and {span['b']} used the same cell, or a near one, at about one "
        f"time {counted(pair.times, 'time')} on {counted(span['days'], 'day')} and "
        f"{counted(pair.cells, 'cell')}, where {pair.expected:.1f} would be expected "
        "by chance from the cells that each used."
    )
    return {
        "a": span["a"],
        "b": span["b"],
        "times": pair.times,
        "days": span["days"],
        "cells": pair.cells,
        "expected": round(pair.expected, 2),
        "surprise": pair.surprise,
        "weight": round(weight, 2),
        "first_at": clock(span["first_local"], span["first_at"]),
        "last_at": clock(span["last_local"], span["last_at"]),
        "reason": reason,
    }


def _told(use: dict[str, Any]) -> dict[str, Any]:
    return use | {
        "a_at": clock(use["a_local"], use["a_at"]),
        "b_at": clock(use["b_local"], use["b_at"]),
    }


def _point(use: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell": use["a_cell"],
        "at": use["a_at"],
        "label": f"{use['a']} and {use['b']} used this cell",
        "kind": "cell used together",
        "who": f"{use['a']}, {use['b']}",
    }


def _caption(rows: list[dict[str, Any]], phones: int) -> str:
    more = sum(row["surprise"] >= 3 for row in rows)
    return (
        f"{more} of {len(rows)} pairs of phones used cells together more often than "
        f"chance explains (one in a thousand), among {phones:,} phones that used a "
        "cell."
    )
