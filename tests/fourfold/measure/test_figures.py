"""Are figures given for every body, whole for the region, and free of accident?"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.base.errors import UnknownBody, UnknownRegion
from fourfold.measure.figures import figures, rows_behind
from fourfold.measure.tables import duckdb_tables
from tests.fourfold.measure.made_rows import FROM, LED, LISTED, STOP, TO, WORLD

DAYS = {"period_from": FROM, "period_to": TO}
EAST = {"region": "east-midlands", **DAYS}
FORCES = ["derbyshire", "leicestershire", "lincolnshire"]
SHARES = ["led_pursue", "led_major_moderate", "led_share_of_region", "ocgs_on_list"]


def test_bodies_come_unit_first_then_forces_by_name_then_the_region() -> None:
    found = figures(duckdb_tables({}), keys=["led"], **EAST)
    assert [figure.body for figure in found] == [
        "emsou",
        "derbyshire",
        "leicestershire",
        "lincolnshire",
        "northamptonshire",
        "nottinghamshire",
        "east-midlands",
    ]


def test_the_region_is_all_its_bodies_together_and_shares_of_it_add_up() -> None:
    rows = [
        LED | {"body": body, "ref": f"{n}"}
        for body, count in (("emsou", 5), ("derbyshire", 3), ("cleveland", 7))
        for n in range(count)
    ]
    tables = duckdb_tables({"disruptions": rows})
    found = {f.body: f for f in figures(tables, keys=["led_share_of_region"], **EAST)}
    assert found["emsou"].value == 0.625
    assert found["derbyshire"].value == 0.375
    assert (found["east-midlands"].numerator, found["east-midlands"].value) == (8, 1.0)


def test_a_state_is_taken_on_one_day_and_what_flows_over_the_period() -> None:
    tables = duckdb_tables(WORLD)
    keys = ["threats_on_list", "led", "vehicles_stopped"]
    on = date(2022, 2, 1)
    state, flow, since = figures(
        tables, keys=keys, bodies=["derbyshire"], as_at=on, **EAST
    )
    assert (state.period_from, state.period_to, state.numerator) == (on, on, 4)
    assert (flow.period_from, flow.period_to) == (FROM, TO)
    assert (since.period_from, since.period_to) == (STOP["stopped_on"], on)


def test_a_figure_is_printed_with_exactly_these_names() -> None:
    (figure,) = figures(
        duckdb_tables(WORLD), keys=["led_pursue"], bodies=["derbyshire"], **EAST
    )
    assert figure.to_json() == {
        "key": "led_pursue",
        "says": "Led disruptions under pursue.",
        "body": "derbyshire",
        "from": "2021-06-01",
        "to": "2022-05-31",
        "numerator": 1,
        "denominator": 4,
        "value": 0.25,
        "unit": "share",
    }


def test_a_region_named_like_a_force_has_figures_of_its_own() -> None:
    rows = [LED | {"body": b, "ref": "1"} for b in ("west-midlands", "staffordshire")]
    found = figures(
        duckdb_tables({"disruptions": rows}),
        keys=["led"],
        region="west-midlands",
        **DAYS,
    )
    named = [f.numerator for f in found if f.body == "west-midlands"]
    assert named == [1, 2]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"region": "east-midland"}, UnknownRegion),
        ({"bodies": ["cleveland"]}, UnknownBody),
    ],
)
def test_a_wrong_name_is_refused(change, error) -> None:
    asked = {**EAST, "bodies": ["derbyshire"], "keys": ["led"]}
    assert figures(duckdb_tables({}), **asked)
    with pytest.raises(error):
        figures(duckdb_tables({}), **asked | change)


def test_the_rows_of_a_body_nobody_knows_are_refused() -> None:
    with pytest.raises(UnknownBody):
        rows_behind(duckdb_tables({}), "led", bodies=["atlantis"], **DAYS)


def test_a_measure_without_a_denominator_has_no_rows_there() -> None:
    tables = duckdb_tables(WORLD)
    assert (
        rows_behind(tables, "led", bodies=["derbyshire"], **DAYS, part="denominator")
        == []
    )


disruption = st.fixed_dictionaries(
    {
        "body": st.sampled_from([*FORCES, "emsou"]),
        "role": st.sampled_from(["lead", "support"]),
        "p": st.sampled_from(["pursue", "prevent", "protect", "prepare"]),
        "impact": st.sampled_from([None, "none", "minor", "moderate", "major"]),
        "recorded_on": st.integers(-20, 400).map(lambda n: FROM + timedelta(days=n)),
    }
)
threat = st.fixed_dictionaries(
    {
        "body": st.sampled_from(FORCES),
        "kind": st.sampled_from(["ocg", "vulnerability"]),
        "tier": st.sampled_from([None, 1, 5]),
        "national_ref": st.sampled_from([None, "N1"]),
    }
)
world = st.tuples(st.lists(disruption, max_size=12), st.lists(threat, max_size=8))


def _tables(disruptions, threats, reverse=False):
    led = [LED | row | {"ref": f"d{n}"} for n, row in enumerate(disruptions)]
    held = [LISTED | row | {"ref": f"t{n}"} for n, row in enumerate(threats)]
    order = -1 if reverse else 1
    return duckdb_tables({"disruptions": led[::order], "threats": held[::order]})


@settings(max_examples=15, deadline=None)
@given(world)
def test_the_order_of_rows_does_not_matter(made) -> None:
    forward = figures(_tables(*made), keys=SHARES, **EAST)
    assert forward == figures(_tables(*made, reverse=True), keys=SHARES, **EAST)


@settings(max_examples=15, deadline=None)
@given(world)
def test_a_share_lies_between_nought_and_one(made) -> None:
    for figure in figures(_tables(*made), keys=SHARES, **EAST):
        assert 0 <= figure.numerator <= figure.denominator
        assert figure.value is None or 0 <= figure.value <= 1
        assert (figure.value is None) == (figure.denominator == 0)


@settings(max_examples=15, deadline=None)
@given(world, st.lists(disruption, max_size=5))
def test_rows_of_a_body_elsewhere_change_nothing(made, more) -> None:
    disruptions, threats = made
    elsewhere = [row | {"body": "cleveland"} for row in more]
    before = figures(_tables(disruptions, threats), keys=SHARES, **EAST)
    after = figures(_tables(disruptions + elsewhere, threats), keys=SHARES, **EAST)
    assert before == after
