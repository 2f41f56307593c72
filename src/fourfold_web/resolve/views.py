"""Which page is shown to an officer who asks who is who?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.audit import looked
from fourfold_web.base.covering import marking_over
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.log_lines import log_lines
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.resolve import queries, services
from fourfold_web.resolve.facts import compared
from fourfold_web.resolve.forms import DecisionForm, UndoForm
from fourfold_web.resolve.listing import (
    PAIRS,
    decided_words,
    pair_address,
    undecided_of_them,
)
from fourfold_web.resolve.models import MatchPair
from fourfold_web.resolve.queries import see_pair


@login_required
def pair_list(request: OfficerRequest) -> HttpResponseBase:
    """Which records of different bodies may be about one person?"""
    return list_response(
        request,
        PAIRS,
        queries.visible_pairs(request.user),
        template="resolve/pair_list.html",
        aside=undecided_of_them,
        withheld=queries.withheld_pairs(request.user),
        on_export=log_export,
    )


@login_required
def pair(request: OfficerRequest, reference: str) -> HttpResponse:
    """Are these the same? Opening the two records is written down."""
    seen = see_pair(request.user, reference)
    stands = queries.standing(request.user, seen)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and not services.may_decide(request.user, seen):
        require_right(request.user, "write", seen.left.body)
    if form.is_valid():
        made = attempted(form, lambda: services.decide_match(
            actor=request.user, pair=seen, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            words = made.get_says_display().lower()
            messages.success(request, f"{seen.reference} is decided: {words}.")
            return redirect(pair_address(seen))
    _look(request, seen)
    shown = {
        "form": form,
        "may_decide": stands is None and services.may_decide(request.user, seen),
        "may_undo": stands is not None and request.user.may("write", stands.body),
        "stands": stands,
        "lines": log_lines(queries.lines_of(seen)),
    }
    return render(request, "resolve/pair.html", _about(seen) | shown)


@login_required
def pair_undo(request: OfficerRequest, reference: str) -> HttpResponse:
    """Why is a decision about a pair taken back?"""
    seen = see_pair(request.user, reference)
    stands = queries.standing(request.user, seen)
    if stands is None:
        raise Http404
    require_right(request.user, "write", stands.body)
    form = UndoForm(request.POST or None)
    if form.is_valid():
        made = attempted(form, lambda: services.undo_match(
            actor=request.user, decision=stands, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            said = f"The decision about {seen.reference} is taken back."
            messages.success(request, said)
            return redirect(pair_address(seen))
    shown = {"form": form, "stands": stands}
    return render(request, "resolve/pair_undo.html", _about(seen) | shown)


def _look(request: OfficerRequest, seen: MatchPair) -> None:
    about = f"{seen.left.reference} and {seen.right.reference} ({seen.reference})"
    looked(request.user, "record", about, reason="Review of a pair", count=2)


def _about(seen: MatchPair) -> dict[str, Any]:
    return {
        "pair": seen,
        "marking": marking_over(seen.hangs_on()),
        "rows": compared(seen),
        "headings": ["", seen.left.reference, seen.right.reference, "Compared"],
        "state": decided_words(getattr(seen, "decided", None)),
    }
