"""A file of 200 MB comes in with bounded memory."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fourfold_web.desk.embedded import drop_database
from tests.conftest import EMPTY
from tests.fourfold_web.intake.conftest import THREAT
from tests.fourfold_web.intake.test_killed import in_the_database

pytestmark = pytest.mark.slow

MEGABYTE = 1024 * 1024
ROWS = 13_000
MOST_MEGABYTES = 400
LOAD = """
import sys
from pathlib import Path
import django
django.setup()
from fourfold_web.base.audit import acting_as
from fourfold_web.base.models import Officer
from fourfold_web.intake.services import load_delivery

loader = Officer.objects.get(username="service-loader")
with acting_as(loader):
    outcome = load_delivery(actor=loader, path=Path(sys.argv[1]), kind="threats",
                            body="derbyshire")
# Not getrusage: its peak is also that of the process we were forked from.
status = Path("/proc/self/status").read_text().split("VmHWM:")[1]
peak = int(status.split()[0]) // 1024
print(outcome.tally.loaded, outcome.tally.quarantined, peak)
"""


def test_200_megabytes_come_in_within_400_of_memory(
    databases: Any, tmp_path: Path
) -> None:
    path = tmp_path / "threats.csv"
    names, area = list(THREAT), "North of the river, by the mill. " * 500
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join([*names, "area"]) + "\n")
        for n in range(ROWS):
            row = THREAT | {"ref": f"T{n}"} | ({"soc": "?"} if n % 10 == 0 else {})
            file.write(",".join([*row.values(), f'"{area}"']) + "\n")
    assert path.stat().st_size > 200 * MEGABYTE

    name = f"large_{os.getpid()}"
    databases.copy(EMPTY, name)
    site = databases.server.url("fourfold_site", name)
    environment = os.environ | {
        "DATABASE_URL": site,
        "DJANGO_SETTINGS_MODULE": "fourfold_web.desk.settings",
        "FOURFOLD_HOME": str(tmp_path / "home"),
        "FOURFOLD_TODAY": "2022-06-01",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-c", LOAD, str(path)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        loaded, kept_back, peak = map(int, done.stdout.split())
        assert (loaded, kept_back) == (ROWS * 9 // 10, ROWS // 10)
        assert in_the_database(site) == (loaded, 1)
        assert peak < MOST_MEGABYTES
    finally:
        drop_database(databases.server, name)
