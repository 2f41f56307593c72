"""Row-level security: the database itself refuses, from the wrong side."""

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.db.utils import Error

from fourfold_web.act.models import Disruption
from fourfold_web.base.audit import acting_as, change
from fourfold_web.base.models import Entry, Officer, RoleHeld
from fourfold_web.base.secure import record_models
from fourfold_web.picture.models import NationalListing, Threat
from tests.conftest import saved


@pytest.mark.django_db
def test_the_site_role_has_no_power_over_row_security():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db
def test_nobody_asking_sees_nothing(make_threat):
    make_threat("derbyshire")
    assert Threat.objects.count() == 0
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("marking", "seen_by"),
    [
        ({}, {"holt", "marsh", "dale", "fenn", "wold"}),
        ({"classification": "official_sensitive"}, {"holt", "marsh", "fenn"}),
        (
            {"classification": "official_sensitive", "compartments": ["juniper"]},
            {"fenn"},
        ),
        ({"compartments": ["juniper", "sycamore"]}, set()),
        (
            {"classification": "official_sensitive", "shared_with": ["derbyshire"]},
            {"holt", "marsh", "fenn", "dale"},
        ),
    ],
)
def test_a_marking_decides_who_sees_a_threat(make_threat, acting, marking, seen_by):
    make_threat("leicestershire", **marking)
    seen = set()
    for username in ("holt", "marsh", "dale", "fenn", "wold", "ledger", "keys"):
        with acting(username):
            seen |= {username} if Threat.objects.exists() else set()
    assert seen == seen_by


def test_what_hangs_on_a_hidden_threat_is_hidden(make_threat, make_disruption, acting):
    hidden = make_threat("leicestershire", compartments=["juniper"])
    make_disruption(hidden)
    with acting("dale"):
        assert not Disruption.objects.exists()
    with acting("fenn"):
        assert Disruption.objects.exists()


@pytest.mark.django_db
def test_every_record_has_forced_row_security():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        )
        secured = {name for (name,) in cursor.fetchall()}
    assert {m._meta.db_table for m in record_models()} <= secured
    assert {"base_entry", "base_look"} <= secured


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE base_entry SET event = 'x'",
        "DELETE FROM base_entry",
        "TRUNCATE base_entry",
        "UPDATE base_look SET about = 'x'",
        "DELETE FROM base_look",
        "DELETE FROM picture_threat",
        "UPDATE base_chainhead SET seq = 0",
        "INSERT INTO base_rolekind VALUES ('x', 'x', 'all', '{read}')",
    ],
)
def test_the_site_role_cannot_alter_the_log_or_delete(acting, words):
    with (
        pytest.raises(Error),
        acting("holt"),
        connection.cursor() as cursor,
    ):
        cursor.execute(words)


def test_nobody_gives_themselves_a_role(acting, officer):
    marsh = officer("marsh")
    with pytest.raises(Error), acting("marsh"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_roleheld (officer_id, role_id, body_id, since)"
            " VALUES (%s, 'auditor', 'emsou', '2022-01-01')",
            [marsh.pk],
        )


def test_a_line_of_the_log_names_the_officer_who_asks(acting):
    with pytest.raises(Error), acting("dale"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_entry (actor, event, about, body, classification,"
            " compartments, shared_with, dpa, reason, made) VALUES ('holt',"
            " 'threat.changed', 'x', 'derbyshire', 'official', '{}', '{}',"
            " 'alteration', '', '[]')"
        )


def test_the_national_list_tells_nobody_of_a_threat_they_may_not_see(
    make_threat, acting
):
    make_threat("leicestershire", national_ref="NAT-7", compartments=["juniper"])
    listing = {"holder_id": "leicestershire", "kind": "ocg", "type": "tactical"}
    listing |= {"moderation": "moderated", "soc": "soc", "phase": "Active"}
    saved(NationalListing, "emsou", national_ref="NAT-7", name="Hidden", **listing)
    with acting("fenn"):
        assert NationalListing.objects.exists()
    for username in ("holt", "marsh", "dale"):
        with acting(username):
            assert not NationalListing.objects.exists()


def test_no_role_is_given_without_a_line(own_database):
    keys = Officer.objects.get(username="keys")
    marsh = Officer.objects.get(username="marsh")
    with pytest.raises(IntegrityError, match="without a line"), acting_as(keys):
        RoleHeld.objects.create(
            officer=marsh, role_id="auditor", body_id="emsou", since=date(2022, 1, 1)
        )
    with acting_as(keys), change(keys, "role.given", about=keys.body) as line:
        held = RoleHeld.objects.create(
            officer=marsh, role_id="auditor", body_id="emsou", since=date(2022, 1, 1)
        )
        line.add(held)
