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
from fourfold.base.kept import laid_down
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
EAST, NORTH = np.array([0, 1, 1, 0, 0.0]), np.array([0, 0, 1, 1, 0.0])
"""Corners of a square, anticlockwise, in sides from the first."""
GB_LATS, GB_LONS = (49.8, 60.95), (-8.7, 1.9)

Square = tuple[str, int, int]
"""Which grid, column and row."""

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
    "national: the British National Grid in Great Britain, rows of equal area "
    "elsewhere; local: rows of equal area everywhere.",
    "choice",
    default=NATIONAL,
    choices=GRIDS,
)


def in_squares(backend: Any, rows: Any, metres: float, grid: str) -> Any:
    """In which square lies each row?

    Args:
        backend: the engine.
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
    found = {"lat": lat, "lon": lon, "grid": which, "column": column, "row": row}
    placed = laid_down(backend, pa.table(found))
    return rows.inner_join(placed, ["lat", "lon"])


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


def square_name(square: Square, metres: float) -> str:
    """How is a square called? In Great Britain by the reference of its middle."""
    grid, column, row = square
    if grid == NATIONAL:
        east, north = int((column + 0.5) * metres), int((row + 0.5) * metres)
        return grid_reference(east, north)
    lat, lon = square_middle(square, metres)
    return f"{lat:.5f}, {lon:.5f}"


def square_middle(square: Square, metres: float) -> tuple[float, float]:
    """Where is the middle of a square, WGS84 degrees?"""
    lat, lon = _within(square, metres, np.array([0.5]), np.array([0.5]))
    return float(lat[0]), float(lon[0])


def square_outline(square: Square, metres: float) -> list[list[list[float]]]:
    """Which GeoJSON ring goes round a square, anticlockwise?"""
    lat, lon = _within(square, metres, EAST, NORTH)
    corners = zip(lat.tolist(), lon.tolist(), strict=True)
    return [[[round(x, 6), round(y, 6)] for y, x in corners]]


def _within(square: Square, metres: float, x: Any, y: Any) -> tuple[Any, Any]:
    """Places so many sides east and north of the square's corner."""
    grid, column, row = square
    if grid == NATIONAL:
        return off_the_grid((column + x) * metres, (row + y) * metres)
    narrowing = _narrowing(np.float64(row), metres)
    east, north = (column + x) * metres, (row + y) * metres
    return north / A_DEGREE, east / A_DEGREE / narrowing


def _narrowing(row: Any, metres: float) -> Any:
    """How much shorter a degree of longitude is on a row than on the equator."""
    return np.maximum(np.cos(np.radians((row + 0.5) * metres / A_DEGREE)), 1e-6)
