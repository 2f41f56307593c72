"""What others read is the same, letter for letter, whether hidden records exist or not.

Every list, count, search, export, figure and its rows is read before and after records
are brought in that the reader may not see.
"""

import io
import re

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from fourfold.measure.measures import MEASURES
from fourfold_web.base.audit import acting_as
from fourfold_web.base.models import Officer
from fourfold_web.base.secure import record_models
from tests.fourfold_web.desk import hidden_world
from tests.fourfold_web.desk.address_book import address, plain
from tests.fourfold_web.desk.hidden_world import OFFICERS, SECRET, SENSITIVE, WALLED
from tests.fourfold_web.desk.test_wrong_side import BACKEND, TOKEN

pytestmark = pytest.mark.django_db

OUTSIDERS = ("dale", "marsh", "ledger")
OF_ANOTHER_FORCE = ("dale", "lamb")
KEYS = (
    "threats_on_list",
    "ocgs_on_list",
    "led",
    "marsoc_offenders",
    "vehicles_stopped",
)
LISTED = ("picture:threat-list", "act:disruption-list", "plan:plan-list")
WORDS = ("Nightjar", "H1", "NAT-H1", "Silas")


def asked():
    """What is asked before and after: every page that names no record, and exports."""
    for name in plain():
        if name not in ("desk:looks", "desk:search-all"):
            yield address(name), {}
    for name in LISTED:
        for kind in ("csv", "xlsx"):
            yield address(name), {"format": kind}
        for word in WORDS:
            yield address(name), {"q": word}
    for word in WORDS:
        yield address("desk:search-all"), {"q": word}
        yield address("api:threat_list"), {"q": word, "off_list": "true"}
    yield from asked_of_measures()


def asked_of_measures():
    """Every figure's rows, some figures, and both as files."""
    for key in MEASURES:
        where = {"body": "east-midlands", "part": "numerator"}
        yield address("measure:measure-rows", key), where
    for key in KEYS:
        yield address("measure:measure", key), {}
        where = {"body": "leicestershire", "format": "csv"}
        yield address("measure:measure-rows", key), where
    for kind in ("csv", "xlsx"):
        yield address("measure:measure-list"), {"format": kind}


def told(username):
    """What does the site answer to all of it?"""
    client = Client()
    client.force_login(Officer.objects.get(username=username), BACKEND)
    return {
        (path, *given.items()): plainly(client.get(path, given, follow=True))
        for path, given in asked()
    }


def plainly(answer):
    body = b"".join(answer) if answer.streaming else answer.content
    if "spreadsheetml" in answer.get("Content-Type", ""):
        sheet = load_workbook(io.BytesIO(body)).active
        return [[cell.value for cell in row] for row in sheet.iter_rows()]
    return answer.status_code, re.sub(TOKEN, b"", body).decode()


def rows_seen(username):
    """What does the database show, asked by the site's own role for this officer?"""
    seen = {}
    with acting_as(Officer.objects.get(username=username)), connection.cursor() as ask:
        ask.execute(
            "SELECT schemaname, viewname FROM pg_views WHERE schemaname = 'reporting'"
        )
        views = [f'{schema}."{view}"' for schema, view in ask.fetchall()]
        tables = [model._meta.db_table for model in record_models()]
        for name in [*views, *tables, "base_entry", "base_look"]:
            ask.execute(f"SELECT t::text FROM {name} t")
            seen[name] = sorted(row[0] for row in ask.fetchall())
    return seen


def may_grow(username):
    """Which tables may show more? The regional unit is told of a force's deliveries."""
    told_of = username in ("marsh", "ledger")
    return {"intake_delivery", "base_entry"} if told_of else set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("marking", "readers"), [(WALLED, OUTSIDERS), (SENSITIVE, OF_ANOTHER_FORCE)]
)
def test_nobody_reads_anything_else_because_hidden_records_came(
    make_threat, tmp_path, settings, marking, readers
):
    settings.FOURFOLD_HOME = tmp_path / "home"
    hidden_world.bring(tmp_path, "officers", OFFICERS, "leicestershire")
    make_threat("leicestershire", name="Group Heron")
    pages = {username: told(username) for username in readers}
    rows = {username: rows_seen(username) for username in readers}
    hidden_world.deliver(tmp_path, marking, "leicestershire")
    for username in readers:
        now = told(username)
        changed = [asked for asked in now if now[asked] != pages[username][asked]]
        assert changed == ([("/log/",)] if username == "ledger" else []), username
        assert SECRET not in str(now.get(("/log/",))), username
        shown = rows_seen(username)
        grown = {name for name in shown if shown[name] != rows[username][name]}
        assert grown <= may_grow(username) | {"base_look"}, username
        shown.pop("base_look")  # It holds the words that were searched for.
        assert SECRET not in str(shown), username
