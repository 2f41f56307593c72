"""Which page is shown to an officer who asks who does what, with what?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.log_lines import log_lines
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.task import listing, queries, services
from fourfold_web.task.facts import (
    attendance_table,
    bids_table,
    facts_of_bid,
    facts_of_meeting,
    short_teams,
)
from fourfold_web.task.forms import (
    CancelledForm,
    DecisionForm,
    HeldForm,
    MeetingForm,
)
from fourfold_web.task.listing import bid_address, meeting_address
from fourfold_web.task.queries import see_bid, see_meeting


@login_required
def meeting_list(request: OfficerRequest) -> HttpResponseBase:
    """Which meetings decide, do they take place, and who comes?"""
    return list_response(
        request,
        listing.MEETINGS,
        queries.visible_meetings(request.user),
        template="task/meeting_list.html",
        extra={"may_plan": _may_plan(request)},
        aside=listing.cancelled_of_them,
        on_export=log_export,
    )


@login_required
def meeting(request: OfficerRequest, reference: str) -> HttpResponse:
    """What must a meeting decide, and who came to it?"""
    seen = see_meeting(request.user, reference)
    right = services.right_for(seen.level)
    shown = {
        "meeting": seen,
        "facts": facts_of_meeting(seen),
        "attendance": attendance_table(queries.attendance_of(request.user, seen)),
        "bids": bids_table(queries.bids_of(request.user, seen)),
        "state": listing.shown_state(seen),
        "may_record": seen.state == "planned" and request.user.may(right, seen.body),
        "lines": log_lines(queries.history_of(seen.reference)),
    }
    return render(request, "task/meeting.html", shown)


@login_required
def meeting_plan(request: OfficerRequest) -> HttpResponse:
    """Which meeting is to be planned?"""
    if not _may_plan(request):
        require_right(request.user, "write", request.user.body)
    form = MeetingForm(request.POST or None, officer=request.user)
    if form.is_valid():
        made = attempted(form, lambda: services.plan_meeting(
            actor=request.user, body=request.user.body, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is planned.")
            return redirect(meeting_address(made))
    return render(request, "task/meeting_plan.html", {"form": form})


@login_required
def meeting_held(request: OfficerRequest, reference: str) -> HttpResponse:
    """Who came to a meeting?"""
    seen = see_meeting(request.user, reference)
    require_right(request.user, services.right_for(seen.level), seen.body)
    asked = queries.attendance_of(request.user, seen)
    sent = request.POST if request.method == "POST" else None
    form = HeldForm(sent, asked=asked)
    if form.is_valid():
        made = attempted(form, lambda: services.record_held(
            actor=request.user, meeting=seen, came=form.present()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is recorded as held.")
            return redirect(meeting_address(made))
    return render(request, "task/meeting_held.html", {"form": form, "meeting": seen})


@login_required
def meeting_cancelled(request: OfficerRequest, reference: str) -> HttpResponse:
    """Why did a meeting not take place?"""
    seen = see_meeting(request.user, reference)
    require_right(request.user, services.right_for(seen.level), seen.body)
    form = CancelledForm(request.POST or None)
    if form.is_valid():
        made = attempted(form, lambda: services.record_cancelled(
            actor=request.user, meeting=seen, why=form.cleaned_data["why"]
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is recorded as cancelled.")
            return redirect(meeting_address(made))
    shown = {"form": form, "meeting": seen}
    return render(request, "task/meeting_cancelled.html", shown)


@login_required
def bid_list(request: OfficerRequest) -> HttpResponseBase:
    """Who asks for what, and what was decided?"""
    return list_response(
        request,
        listing.BIDS,
        queries.visible_bids(request.user),
        template="task/bid_list.html",
        aside=listing.undecided_of_them,
        on_export=log_export,
    )


@login_required
def bid(request: OfficerRequest, reference: str) -> HttpResponse:
    """What is asked for, and what is decided on it?"""
    seen = see_bid(request.user, reference)
    waits = seen.decision in services.OPEN_DECISIONS
    may = waits and request.user.may("decide", seen.body)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        require_right(request.user, "decide", seen.body)
    if form.is_valid():
        made = attempted(form, lambda: services.decide_bid(
            actor=request.user, bid=seen, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            words = made.label("decision").lower()
            messages.success(request, f"{made.reference} is decided: {words}.")
            return redirect(bid_address(made))
    lines = log_lines(queries.history_of(seen.reference))
    shown = {"bid": seen, "form": form, "may_decide": may, "lines": lines}
    return render(request, "task/bid.html", shown | {"facts": facts_of_bid(seen)})


@login_required
def post_list(request: OfficerRequest) -> HttpResponseBase:
    """Which teams have the people they are meant to have?"""
    return list_response(
        request,
        listing.POSTS,
        queries.visible_posts(request.user),
        template="task/post_list.html",
        extra={"teams": short_teams(queries.teams(request.user))},
        aside=listing.vacant_of_them,
        on_export=log_export,
    )


@login_required
def agreement_list(request: OfficerRequest) -> HttpResponseBase:
    """What have bodies agreed with each other, and is it looked at again?"""
    return list_response(
        request,
        listing.AGREEMENTS,
        queries.visible_agreements(request.user),
        template="task/agreement_list.html",
        on_export=log_export,
    )


@login_required
def funding_list(request: OfficerRequest) -> HttpResponseBase:
    """Until when is the money confirmed?"""
    return list_response(
        request,
        listing.FUNDING,
        queries.visible_funding(request.user),
        template="task/funding_list.html",
        on_export=log_export,
    )


@login_required
def kit_list(request: OfficerRequest) -> HttpResponseBase:
    """What do we drive and use, and will money replace it?"""
    return list_response(
        request,
        listing.KIT,
        queries.visible_kit(request.user),
        template="task/kit_list.html",
        on_export=log_export,
    )


def _may_plan(request: OfficerRequest) -> bool:
    rights = {services.right_for(level) for level in ("regional", "force")}
    return any(request.user.may(right, request.user.body) for right in rights)
