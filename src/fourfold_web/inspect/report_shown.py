"""How is a published report shown, item by item, with the line of each?"""

from typing import Any

from fourfold.inspect import report as published
from fourfold_web.base.words import counted, listed, money, number
from fourfold_web.inspect.models import Report, ReportFigure


def report_parts(report: Report) -> dict[str, Any]:
    """What does the page of a filed report show?"""
    judgments = list(report.judgments.all())
    findings = list(report.findings.all())
    recommendations = list(report.recommendations.all())
    figures = list(report.reportfigures.all())
    return {
        "report": report,
        "judgments": judgments,
        "findings": findings,
        "recommendations": recommendations,
        "figures": [(one, figure_words(one)) for one in figures],
        "holds": holds(judgments, findings, recommendations, figures),
    }


def preview(read: published.Report, filename: str) -> dict[str, Any]:
    """What would be filed from a report that was only read?"""
    found = (read.judgments, read.findings, read.recommendations, read.figures)
    return {
        "read": read,
        "filename": filename,
        "holds": holds(*found),
        "is_empty": not any(found),
    }


def holds(judgments: Any, findings: Any, recommendations: Any, figures: Any) -> str:
    """How much does a report hold, in words?"""
    return listed(
        [
            counted(len(judgments), "judgment", "judgments"),
            counted(len(findings), "finding", "findings").lower(),
            counted(len(recommendations), "recommendation", "recommendations").lower(),
            counted(len(figures), "figure", "figures").lower(),
        ]
    )


def figure_words(figure: ReportFigure) -> str:
    """How is a printed figure written? As "more than 67%" or "£9 million"."""
    whole = int(figure.value) if figure.value.is_integer() else figure.value
    if figure.unit == "percent":
        said = f"{number(whole)}%"
    elif figure.unit == "GBP":
        said = money(whole)
    elif figure.unit in ("count", ""):
        said = number(whole)
    else:
        said = f"{number(whole)} {figure.unit}"
    return f"{figure.qualifier} {said}".strip()
