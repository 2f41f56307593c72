"""Recording, changing and sharing threats: who may, what is refused, what is logged."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from fourfold_web.base.audit import NoReason, NotAllowed
from fourfold_web.base.models import Body, Entry, Look
from fourfold_web.picture.models import Member, Threat
from fourfold_web.picture.queries import version_of
from fourfold_web.picture.services import (
    AlreadyShared,
    ChangedMeanwhile,
    NothingChanged,
    change_threat,
    open_people,
    record_threat,
    share_threat,
)
from tests.conftest import saved

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Group Bracken",
    "kind": "ocg",
    "theme": "drugs",
    "tags": ["county_line"],
    "type": "tactical",
    "moderation": "submitted",
    "soc": "soc",
    "tier": 3,
    "phase": "Active",
    "opened_on": date(2022, 5, 1),
    "classification": "official",
    "compartments": [],
}


def record(username, officer, acting, body="derbyshire", **wrong):
    with acting(username):
        return record_threat(
            actor=officer(username),
            body=Body.objects.get(slug=body),
            **(NEW | wrong),
        )


def test_a_recorded_threat_has_a_reference_and_one_line(officer, acting):
    made = record("dale", officer, acting)
    with acting("dale"):
        line = Entry.objects.get(event="threat.recorded")
    assert made.reference.startswith("EM-THR-")
    assert (line.actor, line.about) == ("dale", made.reference)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": ""}, ValidationError),
        ({"kind": "gang"}, ValidationError),
        ({"theme": ""}, ValidationError),
        ({"tier": 6}, ValidationError),
        ({"opened_on": None}, ValidationError),
        ({"closed_on": date(2022, 4, 30)}, ValidationError),
        ({"colour": "green"}, ValidationError),
        ({"moderation": "moderated"}, NotAllowed),
        ({"compartments": ["juniper"]}, NotAllowed),
    ],
)
def test_a_refused_threat_leaves_no_trace(officer, acting, wrong, error):
    with pytest.raises(error):
        record("dale", officer, acting, **wrong)
    with acting("holt"):
        assert not Threat.objects.exists()
        assert not Entry.objects.filter(event="threat.recorded").exists()


@pytest.mark.parametrize(
    ("username", "body"),
    [("peak", "derbyshire"), ("dale", "lincolnshire"), ("keys", "emsou")],
)
def test_who_may_not_write_for_a_body_records_nothing(officer, acting, username, body):
    with pytest.raises(NotAllowed):
        record(username, officer, acting, body=body)


def test_a_moderator_may_say_it_is_moderated(officer, acting):
    made = record("holt", officer, acting, moderation="moderated")
    assert made.moderation == "moderated"


def test_a_change_says_before_and_after(make_threat, officer, acting):
    threat = make_threat("derbyshire", tier=2)
    with acting("dale"):
        held = change_threat(
            actor=officer("dale"), threat=threat, version=version_of(threat), tier=1
        )
        line = Entry.objects.get(event="threat.changed")
    assert held.tier == 1
    assert (line.made[0]["before"], line.made[0]["after"]) == (
        {"tier": 2},
        {"tier": 1},
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [("official", "official_sensitive"), ("official_sensitive", "official")],
)
def test_the_line_of_a_change_bears_the_higher_of_both_markings(
    make_threat, officer, acting, before, after
):
    threat = make_threat("derbyshire", classification=before)
    with acting("dale"):
        change_threat(
            actor=officer("dale"),
            threat=threat,
            version=version_of(threat),
            classification=after,
            name="Group Merlin",
        )
        line = Entry.objects.get(event="threat.changed")
    assert line.classification == "official_sensitive"
    with acting("wold"):
        assert not Entry.objects.filter(event="threat.changed").exists()


def test_the_second_of_two_edits_from_one_page_is_refused(make_threat, officer, acting):
    threat = make_threat("derbyshire")
    version = version_of(threat)
    with acting("dale"):
        change_threat(actor=officer("dale"), threat=threat, version=version, tier=1)
        with pytest.raises(ChangedMeanwhile):
            change_threat(actor=officer("dale"), threat=threat, version=version, tier=4)
        assert Threat.objects.get().tier == 1


def test_a_change_of_nothing_is_refused(make_threat, officer, acting):
    threat = make_threat("derbyshire", tier=2)
    with acting("dale"), pytest.raises(NothingChanged):
        change_threat(
            actor=officer("dale"), threat=threat, version=version_of(threat), tier=2
        )


def test_a_share_lets_the_body_see_and_is_a_disclosure(make_threat, officer, acting):
    threat = make_threat("derbyshire", classification="official_sensitive")
    lincolnshire = Body.objects.get(slug="lincolnshire")
    with acting("wold"):
        assert not Threat.objects.exists()
    with acting("dale"):
        share_threat(
            actor=officer("dale"),
            threat=threat,
            body=lincolnshire,
            reason="Its runners live in Lincoln.",
        )
        line = Entry.objects.get(event="threat.shared")
    assert (line.dpa, line.reason) == ("disclosure", "Its runners live in Lincoln.")
    with acting("wold"):
        assert Threat.objects.count() == 1
    with acting("dale"), pytest.raises(AlreadyShared):
        share_threat(
            actor=officer("dale"), threat=threat, body=lincolnshire, reason="Again."
        )


def test_a_share_needs_a_reason(make_threat, officer, acting):
    threat = make_threat("derbyshire")
    with acting("dale"), pytest.raises(NoReason):
        share_threat(
            actor=officer("dale"),
            threat=threat,
            body=Body.objects.get(slug="lincolnshire"),
            reason=" ",
        )


def test_opening_people_is_written_down_with_its_reason(make_threat, officer, acting):
    threat = make_threat("derbyshire")
    for name, role in (("Abel Crake", "peripheral"), ("Zeno Dunlin", "principal")):
        saved(Member, "derbyshire", threat=threat, person=name, name=name, role=role)
    with acting("peak"):
        people = open_people(
            actor=officer("peak"), threat=threat, reason="Network review"
        )
        look = Look.objects.get()
    assert [one.name for one in people] == ["Zeno Dunlin", "Abel Crake"]
    assert (look.kind, look.reason, look.count) == ("record", "Network review", 2)
    with acting("peak"), pytest.raises(NoReason):
        open_people(actor=officer("peak"), threat=threat, reason="")
