"""Which page is shown to an officer who asks what we intend?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold.base.codes import CODES
from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.covering import covered
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.log_lines import log_lines
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture.queries import see_threat, version_of
from fourfold_web.plan import queries, services
from fourfold_web.plan.facts import Column, columns_of, facts_of, state_of
from fourfold_web.plan.forms import ActionForm, FinishForm, PlanForm, ReviewForm
from fourfold_web.plan.listing import (
    PLANS,
    PRIORITIES,
    REQUIREMENTS,
    overdue_of_them,
    plan_address,
)
from fourfold_web.plan.models import Plan
from fourfold_web.plan.queries import see_action, see_plan


@login_required
def plan_list(request: OfficerRequest) -> HttpResponseBase:
    """What do we intend, and which plans would not stand an inspection?"""
    return list_response(
        request,
        PLANS,
        queries.visible_plans(request.user),
        template="plan/plan_list.html",
        aside=overdue_of_them,
        withheld=queries.withheld_plans(request.user),
        on_export=log_export,
    )


@login_required
def priority_list(request: OfficerRequest) -> HttpResponseBase:
    """What comes first, for whom, and does anybody ask about it?"""
    return list_response(
        request,
        PRIORITIES,
        queries.visible_priorities(request.user),
        template="plan/priority_list.html",
        on_export=log_export,
    )


@login_required
def requirement_list(request: OfficerRequest) -> HttpResponseBase:
    """What do we need to know, and what has come in?"""
    return list_response(
        request,
        REQUIREMENTS,
        queries.visible_requirements(request.user),
        template="plan/requirement_list.html",
        on_export=log_export,
    )


@login_required
def plan(request: OfficerRequest, reference: str) -> HttpResponse:
    """Will this work under all four Ps, and what does it lack?"""
    seen = see_plan(request.user, reference)
    columns = columns_of(queries.actions_by_p(request.user, seen))
    shown = {
        "facts": facts_of(seen),
        "gaps": queries.gaps_of(seen),
        "columns": columns,
        "lines": log_lines(queries.history_of(seen, _actions(columns))),
    }
    return render(request, "plan/plan.html", _about(request, seen) | shown)


@login_required
def plan_make(request: OfficerRequest, reference: str) -> HttpResponse:
    """Which plan is made against a threat?"""
    threat = see_threat(request.user, reference)
    require_right(request.user, "write", threat.body)
    form = PlanForm(request.POST or None, body=threat.body)
    if form.is_valid():
        made = attempted(form, lambda: services.make_plan(
            actor=request.user, threat=threat, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is made. Add its actions.")
            return redirect(plan_address(made))
    return render(request, "plan/plan_make.html", {"form": form, "threat": threat})


@login_required
def plan_change(request: OfficerRequest, reference: str) -> HttpResponse:
    """What should a plan say from now on?"""
    seen = see_plan(request.user, reference)
    require_right(request.user, "write", seen.body)
    form = PlanForm(request.POST or None, body=seen.body, plan=seen)
    version = request.POST.get("version") or version_of(seen)
    if form.is_valid():
        made = attempted(form, lambda: services.change_plan(
            actor=request.user, plan=seen, version=version, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is changed.")
            return redirect(plan_address(made))
        version = version_of(seen)
    shown = {"form": form, "version": version}
    return render(request, "plan/plan_change.html", _about(request, seen) | shown)


@login_required
def plan_review(request: OfficerRequest, reference: str) -> HttpResponse:
    """What did a review of a plan find, and when is the next?"""
    seen = see_plan(request.user, reference)
    require_right(request.user, "write", seen.body)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        made = attempted(form, lambda: services.review_plan(
            actor=request.user, plan=seen, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is reviewed.")
            return redirect(plan_address(made))
    shown = {"form": form}
    return render(request, "plan/plan_review.html", _about(request, seen) | shown)


@login_required
def action_add(request: OfficerRequest, reference: str) -> HttpResponse:
    """What more does a plan ask of somebody?"""
    seen = see_plan(request.user, reference)
    require_right(request.user, "write", seen.body)
    form = ActionForm(request.POST or None, plan=seen)
    if form.is_valid():
        made = attempted(form, lambda: services.add_action(
            actor=request.user, plan=seen, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is added.")
            return redirect(plan_address(seen))
    shown = {"form": form}
    return render(request, "plan/action_add.html", _about(request, seen) | shown)


@login_required
def action_finish(request: OfficerRequest, reference: str) -> HttpResponse:
    """How did an action of a plan end?"""
    action = see_action(request.user, reference)
    require_right(request.user, "write", action.body)
    form = FinishForm(request.POST or None)
    if form.is_valid():
        made = attempted(form, lambda: services.finish_action(
            actor=request.user, action=action, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is finished.")
            return redirect(plan_address(action.plan))
    shown = {"form": form, "action": action, "state": state_of(action)}
    about = _about(request, action.plan)
    return render(request, "plan/action_finish.html", about | shown)


def _about(request: OfficerRequest, seen: Plan) -> dict[str, Any]:
    return {
        "plan": seen,
        "marked": covered(seen, seen.threat),
        "may_write": queries.running(seen) and request.user.may("write", seen.body),
        "ps": CODES["four_p"].choices(),
    }


def _actions(columns: list[Column]) -> list[Any]:
    return [card.record for column in columns for card in column.cards]
