"""Planning meetings, saying how they went, deciding on bids."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from fourfold.base.errors import UnknownCode
from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.models import Body, Entry
from fourfold_web.task.models import Attendance, Bid, Meeting
from fourfold_web.task.services import (
    AlreadyDecided,
    AlreadyRecorded,
    NotYetMet,
    decide_bid,
    plan_meeting,
    record_cancelled,
    record_held,
)
from tests.conftest import saved

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 1)
REGIONAL = {
    "name": "Regional priorities", "level": "regional", "purpose": "priorities",
    "planned_on": TODAY,
}  # fmt: skip


@pytest.fixture
def region(db):
    return list(Body.objects.filter(region="east-midlands", kind="force"))


@pytest.fixture
def planned(acting, officer, region):
    """`planned(planned_on=...)`: a regional meeting, all forces asked, by its chair."""

    def make(**values):
        with acting("kerr"):
            return plan_meeting(
                actor=officer("kerr"), body=officer("kerr").body, invited=region,
                **(REGIONAL | values),
            )  # fmt: skip

    return make


@pytest.fixture
def make_bid(db):
    derby, emsou = (Body.objects.get(slug=s) for s in ("derbyshire", "emsou"))
    given = {"bidder": derby, "asked": emsou, "theme": "drugs", "made_on": TODAY}
    return lambda **values: saved(Bid, "emsou", **(given | values))


def test_a_meeting_is_planned_with_those_asked_in_one_line(planned, acting, region):
    made = planned()
    with acting("kerr"):
        asked = Attendance.objects.filter(meeting=made)
        assert {one.invited for one in asked} == set(region)
        line = Entry.objects.get(event="meeting.regional_planned")
    assert (made.state, line.about) == ("planned", made.reference)
    assert len(line.made) == 1 + len(region)


@pytest.mark.parametrize(
    "wrong", [{"level": "world"}, {"purpose": "lunch"}, {"invited": []}]
)
def test_a_meeting_with_one_thing_wrong_is_refused(acting, officer, region, wrong):
    kerr = officer("kerr")
    given = {"body": kerr.body, "invited": region} | REGIONAL
    with acting("kerr"):
        plan_meeting(actor=kerr, **given)
        with pytest.raises(ValidationError):
            plan_meeting(actor=kerr, **(given | wrong))


def test_a_force_plans_its_own_meeting_and_not_the_regions(acting, officer, region):
    dale = officer("dale")
    given = {"body": dale.body, "invited": [dale.body]} | REGIONAL
    with acting("dale"):
        made = plan_meeting(actor=dale, **(given | {"level": "force"}))
        assert made.body == dale.body
        with pytest.raises(NotAllowed):
            plan_meeting(actor=dale, **given)


def test_who_came_and_who_did_not_is_recorded_once(planned, acting, officer):
    meeting, kerr = planned(), officer("kerr")
    with acting("kerr"):
        asked = list(Attendance.objects.filter(meeting=meeting).order_by("pk"))
        record_held(actor=kerr, meeting=meeting, came=asked[:2])
        came = Attendance.objects.filter(meeting=meeting, attended=True)
        stayed = Attendance.objects.filter(meeting=meeting, attended=False)
        assert (came.count(), stayed.count()) == (2, len(asked) - 2)
        with pytest.raises(AlreadyRecorded):
            record_cancelled(actor=kerr, meeting=meeting, why="attendance")


def test_nobody_has_come_to_a_meeting_that_lies_ahead(planned, acting, officer):
    meeting = planned(planned_on=date(2022, 6, 2))
    with acting("kerr"), pytest.raises(NotYetMet):
        record_held(actor=officer("kerr"), meeting=meeting, came=[])


def test_a_meeting_ahead_may_be_cancelled_for_a_reason_of_the_list(
    planned, acting, officer
):
    meeting, kerr = planned(planned_on=date(2022, 6, 2)), officer("kerr")
    with acting("kerr"):
        with pytest.raises(UnknownCode):
            record_cancelled(actor=kerr, meeting=meeting, why="rain")
        made = record_cancelled(actor=kerr, meeting=meeting, why="attendance")
    assert (made.state, made.cancelled_for) == ("cancelled", "attendance")


@pytest.mark.parametrize("username", ["dale", "quill", "holt", "ledger"])
def test_who_may_not_decide_records_no_regional_meeting(
    planned, acting, officer, username
):
    meeting = planned()
    with acting(username), pytest.raises(NotAllowed):
        record_cancelled(actor=officer(username), meeting=meeting, why="other")
    with acting("kerr"):
        assert Meeting.objects.get().state == "planned"


def test_a_decision_is_dated_and_its_reason_logged(make_bid, acting, officer):
    bid = make_bid()
    with acting("kerr"):
        made = decide_bid(
            actor=officer("kerr"), bid=bid, decision="part", reason="Half the days."
        )
        assert Entry.objects.get(event="bid.decided").reason == "Half the days."
    assert (made.decision, made.decided_on) == ("part", TODAY)


@pytest.mark.parametrize(
    ("before", "stands"), [("deferred", False), ("declined", True)]
)
def test_only_what_was_deferred_is_decided_again(
    make_bid, acting, officer, before, stands
):
    bid, kerr = make_bid(decision=before, decided_on=date(2022, 5, 1)), officer("kerr")
    with acting("kerr"):
        if stands:
            with pytest.raises(AlreadyDecided):
                decide_bid(actor=kerr, bid=bid, decision="granted", reason="")
        else:
            decide_bid(actor=kerr, bid=bid, decision="granted", reason="")
        assert Bid.objects.get().decision == (before if stands else "granted")


def test_a_decision_outside_the_list_is_refused(make_bid, acting, officer):
    with acting("kerr"), pytest.raises(UnknownCode):
        decide_bid(actor=officer("kerr"), bid=make_bid(), decision="maybe", reason="")


@pytest.mark.parametrize("username", ["dale", "holt", "quill", "peak"])
def test_who_may_not_decide_decides_nothing(make_bid, acting, officer, username):
    bid = make_bid()
    with acting(username), pytest.raises(NotAllowed):
        decide_bid(actor=officer(username), bid=bid, decision="granted", reason="")
