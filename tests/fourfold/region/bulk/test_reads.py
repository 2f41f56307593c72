"""Made-up reads: the same each time, calibrated, and the planted truth is found."""

import csv
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from fourfold.intake.evidence import evidence_kind
from fourfold.picture.running import run_analysis
from fourfold.picture.vehicles.analyses import ANALYSES
from fourfold.picture.vehicles.plates import uk_format
from fourfold.region.bulk.plates import many_plates
from fourfold.region.bulk.reads import AREA, HOURS, listed_vehicles, write_reads

DATA = Path(__file__).parents[3] / "data" / "reads"
QUESTIONS = {one.name: one for one in ANALYSES}
ROWS = 60_000


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    path = tmp_path_factory.mktemp("reads") / "reads.parquet"
    planted = write_reads(path, ROWS)
    return path, planted


def ask(name, world, **parameters):
    path, planted = world
    given = {"reads": [path]}
    if "vehicles" in QUESTIONS[name].takes:
        on_list = path.with_name("vehicles.parquet")
        pq.write_table(listed_vehicles(planted, 500), on_list)
        given["vehicles"] = [on_list]
    return run_analysis(QUESTIONS[name], given, parameters).records()


def test_the_reads_are_canonical_and_the_same_each_time(world, tmp_path):
    path, planted = world
    assert pq.read_schema(path).remove_metadata().equals(evidence_kind("reads").schema)
    assert write_reads(tmp_path / "again.parquet", ROWS) == planted
    assert pq.read_table(path).equals(pq.read_table(tmp_path / "again.parquet"))


def test_traffic_follows_the_hours_of_the_bath_survey():
    with (DATA / "bath-hours.csv").open() as file:
        counted = [int(row["vehicles"]) for row in csv.DictReader(file)]
    for hour, vehicles in enumerate(counted):
        assert HOURS[hour] == pytest.approx(vehicles / sum(counted), abs=0.001)


def test_no_two_vehicles_bear_one_mark_and_each_is_of_a_british_form():
    plates = [str(plate) for plate in many_plates(np.arange(3000))]
    assert len(set(plates)) == 3000
    assert {uk_format(plate) for plate in plates} == {"current"}


def test_every_planted_convoy_is_found_and_leads(world):
    rows = ask("convoys", world, least_cameras=5, least_journeys=2)
    found = [frozenset((row["a"], row["b"])) for row in rows]
    assert set(found) == {frozenset(pair) for pair in world[1].convoys}


def test_cloned_plates_and_nothing_else_are_impossible(world):
    rows = ask("impossible", world)
    assert {row["plate"] for row in rows if row["unexplained"]} == set(world[1].clones)


def test_planted_trips_are_regular_and_no_other(world):
    rows = ask("regular-trips", world, minutes=15.0, least_days=12)
    assert {r["plate"]: (r["from_camera"], r["to_camera"]) for r in rows} == (
        world[1].regular
    )
    assert all(row["earliest"] >= "06:30" for row in rows)  # by the clock in summer


def test_newcomers_were_elsewhere_before(world):
    rows = ask("first-in-area", world, cameras=AREA, last_days=3)
    before = {row["plate"]: row["before"] for row in rows}
    assert all(before[plate] == 8 for plate in world[1].newcomers)


def test_listed_plates_are_hits_and_their_misreads_candidates(world):
    rows = ask("hits", world)
    hits = {row["plate"] for row in rows if row["kind"] == "hit"}
    near = {r["listed"]: r["plate"] for r in rows if r["kind"] == "candidate"}
    assert set(world[1].listed) <= hits
    assert {one: near.get(one) for one in world[1].listed} == world[1].listed
