"""What came of stops: a few by hand, and the published figures from the region."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import ibis
import pytest

from fourfold.base.analysis import Case
from fourfold.base.errors import MissingColumns
from fourfold.picture.vehicles.outcomes import run_outcomes
from fourfold.region.vehicles import vehicle_stops
from tests.fourfold.picture.vehicles.small_reads import (
    BEGIN,
    Row,
    asked,
    listed,
    rows_of,
)

SAME = (
    "ref", "operation", "vehicle", "seized", "arrests", "assets_gbp",
    "warrants_sought", "sex_offenders", "place",
)  # fmt: skip
LONDON = ZoneInfo("Europe/London")


def stop(ref, *, seized=False, arrests=0, **more) -> Row:
    made = {"ref": ref, "operation": "Run 1", "stopped_on": BEGIN, "seized": seized}
    return made | {"arrests": arrests} | more


STOPS = [
    stop("1", seized=True, arrests=2, right_vehicle=True, marker="R-A"),
    stop("2", right_vehicle=False, marker="R-B"),
    stop("3", assets_gbp=500.0),
    stop("4", operation="Run 2", warrants_sought=1),
]


def test_each_run_is_added_up_with_its_precision():
    one, two = rows_of(asked("outcomes", {"stops": STOPS}))
    assert (one["stopped"], one["seized"], one["arrests"], one["nothing"]) == (
        3,
        1,
        2,
        1,
    )
    assert (one["checked"], one["right"], one["precision"]) == (2, 1, 0.5)
    assert (two["warrants_sought"], two["precision"], two["something_share"]) == (
        1,
        None,
        1.0,
    )


def test_the_list_of_markers_says_how_many_led_to_a_stop():
    markers = [listed(p, reference=f"R-{p}") for p in "ABCD"]
    first = rows_of(asked("outcomes", {"stops": STOPS, "vehicles": markers}))[0]
    assert (first["markers"], first["stopped_markers"]) == (4, 2)


def test_one_reference_twice_and_other_days_do_not_count():
    found = asked(
        "outcomes",
        {
            "stops": [
                *STOPS,
                STOPS[0],
                stop("9", stopped_on=datetime(2027, 1, 1, tzinfo=UTC)),
            ]
        },
        to_on=date(2026, 12, 31),
    )
    assert sum(row["stopped"] for row in rows_of(found)) == 4
    assert len(found.notes) == 2


def test_no_stops_came_to_nothing():
    nothing = asked("outcomes", {"stops": []})
    assert rows_of(nothing) == []
    assert nothing.answers[0].text.startswith("no vehicles stopped, 0 seized")


def test_the_published_figures_come_out_of_the_regions_rows():
    rows = [
        {name: row[name] for name in SAME}
        | {"stopped_on": datetime.combine(row["stopped_on"], time(), LONDON)}
        for row in vehicle_stops(1)
    ]  # fmt: skip
    (run,) = rows_of(asked("outcomes", {"stops": rows}))
    assert (run["stopped"], run["seized"], run["arrests"]) == (801, 520, 209)
    assert (run["warrants_sought"], run["sex_offenders"]) == (90, 10)
    assert run["assets_gbp"] == pytest.approx(9_000_000, rel=0.01)
    assert run["seized_share"] == pytest.approx(0.6492)
    assert run["first_on"] >= "2020-10-05"


def test_a_table_of_something_else_is_refused():
    wrong = Case({"stops": ibis.memtable({"ref": ["1"]})}, {}, None)
    with pytest.raises(MissingColumns, match="stops has no column input"):
        run_outcomes(wrong)
