"""Which page is shown to an officer who asks what was changed by our work?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold_web.act import queries, services
from fourfold_web.act.facts import facts_of
from fourfold_web.act.forms import ClaimForm, GradeForm
from fourfold_web.act.listing import (
    DISRUPTIONS,
    WAITING_LIST,
    disruption_address,
    waiting_of_them,
)
from fourfold_web.act.models import Disruption
from fourfold_web.act.queries import see_disruption
from fourfold_web.act.timeline import timeline_of
from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.log_lines import log_lines
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import history_of, see_threat, version_of


@login_required
def disruption_list(request: OfficerRequest) -> HttpResponseBase:
    """What did our work change, under which P, and how much?"""
    return list_response(
        request,
        DISRUPTIONS,
        queries.visible_disruptions(request.user),
        template="act/disruption_list.html",
        extra={"waiting": queries.waiting_for(request.user).count()},
        aside=waiting_of_them,
        withheld=queries.withheld_disruptions(request.user),
        on_export=log_export,
    )


@login_required
def disruption_waiting(request: OfficerRequest) -> HttpResponseBase:
    """Which disruptions wait for a grade that I may give?"""
    return list_response(
        request,
        WAITING_LIST,
        queries.waiting_for(request.user),
        template="act/disruption_waiting.html",
        on_export=log_export,
    )


@login_required
def disruption(request: OfficerRequest, reference: str) -> HttpResponse:
    """What was done, what did the threat feel, and how do we know?"""
    seen = see_disruption(request.user, reference)
    shown = {"lines": log_lines(history_of([seen.reference]))}
    return render(request, "act/disruption.html", _about(request, seen) | shown)


@login_required
def disruption_claim(request: OfficerRequest, reference: str) -> HttpResponse:
    """What did we do to this threat?"""
    threat = see_threat(request.user, reference)
    require_right(request.user, "claim", request.user.body)
    form = ClaimForm(request.POST or None, officer=request.user, threat=threat)
    if form.is_valid():
        made = attempted(form, lambda: services.claim_disruption(
            actor=request.user, threat=threat, **form.said()
        ))  # fmt: skip
        if made is not None:
            said = (
                f"{made.reference} is recorded. It waits for a grade by somebody else."
            )
            messages.success(request, said)
            return redirect(disruption_address(made))
    shown = {"form": form, "threat": threat, "refused": services.cannot_carry(threat)}
    return render(request, "act/disruption_claim.html", shown)


@login_required
def disruption_change(request: OfficerRequest, reference: str) -> HttpResponse:
    """What should a claim say that nobody has graded?"""
    seen = see_disruption(request.user, reference)
    require_right(request.user, "claim", seen.body)
    services.check_ungraded(seen)
    form = ClaimForm(
        request.POST or None, officer=request.user, threat=seen.threat, disruption=seen
    )
    version = request.POST.get("version") or version_of(seen)
    if form.is_valid():
        made = attempted(form, lambda: services.change_disruption(
            actor=request.user, disruption=seen, version=version, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is changed.")
            return redirect(disruption_address(made))
        version = version_of(seen)
    shown = {"form": form, "version": version}
    return render(request, "act/disruption_change.html", _about(request, seen) | shown)


@login_required
def disruption_grade(request: OfficerRequest, reference: str) -> HttpResponse:
    """How much did the threat feel it?"""
    seen = see_disruption(request.user, reference)
    require_right(request.user, "grade", seen.body)
    services.check_ungraded(seen)
    form = GradeForm(request.POST or None)
    if form.is_valid():
        made = attempted(form, lambda: services.grade_disruption(
            actor=request.user, disruption=seen, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            words = made.label("impact").lower()
            messages.success(request, f"{made.reference} is graded: {words}.")
            return redirect("act:disruption-waiting")
    shown = {"form": form}
    return render(request, "act/disruption_grade.html", _about(request, seen) | shown)


@login_required
def threat_results(request: OfficerRequest, reference: str) -> HttpResponse:
    """What has been done to this threat, under each P?"""
    threat = see_threat(request.user, reference)
    found = list(queries.disruptions_of(request.user, threat))
    shown = {"disruptions": found, "by_p": queries.by_p(found)}
    return render(request, "act/threat_results.html", _of(request, threat) | shown)


@login_required
def threat_timeline(request: OfficerRequest, reference: str) -> HttpResponse:
    """What happened to this threat, and when?"""
    threat = see_threat(request.user, reference)
    shown = {"items": timeline_of(request.user, threat)}
    return render(request, "act/threat_timeline.html", _of(request, threat) | shown)


def _about(request: OfficerRequest, seen: Disruption) -> dict[str, Any]:
    waits = not seen.is_graded()
    own = request.user.pk in (seen.claimant_id, seen.made_by_id)
    return {
        "disruption": seen,
        "facts": facts_of(seen),
        "may_change": waits and request.user.may("claim", seen.body),
        "may_grade": waits and not own and request.user.may("grade", seen.body),
    }


def _of(request: OfficerRequest, threat: Threat) -> dict[str, Any]:
    return {"threat": threat, "may_claim": request.user.may("claim")}
