"""Claiming, changing and grading: who may, what is refused, what is logged."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError

from fourfold.act.subjects import NotASubject
from fourfold_web.act.models import Disruption
from fourfold_web.act.services import (
    AlreadyGraded,
    NotYetHappened,
    OwnDisruption,
    change_disruption,
    claim_disruption,
    grade_disruption,
)
from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.models import Entry
from fourfold_web.picture.queries import version_of
from fourfold_web.picture.services import ChangedMeanwhile, NothingChanged

pytestmark = pytest.mark.django_db

CLAIM = {
    "p": "protect",
    "event_on": date(2022, 5, 20),
    "evidence": "The bank closed 14 mule accounts; its letter of 20 May.",
}
GRADE = {"impact": "moderate", "reason": "Fourteen accounts, no new ones in a week."}


@pytest.fixture
def threat(make_threat):
    return make_threat("nottinghamshire")


@pytest.fixture
def claim(threat, acting, officer):
    with acting("forest"):
        return claim_disruption(actor=officer("forest"), threat=threat, **CLAIM)


def test_a_claim_is_ungraded_dated_today_and_leaves_one_line(threat, acting, officer):
    forest = officer("forest")
    with acting("forest"):
        made = claim_disruption(actor=forest, threat=threat, **CLAIM)
        line = Entry.objects.get(event="disruption.claimed")
    assert made.reference.startswith("EM-DIS-")
    assert (made.impact, made.recorded_on) == ("", date(2022, 6, 1))
    assert (made.claimant, made.body_id) == (forest, "nottinghamshire")
    assert (line.actor, line.about) == ("forest", made.reference)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"event_on": date(2022, 6, 2)}, NotYetHappened),
        ({"evidence": "  "}, ValidationError),
        ({"p": "punish"}, ValidationError),
        ({"role": "helped"}, ValidationError),
        ({"role": "support"}, ValidationError),
        ({"bodies": ["nottinghamshire"]}, ValidationError),
        ({"bodies": ["atlantis"]}, ValidationError),
    ],
)
def test_a_refused_claim_leaves_no_trace(threat, acting, officer, wrong, error):
    with acting("forest"):
        with pytest.raises(error):
            claim_disruption(actor=officer("forest"), threat=threat, **(CLAIM | wrong))
        assert not Disruption.objects.exists()
        assert not Entry.objects.filter(event="disruption.claimed").exists()


@pytest.mark.parametrize("username", ["quill", "peak", "kerr"])
def test_a_reader_cannot_claim(threat, acting, officer, username):
    with acting(username), pytest.raises(NotAllowed):
        claim_disruption(actor=officer(username), threat=threat, **CLAIM)


@pytest.mark.parametrize("kind", ["vulnerability", "priority_individual"])
def test_in_2022_only_a_group_carries_a_disruption(make_threat, acting, officer, kind):
    other = make_threat("nottinghamshire", kind=kind)
    with acting("forest"), pytest.raises(NotASubject, match="Only organised crime"):
        claim_disruption(actor=officer("forest"), threat=other, **CLAIM)


def test_later_an_individual_carries_a_disruption(
    make_threat, acting, officer, settings
):
    other = make_threat("nottinghamshire", kind="priority_individual")
    settings.FOURFOLD_TODAY = date(2026, 1, 5)
    with acting("forest"):
        made = claim_disruption(actor=officer("forest"), threat=other, **CLAIM)
    assert made.recorded_on == date(2026, 1, 5)


def test_a_claim_takes_the_marking_of_its_threat_and_the_owner_sees_it(
    make_threat, acting, officer
):
    threat = make_threat("derbyshire", classification="official_sensitive")
    with acting("marsh"):
        made = claim_disruption(
            actor=officer("marsh"),
            threat=threat,
            **CLAIM,
            role="support",
            bodies=["derbyshire"],
        )
    assert made.classification == "official_sensitive"
    with acting("dale"):
        assert Disruption.objects.filter(pk=made.pk).exists()
    with acting("wold"):
        assert not Disruption.objects.filter(pk=made.pk).exists()


def test_somebody_else_grades_it_once_and_the_line_says_why(claim, acting, officer):
    with acting("holt"):
        graded = grade_disruption(actor=officer("holt"), disruption=claim, **GRADE)
        line = Entry.objects.get(event="disruption.graded")
        with pytest.raises(AlreadyGraded, match="moderate"):
            grade_disruption(actor=officer("holt"), disruption=claim, **GRADE)
    assert (graded.impact, graded.graded_on) == ("moderate", date(2022, 6, 1))
    assert line.reason == GRADE["reason"]
    assert line.made[0]["before"]["impact"] == ""


def test_nobody_grades_their_own(claim, acting, officer):
    with acting("forest"):
        with pytest.raises(OwnDisruption, match="nobody grades their own"):
            grade_disruption(actor=officer("forest"), disruption=claim, **GRADE)
        assert Disruption.objects.get().impact == ""


def test_the_database_too_refuses_a_grade_by_the_claimant(claim, acting, officer):
    with (
        acting("forest"),
        pytest.raises(IntegrityError, match="grader_is_not_claim"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE act_disruption SET impact = 'major', grader_id = claimant_id"
        )


@pytest.mark.parametrize("username", ["wold", "trent", "dale"])
def test_who_may_not_grade_for_the_body_is_refused(claim, acting, officer, username):
    with acting(username), pytest.raises(NotAllowed):
        grade_disruption(actor=officer(username), disruption=claim, **GRADE)


@pytest.mark.parametrize("wrong", [{"impact": "huge"}, {"reason": " "}])
def test_a_grade_is_of_the_list_and_has_a_reason(claim, acting, officer, wrong):
    with acting("holt"), pytest.raises(ValidationError):
        grade_disruption(actor=officer("holt"), disruption=claim, **(GRADE | wrong))


def test_a_claim_changes_until_it_is_graded(claim, acting, officer):
    forest = officer("forest")
    with acting("forest"):
        held = change_disruption(
            actor=forest, disruption=claim, version=version_of(claim), p="prevent"
        )
    assert held.p == "prevent"
    with acting("holt"):
        grade_disruption(actor=officer("holt"), disruption=held, **GRADE)
    with acting("forest"), pytest.raises(AlreadyGraded):
        change_disruption(
            actor=forest, disruption=held, version=version_of(held), p="pursue"
        )


def test_an_edit_from_an_old_page_is_refused(claim, acting, officer):
    old = version_of(claim)
    with acting("forest"):
        change_disruption(
            actor=officer("forest"), disruption=claim, version=old, p="prevent"
        )
        with pytest.raises(ChangedMeanwhile):
            change_disruption(
                actor=officer("forest"), disruption=claim, version=old, p="pursue"
            )
        assert Disruption.objects.get().p == "prevent"


def test_an_edit_that_changes_nothing_leaves_no_line(claim, acting, officer):
    with acting("forest"):
        with pytest.raises(NothingChanged):
            change_disruption(
                actor=officer("forest"),
                disruption=claim,
                version=version_of(claim),
                p="protect",
            )
        assert not Entry.objects.filter(event="disruption.changed").exists()
