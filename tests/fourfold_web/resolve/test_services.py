"""Noting people, pairing them, deciding and taking back; who sees a pair at all."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from fourfold_web.act.models import ManagedOffender
from fourfold_web.base.audit import NoReason, NotAllowed, change
from fourfold_web.base.models import Entry
from fourfold_web.picture.models import Member
from fourfold_web.resolve.models import MatchDecision, MatchPair, PersonRecord
from fourfold_web.resolve.services import (
    AlreadyDecided,
    NothingToUndo,
    decide_match,
    note_people,
    undo_match,
)
from tests.conftest import saved

pytestmark = pytest.mark.django_db

BORN = date(1990, 3, 4)


@pytest.fixture
def make_member(make_threat):
    def make(body="derbyshire", **values):
        threat = values.pop("threat", None) or make_threat(body)
        given = {"person": "P1", "name": "Silas Wren", "born_on": BORN}
        given |= {"role": "principal", "threat": threat}
        return saved(Member, body, **(given | values))

    return make


@pytest.fixture
def make_offender(db):
    def make(body="emsou", **values):
        given = {"name": "WREN, Silas", "born_on": BORN, "programme": "prison"}
        given |= {"managed_from": date(2021, 1, 1)}
        return saved(ManagedOffender, body, **(given | values))

    return make


@pytest.fixture
def note(acting, officer):
    def run():
        with acting("service-loader"):
            return note_people(actor=officer("service-loader"))

    return run


@pytest.fixture
def pair(make_member, make_offender, note, acting):
    make_member()
    make_offender()
    note()
    with acting("holt"):
        return MatchPair.objects.select_related("left__body", "right__body").get()


def test_members_and_offenders_are_noted_and_paired_once(
    make_member, make_offender, note, acting
):
    make_member()
    make_offender()
    make_offender(name="Marcus Webb")
    first, again = note(), note()
    assert (first.people, first.pairs) == (3, 1)
    assert (again.people, again.changed, again.pairs) == (0, 0, 0)
    with acting("holt"):
        assert MatchPair.objects.get().reasons == [
            "Born on the same day",
            "Names are the same",
        ]


def test_a_record_that_changed_is_followed_and_an_old_pair_leaves_the_list(
    pair, note, acting, officer
):
    with acting("service-loader"):
        member, loader = Member.objects.get(), officer("service-loader")
        with change(loader, "threat.changed", about=member) as line:
            member.name = "Marcus Webb"
            member.save()
            line.add(member, name="Silas Wren")
    assert note().changed == 1
    with acting("holt"):
        assert PersonRecord.objects.filter(name="Marcus Webb").count() == 1
        assert MatchPair.objects.get().candidate is False


@pytest.mark.parametrize(
    ("part", "threat"),
    [
        ({"until": date(2022, 6, 1)}, {}),
        ({}, {"closed_on": date(2022, 5, 1)}),
    ],
)
def test_whoever_has_left_or_whose_threat_is_closed_is_not_noted(
    make_threat, make_member, make_offender, note, part, threat
):
    make_offender()
    make_member(threat=make_threat("derbyshire", **threat), **part)
    assert (note().people, note().pairs) == (1, 0)
    make_member(threat=make_threat("derbyshire"))
    found = note()
    assert (found.people, found.pairs) == (1, 1)


@pytest.mark.parametrize("says", ["same", "suspected", "different"])
def test_a_decision_stands_with_its_reason_in_the_log(pair, acting, officer, says):
    with acting("holt"):
        made = decide_match(
            actor=officer("holt"), pair=pair, says=says, why="Photograph."
        )
        line = Entry.objects.get(event="match.decided")
    assert (made.says, made.why, line.reason) == (says, "Photograph.", "Photograph.")


def test_a_pair_is_decided_again_only_after_the_first_is_taken_back(
    pair, acting, officer
):
    holt = officer("holt")
    given = {"actor": holt, "pair": pair, "why": "Photograph."}
    with acting("holt"):
        first = decide_match(says="same", **given)
        with pytest.raises(AlreadyDecided):
            decide_match(says="different", **given)
        undo_match(actor=holt, decision=first, why="Wrong photograph.")
        with pytest.raises(NothingToUndo):
            undo_match(actor=holt, decision=first, why="Again.")
        decide_match(says="different", **given)
        kept = MatchDecision.objects.exclude(undone_on=None).get()
    assert (kept.undone_by, kept.undone_why) == (holt, "Wrong photograph.")


@pytest.mark.parametrize(
    ("wrong", "fault"), [({"says": "twins"}, ValidationError), ({"why": " "}, NoReason)]
)
def test_a_decision_with_one_thing_wrong_is_refused(
    pair, acting, officer, wrong, fault
):
    given = {"says": "same", "why": "Photograph."}
    with acting("holt"):
        with pytest.raises(fault):
            decide_match(actor=officer("holt"), pair=pair, **(given | wrong))
        decide_match(actor=officer("holt"), pair=pair, **given)


@pytest.mark.parametrize("username", ["peak", "wold", "quill", "kerr"])
def test_who_may_write_for_neither_body_decides_nothing(
    pair, acting, officer, username
):
    with acting(username), pytest.raises(NotAllowed):
        decide_match(actor=officer(username), pair=pair, says="same", why="Looks it.")
    with acting("holt"):
        assert not MatchDecision.objects.exists()


def test_either_body_may_decide(pair, acting, officer):
    with acting("dale"):
        made = decide_match(
            actor=officer("dale"), pair=pair, says="same", why="Fingerprints."
        )
    assert made.body_id == "derbyshire"


def test_who_does_not_see_one_of_the_two_sees_no_pair(
    make_threat, make_member, make_offender, note, acting, officer
):
    threat = make_threat("leicestershire", compartments=["juniper"])
    make_member("leicestershire", threat=threat)
    make_offender()
    note()
    for username, seen in (("ash", 1), ("fenn", 1), ("holt", 0), ("soar", 0)):
        with acting(username):
            assert MatchPair.objects.count() == seen, username
            assert PersonRecord.objects.count() == 1 + seen, username
    with acting("fenn"):
        found = MatchPair.objects.select_related("left__body", "right__body").get()
        decide_match(actor=officer("fenn"), pair=found, says="same", why="Nightjar.")
    for username, seen in (("fenn", 1), ("holt", 0), ("soar", 0)):
        with acting(username):
            lines = Entry.objects.filter(event="match.decided")
            assert lines.count() == seen, username
            assert MatchDecision.objects.count() == seen, username
