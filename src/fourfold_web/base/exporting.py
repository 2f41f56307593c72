"""May somebody take a list away as a file, and is it written down?"""

from django.http import HttpRequest

from fourfold_web.base.audit import NotAllowed, looked
from fourfold_web.base.list_specs import ListSpec
from fourfold_web.base.models import Officer


def log_export(request: HttpRequest, spec: ListSpec, count: int) -> None:
    """Write down who took which list, narrowed how, and how many rows it had.

    Raises:
        NotAllowed: the officer may not export; nothing is sent.
    """
    officer = request.user
    if not isinstance(officer, Officer) or not officer.may("export"):
        raise NotAllowed(needs="export", body=spec.title)
    asked = request.GET.urlencode()
    looked(officer, "export", f"{spec.name}?{asked}", count=count)
