"""Every page and API route from the wrong side: hidden reads exactly like absent."""

import json

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import saved

pytestmark = pytest.mark.django_db

OURS = ("desk", "picture", "act", "api")
ABSENT = "EM-THR-9999"
SECRET = "Group Nightjar"


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = ""
) -> list[str]:
    """Which addresses of ours name one record? With {reference} in its place."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if one.namespace in (None, *OURS):
                found += routes(one.url_patterns, address)
        elif "reference>" in address:
            found.append(
                "/"
                + address.replace("<str:reference>", "{reference}").replace(
                    "<reference>", "{reference}"
                )
            )
    return sorted(set(found))


ROUTES = [route for route in routes() if "deliveries" not in route]


def reference_for(route, threat, disruption):
    return disruption if route.startswith(("/results/", "/api/disruptions")) else threat


@pytest.fixture
def hidden(make_threat, make_disruption):
    """A threat and a disruption of Leicestershire that only juniper's members see."""
    marking = {"classification": "official_sensitive", "compartments": ["juniper"]}
    threat = make_threat("leicestershire", name=SECRET, **marking)
    disruption = make_disruption(threat, impact="", **marking)
    return threat.reference, disruption.reference


def test_there_are_routes_to_try():
    assert len(ROUTES) >= 15


@pytest.mark.parametrize("route", ROUTES)
def test_a_stranger_is_sent_to_sign_in(client, hidden, route):
    answer = client.get(route.format(reference=reference_for(route, *hidden)))
    if route.startswith("/api/"):
        assert answer.status_code in (401, 405)
    else:
        assert (answer.status_code, answer["Location"][:16]) == (
            302,
            "/accounts/login/",
        )


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("username", ["dale", "holt", "marsh", "ledger", "keys"])
def test_hidden_reads_like_absent(client_of, hidden, route, username):
    client = client_of(username)
    there = client.get(route.format(reference=reference_for(route, *hidden)))
    absent = client.get(route.format(reference=ABSENT))
    assert there.status_code == absent.status_code
    assert there.status_code in (404, 405)
    assert SECRET not in there.content.decode()


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.endswith(("/disruptions", "/grade"))]
)
def test_a_post_to_hidden_reads_like_absent(client_of, hidden, route):
    sends = {
        "p": "pursue", "event_on": "2022-05-01", "evidence": "x",
        "impact": "minor", "reason": "x",
    }  # fmt: skip
    client = client_of("holt")
    answers = [
        client.post(
            route.format(reference=one),
            json.dumps(sends),
            content_type="application/json",
        )
        for one in (reference_for(route, *hidden), ABSENT)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("route", ROUTES)
def test_a_member_of_the_compartment_sees_it(client_of, hidden, route):
    if route.endswith("/grade"):
        pytest.skip("it takes only a POST; tried elsewhere")
    answer = client_of("fenn").get(
        route.format(reference=reference_for(route, *hidden))
    )
    # Fenn may not grade for her body, and is told so: she may know of it.
    assert answer.status_code == (403 if route.endswith("/grade/") else 200)


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


LISTS = [
    "/",
    "/threats/",
    "/threats/?q=Nightjar",
    "/threats/?off_list=1",
    "/threats/?format=csv",
    "/results/",
    "/results/?q=Nightjar",
    "/results/?format=csv",
    "/results/waiting/",
    "/search?q=Nightjar",
    "/looks/",
    "/api/threats?q=Nightjar",
    "/api/threats",
]


@pytest.mark.parametrize("address", LISTS)
def test_lists_counts_search_and_exports_do_not_leak(client_of, hidden, address):
    client = client_of("dale")
    answer = client.get(address)
    said = body_of(answer)
    assert answer.status_code == 200
    assert not any(name in said.replace("q=Nightjar", "") for name in hidden)
    assert SECRET not in said
    if address == "/api/threats":
        assert answer.json()["count"] == 0
    if address == "/threats/":
        assert "No threats" in said


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
