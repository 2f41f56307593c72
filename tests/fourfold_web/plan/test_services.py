"""Making, changing and reviewing plans; adding and finishing actions."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from fourfold.base.errors import UnknownCode
from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.models import Entry
from fourfold_web.picture.queries import version_of
from fourfold_web.picture.services import ChangedMeanwhile, NothingChanged
from fourfold_web.plan.models import Plan, PlanAction
from fourfold_web.plan.services import (
    ActionFinished,
    NextReviewPast,
    PlanEnded,
    add_action,
    change_plan,
    finish_action,
    make_plan,
    review_plan,
)
from tests.conftest import saved

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 1)
PLAN = {"title": "Alder under four Ps", "level": "force"}
ACTION = {"p": "prevent", "text": "Talk to three schools."}


@pytest.fixture
def threat(make_threat):
    return make_threat("derbyshire")


@pytest.fixture
def plan(threat, acting, officer):
    with acting("dale"):
        return make_plan(actor=officer("dale"), threat=threat, **PLAN)


@pytest.fixture
def action(plan, acting, officer):
    with acting("dale"):
        return add_action(actor=officer("dale"), plan=plan, **ACTION)


def test_a_plan_names_its_author_bears_the_threats_marking_and_leaves_one_line(
    make_threat, acting, officer
):
    fenn = officer("fenn")
    threat = make_threat(
        "leicestershire",
        classification="official_sensitive",
        compartments=["juniper"],
    )
    with acting("fenn"):
        made = make_plan(actor=fenn, threat=threat, **PLAN)
        line = Entry.objects.get(event="plan.made")
    assert (made.author, made.made_on) == (fenn, TODAY)
    assert made.compartments == ["juniper"]
    assert (line.classification, line.compartments) == (
        "official_sensitive",
        ["juniper"],
    )


def test_a_line_about_a_plan_hides_behind_its_threats_compartment(
    make_threat, acting, officer
):
    threat = make_threat("leicestershire", compartments=["juniper"])
    plan = saved(
        Plan, "leicestershire", threat=threat, made_on=TODAY, level="force"
    )  # fmt: skip
    with acting("fenn"):
        add_action(actor=officer("fenn"), plan=plan, **ACTION)
        line = Entry.objects.get(event="action.added")
    assert plan.compartments == []
    assert line.compartments == ["juniper"]


@pytest.mark.parametrize("username", ["peak", "wold", "ledger", "kerr"])
def test_who_may_not_write_for_the_body_makes_no_plan(
    threat, acting, officer, username
):
    with acting(username), pytest.raises(NotAllowed):
        make_plan(actor=officer(username), threat=threat, **PLAN)


def test_a_level_outside_the_list_is_refused(threat, acting, officer):
    with acting("dale"), pytest.raises(ValidationError):
        make_plan(actor=officer("dale"), threat=threat, **(PLAN | {"level": "world"}))


def test_naming_a_financial_investigator_dates_it(plan, acting, officer):
    dale = officer("dale")
    with acting("dale"):
        made = change_plan(
            actor=dale, plan=plan, version=version_of(plan), finance_lead=dale
        )
    assert made.finance_lead_on == TODAY


def test_a_change_from_an_old_page_is_refused(plan, acting, officer):
    dale, version = officer("dale"), version_of(plan)
    with acting("dale"):
        change_plan(actor=dale, plan=plan, version=version, title="Another")
        with pytest.raises(ChangedMeanwhile):
            change_plan(actor=dale, plan=plan, version=version, title="A third")


def test_a_change_that_changes_nothing_is_refused(plan, acting, officer):
    with acting("dale"), pytest.raises(NothingChanged):
        change_plan(actor=officer("dale"), plan=plan, version=version_of(plan), **PLAN)


def test_a_review_dates_itself_and_sets_the_next(plan, acting, officer):
    with acting("dale"):
        made = review_plan(
            actor=officer("dale"),
            plan=plan,
            review_due_on=date(2022, 7, 1),
            found="On course.",
        )
        assert Entry.objects.get(event="plan.reviewed").reason == "On course."
    assert (made.reviewed_on, made.review_due_on) == (TODAY, date(2022, 7, 1))


def test_the_next_review_lies_ahead(plan, acting, officer):
    with acting("dale"), pytest.raises(NextReviewPast):
        review_plan(
            actor=officer("dale"), plan=plan, review_due_on=TODAY, found="On course."
        )


def test_an_action_is_set_today_under_one_of_the_four_ps(plan, acting, officer):
    dale = officer("dale")
    with acting("dale"):
        made = add_action(actor=dale, plan=plan, **ACTION)
        assert (made.set_on, made.p) == (TODAY, "prevent")
        with pytest.raises(UnknownCode):
            add_action(actor=dale, plan=plan, **(ACTION | {"p": "punish"}))
        with pytest.raises(ValidationError):
            add_action(actor=dale, plan=plan, **ACTION, due_on=date(2022, 5, 31))


@pytest.mark.parametrize(
    ("how", "field"), [("done", "done_on"), ("dropped", "dropped_on")]
)
def test_an_action_is_finished_once(action, acting, officer, how, field):
    dale = officer("dale")
    with acting("dale"):
        made = finish_action(actor=dale, action=action, how=how)
        assert getattr(made, field) == TODAY
        with pytest.raises(ActionFinished):
            finish_action(actor=dale, action=action, how="done")


def test_another_force_finishes_no_action_of_ours(action, acting, officer):
    with acting("wold"), pytest.raises(NotAllowed):
        finish_action(actor=officer("wold"), action=action, how="done")
    with acting("dale"):
        assert PlanAction.objects.get().done_on is None


def test_a_plan_that_ended_takes_no_action(plan, acting, officer):
    dale = officer("dale")
    with acting("dale"):
        change_plan(actor=dale, plan=plan, version=version_of(plan), closed_on=TODAY)
        with pytest.raises(PlanEnded):
            add_action(actor=dale, plan=plan, **ACTION)
