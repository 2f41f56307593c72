"""Where is meant, and how far from there was a reading taken?"""

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import ibis

from fourfold.base.errors import FourfoldError
from fourfold.picture.survey.national_grid import of_reference, off_the_grid

EARTH_METRES = 6_371_008.8
"""Mean radius of the earth (IUGG, 1980)."""
A_DEGREE = math.pi / 180 * EARTH_METRES

NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
GRID_REFERENCE = re.compile(r"^[A-Za-z]{2}[\d\s]+$")
LETTERS = re.compile(r"[A-Za-z]")

Place = tuple[float, float]
"""Latitude and longitude, WGS84 degrees."""


class NoSuchPlace(FourfoldError):
    """Somebody named a place that cannot be read."""

    what = "'{text}' is no place that can be read."
    do = (
        "Write latitude and longitude in degrees, such as 52.6386, -1.1317, or a grid "
        "reference, such as SK 5885 0489."
    )
    status = 422


def place_of(text: str) -> Place:
    """Which place does one text name: degrees, or a grid reference?

    Raises:
        NoSuchPlace: it is neither, or lies off the earth.
        NotOnTheGrid: it is a grid reference of no square.
    """
    words = text.strip()
    if GRID_REFERENCE.match(words):
        lat, lon = off_the_grid(*of_reference(words))
        return round(float(lat), 7), round(float(lon), 7)
    found = [float(number) for number in NUMBER.findall(words)]
    if LETTERS.search(words) or len(found) != 2:
        raise NoSuchPlace(text=text)
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):
        raise NoSuchPlace(text=text)
    return found[0], found[1]


def places_of(texts: Sequence[str] | str | None) -> list[Place]:
    """Which places does a list name, in its order?

    A text may hold several, parted by semicolons. Latitudes and longitudes that a comma
    has torn into texts of their own are put together again.

    Raises:
        NoSuchPlace: one cannot be read.
    """
    given = [texts] if isinstance(texts, str) else list(texts or ())
    parts = [p.strip() for text in given for p in text.split(";") if p.strip()]
    if len(parts) % 2 == 0 and all(_is_number(part) for part in parts):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        parts = [f"{lat}, {lon}" for lat, lon in pairs]
    return [place_of(part) for part in parts]


def metres_between(lat: Any, lon: Any, other_lat: Any, other_lon: Any) -> Any:
    """How many metres lie between places of two columns, along a great circle?

    The haversine formula on a sphere: within 0.5% of the ellipsoid.
    """
    if isinstance(other_lat, float):
        other_lat, other_lon = ibis.literal(other_lat), ibis.literal(other_lon)
    half_lat = (other_lat - lat) * (math.pi / 360)
    half_lon = (other_lon - lon) * (math.pi / 360)
    across = (lat * (math.pi / 180)).cos() * (other_lat * (math.pi / 180)).cos()
    h = half_lat.sin() * half_lat.sin() + across * half_lon.sin() * half_lon.sin()
    return ibis.least(h, 1.0).sqrt().asin() * (2 * EARTH_METRES)


def metres_apart(one: Place, other: Place) -> float:
    """How many metres lie between two places, by the same formula as for columns?"""
    half_lat = math.radians(other[0] - one[0]) / 2
    half_lon = math.radians(other[1] - one[1]) / 2
    across = math.cos(math.radians(one[0])) * math.cos(math.radians(other[0]))
    h = math.sin(half_lat) ** 2 + across * math.sin(half_lon) ** 2
    return 2 * EARTH_METRES * math.asin(math.sqrt(min(1.0, h)))


def metres_to_path(lat: Any, lon: Any, path: Sequence[Place]) -> Any:
    """How many metres is each reading from a path, a line of one place or more?

    Each stretch is taken as straight on flat ground about the reading; within the
    tens of kilometres of a stretch of road this is good to a metre a kilometre.
    """
    stretches = list(pairwise(path)) or [(path[0], path[0])]
    east = (lat * (math.pi / 180)).cos() * A_DEGREE
    found = [_to_stretch(lat, lon, east, a, b) for a, b in stretches]
    return found[0] if len(found) == 1 else ibis.least(*found)


def within_box(lat: Any, lon: Any, path: Sequence[Place], metres: float) -> Any:
    """Might a reading lie within so many metres of a path? Quick; errs to yes."""
    north = metres / A_DEGREE * 1.01
    lats = [place[0] for place in path]
    lons = [place[1] for place in path]
    furthest = min(max(map(abs, lats)) + north, 89.9)
    east = north / math.cos(math.radians(furthest))
    return lat.between(min(lats) - north, max(lats) + north) & lon.between(
        min(lons) - east, max(lons) + east
    )


def _to_stretch(lat: Any, lon: Any, east: Any, a: Place, b: Place) -> Any:
    ax, ay = (a[1] - lon) * east, (a[0] - lat) * A_DEGREE
    if a == b:
        return (ax * ax + ay * ay).sqrt()
    dx, dy = (b[1] - a[1]) * east, (b[0] - a[0]) * A_DEGREE
    along = -(ax * dx + ay * dy) / (dx * dx + dy * dy)
    along = ibis.greatest(ibis.least(along, 1.0), 0.0)
    x, y = ax + along * dx, ay + along * dy
    return (x * x + y * y).sqrt()


def _is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None
