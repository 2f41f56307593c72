"""Where on flat ground about one place do others lie?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fourfold.picture.survey.places import A_DEGREE


@dataclass(frozen=True)
class Flat:
    """Flat ground about a place: metres east and north of it.

    Good to a thousandth within 50 km of the place.
    """

    lat: float
    lon: float

    @property
    def narrowing(self) -> float:
        """How much shorter a degree of longitude is here than on the equator."""
        return max(math.cos(math.radians(self.lat)), 1e-6)

    def flat(self, lat: Any, lon: Any) -> Any:
        """Metres east and north of many places, n by 2."""
        east = (np.asarray(lon) - self.lon) * A_DEGREE * self.narrowing
        return np.column_stack([east, (np.asarray(lat) - self.lat) * A_DEGREE])

    def points(self, flat: Sequence[tuple[float, float]]) -> list[list[float]]:
        """GeoJSON positions of points on the flat ground."""
        return [
            [
                round(self.lon + x / A_DEGREE / self.narrowing, 6),
                round(self.lat + y / A_DEGREE, 6),
            ]
            for x, y in flat
        ]

    def ring(self, flat: Sequence[tuple[float, float]]) -> list[list[float]]:
        """GeoJSON ring of an outline: its first position stands last again."""
        points = self.points(flat)
        return [*points, points[0]]


def flat_about(lat: float, lon: float) -> Flat:
    """Flat ground about a place, taken at a hundredth of a degree so it stays put."""
    return Flat(round(lat, 2), round(lon, 2))
