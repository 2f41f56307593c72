"""Which page is shown to an officer who looks at one picture of evidence?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fourfold_web.base.attempts import require_right
from fourfold_web.base.audit import looked
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture.pictures import queries, services
from fourfold_web.picture.pictures.forms import ClearForm

RIGHT = "analyse"


@login_required
def picture(request: OfficerRequest, reference: str, sha256: str) -> HttpResponse:
    """What is known of a picture? It is shown when asked for, and blurred at first."""
    seen = queries.see_picture(request.user, reference, sha256)
    require_right(request.user, RIGHT, request.user.body)
    shown: dict[str, Any] = {
        "picture": seen,
        "file": seen.file,
        "may_be_shown": queries.may_be_shown(request.user, seen),
        "form": ClearForm(request.POST or None),
    }
    looked(request.user, "record", seen.about[:200], count=1)
    if not shown["may_be_shown"]:
        return render(request, "picture/picture.html", shown)
    address = [seen.file.reference, seen.sha256]
    if shown["form"].is_valid():
        given = services.ask_clear(request.user, seen, shown["form"].said())
        shown["clear_url"] = f"{reverse('picture:clear', args=address)}?pass={given}"
    elif "blurred" in request.GET or shown["form"].is_bound:
        shown["blurred_url"] = reverse("picture:blurred", args=address)
    return render(request, "picture/picture.html", shown)


@login_required
@require_GET
def blurred(request: OfficerRequest, reference: str, sha256: str) -> HttpResponse:
    """The picture with a strong blur."""
    seen = queries.see_picture(request.user, reference, sha256)
    require_right(request.user, RIGHT, request.user.body)
    return _jpeg(services.blurred(request.user, seen))


@login_required
@require_GET
def clear(request: OfficerRequest, reference: str, sha256: str) -> HttpResponse:
    """The picture itself, for somebody who said why."""
    seen = queries.see_picture(request.user, reference, sha256)
    require_right(request.user, RIGHT, request.user.body)
    return _jpeg(services.clear(request.user, seen, request.GET.get("pass", "")))


def _jpeg(data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = 'inline; filename="picture.jpg"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
