"""What would a survey of the made-up region's radio cells have written?

Masts, cells and drives are invented; the networks are the two that the numbering plan
keeps for tests. Levels follow a law of distance and direction with a little noise, so
what each cell covers is known beforehand. The same seed gives the same rows.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.evidence import evidence_kind

SEED = 20_260
MIDDLE = (52.6386, -1.1317)
METRES_A_DEGREE = 111_195.0
SPACING, SIDE = 1_400.0, 9
"""Metres between masts, and masts along a side of the square that they stand in."""
COLOURS = 120
"""Few colours, so that they repeat across the network as they do in the world."""
NETWORKS = (("001-01", "4G", "6300"), ("001-02", "5G", "640000"))
NEIGHBOURS = 3
HYSTERESIS_DB = 3.0
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPEED_MS = 11.0
CHUNK = 8_192
GONE, WEAKER = 120, 121
"""Cells of the first network: before the second survey one falls silent, one loses
ten dB."""


@dataclass(frozen=True)
class World:
    """Invented cells: where each stands, where it looks, how it is called."""

    network: int
    names: tuple[str, ...]
    colours: tuple[str, ...]
    x: Any
    y: Any
    azimuth: Any
    wave: Any


def world(network: int, seed: int = SEED) -> World:
    """Which cells does one of the two networks have? Three a mast."""
    chance = np.random.default_rng([seed, network])
    steps = (np.arange(SIDE) - (SIDE - 1) / 2) * SPACING
    x, y = (side.ravel() for side in np.meshgrid(steps, steps))
    x = np.repeat(x + chance.uniform(-250, 250, x.size), 3)
    y = np.repeat(y + chance.uniform(-250, 250, y.size), 3)
    turn = np.repeat(chance.uniform(0, 120, x.size // 3), 3)
    azimuth = (turn + np.tile([0.0, 120.0, 240.0], x.size // 3)) % 360
    code, technology, _band = NETWORKS[network]
    step = 1 if technology == "4G" else 4_096
    numbers = [
        100_000 * step + site * 256 * step + sector
        for site in range(x.size // 3)
        for sector in (1, 2, 3)
    ]
    return World(
        network=network,
        names=tuple(f"{code}-{technology}-{number}" for number in numbers),
        colours=tuple(str(n * 7 % COLOURS) for n in range(x.size)),
        x=x,
        y=y,
        azimuth=np.round(azimuth),
        wave=chance.uniform(0, 2 * np.pi, (x.size, 2)),
    )


def levels(cells: World, x: Any, y: Any) -> Any:
    """How strong is each cell at each place, dBm, before noise: places by cells?"""
    dx = x[:, None] - cells.x[None, :]
    dy = y[:, None] - cells.y[None, :]
    away = np.maximum(np.hypot(dx, dy), 20.0)
    turned = (np.degrees(np.arctan2(dx, dy)) - cells.azimuth + 180) % 360 - 180
    antenna = np.minimum(12 * (turned / 65) ** 2, 22.0)
    hills = np.sin(x[:, None] / 310 + cells.wave[:, 0])
    hills = hills + np.sin(y[:, None] / 270 + cells.wave[:, 1])
    return -46 - 21 * np.log10(away / 20) - antenna + 2.0 * hills


def place(x: Any, y: Any) -> tuple[Any, Any]:
    """Which latitude and longitude lies so many metres east and north of the middle?"""
    lat = MIDDLE[0] + y / METRES_A_DEGREE
    return lat, MIDDLE[1] + x / METRES_A_DEGREE / np.cos(np.radians(MIDDLE[0]))


def drive(moments: int, seed: int = SEED) -> tuple[Any, Any]:
    """Where was the car each second? Up and down the streets of a square, in metres."""
    half = (SIDE - 1) / 2 * SPACING
    chance = np.random.default_rng([seed, 77])
    corners, place_now = [np.zeros(2)], np.zeros(2)
    length = 0.0
    while length < moments * SPEED_MS:
        ahead = place_now.copy()
        axis = len(corners) % 2
        ahead[axis] = np.round(chance.uniform(-half, half) / 100) * 100
        length += float(np.abs(ahead - place_now).sum())
        corners.append(ahead)
        place_now = ahead
    way = np.array(corners)
    walked = np.concatenate([[0], np.cumsum(np.abs(np.diff(way, axis=0)).sum(axis=1))])
    at = np.arange(moments) * SPEED_MS
    return np.interp(at, walked, way[:, 0]), np.interp(at, walked, way[:, 1])


def survey_rows(
    rows: int, *, seed: int = SEED, second: bool = False, identified: bool = False
) -> Iterator[pa.Table]:
    """Which readings did a survey write? In the columns of the kind `survey`.

    Args:
        rows: how many at least, in whole moments of four rows each.
        seed: the same gives the same.
        second: the same drive half a year on, when one cell has gone and one is weaker.
        identified: neighbours with the identity that no instrument reads: the truth
            that resolving them is held against.

    Yields:
        Tables of some thousand rows.
    """
    each = (NEIGHBOURS + 1) * len(NETWORKS)
    moments = -(-rows // each)
    x, y = drive(moments, seed)
    cells = [world(network, seed) for network in range(len(NETWORKS))]
    held = [-1] * len(NETWORKS)
    chance = np.random.default_rng([seed, second, 5])
    for start in range(0, moments, CHUNK):
        part = slice(start, min(start + CHUNK, moments))
        for network in range(len(NETWORKS)):
            heard = levels(cells[network], x[part], y[part])
            heard = heard + chance.normal(0, 1.5, heard.shape)
            if second and network == 0:
                heard[:, GONE] = -200.0
                heard[:, WEAKER] -= 10.0
            served, held[network] = _served(heard, held[network])
            where = (x[part], y[part], start)
            table = _table(cells[network], heard, served, where, second=second)
            yield _identified(cells[network], served, table) if identified else table


def write_survey(
    path: Path, rows: int, *, seed: int = SEED, second: bool = False
) -> int:
    """Write a survey as Parquet of the kind `survey`. How many rows were written?"""
    written = 0
    with pq.ParquetWriter(path, evidence_kind("survey").schema) as writer:
        for table in survey_rows(rows, seed=seed, second=second):
            writer.write_table(table)
            written += table.num_rows
    return written


def cell_site_list(seed: int = SEED) -> pa.Table:
    """Which cell-site list would the two operators hand over? Of the kind `cells`."""
    rows: list[dict[str, Any]] = []
    for network, (operator, technology, _band) in enumerate(NETWORKS):
        cells = world(network, seed)
        lat, lon = place(cells.x, cells.y)
        for number, name in enumerate(cells.names):
            rows.append(
                {
                    "input": 0,
                    "line": len(rows) + 2,
                    "cell": name,
                    "operator": operator,
                    "technology": technology,
                    "lat": round(float(lat[number]), 6),
                    "lon": round(float(lon[number]), 6),
                    "azimuth": float(cells.azimuth[number]),
                    "beamwidth": 65.0,
                    "site": f"Mast {number // 3 + 1}",
                    "postcode": "",
                }
            )
    return pa.Table.from_pylist(rows, schema=evidence_kind("cells").schema)


def write_drive_log(path: Path, moments: int, *, seed: int = SEED) -> int:
    """Write a drive of the first network as its instrument does, one row a moment.

    The serving cell and its neighbours stand side by side, dates as people write them
    in the United Kingdom, neighbours without an identity.

    Returns:
        How many rows were written.
    """
    cells, (x, y) = world(0, seed), drive(moments, seed)
    heard = levels(cells, x, y)
    heard = heard + np.random.default_rng([seed, 9]).normal(0, 1.5, heard.shape)
    served, _last = _served(heard, -1)
    lat, lon = place(x, y)
    head = ["Date", "Time", "Latitude", "Longitude", "GPS accuracy (m)", "Speed (km/h)"]
    head += ["Network", "System", "EARFCN", "Cell Id", "PCI", "RSRP (dBm)"]
    for number in range(1, NEIGHBOURS + 1):
        head += [f"N{number} EARFCN", f"N{number} PCI", f"N{number} RSRP (dBm)"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for moment in range(moments):
            at = FIRST + timedelta(seconds=moment)
            fix = [f"{lat[moment]:.6f}", f"{lon[moment]:.6f}", "5", "39.6"]
            row = [f"{at:%d/%m/%Y}", f"{at:%H:%M:%S}", *fix, "001-01", "LTE"]
            for place_in_list, cell in enumerate(served[moment]):
                eci = [cells.names[cell].rsplit("-", 1)[1]] if not place_in_list else []
                row += ["6300", *eci, cells.colours[cell], f"{heard[moment, cell]:.1f}"]
            writer.writerow(row)
    return moments


def _served(heard: Any, held: int) -> tuple[Any, int]:
    """Serving cell and neighbours of each moment; a cell stays until 3 dB are lost."""
    best = np.argpartition(-heard, NEIGHBOURS + 1, axis=1)[:, : NEIGHBOURS + 1]
    order = np.argsort(-np.take_along_axis(heard, best, axis=1), axis=1)
    best = np.take_along_axis(best, order, axis=1)
    for moment in range(heard.shape[0]):
        first = best[moment, 0]
        lost = held < 0 or heard[moment, first] > heard[moment, held] + HYSTERESIS_DB
        held = int(first) if lost else held
        if held != first:
            others = [cell for cell in best[moment] if cell != held][:NEIGHBOURS]
            best[moment] = [held, *others]
    return best, held


def _table(
    cells: World, heard: Any, served: Any, where: tuple[Any, ...], *, second: bool
) -> pa.Table:
    x, y, start = where
    moments, each = served.shape
    lat, lon = place(np.repeat(x, each), np.repeat(y, each))
    seconds = np.repeat(np.arange(start, start + moments), each)
    began = int(FIRST.timestamp()) + second * 182 * 86_400
    index = served.ravel()
    serving = np.tile(np.arange(each) == 0, moments)
    code, technology, band = NETWORKS[cells.network]
    level = np.round(np.take_along_axis(heard, served, axis=1).ravel(), 1)
    size = moments * each
    made: dict[str, Any] = {
        "input": np.full(size, int(second)),
        "line": seconds * len(NETWORKS) + cells.network + 2,
        "survey": np.full(size, "autumn" if second else "spring"),
        "kit": np.full(size, f"receiver {cells.network + 1}"),
        "at": pa.array((began + seconds) * 1_000_000).cast(pa.timestamp("us", "UTC")),
        "lat": np.round(lat, 6),
        "lon": np.round(lon, 6),
        "gps_metres": np.full(size, 5.0),
        "speed_kmh": np.full(size, SPEED_MS * 3.6),
        "indoors": np.full(size, fill_value=False),
        "operator": np.where(serving, code, ""),
        "technology": np.full(size, technology),
        "band": np.full(size, band),
        "cell": np.where(serving, np.array(cells.names)[index], ""),
        "colour": np.array(cells.colours)[index],
        "serving": serving,
        "level_dbm": level,
        "quality_db": np.full(size, -10.0),
    }
    return pa.table(made).cast(evidence_kind("survey").schema)


def _identified(cells: World, served: Any, table: pa.Table) -> pa.Table:
    names = pa.array(np.array(cells.names)[served.ravel()])
    place_of_cell = table.column_names.index("cell")
    return table.set_column(place_of_cell, "cell", names)
