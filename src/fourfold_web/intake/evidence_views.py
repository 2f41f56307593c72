"""Which page is shown to an officer who asks about files of evidence?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold_web.base.attempts import attempted, require_right
from fourfold_web.base.audit import NotAllowed, looked
from fourfold_web.base.exporting import log_export
from fourfold_web.base.exports import TYPES, Export, exported
from fourfold_web.base.lists import list_response
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.intake.evidence import facts, forms, listing, queries, services
from fourfold_web.intake.evidence.models import EvidenceFile

RIGHT = "analyse"


@login_required
def evidence_list(request: OfficerRequest) -> HttpResponseBase:
    """Which evidence is here, and can it be asked anything yet?"""
    return list_response(
        request,
        listing.FILES,
        queries.visible_files(request.user),
        template="intake/evidence_list.html",
        extra={"may_drop": request.user.may(RIGHT)},
        aside=listing.waiting_of_them,
        on_export=log_export,
    )


@login_required
def evidence_new(request: OfficerRequest) -> HttpResponse:
    """Which files are dropped in, and under which authority were they obtained?"""
    require_right(request.user, RIGHT, request.user.body)
    sent = request.method == "POST"
    form = forms.DropForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        officer=request.user,
        too_large=forms.too_large(request),
    )
    if form.is_valid():
        made = attempted(form, lambda: _taken_in(request, form))
        if made:
            return _on_to(request, made)
    return render(request, "intake/evidence_new.html", {"form": form})


@login_required
def evidence_file(request: OfficerRequest, reference: str) -> HttpResponse:
    """What stands in this file, did all of it come in, and what was asked of it?"""
    seen = queries.see_file(request.user, reference)
    looked(request.user, "record", seen.reference)
    shown = facts.about_file(request.user, seen)
    may = request.user.may(RIGHT, seen.body)
    more: dict[str, Any] = {"may_confirm": may, "form": None}
    more["may_export"] = request.user.may("export", seen.body)
    if may and seen.state == EvidenceFile.KEPT_BACK:
        more["form"] = forms.GiveAuthorityForm(officer=request.user)
    return render(request, "intake/evidence_file.html", shown | more)


@login_required
def evidence_faults(
    request: OfficerRequest, reference: str, ending: str
) -> HttpResponseBase:
    """Which file names every fault of this one?"""
    seen = queries.see_file(request.user, reference)
    if ending not in TYPES or seen.state != EvidenceFile.READ or not seen.faults:
        raise Http404
    if not request.user.may("export", seen.body):
        raise NotAllowed(needs="export", body=str(seen.body))
    title = f"Faults of {seen.reference}"
    export = Export(
        name=f"faults-{seen.reference}",
        title=title,
        marking=seen.marking(),
        headings=facts.FAULT_HEADINGS,
        rows=facts.fault_rows(seen),
    )
    return exported(export, ending, lambda count: looked(
        request.user, "export", title, count=count
    ))  # fmt: skip


@login_required
def evidence_confirm(request: OfficerRequest, reference: str) -> HttpResponse:
    """Is this how the file is to be read?"""
    seen = queries.see_file(request.user, reference)
    require_right(request.user, RIGHT, seen.body)
    sent = request.POST if request.method == "POST" else None
    form = forms.ConfirmForm(sent, file=seen)
    if form.is_valid():
        made = attempted(form, lambda: services.confirm_file(
            actor=request.user, file=seen, options=form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{seen.reference} is being read.")
            return redirect(listing.file_address(seen))
    shown = {"form": form, "file": seen, "sniffed": seen.sniffed}
    return render(request, "intake/evidence_confirm.html", shown)


@login_required
def evidence_authorise(request: OfficerRequest, reference: str) -> HttpResponse:
    """Under which authority was this file obtained?"""
    seen = queries.see_file(request.user, reference)
    require_right(request.user, RIGHT, seen.body)
    form = forms.GiveAuthorityForm(request.POST or None, officer=request.user)
    if form.is_valid():
        authority = form.cleaned_data["authority"]
        made = attempted(form, lambda: services.give_authority(
            actor=request.user, file=seen, authority=authority
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{seen.reference} may be read.")
            return redirect("intake:evidence-confirm", reference=seen.reference)
    shown = {"form": form, "file": seen}
    return render(request, "intake/evidence_authorise.html", shown)


@login_required
def authority_list(request: OfficerRequest) -> HttpResponseBase:
    """Under which authorities was evidence obtained?"""
    return list_response(
        request,
        listing.AUTHORITIES,
        queries.visible_authorities(request.user),
        template="intake/authority_list.html",
        extra={"may_record": request.user.may(RIGHT)},
        on_export=log_export,
    )


@login_required
def authority_record(request: OfficerRequest) -> HttpResponse:
    """Which authority is to be recorded?"""
    require_right(request.user, RIGHT, request.user.body)
    form = forms.AuthorityForm(request.POST or None, officer=request.user)
    if form.is_valid():
        made = attempted(form, lambda: services.record_authority(
            actor=request.user, **form.said()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made.reference} is recorded.")
            return redirect(listing.authority_address(made))
    return render(request, "intake/authority_record.html", {"form": form})


@login_required
def authority(request: OfficerRequest, reference: str) -> HttpResponse:
    """What does this authority allow, and what was obtained under it?"""
    seen = queries.see_authority(request.user, reference)
    looked(request.user, "record", seen.reference)
    files = list(queries.files_under(request.user, seen))
    shown = {"authority": seen, "facts": facts.of_authority(seen), "files": files}
    return render(request, "intake/authority.html", shown)


def _taken_in(request: OfficerRequest, form: forms.DropForm) -> list[EvidenceFile]:
    said = form.cleaned_data
    return services.take_in_all(
        actor=request.user,
        arrived=[(one.temporary_file_path(), one.name) for one in said["dropped"]],
        kind=said["kind"],
        why=said["why"],
        authority=said["authority"],
        **form.marking(),
    )


def _on_to(request: OfficerRequest, made: list[EvidenceFile]) -> HttpResponse:
    names = ", ".join(one.reference for one in made)
    waiting = [one for one in made if one.state == EvidenceFile.WAITING]
    if len(made) == 1 and waiting:
        return redirect("intake:evidence-confirm", reference=made[0].reference)
    words = " Confirm how each is to be read." if waiting else ""
    messages.success(request, f"Taken in: {names}.{words}")
    if len(made) == 1:
        return redirect(listing.file_address(made[0]))
    return redirect("intake:evidence-list")
