"""No record is written without a line of the log, whatever table and whatever way."""

import pytest
from django.db import IntegrityError, connection, transaction

from fourfold_web.base.audit import acting_as, change
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.secure import record_models

TABLES = sorted(model._meta.db_table for model in record_models())
WRITES = (
    "UPDATE {} SET reference = reference",
    "INSERT INTO {} SELECT * FROM {} WHERE false",
)


@pytest.fixture(scope="module")
def loader(databases, worker_id, django_db_setup, django_db_blocker):
    """The officer with every right, in a database where commits stay."""
    own = f"writes_{worker_id}"
    with django_db_blocker.unblock():
        databases.copy("fourfold_template", own)
        databases.use(own)
        yield Officer.objects.get(username="service-loader")
        databases.use(f"test_{worker_id}")


def write(statement, table):
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{}", table))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", WRITES)
def test_a_write_without_a_line_does_not_stay(loader, table, statement):
    with pytest.raises(IntegrityError, match="without a line"), acting_as(loader):
        write(statement, table)


@pytest.mark.parametrize("table", TABLES)
def test_the_same_write_with_a_line_stays(loader, table):
    body = Body.objects.get(slug="emsou")
    with acting_as(loader), change(loader, "threat.changed", about=body) as line:
        write(WRITES[0], table)
        line.add_bulk(table, 0, "")


@pytest.mark.parametrize("table", TABLES)
def test_the_site_removes_no_record(loader, table):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        write("DELETE FROM {}", table)


@pytest.mark.parametrize("table", ["base_entry", "base_look"])
def test_the_site_alters_no_line_of_a_log(loader, table):
    for statement in ("UPDATE {} SET reason = ''", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            write(statement, table)
