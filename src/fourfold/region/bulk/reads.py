"""What would the cameras of the made-up region have read?

Cameras, vehicles and lists are invented; no plate is copied from anybody. Traffic
follows the hours of a published camera survey. Convoys, cloned plates, regular trips,
newcomers and misreads are planted, so that the truth is known. The same seed gives the
same rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.evidence import evidence_kind
from fourfold.region.bulk.plates import UNIT, alike_plates, many_plates, plate_at

SEED = 31_415
MIDDLE = (52.6386, -1.1317)
SIDE, SPACING = 14, 3_000.0
"""Cameras along a side of the square in which they stand, and metres between them."""
METRES_A_DEGREE = 111_195.0
BEGINS = np.datetime64("2022-03-28T00:00:00")
"""A Monday, the day after the clocks went forward: UTC is an hour behind."""
DAYS = 30
DAYS_BETWEEN = 4
HOURS = (
    0.0052, 0.0049, 0.0040, 0.0025, 0.0040, 0.0086, 0.0276, 0.0587, 0.0622, 0.0646,
    0.0662, 0.0663, 0.0682, 0.0675, 0.0696, 0.0706, 0.0737, 0.0705, 0.0640, 0.0465,
    0.0323, 0.0265, 0.0233, 0.0124,
)  # fmt: skip
"""Share of a day's traffic by hour: Bath camera survey, autumn 2017, over all sites."""
LEG = 6
"""Cameras passed on a trip."""
MISREAD = 0.004
"""Share of reads with a character taken for another (chosen)."""
TRIPS_AT_ONCE = 150_000
PLANTED = 8
"""How many of each kind are planted."""
AREA = tuple(f"CAM{row:02d}{column:02d}" for row in (2, 3) for column in (2, 3))
HEADINGS = ("Northbound", "Southbound", "Eastbound", "Westbound")


@dataclass(frozen=True)
class Planted:
    """The truth: who travels with whom, which plates are borne twice, and so on.

    `convoys` are pairs of plates; `clones` and `newcomers` (in AREA) plates; `regular`
    maps a plate to its two cameras; `listed` maps a listed plate to a plate that is
    one of its misreads.
    """

    convoys: tuple[tuple[str, str], ...]
    clones: tuple[str, ...]
    regular: dict[str, tuple[str, str]]
    newcomers: tuple[str, ...]
    listed: dict[str, str]


def camera_names() -> np.ndarray:
    """The names of the cameras, row by row of the square."""
    return np.array([f"CAM{n // SIDE:02d}{n % SIDE:02d}" for n in range(SIDE * SIDE)])


