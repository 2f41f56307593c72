"""Which page is shown to an officer who asks about deliveries?"""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from fourfold.base.bodies import BODIES
from fourfold.base.errors import FourfoldError
from fourfold.intake.kinds import KINDS
from fourfold_web.base.audit import NotAllowed, looked
from fourfold_web.base.exporting import log_export
from fourfold_web.base.exports import Export, exported
from fourfold_web.base.lists import list_response
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.intake import listing, queries, services, uploads
from fourfold_web.intake.bars import arithmetic, bar
from fourfold_web.intake.forms import DeliveryForm, MendForm
from fourfold_web.intake.mending import layout_of
from fourfold_web.intake.models import Delivery
from fourfold_web.intake.outcome import Outcome, by_cause

READABLE = (404, 409, 422)
"""Refusals that are about the file, so that they stand beside it on the form."""

FAULT_HEADINGS = (
    "Reference",
    "State",
    "Line",
    "Field",
    "Value",
    "Fault",
    "How to mend it",
)


@login_required
def delivery_list(request: OfficerRequest) -> HttpResponseBase:
    """What arrived, and did it all come in?"""
    _bodies(request.user)
    return list_response(
        request,
        listing.DELIVERIES,
        queries.visible_deliveries(request.user),
        template="intake/delivery_list.html",
        on_export=log_export,
    )


@login_required
def delivery_new(request: OfficerRequest) -> HttpResponse:
    """Which file is to be brought in, of which kind, from which body?"""
    bodies = _bodies(request.user)
    form = DeliveryForm(request.POST or None, request.FILES or None, bodies=bodies)
    if form.is_valid():
        chunks = form.cleaned_data["file"].chunks()
        kept = uploads.keep_upload(request.user, chunks, form.asked())
        return redirect("intake:delivery-preview", sha256=kept.sha256)
    return render(request, "intake/delivery_new.html", {"form": form})


@login_required
def delivery_preview(request: OfficerRequest, sha256: str) -> HttpResponse:
    """What would become of the rows? Confirmed, the file is brought in."""
    upload = uploads.find_upload(request.user, sha256)
    if upload is None:
        raise Http404
    try:
        outcome = _load(request, upload)
    except FourfoldError as refused:
        return _refused(request, upload, refused)
    if outcome.delivery is None:
        return render(request, "intake/delivery_preview.html", _preview(outcome))
    uploads.drop_upload(request.user, sha256)
    messages.success(request, f"{outcome.delivery}: {arithmetic(outcome.tally)}.")
    return redirect("intake:delivery", reference=outcome.delivery)


@login_required
def delivery(request: OfficerRequest, reference: str) -> HttpResponseBase:
    """Did it all arrive, and what is to be mended?"""
    seen = queries.see_delivery(request.user, reference)
    rows = queries.kept_back(request.user, seen)
    return list_response(
        request,
        replace(listing.KEPT_BACK, title=f"Delivery {seen.reference}"),
        rows,
        template="intake/delivery.html",
        extra=_about(seen, rows),
        withheld=seen.quarantined - rows.count(),
        on_export=log_export,
    )


@login_required
@require_GET
def delivery_faults(request: OfficerRequest, reference: str) -> HttpResponseBase:
    """Which file of the faults goes back to the sender?"""
    seen = queries.see_delivery(request.user, reference)
    if not request.user.may("export", seen.body):
        raise NotAllowed(needs="export", body=str(seen.body))
    rows = queries.fault_rows(queries.kept_back(request.user, seen))
    title = f"Faults of {seen.reference}"
    export = Export(
        f"faults-{seen.reference}", title, listing.MARKING, FAULT_HEADINGS, rows
    )
    return exported(export, "csv", lambda count: looked(
        request.user, "export", title, count=count
    ))  # fmt: skip


@login_required
def row_mend(request: OfficerRequest, reference: str) -> HttpResponse:
    """What should the row say?"""
    row = queries.see_kept_back(request.user, reference)
    form = MendForm(request.POST or None, row=row, layout=layout_of(row))
    if form.is_valid():
        faults = services.mend_row(actor=request.user, row=row, texts=form.cleaned_data)
        if not faults:
            messages.success(request, f"Line {row.line} is mended and loaded.")
            return redirect("intake:delivery", reference=row.of.reference)
        form.put(faults)
    return render(request, "intake/row_mend.html", {"form": form, "row": row})


def _bodies(officer: Officer) -> list[Body]:
    bodies = queries.bodies_to_import_for(officer)
    if not bodies:
        raise NotAllowed(needs="import", body=str(officer.body))
    return bodies


def _load(request: OfficerRequest, upload: uploads.Upload) -> Outcome:
    asked = upload.asked
    return services.load_delivery(
        actor=request.user,
        path=upload.path,
        kind=asked.kind,
        body=asked.body,
        layout=asked.layout or None,
        filename=asked.filename,
        dry_run=request.method != "POST",
    )


def _refused(
    request: OfficerRequest, upload: uploads.Upload, refused: FourfoldError
) -> HttpResponse:
    if refused.status not in READABLE:
        raise refused
    asked = upload.asked
    said = {"kind": asked.kind, "body": asked.body, "layout": asked.layout}
    form = DeliveryForm(said, bodies=_bodies(request.user))
    form.errors.pop("file", None)
    form.add_error("file", str(refused))
    uploads.drop_upload(request.user, upload.sha256)
    shown = {"form": form, "refused": asked.filename}
    return render(request, "intake/delivery_new.html", shown, status=422)


def _preview(outcome: Outcome) -> dict[str, Any]:
    names = [*KINDS[outcome.kind].fields]
    return {
        "outcome": outcome,
        "kind": KINDS[outcome.kind].title,
        "sender": BODIES[outcome.body].short,
        "bar": bar(outcome.tally),
        "arithmetic": arithmetic(outcome.tally),
        "causes": by_cause(outcome.faults),
        "headings": names,
        "first_rows": [[row[name] for name in names] for row in outcome.first_rows],
    }


def _about(seen: Delivery, rows: Any) -> dict[str, Any]:
    return {
        "delivery": seen,
        "bar": bar(seen),
        "arithmetic": arithmetic(seen),
        "causes": by_cause([*queries.faults_of(rows)]),
        "states": queries.states_of(rows),
        "kind": KINDS[seen.kind].title,
    }
