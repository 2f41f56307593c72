"""Which things of two people were at one place at about one time, in any evidence?"""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Case, Parameter
from fourfold.base.kept import kept
from fourfold.picture.joined.events import Events, placed_cells
from fourfold.picture.joined.sightings import CELL
from fourfold.picture.vehicles.reads import metres_expression

A_DEGREE = 111_195.0
SIDE = (
    "person", "number", "id_kind", "key", "source", "kind", "side", "second",
    "place", "place_kind", "site", "lat", "lon", "reach", "input", "line",
)  # fmt: skip
MINUTES = Parameter(
    "minutes", "So close in time.", "number", 30.0, "minutes", least=1, most=720
)
METRES = Parameter(
    "metres", "So close in place, beside how exactly each place is known; 0: only the "
    "same cell or camera.", "number", 500.0, "metres", least=0, most=50_000,
)  # fmt: skip
CELL_METRES = Parameter(
    "cell_metres", "How far from its mast a phone that used a cell is taken to have "
    "been.", "number", 1500.0, "metres", least=0, most=35_000,
)  # fmt: skip
NEAR = (MINUTES, METRES, CELL_METRES)
SAME, CLOSE = "same place in the records", "places near each other"


@dataclass(frozen=True)
class Together:
    """Pairs of sightings of two people at one place and time.

    `pairs` has `a_` and `b_` of SIDE (a before b by name), `metres` (null for the same
    cell or camera), `gap` in seconds, `how`. `places` are all sightings with a place.
    """

    pairs: Any
    places: Any
    shared: int


def together_of(case: Case, events: Events) -> Together:
    """Find where two people's things were together, for the events of a case.

    Two sightings count when they lie within the minutes set and are of one cell or
    camera, or of places within the metres set beside how exactly each is known. The
    same phone or plate attributed to two people tells nothing of a meeting: such pairs
    are left out, and `shared` says how many there were.
    """
    places = kept(case.backend, _places(case, events))
    seconds = int(float(case.parameters["minutes"]) * 60)
    found = _same_place(places, seconds)
    metres = float(case.parameters["metres"])
    if metres > 0:
        found = ibis.union(found, _near(case, places, seconds))
    pairs = kept(case.backend, found)
    shared = pairs.filter((_.a_key == _.b_key) & (_.a_id_kind == _.b_id_kind))
    count = int(shared.count().to_pyarrow().as_py())
    other = pairs.filter((_.a_key != _.b_key) | (_.a_id_kind != _.b_id_kind))
    return Together(other, places, count)


def windows_of(places: Any, seconds: int) -> Any:
    """In how many windows of time was each person at each place?"""
    window = (_.second / seconds).floor().cast("int64")
    return (
        places.mutate(window=window, spot=spot(places))
        .group_by("person", "spot")
        .agg(windows=_.window.nunique())
    )


def spot(table: Any, side: str = "") -> Any:
    """An expression that is the same for sightings at one recorded place."""
    name, kind = table[f"{side}place"], table[f"{side}place_kind"]
    lat, lon = table[f"{side}lat"], table[f"{side}lon"]
    rough = lat.round(3).cast("string") + "," + lon.round(3).cast("string")
    return kind + ":" + (name == "").ifelse(rough, name)


def _places(case: Case, events: Events) -> Any:
    """Sightings with a place; the last cell of a call is one at its end."""
    rows = events.rows.filter(_.second.notnull() & (_.place_kind != ""))
    reach = (_.place_kind == CELL).ifelse(float(case.parameters["cell_metres"]), 0.0)
    first = rows.mutate(reach=reach).select(*SIDE)
    moved = rows.filter(
        (_.place_kind == CELL) & (_.last_place != "") & (_.last_place != _.place)
    )
    ended = moved.mutate(
        second=_.second + _.seconds.fill_null(0).cast("float64"),
        place=_.last_place,
        reach=float(case.parameters["cell_metres"]),
    )
    unknown = ibis.literal(None, "float64")
    bare = ended.drop("site").mutate(lat=unknown, lon=unknown)
    if "cells" in case.tables:
        placed = placed_cells(case, bare)
    else:
        placed = bare.mutate(site=ibis.literal("", "string"))
    return ibis.union(first, placed.select(*SIDE))


def _sided(table: Any, side: str) -> dict[str, Any]:
    return {f"{side}_{name}": table[name] for name in SIDE}


def _joined(left: Any, right: Any, by: list[str], seconds: int) -> Any:
    """Rows of two people with the same values in some columns, near in time."""
    bucket = (_.a_second / seconds).floor().cast("int64")
    wide = ibis.union(*(left.mutate(bucket=bucket + step) for step in (-1, 0, 1)))
    right = right.mutate(bucket=(_.b_second / seconds).floor().cast("int64"))
    found = wide.join(right, [*by, "bucket"])
    near = (found.b_second - found.a_second).abs() <= seconds
    return found.filter(near & (found.a_person < found.b_person))


def _same_place(places: Any, seconds: int) -> Any:
    named = places.filter(places.place != "")
    spots = named.mutate(at_place=named.place, at_kind=named.place_kind)
    left = spots.select("at_place", "at_kind", **_sided(spots, "a"))
    right = spots.select("at_place", "at_kind", **_sided(spots, "b"))
    found = _joined(left, right, ["at_place", "at_kind"], seconds)
    metres = metres_expression(found.a_lat, found.a_lon, found.b_lat, found.b_lon)
    return _laid_out(found, metres, SAME)


def _near(case: Case, places: Any, seconds: int) -> Any:
    """Pairs at different places: squares of the ground, each with its neighbours."""
    metres = float(case.parameters["metres"])
    widest = metres + 2 * float(case.parameters["cell_metres"])
    known = places.filter(places.lat.notnull() & places.lon.notnull())
    north = known.aggregate(most=known.lat.abs().max()).to_pyarrow()["most"][0].as_py()
    step = max(widest, 1.0) / A_DEGREE * 1.01
    east = step / max(cos(radians(min((north or 0.0) + step, 89.0))), 0.01)
    squares = known.mutate(
        row=(known.lat / step).floor().cast("int64"),
        column=(known.lon / east).floor().cast("int64"),
    )
    left = squares.select("row", "column", **_sided(squares, "a"))
    wide = ibis.union(
        *(
            left.mutate(row=left.row + r, column=left.column + c)
            for r in (-1, 0, 1)
            for c in (-1, 0, 1)
        )
    )
    right = squares.select("row", "column", **_sided(squares, "b"))
    found = _joined(wide, right, ["row", "column"], seconds)
    one_name = (found.a_place == found.b_place) & (
        found.a_place_kind == found.b_place_kind
    )
    elsewhere = found.filter(~(one_name & (found.a_place != "")))
    apart = metres_expression(
        elsewhere.a_lat, elsewhere.a_lon, elsewhere.b_lat, elsewhere.b_lon
    )
    close = elsewhere.filter(apart <= metres + elsewhere.a_reach + elsewhere.b_reach)
    return _laid_out(
        close,
        metres_expression(close.a_lat, close.a_lon, close.b_lat, close.b_lon),
        CLOSE,
    )


def _laid_out(found: Any, metres: Any, how: str) -> Any:
    names = [f"{side}_{name}" for side in ("a", "b") for name in SIDE]
    return found.select(
        *names,
        metres=metres,
        gap=(found.b_second - found.a_second).abs(),
        how=ibis.literal(how, "string"),
    )
