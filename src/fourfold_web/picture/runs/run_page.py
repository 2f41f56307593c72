"""What does the page of a question show: how far it is, and then the answer?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from fourfold.base.analysis import Analysis, Value, WrongParameter
from fourfold.base.result import NotAResult, Result
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.intake.evidence.powers import kind_name
from fourfold_web.intake.evidence.queries import job_on
from fourfold_web.intake.evidence.queue import no_worker
from fourfold_web.picture.runs import listing, queries, results, tables
from fourfold_web.picture.runs.catalogue import catalogue
from fourfold_web.picture.runs.models import EvidenceRun
from fourfold_web.picture.runs.parameters import shown as parameters_shown
from fourfold_web.picture.runs.parameters_kept import kept
from fourfold_web.picture.runs.services import asked_digest

ON_PAGE = 10
"""Rows of each table that stand on the page of the answer; the rest a press away."""


@dataclass(frozen=True)
class Area:
    """The questions of one area."""

    name: str
    analyses: Sequence[Analysis]


def areas(found: Iterable[str] | None = None) -> list[Area]:
    """Which questions can be asked, area by area? With `found`: of these kinds."""
    groups: dict[str, list[Analysis]] = defaultdict(list)
    for one in catalogue().values():
        if found is None or {*one.takes, *one.may_take} & {*found}:
            groups[one.area].append(one)
    return [Area(listing.area_name(key), group) for key, group in groups.items()]


def about_analysis(analysis: Analysis, files: Sequence[EvidenceFile]) -> dict[str, Any]:
    """What does an officer read before asking: method, limits, what it takes?"""
    held = queries.kinds_in(files)
    takes = [kind_name(kind).lower() for kind in analysis.takes]
    may = [kind_name(kind).lower() for kind in analysis.may_take]
    lacks = [kind_name(kind).lower() for kind in analysis.takes if kind not in held]
    return {"takes": takes, "may_take": may, "lacks": lacks}


def answered(
    officer: Officer,
    analysis: Analysis,
    files: Sequence[EvidenceFile],
    given: Mapping[str, Value],
) -> EvidenceRun | None:
    """Was the very same question answered before, so that the officer may see it?"""
    try:
        settled = kept(analysis.settle(given))
    except WrongParameter:
        return None  # Asking says what is wrong.
    aside = queries.set_aside_of(file.pk for file in files)
    digest = asked_digest(analysis, files, settled, aside)
    return queries.asked_before(officer, digest)


def asked_before_words(before: EvidenceRun) -> str:
    """What is said to somebody who asks what was answered before?"""
    return (
        f"This was asked before, of the same files with the same settings: see"
        f" {before.reference}. Tick the box at the end to ask it again."
    )


def shown_run(officer: Officer, run: EvidenceRun) -> dict[str, Any]:
    """What does the page of a run show?"""
    may = officer.may("analyse", run.body)
    told: dict[str, Any] = {
        "run": run,
        "state": listing.state_of(run),
        "may_steer": may and run.unended,
        "inputs": [_input(one) for one in run.inputs],
        "kept": queries.kept_of(officer, run),
    }
    analysis = catalogue().get(run.analysis)
    if analysis is not None:
        told["settings"] = parameters_shown(analysis, run.parameters)
        if may and not run.unended:
            told["again_url"] = _again(run)
    if run.unended:
        return told | {"job": job_on(run.reference), "no_worker": no_worker()}
    if run.state != EvidenceRun.DONE:
        return told
    try:
        result = results.result_of_run(run)
    except (NotAResult, results.ClosedSince) as fault:
        return told | {"lost": str(fault)}
    may_keep = officer.may("analyse")
    return told | _answer(run, result) | {"may_keep": may_keep}


def _answer(run: EvidenceRun, result: Result) -> dict[str, Any]:
    findings = result.findings
    return {
        "result": result,
        "answers": results.answers_of(run, findings),
        "tables": [
            (
                tables.table_page(
                    table, QueryDict(f"of={ON_PAGE}"), file_references(run)
                ),
                results.table_address(run, table.name),
            )
            for table in findings.tables
        ],
        "places_url": _json_address("run-places", run, results.has_places(findings)),
        "timeline_url": _json_address(
            "run-timeline", run, results.has_moments(findings)
        ),
        "versions": sorted(result.versions.items()),
    }


def file_references(run: EvidenceRun) -> list[str]:
    """The files of a run, as the rows of its answer number them."""
    return [str(one["reference"]) for one in run.inputs]


def _again(run: EvidenceRun) -> str:
    """Where may the question be asked again, with what was set?"""
    form = reverse("picture:analysis-new", args=[run.analysis])
    return f"{form}?like={run.reference}"


def _json_address(name: str, run: EvidenceRun, there: bool) -> str:
    return reverse(f"picture:{name}", args=[run.reference]) if there else ""


def _input(said: Mapping[str, Any]) -> dict[str, Any]:
    address = reverse("intake:evidence-file", args=[said["reference"]])
    return {**said, "address": address, "kind_words": kind_name(str(said["kind"]))}
