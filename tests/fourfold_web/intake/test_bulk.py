"""Thousands of records in one statement, under the same rules as one."""

import pytest
from django.db import ProgrammingError, connection

from fourfold_web.act.models import Disruption
from fourfold_web.base.models import Officer, Record
from fourfold_web.base.secure import record_models
from fourfold_web.intake.bulk import RefusedByDatabase, update_rows
from fourfold_web.intake.registry import becomes, taken
from fourfold_web.intake.services import MANY
from fourfold_web.picture.models import Threat
from tests.fourfold_web.intake.conftest import DISRUPTION, OFFICER, THREAT

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_record_and_every_record_of_a_kind_is_taken():
    models = {becomes(name).model for name in taken()}
    kinds = {model for model in record_models() if model.KIND}
    assert models == kinds | {Officer}
    assert all(issubclass(model, Record) for model in models - {Officer})


def test_a_rule_of_the_database_is_answered_in_its_first_line(delivered, acting):
    delivered("officers", [OFFICER])
    delivered("threats", [THREAT])
    delivered("disruptions", [DISRUPTION | {"claimant": "1201"}])
    with acting("service-loader"):
        made = Disruption.objects.get()
        row = {"id": made.pk, "grader_id": made.claimant_id}
        with pytest.raises(
            RefusedByDatabase, match="grader_is_not_claimant"
        ) as refused:
            update_rows(Disruption, [row])
        assert made.evidence not in str(refused.value)
        connection.set_rollback(True)


def test_a_hidden_record_is_not_updated(delivered, acting):
    hidden = THREAT | {"compartments": "sycamore"}
    delivered("threats", [hidden], body="lincolnshire")
    with acting("service-loader"):
        pk = Threat.objects.get().pk
    with acting("lamb"):
        assert update_rows(Threat, [{"id": pk, "name": "Seen"}]) == 0
    with acting("service-loader"):
        assert Threat.objects.get().name == "Group Alder"


def test_a_disruption_cannot_be_made_for_a_hidden_threat(delivered):
    delivered("threats", [THREAT | {"compartments": "sycamore"}], body="lincolnshire")
    answer = delivered("disruptions", [DISRUPTION], body="lincolnshire", actor="lamb")
    assert answer["faults"][0]["fault"] == "not among the threats of Lincolnshire"


def test_after_a_large_delivery_the_database_knows_how_many_rows_there_are(delivered):
    rows = [THREAT | {"ref": f"T{number}"} for number in range(MANY)]
    delivered("threats", rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = %s::regclass",
            [Threat._meta.db_table],
        )
        assert cursor.fetchone() == (MANY,)


def test_statistics_of_no_table_of_ours_cannot_be_asked_for():
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT access.take_statistics('pg_authid; SELECT 1')")
