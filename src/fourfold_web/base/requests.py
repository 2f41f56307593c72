"""Who asks, when somebody signed in asks for a page?"""

from django.http import HttpRequest

from fourfold_web.base.models import Officer


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer."""

    user: Officer
