import pytest

from tests.fourfold.picture.survey.small_survey import (
    HERE,
    asked,
    reading,
    rows_of,
    texts_of,
)

EAST = 1 / 111_195 / 0.60692
"""A metre east at this latitude, in degrees."""


def block(second: int, north: float, **other):
    """Readings on a lattice of 100 m by 100 m."""
    return [
        reading(
            second + 60 * n,
            north + 50 * (n // 3),
            lon=HERE[1] + 50 * (n % 3) * EAST,
            **other,
        )
        for n in range(9)
    ]


def test_a_footprint_has_the_area_of_its_readings(engine):
    found = asked(engine, "footprint", {"survey": block(0, 0)})
    (row,) = rows_of(found)
    assert (row["cell"], row["moments"], row["parts"]) == ("A", 9, 1)
    assert row["area_km2"] == pytest.approx(0.010, abs=0.001)


def test_ground_that_was_not_surveyed_parts_a_footprint(engine):
    rows = [*block(0, 0), *block(3600, 2000)]
    (row,) = rows_of(asked(engine, "footprint", {"survey": rows}))
    assert row["parts"] == 2
    assert row["area_km2"] == pytest.approx(0.020, abs=0.002)
    assert row["widest_gap_metres"] == pytest.approx(1900, abs=10)


def test_other_cells_inside_an_outline_are_counted(engine):
    rows = [*block(0, 0), reading(3600, 20, lon=HERE[1] + 30 * EAST, cell="B")]
    found = {
        r["cell"]: r for r in rows_of(asked(engine, "footprint", {"survey": rows}))
    }
    assert (found["A"]["inside_of"], found["A"]["inside_served"]) == (10, 9)


def test_a_cell_that_served_at_one_place_has_a_point_and_no_area(engine):
    found = asked(engine, "footprint", {"survey": [reading()]})
    (row,) = rows_of(found)
    assert (row["area_km2"], row["lone"]) == (0.0, 1)
    (shape,) = found.features[0]["geometry"]["geometries"]
    assert shape["type"] == "Point"


def test_only_the_cells_asked_for_are_outlined(engine):
    rows = [*block(0, 0), *block(3600, 0, cell="B")]
    found = rows_of(asked(engine, "footprint", {"survey": rows}, only=("B",)))
    assert [row["cell"] for row in found] == ["B"]


def test_what_is_left_off_is_said(engine):
    rows = [*block(0, 0), reading(3600, cell="B")]
    found = asked(engine, "footprint", {"survey": rows}, most_cells=1)
    assert "1 of 2 cells are outlined." in found.notes


def test_neighbours_have_no_footprint(engine):
    rows = [reading(), reading(cell="B", serving=False, level_dbm=-90.0)]
    assert [
        r["cell"] for r in rows_of(asked(engine, "footprint", {"survey": rows}))
    ] == ["A"]


def test_a_survey_without_rows_has_no_footprint(engine):
    assert "No cell served" in texts_of(asked(engine, "footprint", {"survey": []}))
