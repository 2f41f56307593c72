"""Which page is shown to an officer who asks what we intend?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from fourfold.base.codes import CODES
from fourfold_web.base.covering import covered
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.log_lines import log_lines
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.plan import queries
from fourfold_web.plan.facts import Column, columns_of, facts_of
from fourfold_web.plan.listing import PLANS, PRIORITIES, REQUIREMENTS, overdue_of_them
from fourfold_web.plan.models import Plan
from fourfold_web.plan.queries import see_plan


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


def _about(request: OfficerRequest, seen: Plan) -> dict[str, Any]:
    return {
        "plan": seen,
        "marked": covered(seen, seen.threat),
        "may_write": queries.running(seen) and request.user.may("write", seen.body),
        "ps": CODES["four_p"].choices(),
    }


def _actions(columns: list[Column]) -> list[Any]:
    return [card.record for column in columns for card in column.cards]
