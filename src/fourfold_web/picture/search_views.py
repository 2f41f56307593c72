"""Which page is shown to an officer who would search plate reads in bulk?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.audit import looked
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture.runs import bulk_search as searches
from fourfold_web.picture.runs import listing, queries
from fourfold_web.picture.runs.search_forms import DecisionForm, SearchForm

RIGHT = "analyse"


@login_required
def bulk_search_list(request: OfficerRequest) -> HttpResponseBase:
    """Which searches of plate reads in bulk were asked for, and which approved?"""
    return list_response(
        request,
        listing.SEARCHES,
        queries.visible_searches(request.user),
        template="picture/bulk_search_list.html",
        extra={"may_ask": request.user.may(RIGHT)},
        on_export=log_export,
    )


@login_required
def bulk_search_ask(request: OfficerRequest) -> HttpResponse:
    """For which purpose, and why so wide?"""
    require_right(request.user, RIGHT, request.user.body)
    form = SearchForm(request.POST or None, officer=request.user)
    if form.is_valid():
        made = attempted(form, lambda: searches.ask_to_search(
            actor=request.user, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} waits for a decision.")
            return redirect(listing.search_address(made))
    return render(request, "picture/bulk_search_ask.html", {"form": form})


@login_required
def bulk_search(request: OfficerRequest, reference: str) -> HttpResponse:
    """Is the search lawful, needed and no wider than it must be?"""
    seen = queries.see_search(request.user, reference)
    looked(request.user, "record", seen.reference)
    may_decide = searches.may_decide(request.user, seen)
    form = DecisionForm(request.POST or None) if may_decide else None
    if request.method == "POST" and form is None:
        searches.check_may_decide(request.user, seen)
    if form is not None and form.is_valid():
        made = attempted(form, lambda: searches.decide_search(
            actor=request.user, search=seen, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference}: {made.says.lower()}.")
            return redirect(listing.search_address(made))
    shown = {
        "search": seen,
        "state": listing.search_state(seen),
        "facts": searches.facts(seen),
        "form": form,
        "runs": [
            (run, listing.state_of(run))
            for run in queries.visible_runs(request.user).filter(under=seen)
        ],
    }
    return render(request, "picture/bulk_search.html", shown)
