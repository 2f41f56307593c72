"""Assessing, moderating and returning: who may, what the threat takes over."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError

from fourfold.assess.scoring import CRITERIA, NotScored
from fourfold_web.assess.models import Assessment
from fourfold_web.assess.services import (
    AlreadyJudged,
    NotLive,
    OneWaits,
    OwnAssessment,
    assess_threat,
    moderate,
)
from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.models import Entry
from fourfold_web.picture.models import Threat

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 1)
NEXT = date(2022, 12, 1)
LEAST = {one.key: one.lowest for one in CRITERIA}
GIVEN = {
    "criteria": LEAST | {"harm_physical": 4, "frequency": 4},
    "confidence": "medium",
    "summary": "Two sources agree.",
    "next_review_on": NEXT,
}
AGREED = {"judgement": "moderated", "says": "Agreed."}


@pytest.fixture
def threat(make_threat):
    return make_threat("derbyshire", moderation="draft", assessed_on=None)


@pytest.fixture
def made(threat, acting, officer):
    with acting("dale"):
        return assess_threat(actor=officer("dale"), threat=threat, **GIVEN)


def test_an_assessment_keeps_its_method_score_and_values_and_waits(made):
    assert (made.score, made.band, made.state) == (8.0, "low", "submitted")
    assert made.method == "illustrative-1"
    assert made.working().score == made.score


def test_the_threat_waits_with_it_and_takes_the_score_when_moderated(
    made, acting, officer
):
    with acting("dale"):
        threat = Threat.objects.get()
        assert (threat.moderation, threat.score) == ("submitted", None)
    with acting("holt"):
        moderate(actor=officer("holt"), assessment=made, **AGREED)
        threat = Threat.objects.get()
        line = Entry.objects.get(event="assessment.moderated")
    assert (threat.moderation, threat.score, threat.band) == ("moderated", 8.0, "low")
    assert (threat.assessed_on, threat.next_review_on) == (TODAY, NEXT)
    assert {one["record"] for one in line.made} == {made.reference, threat.reference}


def test_a_moderated_threat_stays_on_the_list_while_a_new_assessment_waits(
    make_threat, acting, officer
):
    threat = make_threat("derbyshire", score=3.0)
    with acting("dale"):
        made = assess_threat(actor=officer("dale"), threat=threat, **GIVEN)
        assert Threat.objects.get().moderation == "moderated"
    with acting("holt"):
        moderate(
            actor=officer("holt"), assessment=made, judgement="returned", says="Why?"
        )
        threat = Threat.objects.get()
    assert (threat.moderation, threat.score) == ("moderated", 3.0)


def test_a_returned_assessment_makes_way_for_another(made, threat, acting, officer):
    with acting("dale"), pytest.raises(OneWaits):
        assess_threat(actor=officer("dale"), threat=threat, **GIVEN)
    with acting("holt"):
        moderate(
            actor=officer("holt"), assessment=made, judgement="returned", says="Why?"
        )
        assert Threat.objects.get().moderation == "returned"
    with acting("dale"):
        assess_threat(actor=officer("dale"), threat=threat, **GIVEN)
        assert Assessment.objects.count() == 2


def test_nobody_moderates_their_own(threat, acting, officer):
    holt = officer("holt")
    with acting("holt"):
        made = assess_threat(actor=holt, threat=threat, **GIVEN)
        with pytest.raises(OwnAssessment):
            moderate(actor=holt, assessment=made, **AGREED)
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE assess_assessment SET moderator_id=assessor_id")


@pytest.mark.parametrize("username", ["dale", "peak", "wold", "kerr", "ledger"])
def test_who_may_not_moderate_moderates_nothing(made, acting, officer, username):
    with acting(username), pytest.raises((NotAllowed, OwnAssessment)):
        moderate(actor=officer(username), assessment=made, **AGREED)
    with acting("dale"):
        assert Assessment.objects.get().state == "submitted"


@pytest.mark.parametrize("username", ["peak", "wold", "kerr", "ledger"])
def test_who_may_not_write_for_the_body_assesses_nothing(
    threat, acting, officer, username
):
    with acting(username), pytest.raises(NotAllowed):
        assess_threat(actor=officer(username), threat=threat, **GIVEN)


def test_an_assessment_is_judged_once(made, acting, officer):
    holt = officer("holt")
    with acting("holt"):
        moderate(actor=holt, assessment=made, **AGREED)
        with pytest.raises(AlreadyJudged):
            moderate(actor=holt, assessment=made, judgement="returned", says="No.")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"confidence": "certain"}, ValidationError),
        ({"next_review_on": TODAY}, ValidationError),
        ({"summary": ""}, ValidationError),
        ({"criteria": LEAST | {"harm_physical": 9}}, NotScored),
        ({"criteria": {}}, NotScored),
    ],
)
def test_an_assessment_with_one_thing_wrong_is_refused(
    threat, acting, officer, wrong, fault
):
    with acting("dale"), pytest.raises(fault):
        assess_threat(actor=officer("dale"), threat=threat, **(GIVEN | wrong))
    with acting("dale"):
        assert not Assessment.objects.exists()


def test_a_closed_threat_is_not_assessed(make_threat, acting, officer):
    threat = make_threat("derbyshire", closed_on=date(2022, 5, 1))
    with acting("dale"), pytest.raises(NotLive):
        assess_threat(actor=officer("dale"), threat=threat, **GIVEN)


def test_an_assessment_hides_behind_its_threats_marking(make_threat, acting, officer):
    threat = make_threat(
        "leicestershire",
        classification="official_sensitive",
        compartments=["juniper"],
    )
    with acting("fenn"):
        assess_threat(actor=officer("fenn"), threat=threat, **GIVEN)
        line = Entry.objects.get(event="assessment.made")
    assert (line.classification, line.compartments) == (
        "official_sensitive",
        ["juniper"],
    )
    for username in ("soar", "dale", "holt"):
        with acting(username):
            assert not Assessment.objects.exists(), username


def test_only_the_day_of_considering_sensitive_intelligence_reaches_the_threat(
    threat, acting, officer
):
    with acting("dale"):
        made = assess_threat(
            actor=officer("dale"), threat=threat, withheld_considered=True, **GIVEN
        )
    with acting("holt"):
        moderate(actor=officer("holt"), assessment=made, **AGREED)
        assert Threat.objects.get().sensitive_checked_on == TODAY
