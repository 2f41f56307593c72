"""Which page is shown to an officer who reads or files a published report?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold.base.errors import FourfoldError
from fourfold.inspect.reading import read_report
from fourfold_web.base.attempts import require_right
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.inspect import queries, services
from fourfold_web.inspect.forms import ReportForm
from fourfold_web.inspect.listing import REPORTS
from fourfold_web.inspect.report_shown import preview, report_parts
from fourfold_web.intake import uploads

READABLE = (404, 409, 415, 422)
"""Refusals that are about the file, so that they stand beside it on the form."""


@login_required
def report_list(request: OfficerRequest) -> HttpResponseBase:
    """Which inspection reports are filed?"""
    return list_response(
        request,
        REPORTS,
        queries.reports(request.user),
        template="inspect/report_list.html",
        extra={"may_file": request.user.may("report")},
        on_export=log_export,
    )


@login_required
def report_new(request: OfficerRequest) -> HttpResponse:
    """Which report is to be filed?"""
    require_right(request.user, "report", request.user.body)
    form = ReportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        said = uploads.Asked("report", request.user.body_id, "", file.name)
        kept = uploads.keep_upload(request.user, file.chunks(), said)
        return redirect("inspect:report-preview", sha256=kept.sha256)
    return render(request, "inspect/report_new.html", {"form": form})


@login_required
def report_preview(request: OfficerRequest, sha256: str) -> HttpResponse:
    """What does the file hold? Confirmed, it is filed."""
    require_right(request.user, "report", request.user.body)
    upload = uploads.find_upload(request.user, sha256)
    if upload is None or upload.asked.kind != "report":
        raise Http404
    try:
        if request.method != "POST":
            services.check_unfiled(sha256)
            shown = preview(read_report(upload.path), upload.asked.filename)
            return render(request, "inspect/report_preview.html", shown)
        filed = services.file_report(
            actor=request.user, path=upload.path, filename=upload.asked.filename
        )
    except FourfoldError as refused:
        return _refused(request, upload, refused)
    uploads.drop_upload(request.user, sha256)
    messages.success(request, f"The report is filed as {filed.reference}.")
    return redirect("inspect:report", reference=filed.reference)


@login_required
def report(request: OfficerRequest, reference: str) -> HttpResponse:
    """What does a report say: grades, findings, recommendations and figures?"""
    seen = queries.see_report(request.user, reference)
    return render(request, "inspect/report.html", report_parts(seen))


@login_required
def report_text(request: OfficerRequest, reference: str) -> HttpResponse:
    """What are the report's own words, line by line?"""
    seen = queries.see_report(request.user, reference)
    shown: dict[str, Any] = {"report": seen}
    return render(request, "inspect/report_text.html", shown)


def _refused(
    request: OfficerRequest, upload: uploads.Upload, refused: FourfoldError
) -> HttpResponse:
    if refused.status not in READABLE:
        raise refused
    form = ReportForm({})
    form.errors.pop("file", None)
    form.add_error("file", str(refused))
    uploads.drop_upload(request.user, upload.sha256)
    shown = {"form": form, "refused": upload.asked.filename}
    return render(request, "inspect/report_new.html", shown, status=422)
