"""Does every question about vehicles give the same rows on DuckDB and on Spark?"""

from typing import Any

import pytest

from fourfold.base.engine import open_engine
from fourfold.picture.vehicles.analyses import ANALYSES
from tests.fourfold.picture.vehicles import test_bulk_search as bulk
from tests.fourfold.picture.vehicles import test_convoys as convoys
from tests.fourfold.picture.vehicles import test_hits as hits
from tests.fourfold.picture.vehicles import test_movement as movement
from tests.fourfold.picture.vehicles import test_outcomes as outcomes
from tests.fourfold.picture.vehicles.small_reads import asked_on

GIVEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "hits": ({"reads": hits.READS, "vehicles": hits.LIST}, {}),
    "convoys": ({"reads": convoys.convoy() + convoys.others()}, {}),
    "first-in-area": ({"reads": movement.OLD + movement.NEW}, movement.AREA),
    "regular-trips": ({"reads": movement.daily()}, {}),
    "impossible": ({"reads": movement.CLONE}, {}),
    "pattern": ({"reads": movement.daily()}, {"targets": ("AA11AAA",)}),
    "travelled": ({"reads": movement.daily()}, {"targets": ("AA11AAA",)}),
    "bulk-search": (
        {"vehicles": bulk.LISTS, "reads": bulk.READS},
        bulk.RECORDED | {"dry_run": False},
    ),
    "outcomes": ({"stops": outcomes.STOPS}, {}),
}


@pytest.fixture(scope="module")
def engines():
    """Each engine, started once for all questions."""
    with open_engine("duckdb") as here, open_engine("spark") as there:
        yield here, there


@pytest.mark.slow
@pytest.mark.parametrize("name", [one.name for one in ANALYSES])
def test_both_engines_give_the_same_cells(name, engines):
    kinds, parameters = GIVEN[name]
    here = asked_on(engines[0], f"duckdb_{name}", name, kinds, **parameters)
    there = asked_on(engines[1], "spark", name, kinds, **parameters)
    assert [a.text for a in there.answers] == [a.text for a in here.answers]
    assert here.tables[0].rows.num_rows > 0
    for one, other in zip(there.tables, here.tables, strict=True):
        same = [
            {k: pytest.approx(v) if isinstance(v, float) else v for k, v in row.items()}
            for row in other.rows.to_pylist()
        ]
        assert one.rows.to_pylist() == same
