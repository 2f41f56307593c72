"""The cars of the invented crew: what is planted is found, and nothing else."""

import json

import pytest
from click.testing import CliRunner

from fourfold.cli import main
from fourfold.region.bulk.operation import CREW, RUNNERS
from fourfold.region.bulk.operation_vehicles import (
    JOURNEY_DAYS,
    crew_plates,
    write_vehicles,
)

FIRST, SECOND = (crew_plates()[CREW[runner]] for runner in RUNNERS)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vehicles")
    write_vehicles(folder)
    return folder


def _asked(question: str, *words) -> list[dict]:
    asked = ["vehicles", question, *map(str, words), "--authority", "A/1", "--json"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_runners_travel_together_and_nobody_else(written):
    (pair,) = _asked("convoys", written / "plate-reads.csv")
    assert {pair["a"], pair["b"]} == {FIRST, SECOND}
    assert pair["days"] == len(JOURNEY_DAYS)


def test_the_cloned_mark_is_read_in_two_places_and_no_other(written):
    found = _asked("impossible", written / "plate-reads.csv")
    assert {row["plate"] for row in found} == {FIRST}


def test_the_misread_mark_is_a_candidate_only(written):
    listed = written / "of-interest.csv"
    found = _asked("hits", written / "plate-reads.csv", "--vehicles", listed)
    candidates = [row for row in found if row["kind"] == "candidate"]
    assert [row["listed"] for row in candidates] == [FIRST]


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    write_vehicles(tmp_path)
    for path in written.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()
