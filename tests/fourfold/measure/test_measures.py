"""Does each measure count the rows it says, and no others?"""

from datetime import date

import pytest

from fourfold.measure.figures import figures, made_value, rows_behind, sums_by_body
from fourfold.measure.measures import MEASURES, UnknownMeasure, measure
from fourfold.measure.tables import Tables, duckdb_tables, postgres_sql
from tests.fourfold.measure.made_rows import (
    BODY,
    DISRUPTIONS,
    FROM,
    LISTED,
    THREATS,
    TO,
    WORLD,
    rows,
)

# key: numerator, denominator, value, on the rows of `made_rows`
EXPECTED = {
    "threats_active": (4, None, 4),
    "threats_on_list": (3, None, 3),
    "ocgs_on_list": (2, 3, 0.6667),
    "drug_firearm_ocgs_on_list": (1, 2, 0.5),
    "threats_off_list": (1, 4, 0.25),
    "county_lines_as_vulnerabilities": (1, 3, 0.3333),
    "ocgs_with_lead_officer": (2, 3, 0.6667),
    "ocgs_with_intelligence_officer": (1, 3, 0.3333),
    "lead_officers": (2, None, 2),
    "threats_per_lead_officer": (3, 2, 1.5),
    "lead_officers_new_28_days": (1, 2, 0.5),
    "led": (4, None, 4),
    "led_pursue": (1, 4, 0.25),
    "led_prevent": (1, 4, 0.25),
    "led_protect": (1, 4, 0.25),
    "led_prepare": (1, 4, 0.25),
    "led_major_moderate": (2, 4, 0.5),
    "led_drugs_firearms": (1, 4, 0.25),
    "led_exploitation_slavery": (2, 4, 0.5),
    "led_prison_unit": (1, 4, 0.25),
    "led_share_of_region": (4, 4, 1.0),
    "supported": (2, None, 2),
    "supported_pursue": (1, 2, 0.5),
    "supported_prevent": (1, 2, 0.5),
    "supported_csea": (1, 2, 0.5),
    "supported_msht": (1, 2, 0.5),
    "top_priority_disruptions": (1, None, 1),
    "posts_established": (3, None, 3),
    "posts_vacant": (2, 3, 0.6667),
    "fraud_posts": (0.5, None, 0.5),
    "fixed_term_posts": (1, 4, 0.25),
    "fleet_with_capital_funds": (1, 2, 0.5),
    "agreement_age_months": (37, None, 37),
    "profile_age_months": (22, None, 22),
    "device_wait_months": (393, 2, 6.5),
    "intelligence_backlog": (2, None, 2),
    "intelligence_untriaged": (1, 2, 0.5),
    "meetings_cancelled": (1, 3, 0.3333),
    "bids_drugs_firearms": (1, 2, 0.5),
    "plans_without_prevent": (1, 2, 0.5),
    "plans_with_finance_lead": (1, 2, 0.5),
    "local_events_unrecorded": (2, 3, 0.6667),
    "local_arrests": (1, None, 1),
    "local_stop_searches": (1, None, 1),
    "local_warrants": (1, None, 1),
    "marsoc_offenders": (2, None, 2),
    "prisons": (1, None, 1),
    "vehicles_stopped": (2, None, 2),
    "vehicles_seized": (1, 2, 0.5),
    "vehicle_arrests": (2, None, 2),
    "vehicle_assets_gbp": (1000.5, None, 1000.5),
    "warrants_sought": (2, None, 2),
    "sex_offenders": (0, None, 0),
}
SHEET = [
    pytest.param(rule, example, id=rule.key)
    for rule in MEASURES.values()
    for example in rule.examples
]


@pytest.fixture(scope="module")
def world() -> Tables:
    return duckdb_tables(WORLD)


@pytest.fixture(scope="module")
def found(world: Tables) -> dict:
    made = figures(world, region="east-midlands", period_from=FROM, period_to=TO)
    return {(figure.key, figure.body): figure for figure in made}


def test_every_measure_is_counted_below() -> None:
    assert set(EXPECTED) == set(MEASURES)


@pytest.mark.parametrize("key", EXPECTED)
def test_a_measure_counts_its_rows(found, key: str) -> None:
    figure = found[key, BODY]
    assert (figure.numerator, figure.denominator, figure.value) == EXPECTED[key]


