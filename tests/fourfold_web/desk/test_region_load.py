"""The made-up region comes into an empty database, all of it or none."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from fourfold.intake.errors import EmptyFile
from fourfold.region.extracts import write
from fourfold.region.make import make
from fourfold_web.act.models import Disruption
from fourfold_web.base.models import Officer
from fourfold_web.desk.region_load import NoManifest, NotEmpty, load_region
from fourfold_web.inspect.models import Report
from fourfold_web.intake.models import Delivery, QuarantinedRow
from fourfold_web.picture.models import Threat

pytestmark = pytest.mark.django_db

SEED = 7


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    write(make(SEED, 1), folder, seed=SEED)
    return folder


@pytest.fixture(autouse=True)
def _home(tmp_path, settings):
    settings.FOURFOLD_HOME = tmp_path / "home"


def only(region: Path, to: Path, kinds: set[str]) -> Path:
    """The same region with some of its kinds only."""
    manifest = json.loads((region / "manifest.json").read_text())
    files = [file for file in manifest["files"] if file["kind"] in kinds]
    for file in files:
        (to / file["file"]).parent.mkdir(exist_ok=True)
        (to / file["file"]).symlink_to(region / file["file"])
    (to / "manifest.json").write_text(json.dumps(manifest | {"files": files}))
    return to


def uncounted() -> list[str]:
    """Of which of our tables does the planner know nothing?"""
    ours = [m for m in apps.get_models() if m.__module__.startswith("fourfold_web.")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE reltuples < 0 AND relname = ANY (%s)",
            [[model._meta.db_table for model in ours]],
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.slow
def test_every_good_row_of_the_region_is_loaded_and_every_slip_kept_back(
    region, acting
):
    files = json.loads((region / "manifest.json").read_text())["files"]
    loaded = load_region(region)
    assert loaded.deliveries == len(files)
    assert loaded.rows == sum(file["rows"] for file in files)
    assert loaded.loaded == sum(file["good"] for file in files)
    assert loaded.quarantined == sum(file["faulty"] for file in files)
    with acting("service-loader"):
        assert Report.objects.get().reference == loaded.report
        assert QuarantinedRow.objects.count() == loaded.quarantined
        assert Delivery.objects.count() == len(files)
        for kind, model in (("threats", Threat), ("disruptions", Disruption)):
            good = sum(file["good"] for file in files if file["kind"] == kind)
            assert model.objects.count() == good
    assert uncounted() == []


def test_a_region_does_not_mix_with_what_is_there(region, tmp_path):
    some = only(region, tmp_path, {"officers"})
    load_region(some)
    with pytest.raises(NotEmpty):
        load_region(some)


def test_a_file_that_cannot_be_read_leaves_nothing_of_the_others(
    region, tmp_path, acting
):
    some = only(region, tmp_path, {"officers", "threats"})
    broken = some / "nottinghamshire"
    threats = next(broken.glob("threats.*"))
    threats.unlink()
    threats.write_bytes(b"")
    before = Officer.objects.count()
    with pytest.raises(EmptyFile):
        load_region(some)
    assert Officer.objects.count() == before
    with acting("service-loader"):
        assert not Delivery.objects.exists()


def test_a_folder_without_a_manifest_is_no_region(tmp_path):
    with pytest.raises(NoManifest):
        load_region(tmp_path)


def test_progress_is_told_before_each_file_and_at_the_end(region, tmp_path):
    told: list[tuple[str, int, int]] = []
    loaded = load_region(
        only(region, tmp_path, {"officers"}), lambda *said: told.append(said)
    )
    assert told[0] == ("emsou/officers.csv", 0, loaded.rows)
    assert told[-1] == ("", loaded.rows, loaded.rows)
