"""Which page is shown to an officer who asks what waits to be worked?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase

from fourfold_web.base.exporting import log_export
from fourfold_web.base.lists import list_response
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.task import queries
from fourfold_web.task.facts import age_table
from fourfold_web.task.queue_listing import QUEUES, waiting_of_them


@login_required
def intelligence_list(request: OfficerRequest) -> HttpResponseBase:
    """Which reports must be read first, and how long has each waited?"""
    return _queue(request, "intelligence", "task/intelligence_list.html")


@login_required
def sar_list(request: OfficerRequest) -> HttpResponseBase:
    """Which suspicious activity reports wait, and for how long?"""
    return _queue(request, "sar", "task/sar_list.html")


@login_required
def device_list(request: OfficerRequest) -> HttpResponseBase:
    """Which phones and computers wait to be examined, and for how long?"""
    return _queue(request, "device", "task/device_list.html")


@login_required
def application_list(request: OfficerRequest) -> HttpResponseBase:
    """Which applications for communications data wait, and for how long?"""
    return _queue(request, "comms_data", "task/application_list.html")


def _queue(request: OfficerRequest, queue: str, template: str) -> HttpResponseBase:
    bodies: list[Any] = []
    if not request.GET.get("format"):
        bodies = queries.queues(request.user, queue)
    return list_response(
        request,
        QUEUES[queue],
        queries.visible_queue(request.user, queue),
        template=template,
        extra={"ages": age_table(bodies)},
        aside=waiting_of_them,
        on_export=log_export,
    )
