"""No page asks the database more than it may, however many records there are."""

import tomllib
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

BUDGETS = tomllib.loads((Path(__file__).parent / "query_budgets.toml").read_text())


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_stays_within_its_queries(
    client_of, make_threat, make_disruption, page, officer
):
    dale = officer("dale")
    threats = [make_threat("derbyshire", name=f"Alder {n}", lro=dale) for n in range(6)]
    made = [make_disruption(threats[0], impact="") for _ in range(6)]
    for threat in threats:
        make_disruption(threat)
    address = page.format(threat=threats[0].reference, disruption=made[0].reference)
    client = client_of("ledger" if page.startswith("/log") else "holt")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    said = "\n".join(query["sql"][:160] for query in asked.captured_queries)
    assert len(asked) <= BUDGETS[page], f"{len(asked)} queries:\n{said}"
