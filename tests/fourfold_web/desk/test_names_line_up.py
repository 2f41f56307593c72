"""One name all the way: address, view, template; and services look alike."""

import importlib
import inspect
import re

import pytest
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

STAGES = ("desk", "picture", "act", "measure", "inspect")


def pages():
    for one in get_resolver().url_patterns:
        if isinstance(one, URLResolver) and one.app_name in STAGES:
            for page in one.url_patterns:
                assert isinstance(page, URLPattern)
                yield pytest.param(one.app_name, page, id=f"{one.app_name}:{page.name}")


@pytest.mark.parametrize(("stage", "page"), list(pages()))
def test_page_view_and_template_share_a_name(stage, page):
    view = page.callback.__name__
    assert page.name == view.replace("_", "-")
    if "." in str(page.pattern).rsplit("/", 1)[-1]:
        return  # A file, such as places.json.
    assert get_template(f"{stage}/{view}.html")


@pytest.mark.parametrize(("stage", "page"), list(pages()))
def test_every_page_asks_for_a_sign_in_and_says_its_question(stage, page):
    assert page.callback.__doc__.strip().splitlines()[0].endswith(("?", ".")), page
    assert hasattr(page.callback, "__wrapped__"), "it lacks @login_required"


def services():
    """Every function of a services module that changes or looks something up in it."""
    for stage in ("picture", "act", "inspect"):
        module = importlib.import_module(f"fourfold_web.{stage}.services")
        for name, one in inspect.getmembers(module, inspect.isfunction):
            ours = one.__module__ == module.__name__ and not name.startswith("_")
            if ours and re.search(r"actor|change\(|looked\(", inspect.getsource(one)):
                yield pytest.param(one, id=f"{stage}.{name}")


@pytest.mark.parametrize("service", list(services()))
def test_a_service_takes_its_actor_first_and_everything_by_name(service):
    parameters = list(inspect.signature(service).parameters.values())
    assert parameters[0].name == "actor"
    allowed = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    assert all(one.kind in allowed for one in parameters)
    assert "Raises:" in (service.__doc__ or "")


@pytest.mark.parametrize("stage", STAGES)
def test_views_never_ask_the_database_themselves(stage):
    source = inspect.getsource(importlib.import_module(f"fourfold_web.{stage}.views"))
    assert not re.search(r"\.objects\b", source)
