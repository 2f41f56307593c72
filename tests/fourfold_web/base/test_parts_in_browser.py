from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from fourfold_web.base.cells import NO_NUMBER
from tests.fourfold_web.base.test_fields import GOOD, Disruption
from tests.fourfold_web.base.test_parts import CHART

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "src/fourfold_web/base/static"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM.exists() and AXE.exists() and (STATIC / "fourfold").exists()),
        reason="needs Chromium and a built front end (make install)",
    ),
]

PARTS = """{% extends "base.html" %}{% load fourfold %}{% block content %}
{% marking "OFFICIAL-SENSITIVE SYCAMORE" %}
<h1 class="govuk-heading-l">Alder Road group</h1>
<p class="govuk-body">{% share 139 533 "/rows" %} {% status "Overdue" "red" %}
{% status "Adopted" "green" %} {% four_p "pursue" %}</p>
{% tabs tabs "Pages of this threat" %}{% summary_list facts %}{% chart chart %}
{% timeline events %}{% empty "Nothing yet." "Record disruption" "/x" %}
{% withheld 3 %}{% endblock %}"""
FORM = """{% extends "base.html" %}{% block content %}
<h1 class="govuk-heading-l">Record disruption</h1>
<form method="post" novalidate>{{ form }}<button class="govuk-button">Record</button>
</form>{% endblock %}"""
LONG = """{% extends "base.html" %}{% load fourfold %}{% block content %}
{% marking "OFFICIAL-SENSITIVE" %}<h1 class="govuk-heading-l">History</h1>
{% table headings rows "History" %}{% timeline many %}{% endblock %}"""
SHOWN = {
    "demonstration": True,
    "today": date(2022, 6, 1),
    "footer_links": [("Help", "/help")],
    "breadcrumbs": [("Home", "/"), ("Threats", "")],
    "tabs": [("Overview", "#", True), ("Plan", "#", False)],
    "facts": [("Lead officer", None, "/x", "Name one"), ("Opened", date(2022, 3, 2))],
    "events": [{"title": "Warrant", "at": date(2022, 3, 2), "by": "DS Okoro"}],
    "chart": CHART,
}

LISTED = {
    "headings": ["Line", "What"],
    "rows": [[number, "Threat recorded"] for number in range(60)],
    "many": [{"title": "Warrant", "at": date(2022, 3, 2), "text": "Done."}] * 30,
}

WIDE = {
    "headings": [f"Responsible officer {number}" for number in range(12)],
    "rows": [["EM-THR-0042", *["Organised crime group"] * 10, NO_NUMBER]],
    "many": LISTED["many"],
}


class Handler(SimpleHTTPRequestHandler):
    """Serves one folder with the policy the site sends."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", build_policy())
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / settings.STATIC_URL.strip("/")).symlink_to(STATIC)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    wrong = Disruption(GOOD | {"happened_on_day": "32", "title": "", "p": ""})
    pages = {
        "parts": (PARTS, {}),
        "form": (FORM, {"form": wrong}),
        "long": (LONG, LISTED),
        "wide": (LONG, WIDE),
    }
    for name, (source, more) in pages.items():
        template = engines["django"].from_string(source)
        html = template.render(SHOWN | more, request)
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    handler = partial(Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Browser, url: str, width: int) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page, said


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("name", ["parts", "form", "wide"])
def test_axe_finds_nothing_and_nothing_runs_over(
    browser: Browser, address: str, name: str, width: int
) -> None:
    page, said = opened(browser, f"{address}/{name}.html", width)
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [fault["id"] for fault in page.evaluate(RULES)["violations"]]
    page.close()
    assert (found, max(over, 0), said) == ([], 0, [])


def test_a_chart_is_drawn_under_the_policy_and_can_be_taken_away(
    browser: Browser, address: str
) -> None:
    page, said = opened(browser, f"{address}/parts.html", 1280)
    page.wait_for_selector("figure svg[role=img]")
    with page.expect_download() as taken:
        page.click("text=Download SVG")
    bars = page.locator("figure svg .mark-rect path").count()
    name = taken.value.suggested_filename
    page.close()
    assert (bars, name, said) == (2, "led-by-p.svg", [])


def test_a_refused_form_moves_to_its_summary_and_from_there_to_the_field(
    browser: Browser, address: str
) -> None:
    page, _ = opened(browser, f"{address}/form.html", 1280)
    first = page.evaluate("document.activeElement.className")
    page.click("text=must be a real date >> nth=0")
    second = page.evaluate("document.activeElement.id")
    page.close()
    assert (first, second) == ("govuk-error-summary", "id_happened_on_0")


def test_each_printed_sheet_says_the_marking(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page, _ = opened(browser, f"{address}/long.html", 1280)
    page.pdf(path=tmp_path / "long.pdf", format="A4")
    page.close()
    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "long.pdf").pages]
    assert len(sheets) > 2
    assert all("OFFICIAL-SENSITIVE" in sheet for sheet in sheets)
