"""How is a published report filed, and how are promises made and kept?"""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from fourfold.base.errors import FourfoldError
from fourfold.inspect import report as published
from fourfold.inspect.links import rules_of
from fourfold.inspect.reading import read_report
from fourfold_web.base.audit import change
from fourfold_web.base.clock import today
from fourfold_web.base.models import Officer, Record
from fourfold_web.base.references import next_references
from fourfold_web.inspect.models import (
    Finding,
    Judgment,
    Promise,
    Recommendation,
    Report,
    ReportFigure,
)


class FiledAlready(FourfoldError):
    """The same file is in the register."""

    what = "This report is filed already, as {reference}."
    do = "Open it there. Nothing was changed."
    status = 409


class NothingToFile(FourfoldError):
    """A text holds no judgment, finding, recommendation or figure."""

    what = "{file} holds no judgment, finding, recommendation or figure."
    do = "Check that it is an inspection report or a press text about one."
    status = 422


class DueInPast(FourfoldError):
    """A promise cannot fall due before it is made."""

    what = "The promise would be due on {due_on}, which has passed."
    do = "Choose today or a later day."
    status = 422


class NoEvidence(FourfoldError):
    """A promise cannot be kept on a word alone."""

    what = "{reference} was not recorded as kept: there is no evidence."
    do = "Say what shows that it was done, and where that is kept."
    status = 422


def file_report(*, actor: Officer, path: Path, filename: str = "") -> Report:
    """File a published report in the register, item by item.

    Args:
        actor: who files it; needs the right "report".
        path: the file: txt, html, docx or pdf.
        filename: its name as given, when `path` is a working copy.

    Raises:
        NotAllowed: `actor` lacks the right.
        FiledAlready: the same file, by digest, is in the register.
        NothingToFile: the text holds nothing of an inspection.
        FourfoldError: the file cannot be read; the sentence says why.
    """
    name = filename or path.name
    read = read_report(path)
    if not (read.judgments or read.findings or read.recommendations or read.figures):
        raise NothingToFile(file=name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    check_unfiled(digest)
    with change(actor, "report.filed", about=actor.body) as line:
        report = Report(
            reference=next_references(actor.body, "RPT")[0],
            body=actor.body,
            made_by=actor,
            title=read.title,
            published_on=read.published,
            source=read.source,
            filename=name,
            sha256=digest,
            lines=list(read.lines),
        )
        report.save()
        line.add(report)
        for kind, items in _items(report, read).items():
            line.add_bulk(kind, len(items), digest)
    return report


def check_unfiled(sha256: str) -> None:
    """Is the file new to the register?

    Raises:
        FiledAlready: it is there, by digest.
    """
    filed = Report.objects.filter(sha256=sha256).first()
    if filed is not None:
        raise FiledAlready(reference=filed.reference)


def make_promise(
    *, actor: Officer, finding: Finding, text: str, owner: Officer, due_on: date
) -> Promise:
    """Promise to put a finding right.

    Raises:
        NotAllowed: `actor` lacks the right "promise".
        DueInPast: `due_on` has passed.
        ValidationError: a field is empty.
    """
    promise = Promise(
        body=actor.body,
        made_by=actor,
        finding=finding,
        text=text,
        owner=owner,
        due_on=due_on,
    )
    if due_on < today():
        raise DueInPast(due_on=due_on)
    with change(actor, "promise.made", about=actor.body) as line:
        promise.reference = next_references(actor.body, "PRO")[0]
        promise.full_clean()
        promise.save()
        line.add(promise)
    return promise


def keep_promise(
    *, actor: Officer, promise: Promise, done_on: date, evidence: str
) -> Promise:
    """Record that a promise was kept, with the evidence.

    Raises:
        NotAllowed: `actor` lacks the right "promise" for its body.
        ValidationError: there is no evidence.
    """
    before = {"done_on": promise.done_on, "evidence": promise.evidence}
    promise.done_on, promise.evidence = done_on, evidence
    if not evidence.strip():
        raise NoEvidence(reference=promise.reference)
    with change(actor, "promise.changed", about=promise) as line:
        promise.full_clean()
        promise.save()
        line.add(promise, **before)
    return promise


def _items(report: Report, read: published.Report) -> dict[str, list[Any]]:
    judgments = [Judgment(**_said(j), grade=j.grade) for j in read.judgments]
    findings = [_finding(f) for f in read.findings]
    recommendations = [_recommendation(r) for r in read.recommendations]
    numbers = [_figure(f) for f in read.figures]
    return {
        "judgments": _saved(report, Judgment, "JDG", judgments),
        "findings": _saved(report, Finding, "FND", findings),
        "recommendations": _saved(report, Recommendation, "RCM", recommendations),
        "figures": _saved(report, ReportFigure, "FIG", numbers),
    }


def _finding(said: published.Finding) -> Finding:
    return Finding(
        **_said(said),
        kind=said.kind,
        section=said.section or "",
        heading=said.heading,
        text=said.text,
        bullets=list(said.bullets),
        rules=list(rules_of(said)),
    )


def _recommendation(said: published.Recommendation) -> Recommendation:
    return Recommendation(
        **_said(said),
        owner=said.owner or "",
        due_on=said.deadline,
        deadline_text=said.deadline_text or "",
        actions=list(said.actions),
        parent=said.parent or "",
        number=said.number or "",
    )


def _figure(said: published.Figure) -> ReportFigure:
    return ReportFigure(
        **_said(said),
        value=said.value,
        unit=said.unit,
        measures=said.measures,
        period=said.period or "",
        qualifier=said.qualifier or "",
        reported_by=said.reported_by or "",
    )


def _said(item: Any) -> dict[str, Any]:
    return {
        "place": item.body_slug or "",
        "place_name": item.body or "",
        "quote": item.quote,
        "line": item.line,
    }


def _saved(
    report: Report, model: type[Record], code: str, items: Iterable[Any]
) -> list[Any]:
    made = list(items)
    references = next_references(report.body, code, len(made))
    for item, reference in zip(made, references, strict=True):
        item.reference, item.body = reference, report.body
        item.report, item.made_by = report, report.made_by
    return model.objects.bulk_create(made)  # type: ignore[attr-defined, no-any-return]
