"""What do the tests of intake share: a folder for files, and small files of rows."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

THREAT = {
    "ref": "T1",
    "name": "Group Alder",
    "kind": "ocg",
    "theme": "drugs",
    "type": "tactical",
    "moderation": "moderated",
    "soc": "soc",
    "phase": "Active",
    "opened_on": "2021-01-04",
}
DISRUPTION = {
    "ref": "D1",
    "threat": "T1",
    "event_on": "2022-03-01",
    "recorded_on": "2022-03-04",
    "role": "lead",
    "p": "pursue",
    "impact": "minor",
    "evidence": "Two runners charged; the line went quiet for a week.",
}
OFFICER = {"ref": "1201", "name": "Dale, P"}

Rows = Sequence[Mapping[str, str]]


def write_csv(path: Path, rows: Rows) -> Path:
    """Write rows under our own field names."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, names, restval="")
        out.writeheader()
        out.writerows(rows)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Files and uploads go to a folder of the test's own."""
    settings.FOURFOLD_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def delivered(
    tmp_path: Path, officer: Callable[[str], Any]
) -> Callable[..., dict[str, Any]]:
    """`delivered("threats", rows)`: bring a small file in; what the JSON says of it."""
    from fourfold_web.base.audit import acting_as
    from fourfold_web.intake.services import load_delivery

    def bring(
        kind: str,
        rows: Rows,
        body: str = "derbyshire",
        actor: str = "service-loader",
        **more: Any,
    ) -> dict[str, Any]:
        path = write_csv(tmp_path / f"{kind}.csv", rows)
        by = officer(actor)
        with acting_as(by):
            return load_delivery(
                actor=by, path=path, kind=kind, body=body, **more
            ).as_json()

    return bring
