"""Do the rows, counted by our own measures, give the published figures?"""

from datetime import date

import pytest

from fourfold.inspect.answers import inspect
from fourfold.measure.figures import figures
from fourfold.measure.tables import duckdb_tables
from fourfold.region.calibration import TARGETS, UnknownTarget, target
from fourfold.region.make import SEED, make

REGION = "east-midlands"
YEAR = {"period_from": date(2021, 6, 1), "period_to": date(2022, 5, 31)}
FEBRUARY = date(2022, 2, 1)
CLOCK = date(2022, 6, 1)
SEEDS = (SEED, pytest.param(7, marks=pytest.mark.slow))

# As printed in the report: measure, body, numerator, denominator (None: not a share).
PRINTED_FOR_FEBRUARY = [
    ("threats_on_list", "emsou", 16, None),
    ("ocgs_on_list", "emsou", 9, 16),
    ("drug_firearm_ocgs_on_list", "emsou", 7, 9),
    ("threats_off_list", "emsou", 33, 49),
    ("threats_on_list", "derbyshire", 73, None),
    ("threats_on_list", "lincolnshire", 30, None),
    ("ocgs_on_list", "lincolnshire", 20, 30),
    ("county_lines_as_vulnerabilities", "lincolnshire", 10, 30),
]
PRINTED_FOR_THE_YEAR = [
    ("led_exploitation_slavery", "emsou", 14, 533),
    ("led_drugs_firearms", "emsou", 128, 533),
    ("led_prison_unit", "emsou", 211, 533),
    ("led_share_of_region", "emsou", 533, 1134),
    ("top_priority_disruptions", "emsou", 0, None),
    ("supported", "emsou", 243, None),
    ("supported_csea", "emsou", 150, 243),
    ("supported_msht", "emsou", 9, 243),
    ("marsoc_offenders", "emsou", 4, None),
    ("prisons", "emsou", 15, None),
    ("fleet_with_capital_funds", "emsou", 150, 300),
    ("led", "derbyshire", 127, None),
    ("lead_officers", "leicestershire", 4, None),
    ("ocgs_with_lead_officer", "leicestershire", 15, 15),
    ("ocgs_with_intelligence_officer", "leicestershire", 15, 15),
    ("vehicles_stopped", "leicestershire", 801, None),
    ("vehicles_seized", "leicestershire", 520, 801),
    ("vehicle_arrests", "leicestershire", 209, None),
    ("warrants_sought", "leicestershire", 90, None),
    ("sex_offenders", "leicestershire", 10, None),
    ("lead_officers", "lincolnshire", 3, None),
    ("led", "lincolnshire", 39, None),
    ("led_pursue", "lincolnshire", 36, 39),
    ("led_prevent", "lincolnshire", 2, 39),
    ("led_protect", "lincolnshire", 1, 39),
    ("led_prepare", "lincolnshire", 0, 39),
    ("led", "nottinghamshire", 113, None),
    ("led_pursue", "nottinghamshire", 113, 113),
    ("posts_established", "nottinghamshire", 33, None),
    ("posts_vacant", "nottinghamshire", 10, 33),
]
# Printed as a rounded share: measure, body, percent.
PRINTED_PERCENT = [
    ("led_drugs_firearms", "emsou", 24),
    ("led_pursue", "emsou", 67),
    ("led_major_moderate", "emsou", 26),
    ("led_share_of_region", "emsou", 47),
    ("supported_csea", "emsou", 62),
    ("supported_pursue", "emsou", 72),
    ("supported_prevent", "emsou", 22),
]
PRINTED_AS_MORE_THAN = [
    ("local_arrests", "nottinghamshire", 2000),
    ("local_stop_searches", "nottinghamshire", 4000),
    ("local_warrants", "nottinghamshire", 500),
]
# What an inspector would find on 1 June 2022: the findings made, by rule.
FOUND = {
    "T01": "northamptonshire",
    "T02": "nottinghamshire lincolnshire emsou",
    "T03": "lincolnshire nottinghamshire east-midlands",
    "T04": "emsou",
    "T05": "derbyshire northamptonshire",
    "T06": "lincolnshire derbyshire",
    "T07": "east-midlands",
    "T08": "nottinghamshire",
    "T29": "nottinghamshire",
    "U01": "lincolnshire derbyshire emsou",
    "U02": "lincolnshire derbyshire",
    "U04": "emsou",
    "U06": "leicestershire",
    "U08": "emsou",
    "U09": "lincolnshire",
    "U12": "lincolnshire",
    "U17": "lincolnshire",
    "U18": "emsou",
    "R01": "nottinghamshire",
    "R04": "northamptonshire derbyshire",
    "R06": "derbyshire nottinghamshire",
    "R11": "emsou",
    "R15": "emsou lincolnshire",
    "G01": "east-midlands lincolnshire",
    "G02": "emsou",
    "G04": "emsou",
    "G06": "emsou",
    "G08": "nottinghamshire east-midlands",
    "G11": "emsou",
    "G13": "derbyshire",
}
FOUND_PARTLY = {("T21", "emsou"), ("T22", "emsou")}


