"""Search, the two logs, exports and forms: who is shown what, and what is noted."""

import pytest

from tests.conftest import saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(make_threat, make_disruption):
    """A threat and a disruption of Leicestershire that only juniper's members see."""
    marking = {"classification": "official_sensitive", "compartments": ["juniper"]}
    threat = make_threat("leicestershire", name="Group Nightjar", **marking)
    return threat.reference, make_disruption(threat, impact="", **marking).reference


@pytest.mark.parametrize(
    ("page", "username", "right"),
    [
        ("/threats/{threat}/change/", "peak", "write"),
        ("/threats/{threat}/share/", "peak", "write"),
        ("/threats/{threat}/change/", "wold", "write"),
        ("/threats/{threat}/claim/", "peak", "claim"),
        ("/results/{waiting}/change/", "peak", "claim"),
        ("/results/{waiting}/grade/", "dale", "grade"),
        ("/results/{waiting}/grade/", "wold", "grade"),
    ],
)
def test_a_form_is_not_even_shown_to_who_may_not_send_it(
    client_of, make_threat, make_disruption, page, username, right
):
    threat = make_threat("derbyshire")
    waiting = make_disruption(threat, impact="")
    address = page.format(threat=threat.reference, waiting=waiting.reference)
    answer = client_of(username).get(address)
    assert answer.status_code == 403
    assert f"it needs the right &#x27;{right}&#x27;" in answer.content.decode()


def test_who_may_be_told_reads_how_many_are_withheld_whatever_the_filter(
    client_of, hidden
):
    client = client_of("holt")
    for address in ("/threats/?sort=reference", "/threats/?q=nothing-has-this-name"):
        assert "1 record is withheld from you" in client.get(address).content.decode()
    dale = client_of("dale").get("/threats/?sort=reference").content.decode()
    assert "withheld" not in dale


def test_the_change_log_is_for_auditors(client_of, hidden, make_threat):
    make_threat("derbyshire")
    assert client_of("dale").get("/log/").status_code == 403
    page = client_of("ledger").get("/log/")
    assert page.status_code == 200
    assert "Recorded a threat" in page.content.decode()
    assert hidden[0] not in page.content.decode()


def test_an_officer_sees_their_own_looks_and_an_auditor_all(client_of):
    client_of("dale").get("/search?q=heron")
    assert "heron" in client_of("dale").get("/looks/").content.decode()
    assert "heron" not in client_of("wold").get("/looks/").content.decode()
    assert "heron" in client_of("ledger").get("/looks/").content.decode()


def test_an_export_is_logged_and_refused_to_those_without_the_right(
    client_of, make_threat, acting
):
    from fourfold_web.base.models import Look

    make_threat("derbyshire", name="Group Alder")
    answer = client_of("dale").get("/threats/?kind=ocg&format=csv")
    assert "Group Alder" in body_of(answer)
    with acting("dale"):
        look = Look.objects.get(kind="export")
    assert (look.count, look.dpa) == (1, "disclosure")
    assert "kind=ocg" in look.about
    refused = client_of("soar").get("/threats/?format=csv")
    assert refused.status_code == 403


def test_people_are_found_with_a_reason_only(client_of, make_threat, acting):
    from fourfold_web.base.models import Look
    from fourfold_web.picture.models import Member

    threat = make_threat("derbyshire")
    saved(
        Member, "derbyshire", threat=threat, person="P1", name="Silas Wren",
        role="principal",
    )  # fmt: skip
    client = client_of("dale")
    assert "Silas" not in client.get("/search?q=wren").content.decode()
    without = client.post("/search?q=wren", {"reason": ""}).content.decode()
    assert "Silas" not in without
    with_reason = client.post("/search?q=wren", {"reason": "Network review"})
    assert "Silas Wren" in with_reason.content.decode()
    with acting("dale"):
        look = Look.objects.get(about="people: wren")
    assert (look.reason, look.count) == ("Network review", 1)


def body_of(answer):
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content).decode("utf-8-sig")
    return answer.content.decode()