@pytest.mark.parametrize("key", EXPECTED)
def test_the_rows_behind_a_figure_add_up_to_it(world, found, key: str) -> None:
    figure = found[key, BODY]
    days = {"period_from": FROM, "period_to": TO}
    opened = rows_behind(world, key, bodies=[BODY], **days)
    if MEASURES[key].made == "age":
        assert max(row["weight"] for row in opened) == figure.numerator
    else:
        assert sum(row["weight"] for row in opened) == figure.numerator
    assert all(row["body"] == BODY and row["reference"] for row in opened)
    below = rows_behind(world, key, bodies=[BODY], **days, part="denominator")
    if figure.denominator is not None and MEASURES[key].share_of == "body":
        assert sum(row["weight"] for row in below) == figure.denominator


@pytest.mark.parametrize("key", EXPECTED)
def test_a_body_without_rows_has_a_figure_all_the_same(found, key: str) -> None:
    figure = found[key, "leicestershire"]
    assert figure.numerator == 0
    if key == "led_share_of_region":
        assert (figure.denominator, figure.value) == (4, 0.0)
    elif MEASURES[key].denominator:
        assert (figure.denominator, figure.value) == (0, None)
    else:
        assert figure.value == (None if MEASURES[key].needs_rows else 0)


@pytest.mark.parametrize("key", EXPECTED)
def test_a_measure_reads_as_postgresql_too(key: str) -> None:
    statement = postgres_sql(sums_by_body((key,), (BODY,)))
    assert '"reporting".' in statement


@pytest.mark.parametrize(("rule", "example"), SHEET)
def test_an_example_of_the_sheet_gives_its_value(rule, example) -> None:
    above = example["numerator"]
    numerator = max(above) if rule.made == "age" else sum(above)
    below = example.get("denominator")
    denominator = None if below is None else sum(below)
    assert made_value(rule.made, numerator, denominator) == example["value"]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "strategic"},
        {"moderation": "submitted"},
        {"soc": "not_soc"},
        {"tier": 5},
        {"phase": "Archived (CLOSED)"},
        {"national_ref": None},
        {"national_ref": ""},
        {"listed_on": date(2022, 6, 1)},
        {"delisted_on": date(2022, 5, 31)},
        {"closed_on": date(2022, 5, 31)},
        {"opened_on": date(2022, 6, 1)},
    ],
    ids=str,
)
def test_one_thing_wrong_keeps_a_threat_off_the_list(change) -> None:
    tables = duckdb_tables({"threats": rows(LISTED, LISTED | change)})
    assert _figure(tables, "threats_on_list").numerator == 1


@pytest.mark.parametrize(
    "change",
    [
        {"tier": None},
        {"tier": 1},
        {"listed_on": date(2022, 5, 31)},
        {"delisted_on": date(2022, 6, 1)},
        {"closed_on": date(2022, 6, 1), "phase": "Closed"},
        {"opened_on": date(2022, 5, 31)},
    ],
    ids=str,
)
def test_what_happened_later_keeps_no_threat_off_the_list(change) -> None:
    tables = duckdb_tables({"threats": rows(LISTED | change)})
    assert _figure(tables, "threats_on_list").numerator == 1


def test_an_operation_of_first_priority_without_disruptions_is_a_nought() -> None:
    first = {"rank": 1, "theme": "drugs", "opened_on": date(2020, 12, 1)}
    tables = duckdb_tables({"operations": rows(first), "disruptions": DISRUPTIONS[1:]})
    assert _figure(tables, "top_priority_disruptions").value == 0


def test_without_a_ranked_operation_there_is_no_top_priority_figure() -> None:
    second = {"rank": 2, "theme": "drugs", "opened_on": date(2020, 12, 1)}
    tables = duckdb_tables({"operations": rows(second), "disruptions": DISRUPTIONS})
    figure = _figure(tables, "top_priority_disruptions")
    assert (figure.numerator, figure.value) == (0, None)


def test_a_threat_nobody_knows_keeps_its_disruption_in_the_count() -> None:
    tables = duckdb_tables({"threats": THREATS[1:], "disruptions": DISRUPTIONS})
    assert _figure(tables, "led").numerator == 4
    assert _figure(tables, "led_drugs_firearms").numerator == 0


def test_an_unknown_measure_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownMeasure, match="led_pursue"):
        measure("led_pursuit")


def _figure(tables: Tables, key: str):
    days = {"period_from": FROM, "period_to": TO}
    (one,) = figures(tables, region="east-midlands", bodies=[BODY], keys=[key], **days)
    return one
