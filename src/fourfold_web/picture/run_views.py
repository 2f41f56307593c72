"""Which page is shown to an officer who asks a question of evidence?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from fourfold.base.analysis import Analysis
from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.audit import NotAllowed, looked
from fourfold_web.base.exporting import log_export
from fourfold_web.base.exports import TYPES, Export, exported
from fourfold_web.base.lists import list_response
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.intake.evidence.queries import see_file
from fourfold_web.picture.runs import (
    listing,
    queries,
    results,
    run_page,
    services,
    tables,
)
from fourfold_web.picture.runs.catalogue import catalogue
from fourfold_web.picture.runs.forms import AskForm, KeepForm
from fourfold_web.picture.runs.models import EvidenceRun
from fourfold_web.picture.runs.parameters import initial_of, typed

RIGHT = "analyse"
PAPER = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
STEERS = {"pause": services.pause, "resume": services.resume, "stop": services.stop}


@login_required
def analysis_list(request: OfficerRequest) -> HttpResponseBase:
    """Which questions can be asked of evidence, and what became of those asked?"""
    return list_response(
        request,
        listing.RUNS,
        queries.visible_runs(request.user),
        template="picture/analysis_list.html",
        extra={"areas": run_page.areas(), "may_ask": request.user.may(RIGHT)},
        on_export=log_export,
    )


@login_required
def analysis_new(request: OfficerRequest, key: str) -> HttpResponse:
    """Of which files is the question asked, with what set, and why?"""
    analysis = catalogue().get(key)
    if analysis is None:
        raise Http404
    require_right(request.user, RIGHT, request.user.body)
    files = queries.files_for(request.user, analysis)
    form = AskForm(
        request.POST or None,
        initial=_first(request, analysis),
        analysis=analysis,
        files=files,
        officer=request.user,
    )
    if form.is_valid() and (made := _asked(request, form)) is not None:
        return redirect(listing.run_address(made))
    shown = {"form": form, "analysis": analysis, "files": files}
    more = run_page.about_analysis(analysis, files)
    return render(request, "picture/analysis_new.html", shown | more)


@login_required
def run(request: OfficerRequest, reference: str) -> HttpResponse:
    """How far is it, and what is the answer?"""
    seen = queries.see_run(request.user, reference)
    if not seen.unended:
        looked(request.user, "record", seen.reference)
    return render(request, "picture/run.html", run_page.shown_run(request.user, seen))


@login_required
def run_steer(request: OfficerRequest, reference: str, way: str) -> HttpResponse:
    """Is the run to be paused, resumed or stopped?"""
    seen = queries.see_run(request.user, reference)
    if way not in STEERS:
        raise Http404
    require_right(request.user, RIGHT, seen.body)
    if request.method == "POST":
        STEERS[way](actor=request.user, run=seen)
        return redirect(listing.run_address(seen))
    shown = {"run": seen, "way": way, "cancel_url": listing.run_address(seen)}
    return render(request, "picture/run_steer.html", shown)


@login_required
def run_table(request: OfficerRequest, reference: str, name: str) -> HttpResponseBase:
    """Which rows does a table of the answer have?"""
    seen = queries.see_run(request.user, reference)
    shown = results.table_of(results.result_of_run(seen), name)
    if request.GET.get("format") in TYPES:
        return _sent(request, seen, shown)
    looked(request.user, "record", seen.reference)
    page = tables.table_page(shown, request.GET, run_page.file_references(seen))
    told = {"run": seen, "page": page}
    return render(request, "picture/run_table.html", told)


@login_required
@require_GET
def run_places(request: OfficerRequest, reference: str) -> HttpResponse:
    """Where does the answer lie, for a map?"""
    seen = queries.see_run(request.user, reference)
    result = results.result_of_run(seen)
    return _json(results.places_of(result.findings))


@login_required
@require_GET
def run_timeline(request: OfficerRequest, reference: str) -> HttpResponse:
    """What happened when, for a timeline?"""
    seen = queries.see_run(request.user, reference)
    moments = [*results.moments_of(results.result_of_run(seen).findings)]
    return _json({"moments": moments, "count": len(moments)})


@login_required
@require_GET
def run_report(request: OfficerRequest, reference: str, ending: str) -> HttpResponse:
    """Which file is the evidential report?"""
    seen = queries.see_run(request.user, reference)
    if f".{ending}" not in PAPER:
        raise Http404
    if not request.user.may("export"):
        raise NotAllowed(needs="export", body=str(seen.body))
    data = results.report_of_run(seen, f".{ending}")
    looked(request.user, "export", f"{seen.reference}.{ending}", count=1)
    answer = HttpResponse(data, content_type=PAPER[f".{ending}"])
    answer["Content-Disposition"] = f'attachment; filename="{reference}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
def run_keep(request: OfficerRequest, reference: str) -> HttpResponse:
    """As what is the result kept as evidence?"""
    seen = queries.see_run(request.user, reference)
    require_right(request.user, RIGHT, request.user.body)
    first = {"title": seen.question, "classification": seen.classification}
    form = KeepForm(request.POST or None, officer=request.user, initial=first)
    if form.is_valid():
        said = {n: form.cleaned_data[n] for n in ("title", "note")} | form.marking()
        made = attempted(form, lambda: services.keep_result(
            actor=request.user, run=seen, **said
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"Kept as evidence: {made.reference}.")
            return redirect(listing.run_address(seen))
    return render(request, "picture/run_keep.html", {"form": form, "run": seen})


@login_required
def evidence_runs(request: OfficerRequest, reference: str) -> HttpResponse:
    """What was asked of this file, and what can be?"""
    seen = see_file(request.user, reference)
    runs = [(one, listing.state_of(one)) for one in queries.runs_of(request.user, seen)]
    shown = {"file": seen, "runs": runs, "may_ask": request.user.may(RIGHT)}
    fits = run_page.areas(seen.found) if seen.found else []
    return render(request, "picture/evidence_runs.html", shown | {"areas": fits})


def _first(request: OfficerRequest, analysis: Analysis) -> dict[str, Any]:
    """What stands on the form at first: a file, or what an earlier run was given."""
    like = request.GET.get("like")
    if not like:
        return {"files": request.GET.getlist("file")}
    before = queries.see_run(request.user, like)
    if before.analysis != analysis.key:
        raise Http404
    return initial_of(analysis, before.parameters) | {
        "files": [str(pk) for pk in before.files],
        "engine": before.engine,
        "under": before.under_id,
    }


def _asked(request: OfficerRequest, form: AskForm) -> EvidenceRun | None:
    files, given = form.chosen(), typed(form.analysis, form.cleaned_data)
    if not form.cleaned_data["again"]:
        before = run_page.answered(request.user, form.analysis, files, given)
        if before is not None:
            form.offer_again()
            form.add_error(None, run_page.asked_before_words(before))
            return None
    return attempted(form, lambda: services.ask(
        actor=request.user,
        analysis=form.analysis,
        files=files,
        given=given,
        why=form.cleaned_data["why"],
        engine=form.cleaned_data["engine"],
        under=form.under(),
    ))  # fmt: skip


def _sent(request: OfficerRequest, seen: EvidenceRun, shown: Any) -> HttpResponseBase:
    if not request.user.may("export"):
        raise NotAllowed(needs="export", body=str(seen.body))
    export = Export(
        name=f"{seen.reference}-{shown.name}",
        title=f"{seen.reference} {shown.name}",
        marking=seen.marking(),
        headings=tables.headings_of(shown),
        rows=tables.plain_rows(shown, tables.narrowed(shown, request.GET)),
    )
    about = f"{seen.reference}/{shown.name}?{request.GET.urlencode()}"
    return exported(export, request.GET["format"], lambda count: looked(
        request.user, "export", about, count=count
    ))  # fmt: skip


def _json(said: dict[str, Any]) -> JsonResponse:
    answer = JsonResponse(said)
    answer["Cache-Control"] = "no-store"
    return answer
