"""The pages about plans: what they say, what each filter leaves, what a form does."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.plan.gaps import plan_rules
from fourfold_web.plan.models import (
    IntelligenceRequirement,
    Plan,
    PlanAction,
    Priority,
)
from fourfold_web.plan.queries import gaps_of, visible_plans
from tests.conftest import saved

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 1)


def said(answer):
    return answer.content.decode()


@pytest.fixture
def make_plan(make_threat):
    def make(body="derbyshire", **values):
        threat = values.pop("threat", None) or make_threat(body)
        given = {"made_on": date(2022, 1, 4), "level": "force", "title": "Alder plan"}
        return saved(Plan, body, threat=threat, **(given | values))

    return make


def make_action(plan, **values):
    given = {"plan": plan, "p": "pursue", "text": "Arrest two.", "set_on": TODAY}
    return saved(PlanAction, plan.body_id, **(given | values))


def test_an_empty_list_says_what_to_do(client_of):
    for address in ("/plans/", "/plans/priorities/", "/plans/requirements/"):
        answer = client_of("dale").get(address)
        assert answer.status_code == 200
        assert "matches." in said(answer)


def test_the_page_shows_four_columns_and_what_the_plan_lacks(client_of, make_plan):
    plan = make_plan()
    make_action(plan, due_on=date(2022, 5, 1))
    page = said(client_of("dale").get(f"/plans/{plan.reference}/"))
    for p in ("Pursue", "Prevent", "Protect", "Prepare"):
        assert p in page
    assert "Overdue since 1 May 2022" in page
    assert "It has no action under prevent." in page
    assert "Nobody owns it" in page


def test_the_filter_by_gap_leaves_just_the_plans_whose_page_says_it(
    officer, acting, make_plan, make_threat
):
    dale, holt = officer("dale"), officer("holt")
    type(dale).objects.filter(pk=dale.pk).update(unit="Team 1")
    led = make_threat("derbyshire", lro=dale)
    one_team = make_plan(threat=led, author=dale, owner=dale, review_due_on=TODAY)
    for p in ("pursue", "prevent", "protect", "prepare"):
        make_action(one_team, p=p, owner=dale)
    whole = make_plan(
        threat=led, author=dale, owner=dale, review_due_on=date(2022, 7, 1),
        finance_lead=holt, safeguarding_lead=holt,
    )  # fmt: skip
    for p in ("pursue", "prevent", "protect", "prepare"):
        make_action(whole, p=p, partner="Trading Standards")
    late = make_plan(review_due_on=date(2022, 5, 1))
    make_action(late, due_on=date(2022, 5, 1))
    make_action(late, dropped_on=date(2022, 5, 1), p="prevent")
    make_plan(closed_on=date(2022, 5, 1))
    from fourfold_web.plan.queries import lacking

    with acting("dale"):
        plans = list(visible_plans(dale))
        assert {gap.key for gap in gaps_of(plans[0])} == {
            "no_finance_lead", "no_safeguarding_lead", "owners_in_one_team"
        }  # fmt: skip
        assert gaps_of(plans[1]) == []
        for rule in plan_rules(TODAY):
            said_so = {p.pk for p in plans if rule.key in {g.key for g in gaps_of(p)}}
            left = set(visible_plans(dale).filter(lacking(rule)).values_list("pk"))
            assert {pk for (pk,) in left} == said_so, rule.key
        assert any("review_overdue" in {g.key for g in gaps_of(p)} for p in plans)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Late", "Whole"}),
        ("overdue=1", {"Late"}),
        ("lacks=no_author", {"Late", "Whole"}),
        ("lacks=review_overdue", {"Late"}),
        ("q=whole", {"Whole"}),
        ("body=emsou", set()),
    ],
)
def test_each_filter_of_the_list_narrows(client_of, make_plan, query, shown):
    make_plan(title="Late", review_due_on=date(2022, 5, 1))
    make_plan(title="Whole", review_due_on=date(2022, 7, 1))
    answer = client_of("dale").get(f"/plans/?sort=reference&{query}")
    assert {row.title for row in answer.context["page"].rows} == shown


def test_a_plan_is_made_worked_and_reviewed_from_its_pages(
    client_of, make_threat, acting
):
    threat = make_threat("derbyshire")
    client = client_of("dale")
    answer = client.post(
        f"/plans/against/{threat.reference}/", {"title": "Alder", "level": "force"}
    )
    with acting("dale"):
        plan = Plan.objects.get()
    assert answer["Location"] == f"/plans/{plan.reference}/"
    client.post(
        f"/plans/{plan.reference}/action/", {"p": "protect", "text": "Warn shops."}
    )
    with acting("dale"):
        action = PlanAction.objects.get()
    client.post(f"/plans/actions/{action.reference}/", {"how": "done"})
    client.post(
        f"/plans/{plan.reference}/review/",
        {
            "found": "It works.", "review_due_on_day": "1",
            "review_due_on_month": "7", "review_due_on_year": "2022",
        },
    )  # fmt: skip
    page = said(client.get(f"/plans/{plan.reference}/"))
    assert "Done 1 June 2022" in page
    assert "It works." in page
    assert "1 July 2022" in page


def test_a_reader_sees_no_buttons_and_may_send_nothing(client_of, make_plan, acting):
    plan = make_plan()
    client = client_of("peak")
    assert "Add an action" not in said(client.get(f"/plans/{plan.reference}/"))
    sent = {"p": "protect", "text": "Warn shops."}
    answer = client.post(f"/plans/{plan.reference}/action/", sent)
    assert answer.status_code == 403
    with acting("dale"):
        assert not PlanAction.objects.exists()


def test_a_plan_against_a_walled_threat_reads_as_absent(
    client_of, make_plan, make_threat
):
    threat = make_threat("leicestershire", compartments=["juniper"])
    plan = make_plan("leicestershire", threat=threat)
    assert client_of("fenn").get(f"/plans/{plan.reference}/").status_code == 200
    assert "JUNIPER" in said(client_of("fenn").get(f"/plans/{plan.reference}/"))
    assert client_of("soar").get(f"/plans/{plan.reference}/").status_code == 404


def test_priorities_say_how_many_requirements_are_answered(client_of):
    first = saved(
        Priority, "derbyshire", strategy="2022", dated_on=TODAY, rank=1, theme="drugs"
    )  # fmt: skip
    for submitted_on in (None, TODAY):
        saved(
            IntelligenceRequirement, "derbyshire", priority=first, theme="drugs",
            asks="Who supplies?", opened_on=TODAY, submitted_on=submitted_on,
        )  # fmt: skip
    answer = client_of("dale").get("/plans/priorities/?sort=rank")
    row = answer.context["page"].rows[0]
    assert (row.asked, row.answered) == (2, 1)
    answer = client_of("dale").get("/plans/requirements/?unanswered=1")
    assert len(answer.context["page"].rows) == 1


@pytest.mark.parametrize("rows", [1, 9])
def test_the_number_of_queries_does_not_grow_with_the_rows(client_of, make_plan, rows):
    plans = [make_plan() for _ in range(rows)]
    for plan in plans:
        make_action(plan)
    client = client_of("dale")
    for address, most in (("/plans/?sort=reference", 32), ("/plans/{}/", 18)):
        address = address.format(plans[0].reference)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= most, address
