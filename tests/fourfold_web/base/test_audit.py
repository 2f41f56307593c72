"""The one door for writes: permission, transaction and line in one."""

import pytest
from django.db import IntegrityError

from fourfold_web.base.audit import (
    NotAllowed,
    NothingMade,
    acting_as,
    change,
)
from fourfold_web.base.models import Entry, Officer
from fourfold_web.picture.models import Threat
from tests.conftest import THREAT, saved


def test_a_change_leaves_one_line_with_before_and_after(make_threat, officer):
    threat = make_threat("derbyshire", name="Before")
    dale = officer("dale")
    with acting_as(dale):
        with change(dale, "threat.changed", about=threat) as line:
            threat.name = "After"
            threat.save()
            line.add(threat, name="Before")
        entry = Entry.objects.first()
    assert (entry.actor, entry.event, entry.about) == (
        "dale",
        "threat.changed",
        threat.reference,
    )
    assert entry.made[0]["before"] == {"name": "Before"}
    assert entry.made[0]["after"] == {"name": "After"}


def test_who_lacks_the_right_changes_nothing(make_threat, officer):
    threat = make_threat("derbyshire", name="Before")
    analyst = officer("peak")
    with (
        acting_as(analyst),
        pytest.raises(NotAllowed),
        change(analyst, "threat.changed", about=threat),
    ):
        pytest.fail("the door was open")


def test_a_lead_officer_of_one_force_changes_nothing_of_another(make_threat, officer):
    threat = make_threat("lincolnshire")
    dale = officer("dale")
    with (
        acting_as(dale),
        pytest.raises(NotAllowed),
        change(dale, "threat.changed", about=threat),
    ):
        pytest.fail("the door was open")


def test_a_change_that_names_no_record_is_undone(make_threat, officer):
    threat = make_threat("derbyshire", name="Before")
    dale = officer("dale")
    with acting_as(dale):
        threat.name = "After"
        with pytest.raises(NothingMade), change(dale, "threat.changed", about=threat):
            threat.save()
        assert Threat.objects.get(pk=threat.pk).name == "Before"
        assert not Entry.objects.filter(event="threat.changed").exists()


def test_the_database_refuses_a_write_round_the_door(own_database):
    saved(Threat, "derbyshire", **(THREAT | {"name": "Before"}))
    dale = Officer.objects.get(username="dale")
    with pytest.raises(IntegrityError, match="without a line"), acting_as(dale):
        Threat.objects.update(name="Round the door")
    with acting_as(dale):
        assert Threat.objects.get().name == "Before"
