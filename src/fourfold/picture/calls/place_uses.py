"""Which phone used which cell when, and which two used one, or a near one, together?"""

from collections.abc import Iterable, Iterator
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Case, require
from fourfold.base.kept import kept
from fourfold.picture.calls.events import (
    CALL_COLUMNS,
    counted_once,
    has_both_sides,
    seconds_of,
)

CELLS = ("caller_cell", "caller_last_cell", "called_cell", "called_last_cell")


def calls_once(case: Case) -> Any:
    """The calls of a case, each once; worked out and kept where some stand twice."""
    calls = case.tables["calls"]
    require(calls, "calls", CALL_COLUMNS)
    if not has_both_sides(calls):
        return calls
    return kept(case.backend, counted_once(calls).select(*CALL_COLUMNS))


def cell_uses(calls: Any) -> Any:
    """Which cells did each phone use, and when?

    Args:
        calls: n rows with CALL_COLUMNS, each call once.

    Returns:
        At most 4n rows of `number`, `cell`, `at`, `local`, `input` and `line`, in no
        order: one for the first cell of each side of a call and one for the last where
        that is another. Rows without a time, and the second side of a number that rang
        itself, are left out.
    """
    reached = calls.caller != calls.called
    return ibis.union(
        _uses(calls, "caller", "caller_cell"),
        _uses(calls, "caller", "caller_last_cell"),
        _uses(calls.filter(reached), "called", "called_cell"),
        _uses(calls.filter(reached), "called", "called_last_cell"),
    )


def _uses(calls: Any, side: str, column: str) -> Any:
    """The uses by one side of one cell; of the last one, where it is another."""
    first = f"{side}_cell"
    used = (calls[side] != "") & (calls[column] != "") & calls.start_at.notnull()
    moved = used if column == first else used & (calls[column] != calls[first])
    # Each from the rows themselves: what two parts share, the engine writes out whole.
    return calls.filter(moved).select(
        number=calls[side],
        cell=calls[column],
        at=calls.start_at,
        local=calls.start_local,
        input=calls.input,
        line=calls.line,
    )


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
    met = _in_windows(mine, theirs, seconds, near, (-1, 0, 1))
    apart = (met.a_second - met.b_second).abs()
    return met.filter((apart <= seconds) & (met.a != met.b))


def all_used_together(uses: Any, seconds: int, near: Any = None) -> Any:
    """As `used_together`, of all uses with each other; `a` comes before `b`."""
    # From the earlier use to the later one, so that two windows do for three.
    met = _in_windows(uses, uses, seconds, near, (0, 1))
    later = met.b_second - met.a_second
    forth = (later > 0) | ((later == 0) & (met.a < met.b))
    soon = met.filter(forth & (later <= seconds) & (met.a != met.b))
    in_order = soon.a < soon.b
    return soon.select(
        **{a: in_order.ifelse(soon[a], soon[b]) for a, b in _swapped(soon.columns)}
    )


def _in_windows(
    mine: Any, theirs: Any, seconds: int, near: Any, windows: tuple[int, ...]
) -> Any:
    """Uses of one cell, or a near one, whose windows are so many apart."""
    left, right = _of_side(mine, "a"), _of_side(theirs, "b")
    columns = [*left.columns, *right.columns]
    if near is None:
        left = left.mutate(meets=_.a_cell)
    else:
        left = left.join(near, left.a_cell == near.of).drop("of")
    right = right.mutate(window=window_of(_.b_second, seconds))
    first = window_of(_.a_second, seconds)
    wide = ibis.union(*(left.mutate(window=first + step * seconds) for step in windows))
    met = [wide.meets == right.b_cell, wide.window == right.window]
    return wide.join(right, met, rname="{name}_r").select(*columns)


def window_of(second: Any, seconds: int) -> Any:
    """When does the window of so many seconds begin in which a second lies?"""
    # By the remainder: the engine divides whole numbers as if they were none.
    return second - second % seconds


def _of_side(uses: Any, side: str) -> Any:
    names = {f"{side}_{name}": name for name in uses.columns if name != "number"}
    return uses.rename({side: "number", **names})


def _swapped(columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each column with the one of the other side: a with b, b_cell with a_cell."""
    other = {"a": "b", "b": "a"}
    for column in columns:
        yield column, other[column[0]] + column[1:]
