"""Row-level security: the database itself refuses, from the wrong side."""

import pytest
from django.db import connection
from django.db.utils import Error

from fourfold_web.act.models import Disruption
from fourfold_web.base.models import Entry
from fourfold_web.base.secure import record_models
from fourfold_web.picture.models import Threat

pytestmark = pytest.mark.django_db


def test_the_site_role_has_no_power_over_row_security():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False)


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
