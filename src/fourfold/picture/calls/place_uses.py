"""Which phone used which cell when, and which two used one, or a near one, together?"""

from collections.abc import Collection
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Case, require
from fourfold.base.kept import kept
from fourfold.picture.calls.events import (
    CALL_COLUMNS,
    call_events,
    counted_once,
    has_both_sides,
    seconds_of,
)

USE_COLUMNS = ("number", "cell", "at", "local", "input", "line")
CELLS = ("caller_cell", "caller_last_cell", "called_cell", "called_last_cell")
WINDOWS = (-1, 0, 1)


def calls_once(case: Case) -> Any:
    """The calls of a case, each once; worked out and kept where some stand twice."""
    calls = case.tables["calls"]
    require(calls, "calls", CALL_COLUMNS)
    if not has_both_sides(calls):
        return calls
    return kept(case.backend, counted_once(calls).select(*CALL_COLUMNS))


def cell_uses(calls: Any, numbers: Collection[str] | None = None) -> Any:
    """Which cells did each phone use, and when?

    Args:
        calls: n rows with CALL_COLUMNS, each call once.
        numbers: only these; `None`: every number.

    Returns:
        At most 4n rows with USE_COLUMNS, in no order: one for the first cell of each
        side of a call and one for the last where that is another.
    """
    events = call_events(calls, numbers)
    first = events.filter(events.cell != "").select(*USE_COLUMNS)
    moved = events.filter((events.last_cell != "") & (events.last_cell != events.cell))
    last = moved.select(*(c for c in USE_COLUMNS if c != "cell"), cell=_.last_cell)
    return ibis.union(first, last.select(*USE_COLUMNS))


def with_seconds(uses: Any) -> Any:
    """Uses of cells with `second`, whole seconds after 1970."""
    return uses.mutate(second=seconds_of(uses["at"]))


def used_together(mine: Any, theirs: Any, seconds: int, near: Any = None) -> Any:
    """Which uses by two phones are of one cell within so many seconds?

    Args:
        mine: rows with `number`, `cell`, `second` and more; the fewer ones, since each
            is widened to three windows.
        theirs: the same columns.
        seconds: how far apart two uses may be.
        near: rows of `of` and `meets`, pairs of cells that count as one; `None`: only
            the same cell.

    Returns:
        Rows in no order: `a` and `b`, the numbers, never the same; and every other
        column of either use, as `a_cell` and `b_cell`.
    """
    left = _of_side(mine, "a")
    if near is None:
        left = left.mutate(meets=_.a_cell)
    else:
        left = left.join(near, left.a_cell == near.of).drop("of")
    right = _of_side(theirs, "b").mutate(window=(_.b_second / seconds).floor())
    wide = ibis.union(
        *(left.mutate(window=(_.a_second / seconds).floor() + step) for step in WINDOWS)
    )
    joined = wide.join(
        right,
        [wide.meets == right.b_cell, wide.window == right.window],
        rname="{name}_r",
    )
    apart = (joined.a_second - joined.b_second).abs()
    met = joined.filter((apart <= seconds) & (joined.a != joined.b))
    return met.select(*(c for c in met.columns if c[:2] in ("a_", "b_")), "a", "b")


def _of_side(uses: Any, side: str) -> Any:
    names = {f"{side}_{name}": name for name in uses.columns if name != "number"}
    return uses.rename({side: "number", **names})
