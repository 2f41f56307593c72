"""What can a program ask of Fourfold, and what does it read when we say no?"""

from importlib.metadata import version

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError as WrongShape
from ninja.security import SessionAuth

from fourfold.base.errors import FourfoldError
from fourfold_web.act.api import router as act_router
from fourfold_web.base.audit import undo_request
from fourfold_web.base.models import Officer
from fourfold_web.picture.api import router as picture_router


class OfficerSession(SessionAuth):
    """The same sign-in as the pages: the officer of the session."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Officer | None:
        """Who asks? Nobody: the answer is 401."""
        del key
        return request.user if isinstance(request.user, Officer) else None


api = NinjaAPI(
    title="Fourfold",
    version=version("fourfold"),
    description=(
        "The same records, rules and log as the pages. Sign in on the pages first; "
        "a request that changes something carries the token of the cookie csrftoken "
        "in the header X-CSRFToken."
    ),
    docs_url=None,
    openapi_url="/openapi.json",
    docs_decorator=login_required,
    auth=OfficerSession(),
    urls_namespace="api",
)
api.add_router("", picture_router)
api.add_router("", act_router)


@api.exception_handler(FourfoldError)
def refused(request: HttpRequest, error: FourfoldError) -> HttpResponse:
    """Say what happened and what to do; nothing of the request stays."""
    undo_request()
    what, do = error.what.format(**error.facts), error.do.format(**error.facts)
    facts = {name: str(fact) for name, fact in error.facts.items()}
    answer = {"what": what, "do": do, "facts": facts}
    return api.create_response(request, answer, status=error.status)


@api.exception_handler(ValidationError)
def faulty(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name every field that a record cannot take as it is."""
    undo_request()
    faults = (
        error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    )
    answer = {
        "what": "Some fields cannot be recorded as they are.",
        "do": "Mend the fields named, then send it again.",
        "faults": faults,
    }
    return api.create_response(request, answer, status=422)


@api.exception_handler(WrongShape)
def misshapen(request: HttpRequest, error: WrongShape) -> HttpResponse:
    """Name every part of the request that has another shape than described."""
    undo_request()
    faults = {".".join(map(str, e["loc"][1:])): [e["msg"]] for e in error.errors}
    answer = {
        "what": "The request has another shape than described at /api/docs.",
        "do": "Mend the parts named, then send it again.",
        "faults": faults,
    }
    return api.create_response(request, answer, status=422)


@api.exception_handler(Http404)
def absent(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say the same of what is absent and of what is not the officer's to see."""
    del error
    answer = {
        "what": "Nothing stands at this address, or it is not yours to see.",
        "do": "Check the reference.",
        "facts": {},
    }
    return api.create_response(request, answer, status=404)
