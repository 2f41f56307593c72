"""The list's filters say the same as the measures; markings and gaps are right."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold_web.base.secure import record_models
from fourfold_web.base.visible import visible_to
from fourfold_web.picture.models import Threat
from fourfold_web.picture.on_list import active, listed, unlisted, why_unlisted
from fourfold_web.picture.queries import gaps_of, highest_marking, see_threat

pytestmark = pytest.mark.django_db

ON = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("changes", "on_it"),
    [
        ({}, True),
        ({"tier": None}, True),
        ({"tier": 5}, False),
        ({"type": "strategic"}, False),
        ({"moderation": "submitted"}, False),
        ({"soc": "not_soc"}, False),
        ({"phase": "Archived - CLOSED"}, False),
        ({"phase": "Closed", "closed_on": date(2022, 6, 2)}, True),
        ({"national_ref": ""}, False),
        ({"listed_on": date(2022, 6, 2)}, False),
        ({"listed_on": ON}, True),
        ({"listed_on": None}, True),
        ({"delisted_on": ON}, False),
        ({"delisted_on": date(2022, 6, 2)}, True),
        ({"closed_on": ON}, False),
        ({"opened_on": date(2022, 6, 2), "listed_on": None}, False),
    ],
)
def test_on_the_list_or_not_is_one_rule_in_database_and_record(
    make_threat, acting, changes, on_it
):
    threat = make_threat("derbyshire", **changes)
    with acting("holt"):
        assert Threat.objects.filter(listed(ON)).exists() is on_it
        on_or_not = Threat.objects.filter(active(ON)).exists()
        assert Threat.objects.filter(unlisted(ON)).exists() is (on_or_not and not on_it)
    if threat.is_live(ON) and "closed" not in threat.phase.lower():
        assert (why_unlisted(threat, ON) == "") is on_it


MARKINGS = st.fixed_dictionaries(
    {
        "classification": st.sampled_from(["official", "official_sensitive"]),
        "compartments": st.lists(st.sampled_from(["juniper", "sycamore"]), unique=True),
        "shared_with": st.lists(
            st.sampled_from(["derbyshire", "lincolnshire"]), unique=True
        ),
    }
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    marking=MARKINGS,
    body=st.sampled_from(["leicestershire", "emsou", "derbyshire"]),
    username=st.sampled_from(["holt", "ash", "dale", "fenn", "wold", "keys", "ledger"]),
)
def test_the_pages_filter_and_the_database_agree_on_who_sees(
    make_threat, officer, acting, marking, body, username
):
    reference = make_threat(body, **marking).reference
    with acting(username):
        by_database = set(Threat.objects.values_list("reference", flat=True))
    with acting("service-counter"):
        asked = visible_to(officer(username), Threat)
        by_filter = set(asked.values_list("reference", flat=True))
    assert by_filter == by_database
    assert (reference in by_filter) or username != "ash" or body != "emsou"


def test_the_filter_can_be_asked_of_every_record(officer, acting):
    with acting("holt"):
        for model in record_models():
            assert not visible_to(officer("holt"), model).exists()


def test_the_marking_of_a_list_is_its_highest_with_every_compartment(
    make_threat, acting
):
    with acting("ash"):
        assert highest_marking(Threat.objects.all()) == "OFFICIAL"
    make_threat("emsou", compartments=["sycamore"])
    make_threat("emsou", classification="official_sensitive", compartments=["juniper"])
    with acting("ash"):
        said = highest_marking(Threat.objects.order_by("name"))
    assert said == "OFFICIAL-SENSITIVE JUNIPER SYCAMORE"


def test_what_is_missing_is_said_of_a_live_threat_only(
    make_threat, make_disruption, acting, officer
):
    threat = make_threat(
        "lincolnshire", kind="vulnerability", tags=["county_line"], national_ref=""
    )
    closed = make_threat("lincolnshire", closed_on=date(2022, 5, 1), phase="Closed")
    with acting("wold"):
        keys = {g.key for g in gaps_of(see_threat(officer("wold"), threat.reference))}
        assert gaps_of(see_threat(officer("wold"), closed.reference)) == []
    assert keys == {
        "no_lro", "no_plan", "never_disrupted", "never_assessed", "no_review_date",
        "not_on_national_list", "county_line_as_vulnerability",
    }  # fmt: skip


def test_a_recent_disruption_and_a_plan_fill_their_gaps(
    make_threat, make_disruption, acting, officer
):
    from fourfold_web.plan.models import Plan, PlanAction
    from tests.conftest import saved

    threat = make_threat("derbyshire")
    make_disruption(threat)
    plan = saved(
        Plan, "derbyshire", threat=threat, level="force", made_on=date(2022, 1, 1)
    )
    saved(PlanAction, "derbyshire", plan=plan, p="pursue", text="Charge the runners")
    with acting("dale"):
        seen = see_threat(officer("dale"), threat.reference)
        keys = {gap.key for gap in gaps_of(seen)}
    assert seen.last_disruption_on == date(2022, 3, 1)
    assert not {"no_plan", "never_disrupted", "no_pursue"} & keys
    assert {"no_prevent", "no_protect", "no_prepare"} <= keys
