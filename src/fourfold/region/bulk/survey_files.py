"""Which files would a survey of the made-up region be dropped in as?"""

import csv
from itertools import product
from pathlib import Path
from typing import Any

from fourfold.region.bulk.survey import (
    SEED,
    SPACING,
    cell_site_list,
    place,
    write_drive_log,
)

MOMENTS, RIVER = 3_600, 3
CELL_COLUMNS = ("cell", "operator", "technology", "lat", "lon", "azimuth", "beamwidth")
VISITS = (
    ("Corner shop", -1.1, 0.4, "", ""),
    ("Flat over the bakery", -0.9, 0.5, "", ""),
    ("Garage", 1.6, -1.2, "", ""),
    ("Lock-up", 1.62, -1.18, "", ""),
    ("School", 0.3, 1.7, "10:00", "12:00"),
    ("Station", -0.2, -0.1, "", ""),
)
"""Invented addresses: name, how many masts' spacing east and north, when open."""


def write_survey_files(folder: Path, *, seed: int = SEED) -> dict[str, Path]:
    """Write a drive, a cell-site list, addresses to visit and a road map.

    Returns:
        The files by kind of evidence.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drive = folder / "drive.csv"
    write_drive_log(drive, MOMENTS, seed=seed)
    cells = cell_site_list(seed).select([*CELL_COLUMNS, "site"]).to_pylist()
    return {
        "survey": drive,
        "cells": _written(folder / "cells.csv", cells),
        "visits": _written(folder / "visits.csv", _visits()),
        "roads": _written(folder / "roads.csv", _roads()),
    }


def _visits() -> list[dict[str, Any]]:
    rows = []
    for name, east, north, opens, shuts in VISITS:
        lat, lon = place(east * SPACING, north * SPACING)
        times = {"open_from": opens, "open_until": shuts}
        rows.append({"name": name} | _position("", lat, lon) | times)
    return rows


def _roads() -> list[dict[str, Any]]:
    """Streets every 350 m, faster ones every 1,400 m, a river with few bridges."""
    step, side = SPACING / 4, 12
    along = range(-side, side + 1)
    rows = []
    for x, y, (east, north) in product(along, along, ((1, 0), (0, 1))):
        to_x, to_y = x + east, y + north
        is_river = north == 1 and y == RIVER and x % 4 != 0
        if max(to_x, to_y) > side or is_river:
            continue
        wide = (y if east else x) % 4 == 0
        rows.append(
            {"from_node": f"{x},{y}", "to_node": f"{to_x},{to_y}"}
            | _position("from_", *place(x * step, y * step))
            | _position("to_", *place(to_x * step, to_y * step))
            | {"metres": step, "kmh": 50 if wide else 30, "one_way": "no"}
        )
    return rows


def _position(part: str, lat: Any, lon: Any) -> dict[str, Any]:
    return {f"{part}lat": round(float(lat), 6), f"{part}lon": round(float(lon), 6)}


def _written(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
