"""Which page is shown to an officer who asks what an inspector would find?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold.base.bodies import REGIONS
from fourfold.inspect.answers import ORDER
from fourfold.inspect.failures import FAILURES
from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.audit import NotAllowed, looked
from fourfold_web.base.exports import TYPES, Export, exported
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.inspect import queries, services
from fourfold_web.inspect.answers_shown import shown_answer, title
from fourfold_web.inspect.asked import Question, asked
from fourfold_web.inspect.findings_shown import (
    days_from,
    inspection_page,
    shown_findings,
)
from fourfold_web.inspect.forms import KeepForm, PromiseForm
from fourfold_web.measure.figures_shown import place_name
from fourfold_web.measure.record_rows import address_of

PAGE = 100
MARKING = "OFFICIAL-SENSITIVE"


@login_required
def inspection(request: OfficerRequest) -> HttpResponse:
    """Would an inspector find this today?"""
    question = _question(request)
    shown = inspection_page(request.user, question)
    return render(request, "inspect/inspection.html", _about(question) | shown)


@login_required
def rule(request: OfficerRequest, key: str) -> HttpResponse:
    """What does a rule ask, and what is its answer for each body?"""
    if key not in FAILURES:
        raise Http404
    question = _question(request)
    found = queries.answers_for(request.user, question.region, question.as_at)
    mine = [shown_answer(a, question) for a in found if a.rule == key]
    places = queries.places_of(question.region)
    tied = queries.findings_of(request.user, places).filter(rules__contains=[key])
    shown = {
        "rule": FAILURES[key],
        "title": title(FAILURES[key]),
        "answers": mine,
        "findings": tied,
    }
    return render(request, "inspect/rule.html", _about(question) | shown)


@login_required
def rule_rows(request: OfficerRequest, key: str) -> HttpResponseBase:
    """Which rows are behind a rule's answer for one body?"""
    question = _question(request)
    found = queries.answers_for(request.user, question.region, question.as_at)
    mine = [a for a in found if (a.rule, a.body) == (key, question.body)]
    if not mine:
        raise Http404
    if request.GET.get("format") in TYPES:
        return _sent(request, f"{key}-{question.body}", mine[0].rows)
    page = Paginator(mine[0].rows, PAGE).get_page(request.GET.get("page"))
    shown = {
        "answer": shown_answer(mine[0], question),
        "page": page,
        "rows": [(row, address_of(row)) for row in page.object_list],
    }
    return render(request, "inspect/rule_rows.html", _about(question) | shown)


@login_required
def finding(request: OfficerRequest, reference: str) -> HttpResponse:
    """What did a report find, is it still true, and what was promised?"""
    seen = queries.see_finding(request.user, reference)
    question = _question(request)
    places = queries.places_of(question.region)
    found = queries.answers_for(request.user, question.region, question.as_at)
    one = shown_findings(request.user, places, found, question, only=seen)
    shown = {"one": one[0], "may_promise": request.user.may("promise")}
    return render(request, "inspect/finding.html", _about(question) | shown)


@login_required
def promise_make(request: OfficerRequest, reference: str) -> HttpResponse:
    """What will we do about this finding, and by when?"""
    seen = queries.see_finding(request.user, reference)
    require_right(request.user, "promise", request.user.body)
    form = PromiseForm(request.POST or None, officer=request.user)
    if form.is_valid():
        made = attempted(form, lambda: services.make_promise(
            actor=request.user, finding=seen, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is promised.")
            return redirect("inspect:finding", reference=reference)
    shown = {"form": form, "finding": seen, "place": place_name(seen.place)}
    return render(request, "inspect/promise_make.html", shown)


@login_required
def promise_keep(request: OfficerRequest, reference: str) -> HttpResponse:
    """Was the promise kept, and what shows it?"""
    seen = queries.see_promise(request.user, reference)
    require_right(request.user, "promise", seen.body)
    form = KeepForm(request.POST or None)
    if form.is_valid():
        made = attempted(form, lambda: services.keep_promise(
            actor=request.user, promise=seen, **form.cleaned_data
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is kept.")
            return redirect("inspect:finding", reference=seen.finding.reference)
    shown = {"form": form, "promise": seen}
    return render(request, "inspect/promise_keep.html", shown)


def _question(request: OfficerRequest) -> Question:
    return asked(request.GET, request.user.body.region_id)


def _about(question: Question) -> dict[str, Any]:
    places = queries.places_of(question.region)
    return {
        "question": question,
        "day": days_from(question.as_at),
        "regions": [(one.key, one.says) for one in REGIONS.values()],
        "bodies": [(slug, place_name(slug)) for slug in places],
        "words": [(word, word[:1].upper() + word[1:]) for word in ORDER],
        "rules": [(one.key, f"{one.key} {one.says}") for one in FAILURES.values()],
    }


def _sent(
    request: OfficerRequest, name: str, rows: tuple[str, ...]
) -> HttpResponseBase:
    if not request.user.may("export"):
        raise NotAllowed(needs="export", body=name)
    export = Export(name, name, MARKING, ["Reference"], [[row] for row in rows])
    about = f"inspection {name}?{request.GET.urlencode()}"
    return exported(export, request.GET["format"], lambda count: looked(
        request.user, "export", about, count=count
    ))  # fmt: skip
