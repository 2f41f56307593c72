"""Does a larger region only add years that no measured figure counts?"""

from datetime import date

import pytest

from fourfold.measure.figures import figures
from fourfold.measure.tables import duckdb_tables
from fourfold.region.growth import GROWING
from fourfold.region.make import make

pytestmark = pytest.mark.slow

PERIOD = {"period_from": date(2021, 6, 1), "period_to": date(2022, 5, 31)}
# Totals since the beginning: further years are rightly in them.
SINCE_EVER = {
    "local_events_unrecorded",
    "local_arrests",
    "local_stop_searches",
    "local_warrants",
}


@pytest.fixture(scope="module")
def sizes():
    return {scale: make(scale=scale) for scale in (1, 3)}


def test_growing_kinds_have_three_times_the_rows_and_others_stay(sizes):
    for kind, made in sizes[1].items():
        if kind in GROWING:
            assert len(sizes[3][kind]) == 3 * len(made), kind
        elif kind != "national-list":
            assert sizes[3][kind] == made, kind


def test_the_first_rows_are_those_of_the_region_as_it_is(sizes):
    for kind, made in sizes[1].items():
        assert sizes[3][kind][: len(made)] == made, kind


def test_references_stay_unique_and_added_threats_are_closed(sizes):
    for kind in GROWING:
        names = [(r["body"], r.get("queue"), r["ref"]) for r in sizes[3][kind]]
        assert len(set(names)) == len(names), kind
    added = sizes[3]["threats"][len(sizes[1]["threats"]) :]
    assert all(t["closed_on"] and t["closed_on"] < date(2021, 1, 1) for t in added)


def test_figures_of_the_measured_year_do_not_change(sizes):
    made = {
        scale: {
            (f.key, f.body): (f.numerator, f.denominator)
            for f in figures(duckdb_tables(rows), region="east-midlands", **PERIOD)
            if f.key not in SINCE_EVER
        }
        for scale, rows in sizes.items()
    }
    assert made[1] == made[3]


def test_references_of_added_rows_name_rows(sizes):
    rows = sizes[3]
    threats = {(t["body"], t["ref"]) for t in rows["threats"]}
    plans = {(p["body"], p["ref"]) for p in rows["plans"]}
    disruptions = {(d["body"], d["ref"]) for d in rows["disruptions"]}
    for kind in ("members", "plans", "disruptions", "activity"):
        assert {_named(r, "threat") for r in rows[kind] if r["threat"]} <= threats
    assert {_named(r, "plan") for r in rows["plan-actions"]} <= plans
    tied = {_named(r, "disruption") for r in rows["activity"] if r["disruption"]}
    assert tied <= disruptions


def _named(row, field):
    owner, mark, reference = row[field].partition("/")
    return (owner, reference) if mark else (row["body"], row[field])
