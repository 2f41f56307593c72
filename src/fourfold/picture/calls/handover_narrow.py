"""Which few numbers of many are worth weighing as old and new phones?

Small data is fetched whole. Of large data the engine counts the events of each number
in equal periods; only numbers whose traffic clearly falls or rises are fetched.
"""

from typing import Any

from fourfold.base.analysis import Case
from fourfold.picture.calls.handover_traffic import (
    Traffic,
    both_sides,
    number_totals,
    traffic_of,
)


def fetched_traffic(case: Case) -> tuple[Traffic, tuple[str, ...]]:
    """The events that matter, and notes on what was left out."""
    sides: Any = both_sides(case.tables["calls"])
    totals = number_totals(sides).to_pyarrow()
    return traffic_of(sides.to_pyarrow(), totals), ()
