"""A cell may move: where it stood is asked of the day."""

from datetime import UTC, datetime

import pytest

from fourfold.picture.calls.place_sites import Site, Sites, place_rows

MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))
OLD = Site("a", "old mast", 53.0, -1.0, None, JUNE)
NEW = Site("a", "new mast", 54.0, -1.0, JUNE, None)
SITES = Sites({"a": (NEW, OLD), "b": (Site("b", "b", 53.0001, -1.0, JULY, None),)})


@pytest.mark.parametrize(
    ("cell", "at", "site"),
    [
        ("a", MAY, OLD),
        ("a", JUNE, NEW),
        ("a", JULY, NEW),
        ("a", None, NEW),
        ("b", JUNE, None),
        ("c", JUNE, None),
    ],
)
def test_a_cell_stood_where_the_list_in_force_says(cell, at, site):
    assert SITES.at(cell, at) == site


def test_cells_that_never_stood_there_together_are_not_near():
    assert SITES.near(100) == [("a", "a"), ("b", "b")]


def test_cells_that_stood_there_together_are_near_both_ways():
    held = Sites({"a": (OLD,), "b": (Site("b", "b", 53.0001, -1.0, MAY, None),)})
    assert held.near(100) == [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
    assert held.near(5) == [("a", "a"), ("b", "b")]


def test_the_map_shows_the_mast_of_the_day_and_leaves_out_what_no_list_knew():
    use = {"label": "", "kind": "", "who": ""}
    shown = [use | {"cell": cell, "at": at} for cell in "ab" for at in (MAY, JULY)]
    rows = place_rows(SITES, shown).to_pylist()
    assert [row["lat"] for row in rows] == [53.0, 54.0, 53.0001]
