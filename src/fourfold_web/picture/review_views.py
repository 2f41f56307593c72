"""Which page is shown to an officer who reviews messages?"""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.audit import looked
from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.picture.review import listing, queries, services
from fourfold_web.picture.review.forms import DecideForm, OpenForm, ReviewForm
from fourfold_web.picture.review.models import ReviewedMessage
from fourfold_web.picture.review.tags import TAGS
from fourfold_web.picture.review.texts import Messages

RIGHT = "analyse"


@login_required
def review_list(request: OfficerRequest) -> HttpResponse:
    """Which messages wait to be read, the most urgent first?"""
    shown = {
        "queues": queries.queues(request.user),
        "opens": request.user.may(services.OPENS),
    }
    return render(request, "picture/review_list.html", shown)


@login_required
def review(request: OfficerRequest, reference: str) -> HttpResponse:
    """What does the next message say, and what is it about?"""
    file = queries.see_messages(request.user, reference)
    require_right(request.user, RIGHT, request.user.body)
    form = ReviewForm(request.POST or None)
    if form.is_valid() and _reviewed(request, file, form):
        return redirect("picture:review", reference=reference)
    return render(request, "picture/review.html", _next(request, file, form))


@login_required
def review_log(request: OfficerRequest, reference: str) -> HttpResponseBase:
    """What did reviewers decide about the messages of this file?"""
    file = queries.see_messages(request.user, reference)
    return list_response(
        request,
        replace(listing.LOG, title=f"Review log of {file.reference}"),
        queries.reviewed_of(request.user, file),
        template="picture/review_log.html",
        extra={"file": file},
        on_export=log_export,
    )


@login_required
def set_aside_list(request: OfficerRequest) -> HttpResponseBase:
    """Which messages wait for the independent reviewer?"""
    require_right(request.user, services.OPENS, request.user.body)
    return list_response(
        request,
        listing.SET_ASIDE,
        queries.set_aside_messages(request.user),
        template="picture/set_aside_list.html",
        on_export=log_export,
    )


@login_required
def set_aside(request: OfficerRequest, reference: str) -> HttpResponse:
    """Is this message privileged? Opened with a reason, by the named role alone."""
    seen = queries.see_set_aside(request.user, reference)
    require_right(request.user, services.OPENS, seen.body)
    opening = OpenForm(request.POST if "reason" in request.POST else None)
    deciding = DecideForm(request.POST if "release" in request.POST else None)
    if deciding.is_bound and deciding.is_valid():
        said = deciding.cleaned_data
        services.decide_set_aside(
            actor=request.user,
            message=seen,
            release=said["release"] == "yes",
            note=said["note"],
        )
        messages.success(request, f"{seen.reference}: {seen.says.lower()}.")
        return redirect("picture:set-aside-list")
    shown: dict[str, Any] = {"message": seen, "form": opening, "deciding": deciding}
    if opening.is_bound and opening.is_valid():
        shown["said"] = services.open_set_aside(
            actor=request.user, message=seen, reason=opening.cleaned_data["reason"]
        )
    return render(request, "picture/set_aside.html", shown)


def _reviewed(
    request: OfficerRequest, file: EvidenceFile, form: ReviewForm
) -> ReviewedMessage | None:
    said = form.cleaned_data
    return attempted(form, lambda: services.review(
        actor=request.user,
        file=file,
        line=said["line"],
        tags=said["tags"],
        note=said["note"],
        set_aside="set_aside" in request.POST,
    ))  # fmt: skip


def _next(
    request: OfficerRequest, file: EvidenceFile, form: ReviewForm
) -> dict[str, Any]:
    texts, locked = Messages(file), queries.locked_lines(file)
    done = queries.reviewed_lines(request.user, file)
    skipped = _numbers(request.GET.get("skip", ""))
    asked = _numbers(request.GET.get("line", ""))
    line = asked[0] if asked else texts.next_line({*done, *skipped})
    shown: dict[str, Any] = {
        "file": file,
        "form": form,
        "done": len(done),
        "total": file.found["messages"],
        "set_aside": len(locked),
        "tags": TAGS.values(),
    }
    if line is None:
        return shown
    message = None if line in locked else texts.message(line)
    if message is None:
        raise Http404
    looked(request.user, "record", f"{file.reference} line {line}", count=1)
    before = queries.reviewed_of(request.user, file).filter(line=line).first()
    chosen = form["tags"].value() if form.is_bound else before.tags if before else []
    address = reverse("picture:review", args=[file.reference])
    skip = ",".join(str(one) for one in [*skipped, line][-200:])
    return shown | {
        "message": message,
        "around": texts.around(message, locked),
        "risk": next((one for one in texts.risks() if one.line == line), None),
        "before": before,
        "chosen": chosen,
        "skip_url": f"{address}?skip={skip}",
    }


def _numbers(typed: str) -> list[int]:
    parts = typed.split(",")[:200]
    return [int(one) for one in parts if one.isascii() and one.isdigit()]
