"""Which page is shown to an officer who asks about threats?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.log_lines import log_lines
from fourfold_web.base.models import Body
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture import queries, services
from fourfold_web.picture.facts import facts_of
from fourfold_web.picture.forms import ReasonForm, ShareForm, ThreatForm
from fourfold_web.picture.listing import THREATS, overdue_of_them, threat_address
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import see_threat


@login_required
def threat_list(request: OfficerRequest) -> HttpResponseBase:
    """What threatens us, and is each owned?"""
    return list_response(
        request,
        THREATS,
        queries.visible_threats(request.user),
        template="picture/threat_list.html",
        extra={"may_record": request.user.may("write")},
        aside=overdue_of_them,
        withheld=queries.withheld_threats(request.user),
        on_export=log_export,
    )


@login_required
def threat(request: OfficerRequest, reference: str) -> HttpResponse:
    """What is it, how bad, who owns it, what are we doing, is it working?"""
    seen = services.open_threat(actor=request.user, reference=reference)
    shown = {"facts": facts_of(seen), "gaps": queries.gaps_of(seen)}
    return render(request, "picture/threat.html", _about(request, seen) | shown)


@login_required
def threat_people(request: OfficerRequest, reference: str) -> HttpResponse:
    """Who belongs to it? Asked for with a reason, which is written down."""
    seen = see_threat(request.user, reference)
    form = ReasonForm(request.POST or None)
    members = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        members = services.open_people(actor=request.user, threat=seen, reason=reason)
    shown = {"form": form, "members": members}
    return render(request, "picture/threat_people.html", _about(request, seen) | shown)


@login_required
def threat_history(request: OfficerRequest, reference: str) -> HttpResponse:
    """Who changed what about it, when and why?"""
    seen = see_threat(request.user, reference)
    shown = {"lines": log_lines(queries.history_of([seen.reference]))}
    return render(request, "picture/threat_history.html", _about(request, seen) | shown)


@login_required
def threat_record(request: OfficerRequest) -> HttpResponse:
    """Which new threat is to be recorded, and for which body?"""
    bodies = queries.writable_bodies(request.user)
    body = _chosen(request, bodies)
    form = ThreatForm(request.POST or None, officer=request.user, body=body)
    if form.is_valid():
        made = attempted(form, lambda: services.record_threat(
            actor=request.user, body=body, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is recorded.")
            return redirect(threat_address(made))
    shown = {"form": form, "body": body, "bodies": bodies}
    return render(request, "picture/threat_record.html", shown)


@login_required
def threat_change(request: OfficerRequest, reference: str) -> HttpResponse:
    """What should a threat say from now on?"""
    seen = see_threat(request.user, reference)
    require_right(request.user, "write", seen.body)
    form = ThreatForm(
        request.POST or None, officer=request.user, body=seen.body, threat=seen
    )
    version = request.POST.get("version") or queries.version_of(seen)
    if form.is_valid():
        made = attempted(form, lambda: services.change_threat(
            actor=request.user, threat=seen, version=version, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is changed.")
            return redirect(threat_address(made))
    return render(
        request,
        "picture/threat_change.html",
        _about(request, seen) | {"form": form} | _compared(form, version, seen),
    )


@login_required
def threat_share(request: OfficerRequest, reference: str) -> HttpResponse:
    """Which other body should see a threat, and why?"""
    seen = see_threat(request.user, reference)
    require_right(request.user, "write", seen.body)
    form = ShareForm(request.POST or None, threat=seen)
    if form.is_valid():
        body = get_object_or_404(Body, slug=form.cleaned_data["body"])
        reason = form.cleaned_data["reason"]
        made = attempted(form, lambda: services.share_threat(
            actor=request.user, threat=seen, body=body, reason=reason
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{body} can now see {made.reference}.")
            return redirect(threat_address(made))
    return render(
        request, "picture/threat_share.html", _about(request, seen) | {"form": form}
    )


def _about(request: OfficerRequest, seen: Threat) -> dict[str, Any]:
    return {
        "threat": seen,
        "may_write": request.user.may("write", seen.body),
        "may_claim": request.user.may("claim"),
    }


def _chosen(request: OfficerRequest, bodies: list[Body]) -> Body:
    asked = request.GET.get("body") or request.user.body_id
    if not bodies:
        raise NotAllowed(needs="write", body=str(request.user.body))
    found = {body.slug: body for body in bodies}
    if "body" not in request.GET:
        return found.get(asked, bodies[0])
    if asked not in found:
        raise Http404
    return found[asked]


def _compared(form: ThreatForm, version: str, seen: Threat) -> dict[str, Any]:
    """After an edit from an old page: what it says now beside what was typed."""
    now = queries.version_of(seen)
    if not form.is_bound or version == now:
        return {"version": version}
    headings = ["Field", "It says now", "You typed"]
    return {
        "version": now,
        "differences": form.differences(seen),
        "differences_headings": headings,
    }
