"""How does a page show figures: in words, in a table, in a chart?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fourfold.base.bodies import BODIES, REGIONS
from fourfold.measure.figures import Figure
from fourfold.measure.measures import FUNCTIONS, MEASURES, Measure
from fourfold_web.base.charts import Chart, four_p_colours
from fourfold_web.base.words import number, uk_date
from fourfold_web.measure.days import Asked
from fourfold_web.measure.queries import ReadFigure

GROUPS = {
    "threats": "Threats and who leads them",
    "disruptions": "Disruptions",
    "staff": "Posts and people",
    "work": "Meetings, bids, queues and plans",
    "outcomes": "Offenders, vehicles and local activity",
}
FOUR_PS = ("pursue", "prevent", "protect", "prepare")


@dataclass(frozen=True)
class ShownFigure:
    """One figure of one body, in words, with the address of its rows."""

    figure: Figure
    place: str
    words: str
    url: str
    withheld: str


@dataclass(frozen=True)
class MeasureRow:
    """One measure across the bodies of a region."""

    measure: Measure
    title: str
    url: str
    shown: list[ShownFigure]


def title(rule: Measure) -> str:
    """How is a measure called over a page or in a table? Its sentence, unstopped."""
    return rule.says.rstrip(".")


def place_name(slug: str) -> str:
    """What is a body, or a region, called in a table?"""
    if slug in BODIES:
        return BODIES[slug].short
    return REGIONS[slug].says if slug in REGIONS else slug


def figure_words(figure: Figure) -> str:
    """How is a figure said, with its base? "128 of 533 (24%)"."""
    if figure.value is None:
        return "Not known" if not figure.denominator else number(figure.numerator)
    if figure.unit == "share":
        base = f"{number(figure.numerator)} of {number(figure.denominator)}"
        return f"{base} ({round(100 * figure.value)}%)"
    if figure.unit == "GBP" or "pound" in figure.unit:
        return f"£{number(figure.value)}"
    if figure.denominator:
        base = f"{number(figure.numerator)} / {number(figure.denominator)}"
        return f"{number(figure.value)} ({base})"
    return number(figure.value)


def withheld_words(read: ReadFigure) -> str:
    """How much of a figure rests on rows withheld from the reader? Empty: nothing."""
    if read.figure == read.visible:
        return ""
    counts_rows = MEASURES[read.figure.key].made in ("count", "share")
    if read.withheld and counts_rows and read.figure.unit != "GBP":
        return f"{number(read.withheld)} withheld"
    return "some withheld"


def rows_address(figure: Figure, question: Asked, part: str = "numerator") -> str:
    """Where are the rows behind a figure?"""
    more = urlencode({"body": figure.body, "part": part})
    address = reverse("measure:measure-rows", args=[figure.key])
    return f"{address}?{question.query}&{more}"


def measure_rows(
    found: Sequence[ReadFigure], question: Asked
) -> dict[str, list[MeasureRow]]:
    """Which rows has the table of measures, under which headings?"""
    grouped: dict[str, list[MeasureRow]] = {name: [] for name in GROUPS.values()}
    for key, rule in MEASURES.items():
        mine = [
            ShownFigure(
                one.figure,
                place_name(one.figure.body),
                figure_words(one.figure),
                rows_address(one.figure, question),
                withheld_words(one),
            )
            for one in found
            if one.figure.key == key
        ]
        module = FUNCTIONS[key].__module__.rsplit(".", 1)[-1]
        if mine:
            url = f"{reverse('measure:measure', args=[key])}?{question.query}"
            grouped[GROUPS[module]].append(MeasureRow(rule, title(rule), url, mine))
    return {heading: rows for heading, rows in grouped.items() if rows}


def period_words(question: Asked) -> str:
    """How are the days said?"""
    period = question.period
    return f"{uk_date(period.first)} to {uk_date(period.last)}"


def four_p_chart(found: Sequence[Figure], question: Asked) -> Chart | None:
    """How do the four Ps divide what each body led? None where nobody led anything."""
    counts = {
        (place_name(f.body), p.capitalize()): f.numerator
        for p in FOUR_PS
        for f in found
        if f.key == f"led_{p}" and f.body in BODIES and f.denominator
    }
    if not counts:
        return None
    everything = sum(counts.values())
    pursued = sum(n for (_body, p), n in counts.items() if p == "Pursue")
    bodies = list(dict.fromkeys(body for body, _p in counts))
    names = [p.capitalize() for p in FOUR_PS]
    when = period_words(question)
    return Chart(
        key="led-by-p",
        title=f"Pursue is {round(100 * pursued / everything)}% of what was led",
        base=f"{number(everything)} disruptions led and graded, {when}",
        spec=_four_p_spec(counts, bodies),
        headings=("Body", *names),
        rows=tuple((b, *(counts.get((b, p), 0) for p in names)) for b in bodies),
    )


def _four_p_spec(
    counts: Mapping[tuple[str, str], float], bodies: list[str]
) -> dict[str, Any]:
    rank = {p.capitalize(): place for place, p in enumerate(FOUR_PS)}
    values = [
        {"body": b, "p": p, "count": n, "rank": rank[p]} for (b, p), n in counts.items()
    ]
    return {
        "height": {"step": 34},
        "data": {"values": values},
        "mark": "bar",
        "encoding": {
            "y": {"field": "body", "type": "nominal", "title": None, "sort": bodies},
            "x": {
                "field": "count",
                "type": "quantitative",
                "stack": "normalize",
                "axis": {"format": "%", "title": "Share of disruptions led"},
            },
            "color": {"field": "p", "title": "P", "scale": four_p_colours()},
            "order": {"field": "rank", "type": "quantitative"},
            "tooltip": [{"field": "body"}, {"field": "p"}, {"field": "count"}],
        },
    }


def measure_chart(
    rule: Measure, found: Sequence[Figure], question: Asked
) -> Chart | None:
    """How does one measure compare between bodies? None where nothing is known.

    The table of the same numbers, with the way to their rows, is the page's own.
    """
    known = [f for f in found if f.value is not None and f.body in BODIES]
    if not any(f.value for f in known):
        return None
    top = max(known, key=lambda f: f.value or 0)
    is_share = rule.unit == "share"
    values = [{"body": place_name(f.body), "value": f.value} for f in known]
    when = period_words(question)
    if rule.period != "flow":
        when = f"as at {uk_date(question.period.as_at)}"
    return Chart(
        key=rule.key.replace("_", "-"),
        title=f"{place_name(top.body)} has the highest figure: {figure_words(top)}",
        base=f"{title(rule)}, {when}",
        spec={
            "height": {"step": 34},
            "data": {"values": values},
            "mark": {"type": "bar", "color": "#12436d"},
            "encoding": {
                "y": {"field": "body", "type": "nominal", "title": None, "sort": "-x"},
                "x": {
                    "field": "value",
                    "type": "quantitative",
                    "axis": {
                        "title": "Share" if is_share else rule.unit.capitalize(),
                        "format": "%" if is_share else ",",
                    },
                },
            },
        },
        headings=(),
        rows=(),
    )
