"""Which columns and order has the list of reports?"""

from django.urls import reverse

from fourfold_web.base.lists import Column, DateRange, ListSpec, Text
from fourfold_web.inspect.models import Report


def report_address(report: Report) -> str:
    """Where is the page of a report?"""
    return reverse("inspect:report", args=[report.reference])


REPORTS = ListSpec(
    name="reports",
    title="Inspection reports",
    noun=("report", "reports"),
    columns=(
        Column("reference", "Reference", sort="reference", link=report_address),
        Column("title", "Title", sort="title"),
        Column("published", "Published", cell="published_on", sort="published_on"),
        Column("n_judgments", "Judgments", sort="n_judgments", numeric=True),
        Column("n_findings", "Findings", sort="n_findings", numeric=True),
        Column(
            "n_recommendations",
            "Recommendations",
            sort="n_recommendations",
            numeric=True,
        ),
        Column("n_figures", "Figures", sort="n_figures", numeric=True),
        Column("filed_by", "Filed by", cell="made_by.name", sort="made_by__name"),
    ),
    filters=(
        Text(name="q", lookups=("reference", "title"), always=True),
        DateRange(name="published", label="Published", lookup="published_on"),
    ),
    default_sort="-published",
    empty="No report is filed. File one: text, web page, Word or PDF.",
)
