"""The pages and the API about disruptions: from claim to grade by somebody else."""

import json

import pytest

from fourfold_web.act.models import Disruption

pytestmark = pytest.mark.django_db

CLAIM = {
    "p": "prevent",
    "event_on_day": "20",
    "event_on_month": "5",
    "event_on_year": "2022",
    "event": "Diversion",
    "evidence": "Six first-time runners took the offer; none has been seen since.",
    "role": "lead",
}
SENT = {
    "p": "prevent",
    "event_on": "2022-05-20",
    "evidence": "Six first-time runners took the offer.",
}


def said(answer):
    return answer.content.decode()


def test_a_disruption_goes_from_claim_to_grade_by_somebody_else(
    client_of, make_threat, acting
):
    threat = make_threat("nottinghamshire", name="Group Alder")
    forest = client_of("forest")
    claimed = forest.post(f"/threats/{threat.reference}/claim/", CLAIM)
    with acting("forest"):
        made = Disruption.objects.get()
    assert claimed["Location"] == f"/results/{made.reference}/"
    assert "Somebody else grades it." in said(forest.get(claimed["Location"]))
    own = forest.post(
        f"/results/{made.reference}/grade/", {"impact": "major", "reason": "x"}
    )
    assert (own.status_code, "nobody grades their own" in said(own)) == (403, True)
    assert made.reference not in said(forest.get("/results/waiting/"))

    holt = client_of("holt")
    assert made.reference in said(holt.get("/results/waiting/"))
    graded = holt.post(
        f"/results/{made.reference}/grade/",
        {"impact": "minor", "reason": "Six of about forty."},
    )
    assert graded["Location"] == "/results/waiting/"
    page = said(holt.get(f"/results/{made.reference}/"))
    assert "Minor" in page
    assert "Six of about forty." in page


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"evidence": ""}, "Enter evidence."),
        ({"p": ""}, "Choose P."),
        ({"event_on_year": "2023"}, "which is after today"),
        ({"role": "support"}, "Name the body that led it."),
    ],
)
def test_a_refused_claim_says_what_to_do_and_keeps_what_was_typed(
    client_of, make_threat, acting, wrong, fault
):
    threat = make_threat("nottinghamshire")
    address = f"/threats/{threat.reference}/claim/"
    answer = client_of("forest").post(address, CLAIM | wrong)
    assert fault in said(answer)
    assert "Diversion" in said(answer)
    with acting("forest"):
        assert not Disruption.objects.exists()


def test_the_claim_page_of_a_vulnerability_says_the_rule(client_of, make_threat):
    threat = make_threat("lincolnshire", kind="vulnerability")
    page = said(client_of("wold").get(f"/threats/{threat.reference}/claim/"))
    assert "Only organised crime groups carry disruptions." in page


def test_a_claim_is_changed_from_its_page_until_graded(
    client_of, make_threat, make_disruption, acting
):
    waiting = make_disruption(make_threat("nottinghamshire"), impact="")
    address = f"/results/{waiting.reference}/change/"
    client = client_of("forest")
    version = client.get(address).context["version"]
    assert client.post(address, CLAIM | {"version": version}).status_code == 302
    assert "was changed by somebody else" in said(
        client.post(address, CLAIM | {"version": version, "p": "protect"})
    )
    with acting("forest"):
        assert Disruption.objects.get().p == "prevent"


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 3), ("led=1", 1), ("supported=1", 1), ("impact=waiting", 1), ("p=protect", 1),
     ("role=support", 1), ("recorded_from=5/3/2022", 1), ("kind=vulnerability", 0)],
)  # fmt: skip
def test_each_filter_of_the_results_narrows(
    client_of, make_threat, make_disruption, query, count
):
    threat = make_threat("derbyshire")
    make_disruption(threat)
    make_disruption(threat, impact="", p="protect", recorded_on="2022-03-09")
    make_disruption(threat, role="support", bodies=["emsou"])
    answer = client_of("dale").get(f"/results/?sort=event_on&{query}")
    assert answer.context["page"].total == count


def test_led_and_supported_are_counted_apart_on_the_tab(
    client_of, make_threat, make_disruption
):
    threat = make_threat("derbyshire")
    make_disruption(threat)
    make_disruption(threat, role="support", bodies=["emsou"])
    make_disruption(threat, impact="none")
    make_disruption(threat, impact="")
    shown = client_of("dale").get(f"/threats/{threat.reference}/results/")
    assert shown.context["by_p"][0] == ("pursue", "Pursue", 1, 1, 1)


def test_the_timeline_is_newest_first(client_of, make_threat, make_disruption):
    threat = make_threat("derbyshire", next_review_on="2022-05-01")
    make_disruption(threat)
    shown = client_of("dale").get(f"/threats/{threat.reference}/timeline/")
    titles = [item["title"] for item in shown.context["items"]]
    assert titles == [
        "Review overdue", "Pursue: disruption", "Went onto the national list", "Opened",
    ]  # fmt: skip


def post(client, address, sent):
    return client.post(address, json.dumps(sent), content_type="application/json")


def test_the_api_claims_and_grades_by_the_same_rules(client_of, make_threat):
    threat = make_threat("nottinghamshire")
    address = f"/api/threats/{threat.reference}/disruptions"
    made = post(client_of("forest"), address, SENT)
    assert made.status_code == 201
    reference = made.json()["reference"]
    grade = {"impact": "moderate", "reason": "Six of about forty."}
    own = post(client_of("forest"), f"/api/disruptions/{reference}/grade", grade)
    assert (own.status_code, "nobody grades" in own.json()["what"]) == (403, True)
    graded = post(client_of("holt"), f"/api/disruptions/{reference}/grade", grade)
    assert (graded.status_code, graded.json()["impact"]) == (200, "moderate")
    listed = client_of("holt").get(address).json()
    assert [one["reference"] for one in listed] == [reference]


@pytest.mark.parametrize(
    ("wrong", "status", "named"),
    [
        ({"event_on": "2023-01-01"}, 422, "after today"),
        ({"event_on": "soon"}, 422, "event_on"),
        ({"p": "punish"}, 422, '"p"'),
        ({"evidence": " "}, 422, "evidence"),
    ],
)
def test_the_api_names_what_is_wrong_and_keeps_nothing(
    client_of, make_threat, acting, wrong, status, named
):
    threat = make_threat("nottinghamshire")
    address = f"/api/threats/{threat.reference}/disruptions"
    answer = post(client_of("forest"), address, SENT | wrong)
    assert answer.status_code == status
    assert named in said(answer)
    assert {"what", "do"} <= set(answer.json())
    with acting("forest"):
        assert not Disruption.objects.exists()


def test_the_api_wants_the_token_of_the_session(make_threat, officer):
    from django.test import Client

    threat = make_threat("nottinghamshire")
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer("forest"), "fourfold_web.base.sign_in.OfficerBackend")
    answer = post(client, f"/api/threats/{threat.reference}/disruptions", SENT)
    assert answer.status_code == 403


def test_the_description_is_openapi_3_1_and_its_page_has_no_inline_script(client_of):
    client = client_of("dale")
    assert client.get("/api/openapi.json").json()["openapi"].startswith("3.1")
    page = said(client.get("/api/docs"))
    assert "POST /api/threats/{reference}/disruptions" in page
    assert "<script>" not in page
