"""Which phones used the same cell at about the same time, more than chance explains?"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import laid_down
from fourfold.picture.calls.place_joint import Joint, joint_of, near_table
from fourfold.picture.calls.place_sites import place_rows
from fourfold.picture.calls.place_uses import window_of
from fourfold.picture.calls.place_words import Moment, counted, shown
from fourfold.picture.surprise import surprise

PAIRS = (
    "a", "b", "times", "days", "cells", "expected", "surprise", "weight", "first_at",
    "last_at", "reason",
)  # fmt: skip
USES = (
    "a", "b", "a_cell", "a_at", "b_cell", "b_at", "a_input", "a_line", "b_input",
    "b_line",
)  # fmt: skip
IN_ORDER = (
    "a_second", "a", "b", "b_second", "a_cell", "b_cell", "a_line", "b_line",
)  # fmt: skip
CELLS = ("a_cell", "b_cell")
MOST_USES = 2000
KEPT_PAIRS = 20_000
"""Pairs that met most often: so many are compared with chance."""
HOUR, DAY = 3600, 86_400


@dataclass(frozen=True)
class Pair:
    """Two phones by their codes, and how often they used a cell together.

    `expected` is how often chance would have it; `surprise` is minus the logarithm to
    base ten of the probability of so many times or more.
    """

    a: int
    b: int
    times: int
    expected: float
    surprise: float


def run_colocation(case: Case) -> Findings:
    """Find the pairs of phones that used cells together, for a case."""
    joint = joint_of(case)
    case.tell(0.4, "Comparing the uses of one cell")
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
            uses,
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
    joint.case.tell(0.6, "Comparing with chance")
    expected = _expected(joint, counts)
    a, b, times = (counts[name].to_numpy() for name in ("a", "b", "times"))
    sure = np.round(surprise(times, expected), 2)
    order = np.lexsort((b, a, -sure))[: int(joint.case.parameters["most_pairs"])]
    columns = (a, b, times, expected, sure)
    return [Pair(*(column[at].item() for column in columns)) for at in order]


def _times(joint: Joint) -> pa.Table:
    """The pairs that met often enough, by windows of the first phone's uses."""
    together = joint.together()
    window = window_of(together.a_second, joint.seconds)
    # Grouped twice: quicker than to count what differs within each group.
    each = together.select("a", "b", window=window).distinct()
    grouped = each.group_by("a", "b").agg(times=_.count())
    often = grouped.filter(_.times >= joint.case.parameters["least_times"])
    ranked = often.order_by([_.times.desc(), "a", "b"])
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
    each = uses.mutate(window=window_of(_.second, joint.seconds))
    used = each.group_by("number", "cell").agg(n=_.window.nunique())
    theirs, near = used, near_table(backend, joint.coded.paired(joint.near))
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
    hours = joint.coded.uses.aggregate(n=window_of(_.second, HOUR).nunique())
    busy = int(hours.to_pyarrow()["n"][0].as_py())
    return max(1, round(busy * HOUR / joint.seconds))


def _phones(joint: Joint) -> int:
    used = joint.coded.uses.aggregate(n=_.number.nunique())
    return int(used.to_pyarrow()["n"][0].as_py())


def _rows(
    joint: Joint, pairs: list[Pair], phones: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The pairs by their names, in order, and the first of their joint uses."""
    if not pairs:
        return [], []
    uses = joint.of_pairs([(pair.a, pair.b) for pair in pairs])
    names = joint.coded.named_phones(code for p in pairs for code in (p.a, p.b))
    spans = {(row["a"], row["b"]): row for row in _spans(uses)}
    weights = _weights(joint, uses, phones)
    rows = []
    for pair in pairs:
        key = pair.a, pair.b
        who = names[pair.a], names[pair.b]
        rows.append(_row(who, pair, spans[key], weights[key]))
    first = uses.order_by(list(IN_ORDER)).limit(MOST_USES).to_pyarrow().to_pylist()
    cells = joint.coded.named_cells(use[c] for use in first for c in CELLS)
    return rows, [_use(use, names, cells) for use in first]


def _spans(uses: Any) -> list[dict[str, Any]]:
    """From when to when each pair was together, and on how many days."""
    wall = uses.a_second + uses.a_ahead.fill_null(0)
    moment = ibis.struct({"second": uses.a_second, "ahead": uses.a_ahead})
    spans = uses.group_by("a", "b").agg(
        days=window_of(wall, DAY).nunique(),
        cells=uses.a_cell.nunique(),
        first=moment.argmin(uses.a_second),
        last=moment.argmax(uses.a_second),
    )
    return list(spans.to_pyarrow().to_pylist())


def _weights(joint: Joint, uses: Any, phones: int) -> dict[tuple[int, int], float]:
    """How much do the cells of each pair tell? One that every phone used: nothing."""
    cells = uses.select("a_cell").distinct()
    used = joint.coded.uses.semi_join(cells, [("cell", "a_cell")])
    crowds = used.group_by("cell").agg(n=_.number.nunique()).to_pyarrow().to_pylist()
    tells = {row["cell"]: float(np.log(phones / row["n"])) for row in crowds}
    each = uses.group_by("a", "b", "a_cell").agg(n=_.count()).to_pyarrow().to_pylist()
    weights: dict[tuple[int, int], float] = {}
    for row in sorted(each, key=lambda r: (r["a"], r["b"], r["a_cell"])):
        pair = row["a"], row["b"]
        weights[pair] = weights.get(pair, 0.0) + row["n"] * tells[row["a_cell"]]
    return weights


def _row(
    who: tuple[str, str], pair: Pair, span: dict[str, Any], weight: float
) -> dict[str, Any]:
    reason = (
        f"{who[0]} and {who[1]} used the same cell, or a near one, at about one "
        f"time {counted(pair.times, 'time')} on {counted(span['days'], 'day')} and "
        f"{counted(span['cells'], 'cell')}, where {pair.expected:.1f} would be "
        "expected by chance from the cells that each used."
    )
    return {
        "a": who[0],
        "b": who[1],
        "times": pair.times,
        "days": span["days"],
        "cells": span["cells"],
        "expected": round(pair.expected, 2),
        "surprise": pair.surprise,
        "weight": round(weight, 2),
        "first_at": Moment(**span["first"]).told,
        "last_at": Moment(**span["last"]).told,
        "reason": reason,
    }


def _use(
    row: dict[str, Any], names: dict[int, str], cells: dict[int, str]
) -> dict[str, Any]:
    """One joint use in words, and its `at` for the map."""
    one, other = (Moment(row[f"{x}_second"], row[f"{x}_ahead"]) for x in "ab")
    return row | {
        "a": names[row["a"]],
        "b": names[row["b"]],
        "a_cell": cells[row["a_cell"]],
        "b_cell": cells[row["b_cell"]],
        "a_at": one.told,
        "b_at": other.told,
        "at": one.at,
    }


def _point(use: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell": use["a_cell"],
        "at": use["at"],
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
