"""In which square of the ground was each reading taken?

In Great Britain squares are those of the National Grid. Elsewhere they lie in rows of
equal height from the equator, each row cut by its own middle latitude, so that all have
the same area.
"""

from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from fourfold.base.analysis import Parameter
from fourfold.picture.survey.national_grid import (
    grid_reference,
    is_on_the_grid,
    off_the_grid,
    on_the_grid,
)
from fourfold.picture.survey.places import A_DEGREE

NATIONAL, LOCAL = "national", "local"
GRIDS = (NATIONAL, LOCAL)
SQUARE = ("grid", "column", "row")
GB_LATS, GB_LONS = (49.8, 60.95), (-8.7, 1.9)

METRES = Parameter(
    "metres",
    "Side of the squares. Chosen: about what a receiver's error and a reading a second "
    "at 30 mph leave meaningful.",
    "number",
    default=100.0,
    unit="metres",
    least=10,
    most=100_000,
)
GRID = Parameter(
    "grid",
    "national: the British National Grid in Great Britain, rows of equal area elsewhere; "
    "local: rows of equal area everywhere.",
    "choice",
    default=NATIONAL,
    choices=GRIDS,
)


def in_squares(rows: Any, metres: float, grid: str) -> Any:
    """In which square lies each row?

    Args:
        rows: ibis table with `lat` and `lon`, none of them null.
        metres: side of a square.
        grid: one of `GRIDS`.

    Returns:
        The rows with `grid`, `column`, `row`: which square of which grid.
    """
    places = rows.select("lat", "lon").distinct().to_pyarrow()
    if not places.num_rows:
        return rows.mutate(
            grid=ibis.literal(LOCAL),
            column=ibis.literal(0).cast("int64"),
            row=ibis.literal(0).cast("int64"),
        )
    lat = places["lat"].to_numpy(zero_copy_only=False)
    lon = places["lon"].to_numpy(zero_copy_only=False)
    which, column, row = squares_of(lat, lon, metres, grid)
    found = ibis.memtable(
        pa.table(
            {"lat": lat, "lon": lon, "grid": which, "column": column, "row": row},
        )
    )
    return rows.inner_join(found, ["lat", "lon"])


def squares_of(
    lat: Any, lon: Any, metres: float, grid: str = NATIONAL
) -> tuple[Any, Any, Any]:
    """Which grid, column and row has each of many positions?"""
    which = np.full(lat.shape, LOCAL, dtype=object)
    row = np.floor(lat * A_DEGREE / metres)
    column = np.floor(lon * A_DEGREE * _narrowing(row, metres) / metres)
    if grid == NATIONAL:
        near = (lat > GB_LATS[0]) & (lat < GB_LATS[1])
        near &= (lon > GB_LONS[0]) & (lon < GB_LONS[1])
        east, north = on_the_grid(lat, lon)
        near &= is_on_the_grid(east, north)
        which[near] = NATIONAL
        column[near] = np.floor(east[near] / metres)
        row[near] = np.floor(north[near] / metres)
    return which, column.astype("int64"), row.astype("int64")


def square_name(grid: str, column: int, row: int, metres: float) -> str:
    """How is a square called? In Great Britain by the reference of its middle."""
    if grid == NATIONAL:
        east, north = int((column + 0.5) * metres), int((row + 0.5) * metres)
        return grid_reference(east, north)
    lat, lon = square_middle(grid, column, row, metres)
    return f"{lat:.5f}, {lon:.5f}"


def square_middle(
    grid: str, column: int, row: int, metres: float
) -> tuple[float, float]:
    """Where is the middle of a square, WGS84 degrees?"""
    return _corner(grid, column + 0.5, row + 0.5, (row, metres))


def square_outline(
    grid: str, column: int, row: int, metres: float
) -> list[list[list[float]]]:
    """Which GeoJSON ring goes round a square, anticlockwise?"""
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = [_corner(grid, column + x, row + y, (row, metres)) for x, y in corners]
    return [[[round(lon, 6), round(lat, 6)] for lat, lon in ring]]


def _corner(
    grid: str, x: float, y: float, of: tuple[int, float]
) -> tuple[float, float]:
    row, metres = of
    if grid == NATIONAL:
        lat, lon = off_the_grid(x * metres, y * metres)
        return float(lat), float(lon)
    narrowing = float(_narrowing(np.float64(row), metres))
    return y * metres / A_DEGREE, x * metres / A_DEGREE / narrowing


def _narrowing(row: Any, metres: float) -> Any:
    """How much shorter a degree of longitude is on a row than on the equator."""
    return np.maximum(np.cos(np.radians((row + 0.5) * metres / A_DEGREE)), 1e-6)
