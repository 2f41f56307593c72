"""Who is asking, and does everything in one request happen or nothing?"""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import acting_as, undo_request
from fourfold_web.base.models import Officer

Answer = Callable[[HttpRequest], HttpResponse]

SERVER_ERROR = 500


class OfficerContext:
    """Runs each request of a signed-in officer as that officer, in one transaction.

    The database shows only what the officer may see. A request that ends in one of
    our errors, or in a fault of ours, leaves no trace.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as its officer; the database knows who asks."""
        if not isinstance(request.user, Officer):
            return self.get_response(request)
        with acting_as(request.user):
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                undo_request()
            return response

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Show one of our errors as a page: what happened, and what to do."""
        if not isinstance(error, FourfoldError):
            return None
        shown = {"what": error.what.format(**error.facts), "error": error}
        shown["do"] = error.do.format(**error.facts)
        page = render(request, "fourfold/error.html", shown, status=error.status)
        undo_request()  # Last: the page still asks who the officer is.
        return page


class SecondFactor:
    """Lets nobody past sign-in before their second factor is set up."""

    OPEN = ("/static/", "/accounts/")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or show how to set up the second factor."""
        asks_in = isinstance(request.user, Officer)
        if (
            asks_in
            and not request.path.startswith(self.OPEN)
            and not is_mfa_enabled(request.user)
        ):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)
