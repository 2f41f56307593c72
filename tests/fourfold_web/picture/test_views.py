"""The pages about threats: what they say, and what they do with a form."""

import pytest

from fourfold_web.base.models import Entry, Look
from fourfold_web.picture.models import Member, Threat
from tests.conftest import saved

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Group Bracken",
    "kind": "ocg",
    "theme": "drugs",
    "phase": "Active",
    "type": "tactical",
    "moderation": "submitted",
    "soc": "soc",
    "classification": "official",
    "opened_on_day": "1",
    "opened_on_month": "5",
    "opened_on_year": "2022",
}


def said(answer):
    return answer.content.decode()


def test_a_threat_is_recorded_from_its_form(client_of, acting):
    answer = client_of("dale").post("/threats/record/", NEW)
    with acting("dale"):
        made = Threat.objects.get()
    assert answer["Location"] == f"/threats/{made.reference}/"
    assert (made.name, made.body_id) == ("Group Bracken", "derbyshire")


def test_every_fault_is_named_and_linked_to_its_field(client_of, acting):
    wrong = NEW | {"name": "", "theme": "gossip", "opened_on_month": "13"}
    page = said(client_of("dale").post("/threats/record/", wrong))
    assert "There is a problem" in page
    assert 'href="#id_name"' in page
    assert 'href="#id_theme"' in page
    assert "must be a real date" in page
    with acting("dale"):
        assert not Threat.objects.exists()


def test_a_reader_who_may_not_write_is_told_which_right_it_needs(client_of):
    answer = client_of("peak").get("/threats/record/")
    assert answer.status_code == 403
    assert "needs the right" in said(answer)


def test_a_body_that_is_not_mine_to_record_for_reads_as_absent(client_of):
    assert client_of("dale").get("/threats/record/?body=emsou").status_code == 404
    assert client_of("holt").get("/threats/record/?body=emsou").status_code == 200


def form_of(client, address):
    """What does a browser send back from a form, as it was given?"""
    form = client.get(address).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if hasattr(field.field.widget, "decompress"):
            parts = field.field.widget.decompress(value)
            names = ("day", "month", "year")
            sent |= {f"{field.name}_{n}": v for n, v in zip(names, parts, strict=True)}
        elif value is not None:
            sent[field.name] = value
    return sent


def test_an_edit_from_an_old_page_is_refused_kept_and_compared(
    client_of, make_threat, acting
):
    threat = make_threat("derbyshire", tier=2)
    address = f"/threats/{threat.reference}/change/"
    client = client_of("dale")
    old = form_of(client, address)
    version = client.get(address).context["version"]
    first = client.post(address, old | {"version": version, "tier": "1"})
    assert first.status_code == 302
    second = client.post(address, old | {"version": version, "tier": "4"})
    page = said(second)
    assert "was changed by somebody else" in page
    assert "What it says now" in page
    assert second.context["form"]["tier"].value() == "4"
    third = client.post(
        address, old | {"version": second.context["version"], "tier": "4"}
    )
    assert third.status_code == 302
    with acting("dale"):
        assert Threat.objects.get().tier == 4
        assert Entry.objects.filter(event="threat.changed").count() == 2


def test_a_change_that_changes_nothing_says_so(client_of, make_threat):
    threat = make_threat("derbyshire")
    address = f"/threats/{threat.reference}/change/"
    client = client_of("dale")
    sent = form_of(client, address)
    sent["version"] = client.get(address).context["version"]
    assert "already says all that" in said(client.post(address, sent))


def test_the_page_of_a_threat_says_what_is_missing_and_its_marking(
    client_of, make_threat
):
    threat = make_threat("derbyshire", classification="official_sensitive")
    page = said(client_of("dale").get(f"/threats/{threat.reference}/"))
    assert "OFFICIAL-SENSITIVE" in page
    assert "Nobody is the lead responsible officer." in page
    assert "There is no 4P plan." in page


def test_people_open_with_a_reason_and_leave_a_look(client_of, make_threat, acting):
    threat = make_threat("derbyshire")
    saved(
        Member, "derbyshire", threat=threat, person="P1", name="Silas Wren",
        role="principal",
    )  # fmt: skip
    address = f"/threats/{threat.reference}/people/"
    client = client_of("peak")
    assert "Silas Wren" not in said(client.get(address))
    assert "Silas Wren" not in said(client.post(address, {"reason": " "}))
    assert "Silas Wren" in said(client.post(address, {"reason": "Network review"}))
    with acting("peak"):
        assert Look.objects.get().reason == "Network review"


def test_a_share_from_the_page_stands_in_the_history_with_its_reason(
    client_of, make_threat
):
    threat = make_threat("derbyshire", classification="official_sensitive")
    address = f"/threats/{threat.reference}/"
    assert client_of("wold").get(address).status_code == 404
    client_of("dale").post(
        f"{address}share/", {"body": "lincolnshire", "reason": "Runners in Lincoln"}
    )
    assert client_of("wold").get(address).status_code == 200
    history = said(client_of("wold").get(f"{address}history/"))
    assert "shared a threat with another body" in history
    assert "Runners in Lincoln" in history


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Alder", "Birch"}),
        ("kind=ocg", {"Alder"}),
        ("theme=fraud", {"Birch"}),
        ("tier=5", {"Birch"}),
        ("q=birch", {"Birch"}),
        ("off_list=1", {"Birch"}),
        ("on_list=1", {"Alder"}),
        ("tag=county_line", {"Birch"}),
        ("lro=none", {"Alder", "Birch"}),
        ("body=emsou", set()),
        ("phase=active", {"Alder", "Birch"}),
        ("overdue=1", {"Birch"}),
    ],
)
def test_each_filter_of_the_list_narrows(client_of, make_threat, query, shown):
    make_threat("derbyshire", name="Alder")
    make_threat(
        "derbyshire", name="Birch", kind="vulnerability", theme="fraud", tier=5,
        tags=["county_line"], next_review_on="2022-05-01",
    )  # fmt: skip
    answer = client_of("dale").get(f"/threats/?sort=reference&{query}")
    assert {row.name for row in answer.context["page"].rows} == shown


def test_the_list_says_how_many_are_overdue(client_of, make_threat):
    make_threat("derbyshire", next_review_on="2022-05-01")
    make_threat("derbyshire", next_review_on="2022-07-01")
    page = said(client_of("dale").get("/threats/?sort=reference"))
    assert "2 threats, 1 of them overdue for review." in page
    assert "Overdue by 31 days" in page


@pytest.mark.parametrize(("kind", "looks"), [("priority_individual", 2), ("ocg", 0)])
def test_opening_a_person_by_page_or_api_is_written_down(
    client_of, make_threat, acting, kind, looks
):
    threat = make_threat("derbyshire", kind=kind)
    client_of("peak").get(f"/threats/{threat.reference}/")
    client_of("peak").get(f"/api/threats/{threat.reference}")
    with acting("peak"):
        assert Look.objects.filter(about=threat.reference).count() == looks
