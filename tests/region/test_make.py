"""Are the region's rows whole, the same every time, and made up?"""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date

import pytest

from fourfold.base.bodies import REGIONS, prisons
from fourfold.base.codes import CODES
from fourfold.intake.kinds import KINDS
from fourfold.region.make import ORDER, make
from fourfold.region.names import USED_IN_REAL_REPORTS
from fourfold.region.prisons import OPENED_SINCE, prison_codes
from fourfold.region.rows import TODAY, UnknownField, row

# Dates that say what is planned, and so may lie after the clock.
AHEAD = {
    "next_review_on",
    "review_due_on",
    "due_on",
    "ends_on",
    "confirmed_to",
    "replace_on",
    "release_on",
}
DIGEST = (
    "import hashlib, json; from fourfold.region.make import make; "
    "print(hashlib.sha256(json.dumps(make(), default=str).encode()).hexdigest())"
)


@pytest.fixture(scope="module")
def rows():
    return make()


def test_every_kind_has_rows_of_the_regions_bodies_only(rows):
    assert set(rows) == set(KINDS) == set(ORDER)
    bodies = {r["body"] for made in rows.values() for r in made}
    assert bodies == set(REGIONS["east-midlands"].bodies())


def test_every_row_has_exactly_the_fields_of_its_kind(rows):
    for kind, made in rows.items():
        expected = {"body", *KINDS[kind].fields}
        assert all(set(r) == expected for r in made), kind


def test_required_fields_are_there_and_codes_are_known(rows):
    odd = [
        (kind, r.get("ref"), name)
        for kind, made in rows.items()
        for name, field in KINDS[kind].fields.items()
        for r in made
        if (field.required and r[name] in (None, ""))
        or (
            field.type == "code"
            and r[name] is not None
            and r[name] not in CODES[field.codes].values
        )
    ]
    assert odd == []


def test_no_two_rows_of_a_body_share_a_key(rows):
    for name, made in rows.items():
        keys = [(r["body"], *(r[f] for f in KINDS[name].key)) for r in made]
        assert len(set(keys)) == len(keys), name


def test_every_reference_names_a_row(rows):
    known = {(k, r["body"], r.get("ref")) for k, made in rows.items() for r in made}
    lost = [
        (kind, name, value)
        for kind, made in rows.items()
        for name, field in KINDS[kind].fields.items()
        if field.type == "ref"
        for r in made
        if (value := r[name]) is not None
        and (field.to, *_owner(r["body"], value)) not in known
    ]
    assert lost == []


def _owner(body, value):
    owner, mark, reference = value.partition("/")
    return (owner, reference) if mark else (body, value)


def test_nothing_but_plans_lies_after_the_clock(rows):
    later = {
        name
        for made in rows.values()
        for r in made
        for name, value in r.items()
        if isinstance(value, date) and value > TODAY
    }
    assert later <= AHEAD


def test_nothing_was_recorded_on_the_day_that_the_printed_filter_leaves_out(rows):
    recorded = {r["recorded_on"] for r in rows["disruptions"]}
    assert date(2021, 6, 1) not in recorded
    assert min(recorded) < date(2021, 2, 1)


def test_nobody_grades_their_own_disruption(rows):
    graded = [r for r in rows["disruptions"] if r["grader"] is not None]
    assert graded
    assert not [r for r in graded if r["grader"] == r["claimant"]]


def test_what_emsou_supported_names_a_led_row_that_names_emsou(rows):
    supports = [r for r in rows["disruptions"] if r["role"] == "support"]
    helped = [r for r in rows["disruptions"] if r["bodies"] == ["emsou"]]
    assert {r["body"] for r in supports} == {"emsou"}
    assert len(supports) == len(helped)


def test_three_threats_stand_in_compartments_and_take_their_rows_with_them(rows):
    closed_off = [t for t in rows["threats"] if t["compartments"]]
    seen = sorted((t["body"], *t["compartments"]) for t in closed_off)
    assert seen == [
        ("emsou", "sycamore"),
        ("emsou", "sycamore"),
        ("leicestershire", "juniper"),
    ]
    names = {(t["body"], t["ref"]): t["compartments"] for t in closed_off}
    for kind in ("members", "plans", "disruptions", "orders", "offenders"):
        for r in rows[kind]:
            owner = _owner(r["body"], r["threat"]) if r["threat"] else None
            assert r["compartments"] == names.get(owner, []), kind


def test_every_force_has_sensitive_threats_without_a_compartment(rows):
    bodies = {
        t["body"]
        for t in rows["threats"]
        if t["classification"] == "official_sensitive" and not t["compartments"]
    }
    assert bodies == set(REGIONS["east-midlands"].bodies())


def test_fifteen_prisons_and_all_but_the_new_one_are_in_the_reference_data():
    known = {prison.code for prison in prisons()}
    codes = set(prison_codes())
    assert len(codes) == 15
    assert codes - known == set(OPENED_SINCE.values())


def test_no_operation_has_a_name_from_a_real_report(rows):
    named = " ".join(str(r) for kind in ("operations", "activity") for r in rows[kind])
    named += str(rows["vehicle-stops"][0])
    assert not [name for name in USED_IN_REAL_REPORTS if name in named]


def test_the_same_seed_gives_the_same_rows_in_another_process(rows):
    text = json.dumps(rows, default=str)
    elsewhere = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env=os.environ | {"PYTHONHASHSEED": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == hashlib.sha256(text.encode()).hexdigest()


def test_another_seed_gives_other_names(rows):
    assert make(5)["members"][0]["name"] != rows["members"][0]["name"]


def test_a_field_that_a_kind_does_not_have_is_refused():
    assert row("bids", "emsou", theme="drugs")["theme"] == "drugs"
    with pytest.raises(UnknownField, match="bids have no field colour"):
        row("bids", "emsou", theme="drugs", colour="red")


def test_nobody_leads_a_live_threat_before_being_appointed(rows):
    appointed = {t["officer"]: t["appointed_on"] for t in rows["training"]}
    led = [t for t in rows["threats"] if t["lro"] and t["closed_on"] is None]
    assert led
    assert not [t for t in led if t["lro_since"] < appointed[t["lro"]]]


def test_dates_of_a_row_come_in_the_order_in_which_things_happen(rows):
    def wrong(kind, earlier, later):
        return [
            r["ref"]
            for r in rows[kind]
            if r[earlier] and r[later] and r[later] < r[earlier]
        ]

    assert wrong("threats", "opened_on", "listed_on") == []
    assert wrong("threats", "opened_on", "assessed_on") == []
    assert wrong("threats", "opened_on", "lro_since") == []
    assert wrong("threats", "opened_on", "sensitive_checked_on") == []
    assert wrong("disruptions", "event_on", "recorded_on") == []
    assert wrong("disruptions", "recorded_on", "graded_on") == []
    assert wrong("plans", "made_on", "finance_lead_on") == []
    assert wrong("plan-actions", "set_on", "done_on") == []
    assert wrong("plan-actions", "set_on", "due_on") == []
    assert wrong("queue-items", "received_on", "done_on") == []


def test_a_disruption_happens_while_its_threat_is_held(rows):
    threats = {(t["body"], t["ref"]): t for t in rows["threats"]}
    early = [
        r["ref"]
        for r in rows["disruptions"]
        if r["event_on"] < threats[_owner(r["body"], r["threat"])]["opened_on"]
    ]
    assert early == []
