"""What stands around every page: who I am, what day it is, where I can go?"""

from functools import cache

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from fourfold_web.base.clock import demonstration, today
from fourfold_web.base.models import Officer

# In the order of the work; an address that nobody answers is left out.
STAGES = (
    ("Threats", "/threats/"),
    ("Deliveries", "/deliveries/"),
    ("Intelligence", "/intelligence/"),
    ("Evidence", "/evidence/"),
    ("Analyses", "/analyses/"),
    ("People and networks", "/people/"),
    ("Plans", "/plans/"),
    ("Tasking", "/tasking/"),
    ("Results", "/results/"),
    ("Measures", "/measures/"),
    ("Inspection", "/inspection/"),
)


def surroundings(request: HttpRequest) -> dict[str, object]:
    """What does every page show round its edges?"""
    officer = getattr(request, "user", None)
    shown: dict[str, object] = {"demonstration": demonstration(), "today": today()}
    if isinstance(officer, Officer):
        shown["navigation"] = [
            (words, address, request.path.startswith(address))
            for words, address in answered()
        ]
        shown["footer_links"] = footer_links(officer)
    return shown


@cache
def answered() -> tuple[tuple[str, str], ...]:
    """Which stages have pages?"""
    return tuple(stage for stage in STAGES if _is_answered(stage[1]))


def footer_links(officer: Officer) -> list[tuple[str, str]]:
    """Where else can the officer go? The change log is for auditors."""
    links = [("What I looked at", "/looks/"), ("API", "/api/docs")]
    if officer.may("audit"):
        links = [("Change log", "/log/"), ("Look log", "/looks/"), ("API", "/api/docs")]
    return links


def _is_answered(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
