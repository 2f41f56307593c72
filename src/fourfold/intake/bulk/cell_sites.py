"""Where did the antennas of a call's cells stand on the day of the call?"""

from typing import Any

import ibis

from fourfold.base.analysis import require

CALL_COLUMNS = ("input", "line", "start_at")
CELL_COLUMNS = ("cell", "lat", "lon", "valid_from", "valid_to")
SIDES = ("caller_cell", "called_cell")


def located(calls: Any, cells: Any) -> Any:
    """Which mast belongs to the cells of each call, by the list in force at its start?

    Args:
        calls: n rows of the kind `calls`.
        cells: rows of the kind `cells`; a cell may stand several times, each with the
            days between which it held.

    Returns:
        n rows: the calls with caller_lat, caller_lon, called_lat and called_lon, null
        where no list in force names the cell. Where two lists do, the one that began
        last; of two that began together, the more northern and eastern.

    Raises:
        MissingColumns: a table lacks columns that are needed.
    """
    require(calls, "calls", (*CALL_COLUMNS, *SIDES))
    require(cells, "cells", CELL_COLUMNS)
    for side in SIDES:
        calls = _with_mast(calls, cells, side)
    return calls


def _with_mast(calls: Any, cells: Any, side: str) -> Any:
    name = side.removesuffix("_cell")
    used = calls.filter(calls[side] != "").select(
        "input", "line", "start_at", cell=side
    )
    joined = used.join(cells.select(*CELL_COLUMNS), "cell")
    held = joined.filter(
        (joined.valid_from.isnull() | (joined.valid_from <= joined.start_at))
        & (joined.valid_to.isnull() | (joined.valid_to > joined.start_at))
        & joined.lat.notnull()
        & joined.lon.notnull()
    )
    began = ibis.timestamp("1900-01-01T00:00:00Z")
    newest = ibis.window(
        group_by=["input", "line"],
        order_by=[
            ibis.coalesce(held.valid_from, began.cast(held.valid_from.type())).desc(),
            held.lat.desc(),
            held.lon.desc(),
        ],
    )
    one = held.mutate(n=ibis.row_number().over(newest)).filter(lambda t: t.n == 0)
    masts = one.select("input", "line", **{f"{name}_lat": "lat", f"{name}_lon": "lon"})
    return calls.left_join(masts, ["input", "line"]).drop("input_right", "line_right")