@pytest.fixture(scope="module", params=SEEDS)
def tables(request):
    return duckdb_tables(make(request.param))


@pytest.fixture(scope="module")
def year(tables):
    return _by_key(figures(tables, region=REGION, **YEAR))


@pytest.fixture(scope="module")
def february(tables):
    return _by_key(figures(tables, region=REGION, as_at=FEBRUARY, **YEAR))


@pytest.fixture(scope="module")
def answers(tables):
    return inspect(tables, region=REGION, as_at=CLOCK)


def _by_key(made):
    return {(figure.key, figure.body): figure for figure in made}


def test_figures_printed_for_february_come_out(february):
    assert _wrong(PRINTED_FOR_FEBRUARY, february) == []


def test_lists_stand_the_same_on_the_last_day_and_on_the_clock(tables, year):
    clock = _by_key(figures(tables, region=REGION, as_at=CLOCK, **YEAR))
    assert _wrong(PRINTED_FOR_FEBRUARY, year) == []
    assert _wrong(PRINTED_FOR_FEBRUARY, clock) == []


def test_figures_printed_for_the_year_come_out(year):
    assert _wrong(PRINTED_FOR_THE_YEAR, year) == []


def _wrong(printed, made):
    rows = [
        (key, body, made[key, body].numerator, made[key, body].denominator)
        for key, body, _, _ in printed
    ]
    return [
        (said, got)
        for said, got in zip(printed, rows, strict=True)
        if said[2] != got[2] or (said[3] is not None and said[3] != got[3])
    ]


def test_shares_round_to_the_printed_percentages(year):
    rounded = [(k, b, round(year[k, b].value * 100)) for k, b, _ in PRINTED_PERCENT]
    assert rounded == PRINTED_PERCENT


def test_the_local_store_holds_more_than_printed_and_none_is_a_disruption(year):
    for key, body, least in PRINTED_AS_MORE_THAN:
        assert least < year[key, body].numerator < least * 1.1
    unrecorded = year["local_events_unrecorded", "nottinghamshire"]
    assert unrecorded.numerator == unrecorded.denominator


def test_times_and_sums_come_out_as_printed(year):
    assert year["device_wait_months", "derbyshire"].value == 9.0
    assert year["vehicle_assets_gbp", "leicestershire"].numerator == pytest.approx(
        9_000_000, rel=0.01
    )
    assert year["profile_age_months", "derbyshire"].value >= 29
    assert year["profile_age_months", "lincolnshire"].value >= 53
    assert year["agreement_age_months", "emsou"].value >= 29
    assert year["fraud_posts", "emsou"].value == 0.5
    assert year["threats_per_lead_officer", "lincolnshire"].value == 10.0


def test_derbyshire_has_most_threats_and_only_new_lead_officers(year, february):
    forces = ("leicestershire", "lincolnshire", "northamptonshire", "nottinghamshire")
    most = february["threats_on_list", "derbyshire"].numerator
    assert all(february["threats_on_list", f].numerator < most for f in forces)
    new = year["lead_officers_new_28_days", "derbyshire"]
    assert new.numerator == new.denominator == 8


def test_meetings_fell_often_and_bids_were_mostly_drugs_and_firearms(year):
    assert year["meetings_cancelled", "emsou"].value > 1 / 3
    assert year["meetings_cancelled", REGION].value > 1 / 3
    assert year["bids_drugs_firearms", "emsou"].value > 0.75


def test_every_target_of_the_sheet_comes_out_of_the_rows(year, february):
    wrong = []
    for goal in TARGETS.values():
        made = february if goal.as_at else year
        if goal.measure:
            figure = made[goal.measure, goal.body]
            by_value = goal.measure.endswith("_months")
            got = figure.value if by_value else figure.numerator
            wrong += [] if got == goal.figure else [(goal.key, goal.figure, got)]
    assert wrong == []


def test_what_the_report_found_is_still_true_and_nothing_else_is(answers):
    expected = {(rule, body) for rule, said in FOUND.items() for body in said.split()}
    still = {(a.rule, a.body) for a in answers if a.answer.startswith("still true")}
    assert still == expected


def test_two_findings_of_emsou_are_partly_true(answers):
    partly = {(a.rule, a.body) for a in answers if a.answer == "partly"}
    assert partly >= FOUND_PARTLY


def test_parts_of_a_target_add_up_to_its_figure():
    odd = [
        t.key for t in TARGETS.values() if t.parts and sum(t.parts.values()) != t.figure
    ]
    assert odd == []


def test_each_target_says_whether_it_was_published():
    assert {t.basis for t in TARGETS.values()} == {"published", "derived", "chosen"}
    unsourced = [
        t.key
        for t in TARGETS.values()
        if t.basis == "published" and not t.source.startswith("HMICFRS, East Midlands")
    ]
    assert unsourced == []


def test_a_target_that_the_sheet_lacks_is_named():
    assert target("emsou.led").figure == 533
    with pytest.raises(UnknownTarget, match=r"no figure emsou\.ledd"):
        target("emsou.ledd")
