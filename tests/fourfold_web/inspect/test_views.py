"""The page that sets published findings beside the records, and its promises."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold_web.base.models import Look
from fourfold_web.inspect.models import Promise

pytestmark = pytest.mark.django_db

PROMISE = {
    "text": "Six inspectors will take over half of the threats.",
    "due_on_day": "30",
    "due_on_month": "6",
    "due_on_year": "2022",
}
KEPT = {
    "done_on_day": "1",
    "done_on_month": "6",
    "done_on_year": "2022",
    "evidence": "Minutes of the tasking meeting of 1 June.",
}


def said(answer):
    return answer.content.decode()


def asked(client, query=""):
    return client.get(f"/inspection/?{query}")


def shown(answer):
    """Which findings stand on the page, measured or not?"""
    chapters = [
        one for chapter in answer.context["chapters"] for one in chapter.findings
    ]
    return [one.finding for one in (*chapters, *answer.context["unmeasured"])]


def answered(answer, reference):
    chapters = [
        one for chapter in answer.context["chapters"] for one in chapter.findings
    ]
    found = next(one for one in chapters if one.finding.reference == reference)
    return {one.answer.rule: one for one in found.answers}


def test_a_published_finding_stands_beside_todays_answer(
    client_of, crowded, wider_group
):
    page = asked(client_of("quill"))
    answer = answered(page, wider_group.reference)["T06"]
    assert answer.answer.answer == "still true"
    assert set(answer.answer.rows) == {one.reference for one in crowded}
    assert answer.rows_words == "12 rows speak against it"
    assert answer.part.figure == "12 threats an officer (12 / 1)"
    assert answer.part.limits.startswith("amber above ")
    text = said(page)
    assert "Lincolnshire: graded requires improvement" in text
    assert f"#line-{wider_group.line}" in text
    assert "no inspectorate has published one" in text


def test_without_a_report_the_page_says_what_to_do(client_of, crowded):
    page = said(asked(client_of("quill")))
    assert "File one and its findings stand here." in page
    assert "Every rule, body by body" in page


def test_praise_and_history_are_not_asked_about(client_of, filed):
    kinds = {one.kind for one in shown(asked(client_of("quill")))}
    assert "area for improvement" in kinds
    assert not kinds & {"innovative practice", "promising practice", "history"}


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("body=lincolnshire", lambda one: one.place == "lincolnshire"),
        ("rule=T06", lambda one: "T06" in one.rules),
        ("body=derbyshire&rule=T06", lambda one: one.place == "derbyshire"),
    ],
)
def test_a_filter_leaves_only_what_it_asks_for(client_of, filed, query, kept):
    client = client_of("quill")
    everything, left = shown(asked(client)), shown(asked(client, query))
    assert left
    assert len(left) < len(everything)
    assert all(kept(one) for one in left)


def test_the_answer_filter_leaves_findings_with_that_answer(
    client_of, crowded, wider_group
):
    client = client_of("quill")
    true = [one.reference for one in shown(asked(client, "answer=still+true"))]
    gone = [one.reference for one in shown(asked(client, "answer=no+longer"))]
    assert wider_group.reference in true
    assert wider_group.reference not in gone


def test_what_the_address_gets_wrong_is_named_and_left_out(client_of, filed):
    page = asked(client_of("quill"), "rule=Z99&body=nowhere&as_at=31/2/2022")
    assert page.status_code == 200
    assert len(page.context["question"].faults) == 3
    assert "Z99" in said(page)


def test_an_answer_follows_the_records_at_once(
    client_of, crowded, make_threat, officer
):
    client = client_of("quill")
    address = "/inspection/rules/T06/rows/?body=lincolnshire"
    assert client.get(address).context["page"].paginator.count == 12
    make_threat("lincolnshire", name="Group Elm 13", lro=officer("wold"))
    assert client.get(address).context["page"].paginator.count == 13


def test_the_answers_are_those_of_the_day_asked_about(client_of, crowded, wider_group):
    page = asked(client_of("quill"), "as_at=1/1/2020")
    answer = answered(page, wider_group.reference)["T06"]
    assert answer.answer.answer == "cannot tell"
    assert "on 1 January 2020" in said(page)


def test_a_row_is_hidden_even_from_who_asks_after_one_who_sees_it(
    client_of, crowded, make_threat, officer
):
    hidden = make_threat(
        "lincolnshire",
        lro=officer("wold"),
        classification="official_sensitive",
        compartments=["juniper"],
    )
    address = "/inspection/rules/T06/rows/?body=lincolnshire"
    sees = said(client_of("ash").get(address))
    for username in ("quill", "dale", "wold", "quill"):
        page = client_of(username).get(address)
        assert hidden.reference not in said(page), username
        assert page.context["page"].paginator.count == 12, username
        overview = said(asked(client_of(username), "body=lincolnshire"))
        assert "13 rows" not in overview
    assert hidden.reference in sees


def test_a_rule_is_explained_with_its_answers(client_of, crowded, wider_group):
    page = client_of("quill").get("/inspection/rules/T06/")
    text = said(page)
    answers = {one.answer.body: one.answer.answer for one in page.context["answers"]}
    assert answers["lincolnshire"] == "still true"
    assert page.context["rule"].source in text.replace("&#x27;", "'")
    assert wider_group.reference in text


@pytest.mark.parametrize(
    "address", ["/inspection/rules/Z99/", "/inspection/rules/T06/rows/?body=kent",
                "/inspection/rules/T06/rows/", "/inspection/findings/EM-FND-9999/",
                "/inspection/promises/EM-PRO-9999/keep/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client_of, filed, address):
    assert client_of("quill").get(address).status_code == 404


def test_rows_leave_as_a_file_that_is_written_down(client_of, crowded, acting):
    address = "/inspection/rules/T06/rows/?body=lincolnshire&format=csv"
    answer = client_of("quill").get(address)
    text = b"".join(answer).decode("utf-8-sig")
    assert text.splitlines()[0] == "OFFICIAL-SENSITIVE"
    assert {one.reference for one in crowded} < set(text.split())
    with acting("quill"):
        look = Look.objects.get(kind="export")
    assert (look.count, look.officer.username) == (12, "quill")


def test_who_may_not_export_gets_no_file(client_of, crowded):
    address = "/inspection/rules/T06/rows/?body=lincolnshire"
    client = client_of("ash")
    assert client.get(address).status_code == 200
    assert client.get(f"{address}&format=csv").status_code == 403


def test_a_promise_is_made_falls_overdue_and_is_kept(
    client_of, crowded, wider_group, acting, settings, officer
):
    quill = client_of("quill")
    address = f"/inspection/findings/{wider_group.reference}/"
    sent = PROMISE | {"owner": officer("quill").pk}
    assert quill.post(f"{address}promise/", sent)["Location"] == address
    with acting("quill"):
        promise = Promise.objects.get()
    assert "Six inspectors" in said(quill.get(address))
    assert not shown(asked(quill, "overdue=1"))

    settings.FOURFOLD_TODAY = date(2022, 7, 10)
    late = asked(quill, "overdue=1")
    assert [one.reference for one in shown(late)] == [wider_group.reference]
    assert "Overdue by 10 days" in said(late)
    assert "1 promise, 1 overdue." in said(late)

    kept = quill.post(f"/inspection/promises/{promise.reference}/keep/", KEPT)
    assert kept["Location"] == address
    page = said(quill.get(address))
    assert "Kept on 1 June 2022" in page
    assert "Minutes of the tasking meeting" in page
    assert not shown(asked(quill, "overdue=1"))


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"text": ""}, "Enter what will be done"),
        ({"owner": ""}, "Choose who will do it"),
        ({"due_on_year": "2021"}, "has passed"),
        ({"due_on_day": "31"}, "must be a real date"),
    ],
)
def test_a_promise_that_is_refused_leaves_no_trace(
    client_of, wider_group, acting, officer, wrong, fault
):
    sent = PROMISE | {"owner": officer("quill").pk} | wrong
    address = f"/inspection/findings/{wider_group.reference}/promise/"
    answer = client_of("quill").post(address, sent)
    assert answer.status_code == 200
    assert fault in said(answer)
    with acting("quill"):
        assert not Promise.objects.exists()


def test_a_promise_is_not_kept_on_a_word_alone(client_of, wider_group, acting, officer):
    client = client_of("quill")
    sent = PROMISE | {"owner": officer("quill").pk}
    client.post(f"/inspection/findings/{wider_group.reference}/promise/", sent)
    with acting("quill"):
        promise = Promise.objects.get()
    address = f"/inspection/promises/{promise.reference}/keep/"
    assert "Enter evidence" in said(client.post(address, KEPT | {"evidence": " "}))
    with acting("quill"):
        assert Promise.objects.get().done_on is None


def test_only_who_may_promise_is_asked_to(client_of, wider_group):
    address = f"/inspection/findings/{wider_group.reference}/"
    assert "Make a promise" in said(client_of("quill").get(address))
    dale = client_of("dale")
    assert "Make a promise" not in said(dale.get(address))
    assert dale.get(f"{address}promise/").status_code == 403
    assert dale.post(f"{address}promise/", PROMISE).status_code == 403


def test_who_reads_nothing_is_shown_nothing(client_of, crowded, wider_group):
    keys = client_of("keys")
    page = asked(keys)
    assert not shown(page)
    assert all(
        cell is None or not cell.answer.rows
        for row in page.context["grid"]
        for cell in row.cells
    )
    address = f"/inspection/findings/{wider_group.reference}/"
    assert keys.get(address).status_code == 404


BUDGETS = {
    "/inspection/": 40,
    "/inspection/?body=lincolnshire": 20,
    "/inspection/rules/T06/": 20,
    "/inspection/rules/T06/rows/?body=lincolnshire": 16,
    "/inspection/findings/{finding}/": 20,
    "/inspection/reports/?sort=title": 18,
    "/inspection/reports/{report}/": 18,
    "/inspection/reports/{report}/text/": 14,
}


def test_each_page_stays_within_its_queries(client_of, crowded, filed, wider_group):
    client = client_of("quill")
    for page, budget in BUDGETS.items():
        address = page.format(finding=wider_group.reference, report=filed.reference)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        made = "\n".join(query["sql"][:120] for query in queries.captured_queries)
        assert len(queries) <= budget, f"{address}: {len(queries)} queries\n{made}"
