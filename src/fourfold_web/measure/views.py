"""Which page is shown to an officer who asks for figures and the rows behind them?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fourfold.base.bodies import REGIONS
from fourfold.measure.measures import MEASURES
from fourfold_web.base.audit import NotAllowed, looked
from fourfold_web.base.exports import TYPES, Export, exported
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.measure import figures_shown, queries, record_rows
from fourfold_web.measure.days import Asked, asked

PAGE = 50
VEHICLES = (
    "vehicles_stopped",
    "vehicles_seized",
    "vehicle_arrests",
    "vehicle_assets_gbp",
    "warrants_sought",
    "sex_offenders",
)
HEADINGS = ["Measure", "Says", "Body", "From", "To"]
HEADINGS += ["Numerator", "Denominator", "Value", "Unit"]


@login_required
def measure_list(request: OfficerRequest) -> HttpResponseBase:
    """How are we doing, on one yardstick?"""
    question = _question(request)
    read = queries.figures_for(request.user, question.region, question.period)
    found = [one.figure for one in read]
    if request.GET.get("format") in TYPES:
        rows = [list(figure.to_json().values()) for figure in found]
        return _sent(request, "measures", "Measures", HEADINGS, rows)
    shown = {
        "groups": figures_shown.measure_rows(read, question),
        "places": list(dict.fromkeys(figures_shown.place_name(f.body) for f in found)),
        "chart": figures_shown.four_p_chart(found, question),
        "may_know": request.user.may("withheld"),
    }
    return render(request, "measure/measure_list.html", _about(question) | shown)


@login_required
def measure(request: OfficerRequest, key: str) -> HttpResponse:
    """What does one measure say, how is it made, and how do bodies compare?"""
    rule = MEASURES.get(key)
    if rule is None:
        raise Http404
    question = _question(request)
    read = queries.figures_for(request.user, question.region, question.period, [key])
    found = [one.figure for one in read]
    shown = {
        "measure": rule,
        "title": figures_shown.title(rule),
        "rows": figures_shown.measure_rows(read, question).popitem()[1][0].shown,
        "chart": figures_shown.measure_chart(rule, found, question),
    }
    return render(request, "measure/measure.html", _about(question) | shown)


@login_required
def measure_rows(request: OfficerRequest, key: str) -> HttpResponseBase:
    """Which rows make a figure, and how many are withheld from me?"""
    rule = MEASURES.get(key)
    question = _question(request)
    body = request.GET.get("body", request.user.body_id)
    part = "denominator" if request.GET.get("part") == "denominator" else "numerator"
    if rule is None or body not in queries.places(question.region):
        raise Http404
    behind = queries.rows_of_figure(request.user, key, body, question.period, part=part)
    if request.GET.get("format") in TYPES:
        table = [[r["reference"], r["body"], r["on"], r["weight"]] for r in behind.rows]
        headings = ["Reference", "Body", "Day", "Counts for"]
        return _sent(request, f"{key}-{body}", rule.says, headings, table)
    page = Paginator(behind.rows, PAGE).get_page(request.GET.get("page"))
    shown = {
        "measure": rule,
        "title": figures_shown.title(rule),
        "place": figures_shown.place_name(body),
        "part": part,
        "part_words": rule.denominator if part == "denominator" else rule.numerator,
        "page": page,
        "rows": record_rows.with_addresses(page.object_list),
        "withheld": behind.withheld,
        "body": body,
    }
    return render(request, "measure/measure_rows.html", _about(question) | shown)


@login_required
def vehicle_outcomes(request: OfficerRequest) -> HttpResponse:
    """What came of stopping vehicles: seized, arrested, taken, brought to light?"""
    question = _question(request)
    read = queries.figures_for(
        request.user, question.region, question.period, [*VEHICLES]
    )
    places = dict.fromkeys(figures_shown.place_name(one.figure.body) for one in read)
    shown = {
        "groups": figures_shown.measure_rows(read, question),
        "places": list(places),
    }
    return render(request, "measure/vehicle_outcomes.html", _about(question) | shown)


@login_required
def record(request: OfficerRequest, reference: str) -> HttpResponse:
    """What does one row say that has no page of its own?"""
    seen = record_rows.see_row(reference)
    if seen.personal:
        looked(request.user, "record", reference)
    return render(request, "measure/record.html", {"record": seen})


def _question(request: OfficerRequest) -> Asked:
    return asked(request.GET, request.user.body.region_id)


def _about(question: Asked) -> dict[str, Any]:
    return {
        "question": question,
        "period_words": figures_shown.period_words(question),
        "regions": list(REGIONS.values()),
    }


def _sent(
    request: OfficerRequest,
    name: str,
    title: str,
    headings: list[str],
    rows: list[list[Any]],
) -> HttpResponseBase:
    if not request.user.may("export"):
        raise NotAllowed(needs="export", body=title)
    export = Export(
        name=name,
        title=title,
        marking="OFFICIAL-SENSITIVE",
        headings=headings,
        rows=rows,
    )
    about = f"{name}?{request.GET.urlencode()}"
    return exported(
        export,
        request.GET["format"],
        lambda count: looked(request.user, "export", about, count=count),
    )
