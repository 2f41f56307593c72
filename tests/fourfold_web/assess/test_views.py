"""The pages about assessments: the form, the working, moderation, the lists."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.assess.scoring import CRITERIA
from fourfold_web.assess.models import Assessment

pytestmark = pytest.mark.django_db

VALUES = {one.key: str(one.lowest) for one in CRITERIA}
SENT = VALUES | {
    "harm_physical": "4", "confidence": "low", "summary": "One source.",
    "next_review_on_day": "1", "next_review_on_month": "12",
    "next_review_on_year": "2022",
}  # fmt: skip


def said(answer):
    return answer.content.decode()


@pytest.fixture
def threat(make_threat):
    return make_threat("derbyshire", assessed_on=None)


def assess(client, threat, **more):
    return client.post(f"/assessments/{threat.reference}/assess/", SENT | more)


def test_a_threat_is_assessed_moderated_and_assessed_again(client_of, threat):
    address = f"/assessments/{threat.reference}/"
    assert "No assessment of it" in said(client_of("dale").get(address))
    assert assess(client_of("dale"), threat)["Location"] == address
    page = said(client_of("holt").get(address))
    assert "Awaiting moderation" in page
    assert "The score is illustrative." in page
    client_of("holt").post(
        f"{address}moderate/", {"judgement": "moderated", "says": "Agreed."}
    )
    assess(client_of("dale"), threat, harm_financial="2")
    page = said(client_of("dale").get(address))
    assert "4 on 1 June 2022: up by 2" in page
    assert "Agreed." in page


def test_a_missing_value_is_named_and_linked(client_of, threat, acting):
    page = said(assess(client_of("dale"), threat, harm_physical=""))
    assert 'href="#id_harm_physical"' in page
    assert "Give a value: physical harm." in page
    with acting("dale"):
        assert not Assessment.objects.exists()


def test_the_assessor_is_offered_no_moderation(client_of, threat):
    client = client_of("holt")
    assess(client, threat)
    address = f"/assessments/{threat.reference}/"
    assert "Moderate or return" not in said(client.get(address))
    answer = client.post(
        f"{address}moderate/", {"judgement": "moderated", "says": "Agreed."}
    )
    assert answer.status_code == 403


def test_nothing_waits_is_said_in_words(client_of, threat):
    answer = client_of("holt").get(f"/assessments/{threat.reference}/moderate/")
    assert answer.status_code == 409
    assert "waits for moderation" in said(answer)


def test_the_lists_show_what_waits_and_what_is_due(client_of, threat, make_threat):
    make_threat("derbyshire", assessed_on=date(2022, 5, 1), next_review_on="2022-07-01")
    assess(client_of("dale"), threat)
    page = client_of("holt").get("/assessments/?state=submitted")
    assert page.context["page"].total == 1
    assert "1 assessment, 1 of them awaiting moderation." in said(page)
    due = client_of("holt").get("/assessments/due/")
    assert [row.pk for row in due.context["page"].rows] == [threat.pk]
    assert "Never assessed" in said(due)


def test_an_empty_list_says_what_to_do(client_of):
    assert "open a threat and assess it" in said(client_of("dale").get("/assessments/"))
    assert "No threat is due" in said(client_of("dale").get("/assessments/due/"))


def test_a_page_stays_within_its_queries(client_of, make_threat):
    for _ in range(6):
        assess(client_of("dale"), make_threat("derbyshire"))
    for address, most in (("/assessments/", 34), ("/assessments/due/", 20)):
        client = client_of("holt")
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= most, address
