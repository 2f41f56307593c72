"""What is a survey to cover: which addresses, and where each cell should serve?"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fourfold.base.analysis import Case
from fourfold.base.errors import FourfoldError
from fourfold.picture.survey.places import A_DEGREE, Place, places_of

ADDRESS, CELL = "address", "cell"
CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")
DAY_END = 24 * 3600


class NothingToCover(FourfoldError):
    """A drive was to be planned that nobody needs."""

    what = "There is no address and no cell to cover."
    do = "Give addresses, a file of visits, or a cell-site list."
    status = 422


class NotAClock(FourfoldError):
    """A time of day cannot be read."""

    what = "{where}: '{text}' is no time of day."
    do = "Write it like 09:30."
    status = 422


class UnknownCells(FourfoldError):
    """Cells were asked for that stand in no list."""

    what = "The cell-site list has no place for {cells}."
    do = "Give a list that holds them, or leave them out."
    status = 422


@dataclass(frozen=True)
class Target:
    """A place to be covered: an address, or where a cell should serve.

    `dwell`: seconds that the instrument stands there. `opens` and `shuts` are seconds
    of the day between which somebody can be there.
    """

    name: str
    kind: str
    place: Place
    dwell: int
    opens: int = 0
    shuts: int = DAY_END

    @property
    def is_timed(self) -> bool:
        """May it be visited at certain times only?"""
        return (self.opens, self.shuts) != (0, DAY_END)


def targets_of(case: Case) -> list[Target]:
    """What is to be covered, in the order given: addresses, visits, then cells.

    Raises:
        NothingToCover: nothing is.
        NoSuchPlace, NotOnTheGrid, NotAClock, UnknownCells: what is given is wrong.
    """
    asked = case.parameters
    stay = round(asked["dwell_minutes"] * 60)
    found = [
        Target(f"{place[0]:.5f}, {place[1]:.5f}", ADDRESS, place, stay)
        for place in places_of(asked["addresses"])
    ]
    if "visits" in case.tables:
        found += _visits(case.tables["visits"], stay)
    if "cells" in case.tables:
        found += _cells(case.tables["cells"], asked)
    if not found:
        raise NothingToCover
    return found


def seconds_of(clock: str, where: str) -> int:
    """Which second of the day does a time such as 09:30 mean?

    Raises:
        NotAClock: none.
    """
    said = CLOCK.match(clock.strip())
    if said is None:
        raise NotAClock(where=where, text=clock)
    return int(said[1]) * 3600 + int(said[2]) * 60


def clock_of(seconds: float) -> str:
    """How is a second of the day written? After midnight with the days that passed."""
    days, rest = divmod(round(seconds), DAY_END)
    said = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    return f"{said} (+{days})" if days else said


def ahead(place: Place, azimuth: float, metres: float) -> Place:
    """Which place lies so many metres off in a direction, degrees from north?"""
    turn = math.radians(azimuth)
    lat = place[0] + metres * math.cos(turn) / A_DEGREE
    narrowing = max(math.cos(math.radians(place[0])), 1e-6)
    return lat, place[1] + metres * math.sin(turn) / A_DEGREE / narrowing


def _visits(visits: Any, stay: int) -> list[Target]:
    rows = visits.order_by("input", "line").to_pyarrow().to_pylist()
    found = []
    for row in rows:
        if row["lat"] is None or row["lon"] is None:
            continue
        place = (row["lat"], row["lon"])
        name = row["name"] or f"{place[0]:.5f}, {place[1]:.5f}"
        where = f"Visits, line {row['line']}"
        opens = seconds_of(row["open_from"], where) if row["open_from"] else 0
        shuts = seconds_of(row["open_until"], where) if row["open_until"] else DAY_END
        found.append(Target(name, ADDRESS, place, stay, opens, shuts))
    return found


def _cells(cells: Any, asked: Mapping[str, Any]) -> list[Target]:
    only: Sequence[str] = asked["serve"] or ()
    rows = cells.filter(cells.lat.notnull() & cells.lon.notnull() & (cells.cell != ""))
    listed = rows.order_by("input", "line").to_pyarrow().to_pylist()
    latest = {row["cell"]: row for row in listed}
    missing = [name for name in only if name not in latest]
    if missing:
        raise UnknownCells(cells=", ".join(missing))
    found, stay = [], round(asked["cell_minutes"] * 60)
    for name in only or latest:
        row = latest[name]
        mast = (row["lat"], row["lon"])
        if row["azimuth"] is None:
            found.append(Target(f"{name} at its mast", CELL, mast, stay))
            continue
        for step in range(1, asked["places_a_cell"] + 1):
            out = step * asked["out_metres"]
            place = ahead(mast, row["azimuth"], out)
            label = f"{name}, {out:g} m towards {row['azimuth']:g}°"
            found.append(Target(label, CELL, place, stay))
    return found
