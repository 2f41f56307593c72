"""Which page is shown that belongs to no single stage?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fourfold.base.codes import CODES
from fourfold_web.base.audit import NotAllowed, looked
from fourfold_web.base.exporting import log_export
from fourfold_web.base.list_specs import ListSpec
from fourfold_web.base.lists import list_response
from fourfold_web.base.models import Officer
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.desk import queries, search
from fourfold_web.desk.api_words import described
from fourfold_web.desk.audit_lists import LOG, LOOKS
from fourfold_web.desk.forms import PeopleSearchForm
from fourfold_web.desk.plans import shown_plans
from fourfold_web.desk.sealed import last_seal
from fourfold_web.picture.queries import see_threat


@login_required
def home(request: OfficerRequest) -> HttpResponse:
    """What needs me today?"""
    officer = request.user
    shown = {
        "overdue": queries.my_overdue(officer),
        "actions": queries.my_actions(officer),
        "to_grade": queries.to_grade(officer),
        "claims": queries.my_claims(officer),
        "graded": queries.my_graded(officer),
        "shared": queries.shared_with_me(officer),
        "deliveries": queries.deliveries_here(officer),
        "evidence": queries.evidence_to_settle(officer),
        "questions": queries.my_questions(officer),
        "searches": queries.searches_to_decide(officer),
        "to_open": queries.to_open(officer),
        "body": queries.my_body(officer),
    }
    return render(request, "desk/home.html", shown)


@login_required
def search_all(request: OfficerRequest) -> HttpResponse:
    """What do the records say under these words?"""
    typed = request.GET.get("q", "")
    words = search.searchable(typed)
    form = PeopleSearchForm(request.POST or None)
    shown = {"search_words": typed, "words": words, "form": form, "people": None}
    if words and form.is_valid():
        reason = form.cleaned_data["reason"]
        shown["people"] = search.search_people(request.user, words, reason=reason)
    elif words:
        shown["found"] = search.search(request.user, words)
    return render(request, "desk/search_all.html", shown)


@login_required
def threat_plan(request: OfficerRequest, reference: str) -> HttpResponse:
    """Will the plan work under all four Ps?"""
    threat = see_threat(request.user, reference)
    plans = shown_plans(request.user, threat)
    may = request.user.may("write", threat.body)
    shown = {"threat": threat, "plans": plans, "ps": CODES["four_p"].choices()}
    return render(request, "desk/threat_plan.html", shown | {"may_write": may})


@login_required
def log(request: OfficerRequest) -> HttpResponseBase:
    """Who changed what, when and why?"""
    if not request.user.may("audit"):
        raise NotAllowed(needs="audit", body=str(request.user.body))
    return list_response(
        request,
        LOG,
        queries.lines_of_the_log(request.user),
        template="desk/log.html",
        extra={"sealed": last_seal()},
        on_export=_audit_export,
    )


@login_required
def looks(request: OfficerRequest) -> HttpResponseBase:
    """Who looked at what, and why?"""
    return list_response(
        request,
        LOOKS,
        queries.looks_seen_by(request.user),
        template="desk/looks.html",
        extra={"auditor": request.user.may("audit")},
        on_export=_audit_export,
    )


@login_required
def api_docs(request: OfficerRequest) -> HttpResponse:
    """What can a program ask, and what does it get?"""
    return render(request, "desk/api_docs.html", described(request))


def _audit_export(request: HttpRequest, spec: ListSpec, count: int) -> None:
    officer = request.user
    if isinstance(officer, Officer) and officer.may("audit"):
        asked = request.GET.urlencode()
        looked(officer, "export", f"{spec.name}?{asked}", count=count)
        return
    log_export(request, spec, count)
