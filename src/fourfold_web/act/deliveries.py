"""Which record does a delivered row of each kind of this stage become?"""

from collections.abc import Iterable, Mapping
from typing import Any

from fourfold.intake.cells import Wrong
from fourfold_web.act.models import (
    Disruption,
    LocalEvent,
    ManagedOffender,
    OffenderOrder,
    Operation,
    VehicleStop,
)
from fourfold_web.intake.registry import register


def register_kinds() -> None:
    """Say so to intake."""
    register("operations", Operation)
    register("disruptions", Disruption, rules=(_graded_by_another,))
    register("activity", LocalEvent)
    register("offenders", ManagedOffender)
    register("orders", OffenderOrder)
    register("vehicle-stops", VehicleStop)


def _graded_by_another(row: Mapping[str, Any]) -> Iterable[tuple[str, Wrong]]:
    """The database holds the same rule: see `Disruption`."""
    if row["grader"] is not None and row["grader"] == row["claimant"]:
        fault = "the officer who claimed it"
        yield "grader", Wrong(fault, "Have somebody else grade it.")
