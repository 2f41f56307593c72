"""The pages of evidence ask as many questions of the database for six as for one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold_web.intake.models import Authority, EvidenceFile
from fourfold_web.picture.models import BulkSearch, EvidenceRun
from tests.conftest import saved

pytestmark = pytest.mark.django_db

MOST = 20
LISTS = (
    "/evidence/?sort=name",
    "/evidence/authorities/?sort=number",
    "/analyses/?sort=question",
    "/vehicles/bulk-search/?sort=purpose",
    "/messages/review/",
)
SENSITIVE = {"classification": "official_sensitive"}


def evidence(number):
    """A file under an authority, a question asked of it, a request to search."""
    authority = saved(
        Authority, "derbyshire", power="pace_seizure", number=f"P-{number}",
        purpose="Supply", granted_by="Lime", from_on=date(2022, 3, 1),
        permitted_use="This", **SENSITIVE,
    )  # fmt: skip
    file = saved(
        EvidenceFile, "derbyshire", name=f"{number}.csv", kind="calls",
        sha256=f"{number:064d}", size=1, authority=authority, why="Supply", **SENSITIVE,
    )  # fmt: skip
    told = {"reference": file.reference, "name": file.name, "kind": "calls",
            "sha256": file.sha256, "size": 1, "rows": 1, "layout": "",
            "authority": ""}  # fmt: skip
    run = saved(
        EvidenceRun, "derbyshire", analysis="calls.contacts", question="Who?",
        why="Supply", files=[file.pk], inputs=[told], asked=f"{number:064d}",
        state="stopped", **SENSITIVE,
    )  # fmt: skip
    saved(
        BulkSearch, "derbyshire", purpose="Markers", proportionality="Needed",
        lists="Own", from_on=date(2022, 3, 1), until_on=date(2022, 3, 2), **SENSITIVE,
    )  # fmt: skip
    return file, run


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_ask_as_much_for_six_as_for_one_and_stay_within_their_budget(client_of):
    evidence(1)
    client = client_of("peak")
    before = {address: asked(client, address) for address in LISTS}
    for number in range(2, 7):
        evidence(number)
    assert {address: asked(client, address) for address in LISTS} == before
    assert max(before.values()) <= MOST, before


def test_the_pages_of_one_file_and_one_question_stay_within_theirs(client_of):
    file, run = evidence(1)
    client = client_of("peak")
    pages = [
        f"/evidence/{file.reference}/",
        f"/evidence/{file.reference}/confirm/",
        f"/evidence/{file.reference}/runs/",
        f"/analyses/runs/{run.reference}/",
        "/analyses/calls.contacts/new/",
    ]
    counts = {address: asked(client, address) for address in pages}
    assert max(counts.values()) <= MOST, counts
