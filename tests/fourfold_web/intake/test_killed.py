"""A delivery whose process is killed leaves nothing behind, and the next try works."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fourfold_web.desk.embedded import drop_database
from tests.conftest import EMPTY
from tests.fourfold_web.intake.conftest import THREAT, write_csv

pytestmark = pytest.mark.slow

ROWS = 6_000
LOAD = """
import sys, time
from pathlib import Path
import django
django.setup()
from fourfold_web.base.audit import acting_as
from fourfold_web.base.models import Officer
from fourfold_web.intake.services import load_delivery

def told(doing, count):
    if doing == "load" and sys.argv[2] == "wait":
        print("half-way", flush=True)
        time.sleep(60)

loader = Officer.objects.get(username="service-loader")
with acting_as(loader):
    outcome = load_delivery(actor=loader, path=Path(sys.argv[1]), kind="threats",
                            body="derbyshire", told=told)
print(outcome.tally.loaded)
"""


@pytest.fixture
def emptied(databases: Any) -> Any:
    """The addresses of an empty database of the test's own: the site's, the owner's."""
    name = f"killed_{os.getpid()}"
    databases.copy(EMPTY, name)
    yield [databases.server.url(r, name) for r in ("fourfold_site", "fourfold_owner")]
    drop_database(databases.server, name)


def test_killed_half_way_nothing_is_loaded_and_the_next_try_works(
    emptied: list[str], tmp_path: Path
) -> None:
    site, owner = emptied
    rows = [THREAT | {"ref": f"T{n}"} for n in range(ROWS)]
    path = write_csv(tmp_path / "threats.csv", rows)
    environment = os.environ | {
        "DATABASE_URL": site,
        "DATABASE_OWNER_URL": owner,
        "DJANGO_SETTINGS_MODULE": "fourfold_web.desk.settings",
        "FOURFOLD_HOME": str(tmp_path / "home"),
        "FOURFOLD_TODAY": "2022-06-01",
    }
    killed = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(path), "wait"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "half-way\n"
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    killed.stdout.close()
    assert in_the_database(databases_url=site) == (0, 0)

    again = subprocess.run(
        [sys.executable, "-c", LOAD, str(path), "go"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(again.stdout) == ROWS
    assert in_the_database(databases_url=site) == (ROWS, 1)
    assert len([*(tmp_path / "home" / "files").iterdir()]) == 1


def in_the_database(databases_url: str) -> tuple[int, int]:
    """How many threats and deliveries does the loading service see?"""
    with psycopg.connect(databases_url) as connection:
        connection.execute(
            "SELECT set_config('fourfold.officer', id::text, true) FROM base_officer"
            " WHERE username = 'service-loader'"
        )
        found = connection.execute(
            "SELECT (SELECT count(*) FROM picture_threat),"
            " (SELECT count(*) FROM intake_delivery)"
        ).fetchone()
    assert found is not None
    return (int(found[0]), int(found[1]))
