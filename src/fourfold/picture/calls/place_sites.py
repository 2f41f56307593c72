"""Where do the antennas of a cell stand, on the day, and which cells are neighbours?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, product
from math import asin, cos, radians, sin, sqrt
from typing import Any

import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Case, require

CELL_COLUMNS = ("cell", "lat", "lon", "site", "valid_from", "valid_to")
EARTH_METRES = 6_371_000.0
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Site:
    """Where a cell's antennas stand: its mast, or the cell where none is named.

    It held from `valid_from` (null: always) until before `valid_to` (null: still).
    """

    cell: str
    name: str
    lat: float
    lon: float
    valid_from: datetime | None = None
    valid_to: datetime | None = None

    def held(self, at: datetime) -> bool:
        """Did it stand there at an instant?"""
        begun = self.valid_from is None or self.valid_from <= at
        return begun and (self.valid_to is None or self.valid_to > at)

    def held_with(self, other: "Site") -> bool:
        """Was there a time at which both stood where they are said to?"""
        begins = max(self.valid_from or LONG_AGO, other.valid_from or LONG_AGO)
        return all(s.valid_to is None or s.valid_to > begins for s in (self, other))


@dataclass(frozen=True)
class Sites:
    """Where each cell stood, from when to when: for each, what began last first."""

    of_cell: dict[str, tuple[Site, ...]]

    def __bool__(self) -> bool:
        return bool(self.of_cell)

    def at(self, cell: str, at: datetime | None) -> Site | None:
        """Where did a cell stand at an instant; without one, by the latest entry?"""
        entries = self.of_cell.get(cell, ())
        if at is None:
            return entries[0] if entries else None
        return next((site for site in entries if site.held(at)), None)

    def near(self, metres: float) -> list[tuple[str, str]]:
        """Which cells stood so close together at one time? Each with itself."""
        every = [site for entries in self.of_cell.values() for site in entries]
        near = {(cell, cell) for cell in self.of_cell}
        for one, other in _close(every, metres):
            if one.held_with(other):
                near |= {(one.cell, other.cell), (other.cell, one.cell)}
        return sorted(near)


def sites_of(case: Case) -> Sites:
    """Where each cell stood, by the list of a case. Empty without a list."""
    if "cells" not in case.tables:
        return Sites({})
    cells = case.tables["cells"]
    require(cells, "cells", CELL_COLUMNS)
    placed = cells.filter(_.lat.notnull() & _.lon.notnull()).select(*CELL_COLUMNS)
    found: dict[str, list[Site]] = {}
    for row in placed.to_pyarrow().to_pylist():
        site = Site(
            row["cell"],
            row["site"] or row["cell"],
            row["lat"],
            row["lon"],
            row["valid_from"],
            row["valid_to"],
        )
        found.setdefault(site.cell, []).append(site)
    return Sites({cell: _latest_first(entries) for cell, entries in found.items()})


def metres_between(one: Site, other: Site) -> float:
    """How far apart do two masts stand, along the ground?"""
    a, b = radians(one.lat), radians(other.lat)
    east = radians(other.lon - one.lon)
    chord = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(east / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(min(chord, 1.0)))


def place_rows(sites: Sites, shown: Iterable[dict[str, Any]]) -> pa.Table | None:
    """Points for the map, of those whose cell the list knew at the time.

    Args:
        sites: the cell list.
        shown: rows with `cell`, `at` (or null), `label`, `kind`, `who`.

    Returns:
        Rows with `lat`, `lon`, `at`, `label`, `kind`, `who`; `None` without a list.
    """
    if not sites:
        return None
    rows = []
    for row in shown:
        site = sites.at(row["cell"], row["at"])
        if site is not None:
            rows.append(row | {"lat": site.lat, "lon": site.lon})
    schema = pa.schema(
        [("lat", pa.float64()), ("lon", pa.float64())]
        + [("at", pa.timestamp("us", tz="UTC"))]
        + [(name, pa.string()) for name in ("label", "kind", "who")]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _latest_first(entries: list[Site]) -> tuple[Site, ...]:
    """What began last first; of two that began together, the more northern, eastern."""
    by_start = sorted(
        entries, key=lambda s: (s.valid_from or LONG_AGO, s.lat, s.lon), reverse=True
    )
    return tuple(by_start)


def _close(sites: list[Site], metres: float) -> Iterator[tuple[Site, Site]]:
    """Pairs of sites within a distance, found square by square."""
    step = max(metres, 1.0) / 111_000 * 1.01
    squares: dict[tuple[int, int], list[Site]] = {}
    for site in sites:
        squares.setdefault(_square(site, step), []).append(site)
    for site in sites:
        row, column = _square(site, step)
        wide = 1 + int(1 / max(cos(radians(min(abs(site.lat) + step, 89))), 0.02))
        columns = range(column - wide, column + wide + 1)
        beside = product(range(row - 1, row + 2), columns)
        others = chain.from_iterable(squares.get(square, ()) for square in beside)
        for other in others:
            if metres_between(site, other) <= metres:
                yield site, other


def _square(site: Site, step: float) -> tuple[int, int]:
    return int(site.lat // step), int(site.lon // step)
