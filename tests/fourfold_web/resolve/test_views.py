"""The pages about pairs of people: side by side, decided, taken back, written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold_web.base.models import Look
from fourfold_web.resolve.models import MatchDecision
from tests.fourfold_web.resolve.test_services import (  # noqa: F401 fixtures
    make_member,
    make_offender,
    note,
    pair,
)

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


def test_an_empty_list_says_so(client_of):
    assert "No two records" in said(client_of("holt").get("/people/"))


def test_the_list_names_no_person(client_of, pair):  # noqa: F811
    answer = client_of("holt").get("/people/")
    assert answer.context["page"].total == 1
    assert "1 pair of records, 1 of them to be decided." in said(answer)
    assert "Silas" not in said(answer)


def test_the_two_stand_side_by_side_and_the_look_is_written_down(
    client_of, pair, acting  # noqa: F811
):  # fmt: skip
    page = said(client_of("holt").get(f"/people/{pair.reference}/"))
    assert "Silas Wren" in page
    assert "WREN, Silas" in page
    assert "Agrees" in page
    with acting("holt"):
        assert pair.reference in Look.objects.get().about


def test_a_pair_is_decided_and_taken_back_from_its_pages(
    client_of, pair, acting  # noqa: F811
):  # fmt: skip
    client, address = client_of("holt"), f"/people/{pair.reference}/"
    client.post(address, {"says": "same", "why": "Photograph."})
    page = said(client.get(address))
    assert "One person" in page
    assert "Record decision" not in page
    assert client.get("/people/?state=same").context["page"].total == 1
    client.post(f"{address}undo/", {"why": "Wrong photograph."})
    page = said(client.get(address))
    assert "To be decided" in page
    assert "Wrong photograph." in page
    with acting("holt"):
        assert MatchDecision.objects.count() == 1
    assert client.get(f"{address}undo/").status_code == 404


def test_a_reader_decides_nothing(client_of, pair, acting):  # noqa: F811
    client, address = client_of("peak"), f"/people/{pair.reference}/"
    assert "Record decision" not in said(client.get(address))
    answer = client.post(address, {"says": "same", "why": "Looks it."})
    assert answer.status_code == 403
    with acting("holt"):
        assert not MatchDecision.objects.exists()


def test_a_pair_whose_one_side_hides_reads_as_absent(
    client_of, make_threat, make_member, make_offender, note  # noqa: F811
):  # fmt: skip
    threat = make_threat("leicestershire", compartments=["juniper"])
    make_member("leicestershire", threat=threat)
    make_offender()
    note()
    client = client_of("fenn")
    row = client.get("/people/").context["page"].rows[0]
    address = f"/people/{row.reference}/"
    assert "JUNIPER" in said(client.get(address))
    for username in ("holt", "soar", "dale"):
        client = client_of(username)
        assert client.get("/people/").context["page"].total == 0
        for way in (client.get, client.post):
            assert way(address).status_code == 404
            assert way(f"{address}undo/").status_code == 404


def test_a_page_stays_within_its_queries(
    client_of, make_member, make_offender, note  # noqa: F811
):  # fmt: skip
    for _ in range(4):
        make_member()
        make_offender()
    note()
    client = client_of("holt")
    client.get("/people/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/people/").context["page"].total == 16
    assert len(asked) <= 34