def write_reads(path: Path, rows: int, seed: int = SEED) -> Planted:
    """Write so many reads as canonical Parquet, and say what was planted.

    Args:
        path: a Parquet file to write.
        rows: how many at least; the planted come on top.
        seed: another seed, other trips.
    """
    rng = np.random.default_rng(seed)
    vehicles = max(rows // 40, 500)
    planted, extra = _plant(rng)
    schema = evidence_kind("reads").schema
    line = 2
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for table in (extra, *_traffic(rng, rows, vehicles)):
            file.write_table(_numbered(table, line, schema))
            line += table.num_rows
    return planted


def listed_vehicles(planted: Planted, rows: int, seed: int = SEED) -> pa.Table:
    """A list of vehicles of interest: those planted, and others never on the road."""
    rng = np.random.default_rng(seed + 1)
    plates = [*planted.listed, *(pair[0] for pair in planted.convoys)]
    never = many_plates(UNIT - 1 - np.arange(max(rows - len(plates), 0)))
    every = np.array([*plates, *never])
    reasons = np.array(
        [
            "Wanted on warrant",
            "Suspected use in burglary",
            "Drug supply",
            "No insurance",
        ]
    )
    lists = np.array(["own", "national", "partner"])
    count = len(every)
    text = pa.array(every)
    made = {
        "input": np.zeros(count, dtype=np.int64),
        "line": np.arange(2, count + 2),
        "plate": text,
        "list": lists[rng.integers(0, 3, count)],
        "reason": reasons[rng.integers(0, 4, count)],
        "reference": pa.array([f"L{n:06d}" for n in range(count)]),
        "person": pa.array([""] * count),
        "from_on": pa.nulls(count, pa.timestamp("us", tz="UTC")),
        "until_on": pa.nulls(count, pa.timestamp("us", tz="UTC")),
    }
    return pa.table(made).cast(evidence_kind("vehicles").schema)


def _traffic(rng: np.random.Generator, rows: int, vehicles: int) -> Iterator[pa.Table]:
    """Trips of vehicles in turn, each at most one in four days."""
    trips = -(-rows // LEG)
    for first in range(0, trips, TRIPS_AT_ONCE):
        trip = np.arange(first, min(first + TRIPS_AT_ONCE, trips))
        turn, who = np.divmod(trip, vehicles)
        day = (who * 7 + turn * DAYS_BETWEEN) % DAYS
        hour = rng.choice(24, len(trip), p=np.array(HOURS) / sum(HOURS))
        begins = day * 86_400 + hour * 3_600 + rng.random(len(trip)) * 3_600
        cameras, seconds = _routes(rng, begins)
        plates = many_plates(np.repeat(who, LEG))
        yield _table(rng, plates, cameras.ravel(), seconds.ravel())


def _routes(
    rng: np.random.Generator, begins: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Straight on, one turn, straight on; each vehicle at its own speed."""
    trips = len(begins)
    x, y = rng.integers(0, SIDE, (2, trips, 1))
    steps = np.arange(LEG)
    turn = rng.integers(1, LEG, (trips, 1))
    across, along = rng.choice([-1, 1], (2, trips, 1))
    column = np.abs((x + across * np.minimum(steps, turn)) % (2 * SIDE - 2))
    row = np.abs((y + along * np.maximum(steps - turn, 0)) % (2 * SIDE - 2))
    column = np.where(column >= SIDE, 2 * SIDE - 2 - column, column)
    row = np.where(row >= SIDE, 2 * SIDE - 2 - row, row)
    metres_a_second = rng.uniform(9.0, 20.0, (trips, 1))
    between = SPACING / metres_a_second * rng.uniform(0.9, 1.3, (trips, LEG))
    seconds = begins[:, None] + np.cumsum(between, axis=1) - between[:, :1]
    return row * SIDE + column, seconds


def _table(
    rng: np.random.Generator, plates: np.ndarray, cameras: np.ndarray, at: np.ndarray
) -> pa.Table:
    """Reads with a place, a confidence, and now and then a wrong character."""
    count = len(plates)
    confidence = np.round(rng.uniform(0.82, 0.99, count), 2)
    wrong = np.flatnonzero(rng.random(count) < MISREAD)
    plates = plates.copy()
    plates[wrong] = alike_plates(plates[wrong], rng)
    confidence[wrong] = np.round(rng.uniform(0.35, 0.75, len(wrong)), 2)
    names = camera_names()
    lat = MIDDLE[0] + (cameras // SIDE - SIDE / 2) * SPACING / METRES_A_DEGREE
    lon = MIDDLE[1] + (cameras % SIDE - SIDE / 2) * SPACING / METRES_A_DEGREE / 0.607
    stamps = BEGINS + np.round(at).astype("timedelta64[s]")
    return pa.table(
        {
            "plate": plates,
            "at": pa.array(stamps.astype("datetime64[us]")).cast(
                pa.timestamp("us", tz="UTC")
            ),
            "camera": names[cameras],
            "lat": np.round(lat, 6),
            "lon": np.round(lon, 6),
            "heading": np.array(HEADINGS)[rng.integers(0, 4, count)],
            "confidence": confidence,
        }
    )


def _numbered(table: pa.Table, line: int, schema: pa.Schema) -> pa.Table:
    count = table.num_rows
    whole = table.append_column("input", pa.array(np.zeros(count, dtype=np.int64)))
    whole = whole.append_column("line", pa.array(np.arange(line, line + count)))
    return whole.select(schema.names).cast(schema)


def _plant(rng: np.random.Generator) -> tuple[Planted, pa.Table]:
    """The planted vehicles, whose plates nobody else of the made-up traffic bears."""
    plates = iter(plate_at(UNIT // 2 + n) for n in range(10 * PLANTED))
    rows: list[tuple[str, int, float]] = []
    convoys = tuple((next(plates), next(plates)) for _ in range(PLANTED))
    clones = tuple(next(plates) for _ in range(PLANTED))
    trippers = tuple(next(plates) for _ in range(PLANTED))
    newcomers = tuple(next(plates) for _ in range(PLANTED))
    for pair in convoys:
        rows += _convoy(rng, pair)
    for plate in clones:
        rows += _clone(rng, plate)
    for plate in trippers:
        rows += _regular(rng, plate)
    for plate in newcomers:
        rows += _newcomer(rng, plate)
    listed, misread = _listed(plates)
    rows += misread
    names = camera_names()
    regular = {p: (str(names[20]), str(names[21])) for p in trippers}
    made = _exact(rng, rows)
    return Planted(convoys, clones, regular, newcomers, listed), made


def _exact(rng: np.random.Generator, rows: list[tuple[str, int, float]]) -> pa.Table:
    """The planted reads as they are, none of them misread."""
    plates = np.array([row[0] for row in rows])
    cameras = np.array([row[1] for row in rows])
    table = _table(rng, plates, cameras, np.array([row[2] for row in rows]))
    at = table.column_names.index("plate")
    table = table.set_column(at, "plate", pa.array(plates))
    sure = pa.array(np.full(len(rows), 0.93))
    return table.set_column(table.column_names.index("confidence"), "confidence", sure)


def _convoy(
    rng: np.random.Generator, pair: tuple[str, str]
) -> list[tuple[str, int, float]]:
    """Three journeys past six cameras, the second twenty to sixty seconds behind."""
    rows = []
    for day in rng.choice(DAYS, 3, replace=False):
        row, column = rng.integers(0, SIDE), rng.integers(0, SIDE - 7)
        at = day * 86_400 + rng.uniform(1, 22) * 3_600
        behind = rng.uniform(20, 60)
        for step in range(6):
            camera = int(row * SIDE + column + step)
            seconds = at + step * SPACING / 15
            rows += [(pair[0], camera, seconds), (pair[1], camera, seconds + behind)]
    return rows


def _clone(rng: np.random.Generator, plate: str) -> list[tuple[str, int, float]]:
    """Two vehicles with one plate, at opposite corners at one time, on four days."""
    rows = []
    for day in rng.choice(DAYS, 4, replace=False):
        at = day * 86_400 + rng.uniform(7, 20) * 3_600
        rows += [(plate, n, at + n * 200) for n in range(3)]
        rows += [(plate, SIDE * SIDE - 1 - n, at + 70 + n * 200) for n in range(3)]
    return rows


def _regular(rng: np.random.Generator, plate: str) -> list[tuple[str, int, float]]:
    """From one camera to the next at about 05:40 UTC on twenty days of work."""
    rows = []
    for day in [d for d in range(DAYS) if d % 7 < 5][:20]:
        at = day * 86_400 + 5 * 3_600 + rng.uniform(35, 45) * 60
        rows += [(plate, 20, at), (plate, 21, at + 240)]
    return rows


def _newcomer(rng: np.random.Generator, plate: str) -> list[tuple[str, int, float]]:
    """Elsewhere for weeks, in the area on the last two days only."""
    inside, outside = 2 * SIDE + 2, 10 * SIDE + 10
    rows = [(plate, outside, day * 86_400 + 43_200) for day in range(0, 24, 3)]
    return rows + [
        (plate, inside, day * 86_400 + rng.uniform(8, 20) * 3_600)
        for day in (DAYS - 2, DAYS - 1)
    ]


def _listed(
    plates: Iterator[str],
) -> tuple[dict[str, str], list[tuple[str, int, float]]]:
    """Listed vehicles that pass five times, once misread."""
    listed: dict[str, str] = {}
    rows: list[tuple[str, int, float]] = []
    rng = np.random.default_rng(7)
    for number in range(PLANTED):
        plate = next(plates)
        misread = str(alike_plates(np.array([plate]), rng)[0])
        listed[plate] = misread
        rows += [(plate, 30 + n, (number + n) * 86_400 + 36_000) for n in range(5)]
        rows.append((misread, 40, (number + 2) * 86_400 + 39_600))
    return listed, rows


def summary(planted: Planted) -> dict[str, Any]:
    """What was planted, as plain values."""
    return {
        "convoys": [list(pair) for pair in planted.convoys],
        "clones": list(planted.clones),
        "regular": {plate: list(way) for plate, way in planted.regular.items()},
        "newcomers": list(planted.newcomers),
        "listed": dict(planted.listed),
    }
