"""Is every page of the site sound: readable by axe, on a phone, within its policy?"""

import pytest
from django.http import HttpResponse

from fourfold_web.act.models import Disruption
from fourfold_web.base.secure import record_models
from tests.browser.conftest import AXE, Site
from tests.fourfold_web.desk.address_book import PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
OVER = "document.documentElement.scrollWidth - window.innerWidth"
NOT_SHOWN = {
    "intake:delivery-faults",  # A file.
    "inspect:promise-keep",  # The region holds no promise yet,
    "assess:assessment-moderate",  # no assessment that waits for moderation,
    "resolve:pair-undo",  # and no pair that somebody has decided.
}
NOT_SHOWN |= {
    # The region holds no evidence yet; its journeys open these.
    "intake:evidence-file",
    "intake:evidence-faults",
    "intake:evidence-confirm",
    "intake:evidence-authorise",
    "intake:authority",
    "picture:run",
    "picture:picture",
    "picture:blurred",
    "picture:clear",
    "picture:run-places",
    "picture:run-timeline",
    "picture:run-report",
    "picture:run-keep",
    "picture:run-steer",
    "picture:run-table",
    "picture:evidence-runs",
    "picture:review",
    "picture:review-log",
    "picture:set-aside",
    "picture:bulk-search",
}
KEYS = {"measure": "led", "rule": "T01", "analysis": "calls.handovers"}
ASKED = {"inspect:rule-rows": "?body=northamptonshire"}
READERS = {
    "desk:log": "ledger",
    "act:disruption-claim": "dale",
    "act:disruption-change": "forest",
    "act:disruption-grade": "forest",
    "intake:evidence-new": "peak",
    "intake:authority-record": "peak",
    "picture:analysis-new": "peak",
    "picture:set-aside-list": "bench",
    "picture:bulk-search-ask": "peak",
    "inspect:report-new": "quill",
    "inspect:promise-make": "quill",
    "task:meeting-held": "kerr",
    "task:meeting-cancelled": "kerr",
}
SHOWN = [
    name
    for name, page in PAGES.items()
    if not name.startswith("api:") and name not in NOT_SHOWN and page.names != "upload"
]


@pytest.fixture(scope="module")
def references(region_site: Site, django_db_blocker: object) -> dict[str, str]:
    """One OFFICIAL record of each kind, by its three letters."""
    from fourfold_web.base.audit import acting_as
    from fourfold_web.base.models import Officer

    found: dict[str, str] = {}
    with acting_as(Officer.objects.get(username="holt")):
        for model in record_models():
            for reference in model._default_manager.order_by("pk").values_list(
                "reference", flat=True
            )[:1]:
                found[reference.split("-")[1]] = reference
        waiting = Disruption.objects.filter(impact="", body="nottinghamshire").first()
        found["waiting"] = waiting.reference if waiting else found["DIS"]
    return found


def where(name: str, references: dict[str, str]) -> str:
    code = PAGES[name].names
    if name in ("act:disruption-grade", "act:disruption-change"):
        code = "waiting"
    code = "PRF" if code == "any" else code
    it = KEYS.get(code) or references.get(code, "")
    return address(name, it) + ASKED.get(name, "")


@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing_and_nothing_runs_over_or_away(
    region_site: Site, references: dict[str, str], name: str
) -> None:
    page = region_site.page(READERS.get(name, "holt"))
    region_site.said.clear()
    answer = page.goto(where(name, references))
    assert answer is not None
    page.wait_for_load_state("networkidle")
    faults = {}
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(200)  # a page notices by itself that it became narrower
        over = max(page.evaluate(OVER), 0)
        found = [
            (fault["id"], fault["nodes"][0]["target"])
            for fault in page.evaluate(RULES)["violations"]
        ]
        faults[width] = (found, over)
    policy = answer.headers.get("content-security-policy", "")
    page.close()
    assert answer.status == HttpResponse.status_code
    assert faults == {1280: ([], 0), 400: ([], 0)}
    assert (region_site.said, region_site.elsewhere) == ([], [])
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
