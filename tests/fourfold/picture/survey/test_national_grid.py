import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.picture.survey.national_grid import (
    NotOnTheGrid,
    grid_reference,
    of_reference,
    off_the_grid,
    on_the_grid,
    projected,
    unprojected,
)


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


CAISTER = (degrees(52, 39, 27.2531), degrees(1, 43, 4.5177))
CAISTER_GRID = (651_409.903, 313_177.270)
"""The worked example of the Ordnance Survey's guide, annex C."""


def test_the_projection_gives_the_ordnance_surveys_worked_example():
    found = projected(math.radians(CAISTER[0]), math.radians(CAISTER[1]))
    assert found == pytest.approx(CAISTER_GRID, abs=0.001)


def test_the_projection_backwards_gives_the_worked_example():
    found = [math.degrees(angle) for angle in unprojected(*CAISTER_GRID)]
    assert found == pytest.approx(CAISTER, abs=1e-8)


def test_a_satellite_position_lands_within_five_metres_of_the_official_one():
    # ETRS89 of the same tower, and its place by the official transformation OSTN15.
    lat, lon = degrees(52, 39, 28.8282), degrees(1, 42, 57.8663)
    east, north = on_the_grid(lat, lon)
    assert math.hypot(east - 651_409.804, north - 313_177.450) < 5


@given(st.floats(50, 60.5), st.floats(-7, 1.5))
def test_there_and_back_is_within_half_a_metre(lat, lon):
    back = off_the_grid(*on_the_grid(lat, lon))
    assert back[0] == pytest.approx(lat, abs=5e-6)
    assert back[1] == pytest.approx(lon, abs=5e-6)


def test_many_places_at_once_are_the_same_as_one_by_one():
    lats, lons = np.array([51.5, 52.6386]), np.array([-0.1, -1.1317])
    east, north = on_the_grid(lats, lons)
    assert (east[1], north[1]) == on_the_grid(52.6386, -1.1317)


@pytest.mark.parametrize(
    ("east", "north", "digits", "reference"),
    [
        (651_409, 313_177, 4, "TG 5140 1317"),
        (216_600, 771_200, 3, "NN 166 712"),
        (460_000, 1_200_000, 2, "HP 60 00"),
        (5, 5, 5, "SV 00005 00005"),
    ],
)
def test_a_place_has_a_reference(east, north, digits, reference):
    assert grid_reference(east, north, digits) == reference


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("TG 5140 1317", (651_405, 313_175)),
        ("tg51401317", (651_405, 313_175)),
        ("NN 166 712", (216_650, 771_250)),
    ],
)
def test_a_reference_means_the_middle_of_its_square(text, place):
    assert of_reference(text) == place


@pytest.mark.parametrize("wrong", ["TG 5140 131", "TI 5140 1317", "ZZ 51 13", "TG", ""])
def test_what_is_no_reference_is_refused(wrong):
    with pytest.raises(NotOnTheGrid, match="SK 5862 0421"):
        of_reference(wrong)


@given(st.integers(0, 699_999), st.integers(0, 1_299_999))
def test_a_place_lies_in_the_square_of_its_reference(east, north):
    middle = of_reference(grid_reference(east, north))
    assert abs(middle[0] - east) <= 5
    assert abs(middle[1] - north) <= 5
