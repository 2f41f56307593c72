"""Which phone used which cell when, and which two used one, or a near one, together?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Case, require
from fourfold.picture.calls.events import (
    call_events,
    counted_once,
    has_both_sides,
    only,
    seconds_of,
)

USE_COLUMNS = ("number", "cell", "at", "local", "input", "line")
CELL_COLUMNS = ("cell", "lat", "lon", "site", "valid_from")
EARTH_METRES = 6_371_000.0


@dataclass(frozen=True)
class Site:
    """Where a cell's antennas stand: its mast, or the cell where none is named."""

    cell: str
    name: str
    lat: float
    lon: float


def cell_uses(calls: Any, numbers: Collection[str] | None = None) -> Any:
    """Which cells did each phone use, and when?

    Args:
        calls: n rows with the columns of calls.
        numbers: only these; `None`: every number.

    Returns:
        At most 4n rows with USE_COLUMNS, in no order: one for the first cell of each
        side of a call and one for the last where that is another.
    """
    once = counted_once(calls) if has_both_sides(calls) else calls
    events = call_events(once, numbers)
    first = events.filter(events.cell != "").select(*USE_COLUMNS)
    moved = events.filter((events.last_cell != "") & (events.last_cell != events.cell))
    last = moved.select(*(c for c in USE_COLUMNS if c != "cell"), cell=_.last_cell)
    return ibis.union(first, last.select(*USE_COLUMNS))


def near_cells(sites: Mapping[str, Site], metres: float) -> list[tuple[str, str]]:
    """Which cells stand within so many metres of each other? Each with itself."""
    step = max(metres, 1.0) / 111_000 * 1.01
    squares: dict[tuple[int, int], list[Site]] = {}
    for site in sites.values():
        squares.setdefault(_square(site, step), []).append(site)
    near = []
    for site in sites.values():
        row, column = _square(site, step)
        wide = 1 + int(1 / max(cos(radians(min(abs(site.lat) + step, 89))), 0.02))
        for r in range(row - 1, row + 2):
            for c in range(column - wide, column + wide + 1):
                near += [
                    (site.cell, other.cell)
                    for other in squares.get((r, c), ())
                    if metres_between(site, other) <= metres
                ]
    return sorted({*near, *((cell, cell) for cell in sites)})


def metres_between(one: Site, other: Site) -> float:
    """How far apart do two masts stand, along the ground?"""
    a, b = radians(one.lat), radians(other.lat)
    east = radians(other.lon - one.lon)
    chord = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(east / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(min(chord, 1.0)))


def sites_of(case: Case) -> dict[str, Site]:
    """Where does each cell stand, by the latest entry? Empty without a list."""
    if "cells" not in case.tables:
        return {}
    cells = case.tables["cells"]
    require(cells, "cells", CELL_COLUMNS)
    rows = cells.filter(_.lat.notnull() & _.lon.notnull()).select(*CELL_COLUMNS)
    listed = rows.to_pyarrow().to_pylist()
    listed.sort(key=lambda r: (str(r["valid_from"] or ""), r["lat"], r["lon"]))
    return {
        row["cell"]: Site(
            row["cell"], row["site"] or row["cell"], row["lat"], row["lon"]
        )
        for row in listed
    }


def used_together(
    mine: Any, theirs: Any, seconds: int, near: list[tuple[str, str]] | None = None
) -> Any:
    """Which uses by two phones are of one cell within so many seconds?

    Args:
        mine: rows of `cell_uses`, the fewer ones: each is widened to three windows.
        theirs: rows of `cell_uses`.
        seconds: how far apart two uses may be.
        near: pairs of cells that count as one; `None`: only the same cell.

    Returns:
        Rows in no order: `a`, `b` (never the same), `a_cell`, `b_cell`, `a_at`, `b_at`,
        `a_local`, `b_local`, `a_input`, `a_line`, `b_input`, `b_line`, `seconds` apart.
    """
    left = _named(mine, "a")
    if near is None:
        left = left.mutate(meets=_.a_cell)
    else:
        pairs = ibis.memtable(
            pa.table({"of": [a for a, _b in near], "meets": [b for _a, b in near]})
        )
        left = left.join(pairs, left.a_cell == pairs.of).drop("of")
    used = left.select("meets").distinct()
    right = _named(theirs, "b").semi_join(used, [("b_cell", "meets")])
    left = left.mutate(a_second=seconds_of(_.a_at))
    right = right.mutate(b_second=seconds_of(_.b_at))
    wide = ibis.union(
        *(
            left.mutate(window=(_.a_second / seconds).floor().cast("int64") + step)
            for step in (-1, 0, 1)
        )
    )
    right = right.mutate(window=(_.b_second / seconds).floor().cast("int64"))
    joined = wide.join(right, [wide.meets == right.b_cell, wide.window == right.window])
    apart = (joined.a_second - joined.b_second).abs()
    kept = joined.mutate(seconds=apart).filter((_.seconds <= seconds) & (_.a != _.b))
    return kept.drop("meets", "window", "a_second", "b_second").drop(
        *(c for c in kept.columns if c.endswith("_right"))
    )


def of_targets(uses: Any, targets: Collection[str]) -> Any:
    """Which uses are those of the targets?"""
    return only(uses, "number", targets)


def place_rows(
    sites: Mapping[str, Site], shown: list[dict[str, Any]]
) -> pa.Table | None:
    """Points for the map, of those whose cell the list knows.

    Args:
        sites: the cell list.
        shown: rows with `cell`, `at` (or null), `label`, `kind`, `who`.

    Returns:
        Rows with `lat`, `lon`, `at`, `label`, `kind`, `who`; `None` without a list.
    """
    if not sites:
        return None
    rows = [
        {k: v for k, v in row.items() if k != "cell"}
        | {"lat": sites[row["cell"]].lat, "lon": sites[row["cell"]].lon}
        for row in shown
        if row["cell"] in sites
    ]
    schema = pa.schema(
        [("lat", pa.float64()), ("lon", pa.float64())]
        + [("at", pa.timestamp("us", tz="UTC"))]
        + [(name, pa.string()) for name in ("label", "kind", "who")]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _named(uses: Any, side: str) -> Any:
    return uses.select(
        **{side: uses.number},
        **{f"{side}_{name}": uses[name] for name in USE_COLUMNS if name != "number"},
    )


def _square(site: Site, step: float) -> tuple[int, int]:
    return int(site.lat // step), int(site.lon // step)
