"""Which page is shown to an officer who asks how bad a threat is?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold.assess.scoring import method_on
from fourfold_web.assess import queries, services
from fourfold_web.assess.facts import HEADINGS, shown
from fourfold_web.assess.forms import AssessmentForm, ModerationForm
from fourfold_web.assess.listing import (
    ASSESSMENTS,
    DUE,
    assessment_address,
    waiting_of_them,
)
from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.clock import today
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.log_lines import log_lines
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import see_threat


@login_required
def assessment_list(request: OfficerRequest) -> HttpResponseBase:
    """Which assessments await moderation, and what was made of the rest?"""
    return list_response(
        request,
        ASSESSMENTS,
        queries.visible_assessments(request.user),
        template="assess/assessment_list.html",
        aside=waiting_of_them,
        withheld=queries.withheld_assessments(request.user),
        on_export=log_export,
    )


@login_required
def assessment_due(request: OfficerRequest) -> HttpResponseBase:
    """Which threats should have been assessed by now?"""
    return list_response(
        request,
        DUE,
        queries.due(request.user),
        template="assess/assessment_due.html",
        on_export=log_export,
    )


@login_required
def threat_assessment(request: OfficerRequest, reference: str) -> HttpResponse:
    """Why does a threat have its score?"""
    threat = see_threat(request.user, reference)
    found = queries.assessments_of(request.user, threat)
    pairs = zip(found, [*found[1:], None], strict=False)
    more = {
        "shown": [shown(one, before) for one, before in pairs],
        "headings": HEADINGS,
        "lines": log_lines(queries.lines_of(found)),
        "may_moderate": _may_moderate(request, found),
    }
    about = _about(request, threat)
    return render(request, "assess/threat_assessment.html", about | more)


@login_required
def threat_assess(request: OfficerRequest, reference: str) -> HttpResponse:
    """How bad is a threat, by each criterion?"""
    threat = see_threat(request.user, reference)
    require_right(request.user, "write", threat.body)
    last = next(iter(queries.assessments_of(request.user, threat)), None)
    form = AssessmentForm(request.POST or None, last=last)
    if form.is_valid():
        made = attempted(form, lambda: services.assess_threat(
            actor=request.user, threat=threat, **form.said()
        ))  # fmt: skip
        if made is not None:
            said = f"{made.reference} waits for moderation by somebody else."
            messages.success(request, said)
            return redirect(assessment_address(threat))
    about = _about(request, threat)
    return render(request, "assess/threat_assess.html", about | {"form": form})


@login_required
def assessment_moderate(request: OfficerRequest, reference: str) -> HttpResponse:
    """Does a moderator agree with the assessment that waits?"""
    threat = see_threat(request.user, reference)
    require_right(request.user, "moderate", threat.body)
    waits = queries.waiting_of(request.user, threat)
    if waits is None:
        raise services.NoneWaits(reference=threat.reference)
    form = ModerationForm(request.POST or None)
    if form.is_valid():
        made = attempted(form, lambda: services.moderate(
            actor=request.user, assessment=waits, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            words = made.state_words().lower()
            messages.success(request, f"{made.reference} is {words}.")
            return redirect(assessment_address(threat))
    more = {"form": form, "one": shown(waits, None), "headings": HEADINGS}
    about = _about(request, threat)
    return render(request, "assess/assessment_moderate.html", about | more)


def _about(request: OfficerRequest, threat: Threat) -> dict[str, Any]:
    return {
        "threat": threat,
        "method": method_on(today()),
        "may_assess": threat.is_live(today())
        and request.user.may("write", threat.body),
    }


def _may_moderate(request: OfficerRequest, found: list[Any]) -> bool:
    return any(
        one.state == "submitted"
        and one.assessor_id != request.user.pk
        and request.user.may("moderate", one.body)
        for one in found
    )
