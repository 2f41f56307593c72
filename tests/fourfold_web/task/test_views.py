"""The pages about tasking and what waits: rows, empties, forms, budgets."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold_web.base.models import Body
from fourfold_web.task.models import (
    Agreement,
    Attendance,
    Bid,
    FundingLine,
    KitItem,
    Meeting,
    Post,
    QueueItem,
)
from tests.conftest import saved

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 1)
LISTS = (
    "/tasking/", "/tasking/bids/", "/tasking/posts/", "/tasking/agreements/",
    "/tasking/funding/", "/tasking/kit/", "/intelligence/", "/intelligence/sars/",
    "/intelligence/devices/", "/intelligence/applications/",
)  # fmt: skip


def said(answer):
    return answer.content.decode()


def make_post(**values):
    given = {
        "team": "SOC task force", "purpose": "soc_team", "fte": 1,
        "opened_on": date(2020, 1, 1),
    }  # fmt: skip
    return saved(Post, "nottinghamshire", **(given | values))


def make_item(**values):
    given = {"queue": "intelligence", "received_on": date(2022, 5, 1)}
    return saved(QueueItem, "leicestershire", **(given | values))


def make_meeting(**values):
    given = {
        "name": "Priorities", "level": "regional", "purpose": "priorities",
        "planned_on": TODAY, "state": "planned",
    }  # fmt: skip
    return saved(Meeting, "emsou", **(given | values))


def make_all():
    emsou, derby = (Body.objects.get(slug=s) for s in ("emsou", "derbyshire"))
    meeting = make_meeting()
    saved(Attendance, "emsou", meeting=meeting, invited=derby)
    saved(
        Bid, "emsou", bidder=derby, asked=emsou, meeting=meeting, theme="drugs",
        made_on=TODAY, asked_for="Two days of surveillance",
    )  # fmt: skip
    make_post()
    saved(
        Agreement, "emsou", title="Section 22A", kind="collaboration",
        signed_on=date(2019, 4, 1), review_due_on=date(2020, 4, 1),
    )  # fmt: skip
    saved(
        FundingLine, "emsou", line="Core", kind="core",
        confirmed_from=TODAY, confirmed_to=date(2023, 3, 31), amount=2_500_000.0,
    )  # fmt: skip
    saved(KitItem, "emsou", kind="vehicle", title="Van", bought_on=TODAY)
    for queue in ("intelligence", "sar", "device", "comms_data"):
        make_item(queue=queue)
    return meeting


@pytest.mark.parametrize("address", LISTS)
def test_each_list_shows_its_rows_and_is_a_file_too(client_of, address):
    make_all()
    client = client_of("kerr")
    assert client.get(address).context["page"].total == 1
    sheet = client.get(f"{address}?format=csv")
    lines = b"".join(sheet).decode("utf-8-sig") if sheet.streaming else said(sheet)
    assert "EM-TST-" in lines


@pytest.mark.parametrize("address", LISTS)
def test_each_empty_list_says_what_to_do(client_of, address):
    answer = client_of("dale").get(address)
    assert answer.status_code == 200
    assert "Clear a filter" in said(answer)


@pytest.mark.parametrize("address", LISTS)
def test_an_administrator_of_accounts_sees_no_row(client_of, address):
    make_all()
    assert client_of("keys").get(address).context["page"].total == 0


def test_vacant_posts_are_those_that_nobody_holds_today(client_of, officer):
    trent = officer("trent")
    make_post(title="Held", holder=trent, filled_from=date(2021, 1, 1))
    make_post(title="Never filled")
    make_post(title="Left", holder=trent, filled_to=date(2022, 5, 31))
    make_post(title="To come", holder=trent, filled_from=date(2022, 7, 1))
    make_post(title="Abolished", closed_on=date(2022, 1, 1))
    answer = client_of("forest").get("/tasking/posts/?vacant=1")
    titles = {post.title for post in answer.context["page"].rows}
    assert titles == {"Never filled", "Left", "To come"}
    assert "3 of 4 (75%)" in said(answer)


def test_the_queue_says_how_long_its_items_have_waited(client_of):
    make_item(received_on=date(2022, 5, 30))
    make_item(received_on=date(2022, 4, 1), triaged_on=date(2022, 4, 2), risk="low")
    make_item(received_on=date(2022, 1, 1), done_on=date(2022, 2, 1))
    answer = client_of("fenn").get("/intelligence/")
    row = answer.context["ages"].rows[0]
    assert row[1:] == [1, 0, 1, 0, 0, 2, 1, date(2022, 4, 1)]
    page = said(answer)
    assert "3 items, 2 of them waiting." in page
    assert "61 days waiting" in page
    assert "Finished in 31 days" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("state=waiting", 2), ("state=finished", 1), ("untriaged=1", 2), ("risk=high", 1)],
)
def test_each_filter_of_a_queue_narrows(client_of, query, count):
    make_item()
    make_item(triaged_on=TODAY, risk="high")
    make_item(done_on=date(2022, 5, 2))
    answer = client_of("fenn").get(f"/intelligence/?{query}")
    assert answer.context["page"].total == count


def test_the_oldest_that_waits_comes_first_and_the_finished_last(client_of):
    make_item(category="finished", received_on=date(2021, 1, 1), done_on=TODAY)
    make_item(category="newer", received_on=date(2022, 5, 20))
    make_item(category="older", received_on=date(2022, 5, 2))
    rows = client_of("fenn").get("/intelligence/").context["page"].rows
    assert [row.category for row in rows] == ["older", "newer", "finished"]


def test_a_meeting_is_recorded_from_its_page(client_of, acting):
    meeting = make_all()
    client = client_of("kerr")
    address = f"/tasking/meetings/{meeting.reference}/"
    assert "Two days of surveillance" in said(client.get(address))
    with acting("kerr"):
        asked = Attendance.objects.get()
    client.post(f"{address}held/", {"came": [asked.pk]})
    page = said(client.get(address))
    assert "Held" in page
    assert "recorded how a regional meeting went" in page


def test_nobody_ticked_means_that_nobody_came(client_of, acting):
    meeting = make_all()
    client_of("kerr").post(f"/tasking/meetings/{meeting.reference}/held/", {})
    with acting("kerr"):
        assert Attendance.objects.get().attended is False


def test_a_meeting_is_planned_and_cancelled_from_its_forms(client_of, acting):
    client = client_of("kerr")
    sent = {
        "name": "Tasking", "level": "regional", "purpose": "tasking",
        "planned_on_day": "1", "planned_on_month": "7", "planned_on_year": "2022",
    }  # fmt: skip
    assert "Choose who is asked." in said(client.post("/tasking/meetings/plan/", sent))
    answer = client.post(
        "/tasking/meetings/plan/", sent | {"invited": ["derbyshire", "emsou"]}
    )
    client.post(f"{answer['Location']}cancelled/", {"why": "attendance"})
    with acting("kerr"):
        assert Meeting.objects.get().state == "cancelled"


def test_a_bid_is_decided_from_its_page_and_stands(client_of, acting):
    make_all()
    with acting("kerr"):
        bid = Bid.objects.get()
    address = f"/tasking/bids/{bid.reference}/"
    sent = {"decision": "granted", "reason": "It fits."}
    assert client_of("dale").post(address, sent).status_code == 403
    client = client_of("kerr")
    assert "Record decision" in said(client.get(address))
    client.post(address, sent)
    page = said(client.get(address))
    assert "Record decision" not in page
    assert "It fits." in page


def test_a_meeting_and_a_bid_that_are_not_there_read_as_absent(client_of):
    for address in ("/tasking/meetings/EM-MTG-9/", "/tasking/bids/EM-BID-9/"):
        assert client_of("kerr").get(address).status_code == 404


def test_a_page_stays_within_its_queries_however_many_rows(client_of):
    for _ in range(5):
        make_all()
    client = client_of("kerr")
    for address in LISTS:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 18, address
