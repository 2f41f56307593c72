from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from fourfold_web.base.charts import Chart, four_p_colours

CHART = Chart(
    key="led-by-p",
    title="Pursue is 67% of what EMSOU led",
    base="Base: 533 disruptions led, 1 June 2021 to 31 May 2022",
    spec={
        "data": {
            "values": [{"p": "Pursue</script>", "n": 357}, {"p": "Other", "n": 176}]
        },
        "mark": "bar",
        "encoding": {
            "y": {"field": "p", "type": "nominal", "title": None},
            "x": {"field": "n", "type": "quantitative", "title": "Disruptions led"},
            "color": {"field": "p", "scale": four_p_colours(), "legend": None},
        },
    },
    headings=("P", "Disruptions led"),
    rows=(("Pursue", 357), ("Other", 176)),
)


def written(source: str, **shown: Any) -> str:
    return Template("{% load fourfold %}" + source).render(Context(shown)).strip()


def asked() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ day|uk_date }}", "2 March 2022"),
        ("{{ at|uk_instant }}", "1 June 2022 at 09:30"),
        ("{{ at|uk_time }}", "09:30"),
        ("{{ none|uk_date }}{{ nowhere|uk_date }}{{ nowhere|money }}", ""),
        ("{{ 2500000|money }}", "£2.5 million"),
        ("{{ 1930|number }}", "1,930"),
        ("{% share 128 533 %}", '<span class="ff-figure">128 of 533 (24%)</span>'),
        ('{% counted 312 "threat" "threats" %}', "312 threats"),
        (
            '{% status "Overdue" "red" %}',
            '<strong class="govuk-tag govuk-tag--red">Overdue</strong>',
        ),
        (
            "{% status typed odd %}",
            '<strong class="govuk-tag govuk-tag--grey">&lt;b&gt;</strong>',
        ),
        ('{% four_p "pursue" %}', '<span class="ff-p ff-p--pursue">Pursue</span>'),
        ("{% withheld 0 %}", ""),
    ],
)
def test_a_template_writes_words_and_figures(source: str, text: str) -> None:
    day, at = date(2022, 3, 2), datetime(2022, 6, 1, 8, 30, tzinfo=UTC)
    more = {"typed": "<b>", "odd": 'x" onclick="'}
    assert written(source, day=day, at=at, none=None, **more) == text


def test_a_share_leads_to_its_rows() -> None:
    html = written("{% share 1 2 url %}", url="/rows?a=1&b=2")
    assert html.startswith('<a class="govuk-link" href="/rows?a=1&amp;b=2">')


@pytest.mark.parametrize(
    ("words", "sensitive"),
    [("OFFICIAL", False), ("OFFICIAL-SENSITIVE", True), ("OFFICIAL SYCAMORE", True)],
)
def test_a_marking_is_on_the_page_and_on_paper(words: str, sensitive: bool) -> None:
    html = written("{% marking words %}", words=words)
    assert html.count(words) == 2
    assert ("ff-marking--sensitive" in html) is sensitive


def test_facts_that_are_unknown_say_so_and_can_be_filled_in() -> None:
    facts = [("Lead officer", None, "/name", "Name one"), ("Kind", "<b>")]
    html = written("{% summary_list facts %}", facts=facts)
    assert "Not recorded" in html
    assert '<a class="govuk-link" href="/name">Name one' in html
    assert "&lt;b&gt;" in html


def test_a_timeline_says_what_when_and_by_whom() -> None:
    events = [{"title": "Warrant", "at": date(2022, 3, 2), "by": "DS Okoro"}]
    html = written("{% timeline events 3 %}", events=events)
    assert '<h3 class="moj-timeline__title">Warrant</h3>' in html
    assert "2 March 2022" in html
    assert "by DS Okoro" in html


def test_a_chart_has_its_finding_its_base_and_its_numbers() -> None:
    html = written("{% chart figure %}", figure=CHART)
    for words in (CHART.title, CHART.base, "357", "Disruptions led"):
        assert words in html
    assert '<script id="chart-led-by-p" type="application/json">' in html
    assert "Pursue</script>" not in html


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("404.html", "it is not yours to see. The two look the same on purpose."),
        ("403.html", "Nothing was changed."),
        ("400.html", "reload the page and try again."),
        ("403_csrf.html", "copy what you typed"),
        ("500.html", "It is not something you did."),
    ],
)
def test_an_error_page_says_what_happened_and_what_to_do(page: str, words: str) -> None:
    html = render_to_string(page, {}, asked() if page != "500.html" else None)
    assert words in " ".join(html.split())


def test_a_page_holds_no_inline_script_style_or_outside_host() -> None:
    for name in sorted(TEMPLATES):
        html = Path(name).read_text(encoding="utf-8")
        assert " style=" not in html, name
        assert "<style" not in html, name
        assert " on" + "click=" not in html, name
        assert "<script>" not in html, name
        outside = html.replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in outside, name
        assert "https://" not in outside, name


TEMPLATES = [
    str(path)
    for path in (Path(__file__).parents[3] / "src" / "fourfold_web").rglob("*.html")
]
