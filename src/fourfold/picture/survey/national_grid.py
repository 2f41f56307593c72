"""Where on the British National Grid is a place that a satellite receiver gives?

Longitude and latitude on WGS84 are shifted to OSGB36 by seven numbers and laid flat by
the transverse Mercator projection. The projection is exact to a millimetre; the shift
is good to about five metres, which is less than a handset's own position is worth.

Source:
    Ordnance Survey, A guide to coordinate systems in Great Britain (v3.6, 2020),
    sections 6.6 and annexes B and C.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from fourfold.base.errors import FourfoldError

Numbers = Any
"""A number, or an array of numbers."""

SHIFT_METRES = (-446.448, 125.157, -542.060)
SHIFT_SECONDS = (-0.1502, -0.2470, -0.8421)
SHIFT_SCALE = 20.4894e-6
ARC_SECOND = np.pi / 180 / 3600

SCALE = 0.9996012717
TRUE_LAT, TRUE_LON = np.radians(49.0), np.radians(-2.0)
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0

EAST_MOST, NORTH_MOST = 700_000, 1_300_000
LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
REFERENCE = re.compile(r"^([HJNOST])([A-HJ-Z])\s*(\d{2,5})\s*(\d{2,5})$")
RUN = re.compile(r"^([HJNOST])([A-HJ-Z])\s*(\d{4}|\d{6}|\d{8}|\d{10})$")


class NotOnTheGrid(FourfoldError):
    """A grid reference that names no square of the National Grid."""

    what = "'{reference}' is no reference of the British National Grid."
    do = "Write it like SK 5862 0421, with as many digits east as north."
    status = 422


@dataclass(frozen=True)
class Ellipsoid:
    """The shape of the earth that a system of coordinates takes for granted, metres."""

    a: float
    b: float

    @property
    def e2(self) -> float:
        """Eccentricity squared."""
        return 1 - (self.b / self.a) ** 2

    @property
    def n(self) -> float:
        """Third flattening."""
        return (self.a - self.b) / (self.a + self.b)


WGS84 = Ellipsoid(6_378_137.000, 6_356_752.3142)
AIRY = Ellipsoid(6_377_563.396, 6_356_256.909)


def on_the_grid(lat: Numbers, lon: Numbers) -> tuple[Numbers, Numbers]:
    """How many metres east and north on the National Grid lies a WGS84 position?

    Args:
        lat: degrees north, one or many.
        lon: degrees east, as many.

    Returns:
        Eastings and northings in metres, of the shape given.
    """
    shifted = _shifted(_cartesian(np.radians(lat), np.radians(lon), WGS84), 1)
    return projected(*_geodetic(shifted, AIRY))


def off_the_grid(east: Numbers, north: Numbers) -> tuple[Numbers, Numbers]:
    """Which WGS84 latitude and longitude has a place on the National Grid, degrees?"""
    lat, lon = unprojected(east, north)
    shifted = _shifted(_cartesian(lat, lon, AIRY), -1)
    lat, lon = _geodetic(shifted, WGS84)
    return np.degrees(lat), np.degrees(lon)


def is_on_the_grid(east: Numbers, north: Numbers) -> Numbers:
    """Does a place lie on the sheet that the National Grid covers?"""
    inside = (east >= 0) & (east < EAST_MOST) & (north >= 0)
    return inside & (north < NORTH_MOST)


def grid_reference(east: int, north: int, digits: int = 4) -> str:
    """How is a place on the grid written, such as "SK 5862 0421"?

    Args:
        east: metres.
        north: metres.
        digits: how many each way: 4 name a square of 10 m, 3 one of 100 m.
    """
    column, row = east // 100_000, north // 100_000
    first = LETTERS[(19 - row) - (19 - row) % 5 + (column + 10) // 5]
    second = LETTERS[(19 - row) * 5 % 25 + column % 5]
    step = 10 ** (5 - digits)
    within = (east % 100_000 // step, north % 100_000 // step)
    return f"{first}{second} {within[0]:0{digits}d} {within[1]:0{digits}d}"


def of_reference(text: str) -> tuple[float, float]:
    """Where is the middle of the square that a grid reference names, in metres?

    Raises:
        NotOnTheGrid: it is no reference of the National Grid.
    """
    tidy = " ".join(text.upper().split())
    found, run = REFERENCE.match(tidy), RUN.match(tidy)
    if run:
        half = len(run[3]) // 2
        parts = (run[1], run[2], run[3][:half], run[3][half:])
    elif found and len(found[3]) == len(found[4]):
        parts = (found[1], found[2], found[3], found[4])
    else:
        raise NotOnTheGrid(reference=text)
    first, second = LETTERS.index(parts[0]), LETTERS.index(parts[1])
    column = (first - 2) % 5 * 5 + second % 5
    row = 19 - first // 5 * 5 - second // 5
    step = 10 ** (5 - len(parts[2]))
    east = column * 100_000 + (int(parts[2]) + 0.5) * step
    north = row * 100_000 + (int(parts[3]) + 0.5) * step
    if not is_on_the_grid(east, north):
        raise NotOnTheGrid(reference=text)
    return east, north


def projected(lat: Numbers, lon: Numbers) -> tuple[Numbers, Numbers]:
    """Which eastings and northings have OSGB36 positions in radians?"""
    sin, cos, tan = np.sin(lat), np.cos(lat), np.tan(lat)
    nu, rho, eta2 = _radii(sin)
    one = nu / 2 * sin * cos
    two = nu / 24 * sin * cos**3 * (5 - tan**2 + 9 * eta2)
    three = nu / 720 * sin * cos**5 * (61 - 58 * tan**2 + tan**4)
    four = nu * cos
    five = nu / 6 * cos**3 * (nu / rho - tan**2)
    six = 5 - 18 * tan**2 + tan**4 + 14 * eta2 - 58 * tan**2 * eta2
    six = nu / 120 * cos**5 * six
    off = lon - TRUE_LON
    north = (
        _meridian(lat) + FALSE_NORTH + off**2 * (one + off**2 * (two + off**2 * three))
    )
    east = FALSE_EAST + off * (four + off**2 * (five + off**2 * six))
    return east, north


def unprojected(east: Numbers, north: Numbers) -> tuple[Numbers, Numbers]:
    """Which OSGB36 positions in radians have eastings and northings?"""
    lat = _foot(north)
    sin, cos, tan = np.sin(lat), np.cos(lat), np.tan(lat)
    nu, rho, eta2 = _radii(sin)
    off = east - FALSE_EAST
    seven = tan / (2 * rho * nu)
    eight = tan / (24 * rho * nu**3) * (5 + 3 * tan**2 + eta2 - 9 * tan**2 * eta2)
    nine = tan / (720 * rho * nu**5) * (61 + 90 * tan**2 + 45 * tan**4)
    ten = 1 / (cos * nu)
    eleven = 1 / (cos * 6 * nu**3) * (nu / rho + 2 * tan**2)
    twelve = 1 / (cos * 120 * nu**5) * (5 + 28 * tan**2 + 24 * tan**4)
    last = 61 + 662 * tan**2 + 1320 * tan**4 + 720 * tan**6
    last = 1 / (cos * 5040 * nu**7) * last
    lat = lat - off**2 * (seven - off**2 * (eight - off**2 * nine))
    lon = off * (ten - off**2 * (eleven - off**2 * (twelve - off**2 * last)))
    return lat, TRUE_LON + lon


def _radii(sin: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    slack = 1 - AIRY.e2 * sin**2
    nu = AIRY.a * SCALE / np.sqrt(slack)
    rho = AIRY.a * SCALE * (1 - AIRY.e2) / slack**1.5
    return nu, rho, nu / rho - 1


def _meridian(lat: Numbers) -> Numbers:
    n = AIRY.n
    less, more = lat - TRUE_LAT, lat + TRUE_LAT
    arc = (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
    arc = arc - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(less) * np.cos(more)
    second = 1.875 * (n**2 + n**3)
    arc = arc + second * np.sin(2 * less) * np.cos(2 * more)
    arc = arc - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
    return AIRY.b * SCALE * arc


def _foot(north: Numbers) -> Numbers:
    """The latitude on the central meridian; six rounds reach a hundredth of a mm."""
    lat = (north - FALSE_NORTH) / (AIRY.a * SCALE) + TRUE_LAT
    for _ in range(6):
        lat = lat + (north - FALSE_NORTH - _meridian(lat)) / (AIRY.a * SCALE)
    return lat


def _cartesian(lat: Numbers, lon: Numbers, on: Ellipsoid) -> tuple[Numbers, ...]:
    nu = on.a / np.sqrt(1 - on.e2 * np.sin(lat) ** 2)
    x = nu * np.cos(lat) * np.cos(lon)
    y = nu * np.cos(lat) * np.sin(lon)
    return x, y, (1 - on.e2) * nu * np.sin(lat)


def _shifted(place: tuple[Numbers, ...], way: int) -> tuple[Numbers, ...]:
    x, y, z = place
    tx, ty, tz = (way * metres for metres in SHIFT_METRES)
    rx, ry, rz = (way * seconds * ARC_SECOND for seconds in SHIFT_SECONDS)
    scale = 1 + way * SHIFT_SCALE
    return (
        tx + scale * x - rz * y + ry * z,
        ty + rz * x + scale * y - rx * z,
        tz - ry * x + rx * y + scale * z,
    )


def _geodetic(place: tuple[Numbers, ...], on: Ellipsoid) -> tuple[Numbers, Numbers]:
    x, y, z = place
    across = np.hypot(x, y)
    lat = np.arctan2(z, across * (1 - on.e2))
    for _ in range(4):
        nu = on.a / np.sqrt(1 - on.e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + on.e2 * nu * np.sin(lat), across)
    return lat, np.arctan2(y, x)
