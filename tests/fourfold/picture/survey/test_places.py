import ibis
import pyarrow as pa
import pytest

from fourfold.picture.survey.national_grid import NotOnTheGrid
from fourfold.picture.survey.places import (
    NoSuchPlace,
    metres_apart,
    metres_between,
    metres_to_path,
    place_of,
    places_of,
    within_box,
)

LEICESTER = (52.6386, -1.1317)


@pytest.mark.parametrize("text", ["52.6386,-1.1317", " 52.6386  -1.1317 "])
def test_degrees_are_a_place(text):
    assert place_of(text) == LEICESTER


def test_a_grid_reference_is_a_place():
    assert metres_apart(place_of("SK 5885 0489"), LEICESTER) < 60


@pytest.mark.parametrize("wrong", ["", "52.6", "95, 0", "0, 181", "LE1 5WW", "1,2,3"])
def test_what_is_no_place_is_refused(wrong):
    with pytest.raises((NoSuchPlace, NotOnTheGrid)):
        place_of(wrong)


@pytest.mark.parametrize(
    "given",
    ["52.6386,-1.1317;52.64,-1.12", ("52.6386", "-1.1317", "52.64", "-1.12")],
)
def test_several_places_may_be_written_in_one(given):
    assert places_of(given) == [LEICESTER, (52.64, -1.12)]


def test_no_place_is_an_empty_list():
    assert places_of(None) == places_of("") == []


def test_a_degree_north_is_111_kilometres(engine):
    rows = ibis.memtable(pa.table({"lat": [52.0], "lon": [-1.0]}))
    away = rows.select(away=metres_between(rows.lat, rows.lon, 53.0, -1.0))
    assert engine.to_pyarrow(away)["away"][0].as_py() == pytest.approx(111_195, abs=1)
    assert metres_apart((52.0, -1.0), (53.0, -1.0)) == pytest.approx(111_195, abs=1)


def test_a_reading_beside_the_middle_of_a_stretch_is_near_the_way(engine):
    way = [(52.60, -1.10), (52.60, -1.00)]
    rows = ibis.memtable(pa.table({"lat": [52.601, 52.601], "lon": [-1.05, -0.99]}))
    away = rows.select(away=metres_to_path(rows.lat, rows.lon, way))
    beside, past = engine.to_pyarrow(away)["away"].to_pylist()
    assert beside == pytest.approx(111.2, abs=0.5)
    assert past == pytest.approx(metres_apart((52.601, -0.99), way[1]), rel=0.001)


def test_the_quick_box_leaves_out_nothing_that_is_near(engine):
    lats = [52.6 + n * 0.0001 for n in range(-20, 21)]
    rows = ibis.memtable(pa.table({"lat": lats, "lon": [-1.1] * len(lats)}))
    near = metres_to_path(rows.lat, rows.lon, [(52.6, -1.1)]) <= 100
    box = within_box(rows.lat, rows.lon, [(52.6, -1.1)], 100)
    lost = rows.filter(near & ~box).count()
    assert engine.execute(lost) == 0
