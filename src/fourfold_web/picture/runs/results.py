"""What did a run find, as a page, a map, a timeline and a report show it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.http import Http404
from django.urls import reverse

from fourfold.base.analysis import Answer, Findings, Shown
from fourfold.base.errors import FourfoldError
from fourfold.base.result import Result, kept_result, plain
from fourfold_web.base.words import counted
from fourfold_web.intake.evidence import store
from fourfold_web.picture.runs import queries
from fourfold_web.picture.runs.catalogue import catalogue
from fourfold_web.picture.runs.models import EvidenceRun

MOMENTS = 5_000
"""Moments that a timeline is sent at most; the table has them all (chosen)."""
LANES = ("who", "person", "phone", "device", "source", "plate", "operator", "kind")
MAY_BE_PRIVILEGED = ("messages", "images")
WORDS = ("label", "what", "says", "reason", "body")


class ClosedSince(FourfoldError):
    """A result may rest on a message that was set aside after it was worked out."""

    what = "{reference} is closed: {messages} set aside since."
    do = "Ask the question again; what was set aside is then left out."
    status = 409


@dataclass(frozen=True)
class ShownAnswer:
    """One sentence of the answer, and where its rows are."""

    text: str
    url: str
    rows: int


def folder_of(run: EvidenceRun) -> Path:
    """In which folder does the result of a run lie?"""
    return store.results_folder() / run.result


def result_of_run(run: EvidenceRun) -> Result:
    """What did a run find?

    Asked inside `acting_as` somebody who may see the run.

    Raises:
        Http404: it has no result.
        ClosedSince: a message that it may tell of was set aside since.
        NotAResult: what lies there is not whole.
    """
    if run.state != EvidenceRun.DONE:
        raise Http404
    check_open(run)
    return kept_result(folder_of(run))


def check_open(run: EvidenceRun) -> None:
    """May the result still be shown, as far as what was set aside since goes?

    Sentences and sums cannot be told apart from what they rest on: none is shown.

    Raises:
        ClosedSince: a message that it may tell of was set aside since.
    """
    if since := queries.set_aside_since(run) if _tells_of_messages(run) else 0:
        words = counted(since, "message of its files was", "messages of its files were")
        raise ClosedSince(reference=run.reference, messages=words)


def report_of_run(run: EvidenceRun, ending: str) -> bytes:
    """Which bytes has the evidential report? `ending` is .docx or .pdf."""
    from fourfold.picture.evidential.report import (  # noqa: PLC0415 takes a second
        report_bytes,
    )

    return report_bytes(result_of_run(run), ending, run.marking())


def table_of(result: Result, name: str) -> Shown:
    """Which table of the result has that name?

    Raises:
        Http404: none has.
    """
    for table in result.findings.tables:
        if table.name == name:
            return table
    raise Http404


def answers_of(run: EvidenceRun, findings: Findings) -> list[ShownAnswer]:
    """Which sentences answer the question, and where is each shown in rows?"""
    names = {table.name: table for table in findings.tables}
    return [_shown_answer(run, answer, names) for answer in findings.answers]


def table_address(run: EvidenceRun, name: str) -> str:
    """Where is a table of a run's result?"""
    return reverse("picture:run-table", args=[run.reference, name])


def places_of(findings: Findings) -> dict[str, Any]:
    """Where does it lie? A GeoJSON collection: points, then lines and areas."""
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {
                name: plain(row.get(name)) for name in ("at", "label", "kind", "who")
            },
        }
        for row in (findings.places.to_pylist() if findings.places else [])
        if row["lat"] is not None and row["lon"] is not None
    ]
    return {"type": "FeatureCollection", "features": [*points, *findings.features]}


def has_places(findings: Findings) -> bool:
    """Is there anything to put on a map?"""
    rows = findings.places.num_rows if findings.places is not None else 0
    return bool(rows or findings.features)


def has_moments(findings: Findings) -> bool:
    """Is there anything to put on a timeline?"""
    return any(True for _ in moments_of(findings))


def moments_of(findings: Findings) -> Iterator[dict[str, Any]]:
    """What happened when? Of the places with a time; else of the first such table."""
    if findings.places is not None and findings.places.num_rows:
        yield from _moments(findings.places)
        return
    for table in findings.tables:
        if _time_column(table.rows):
            yield from _moments(table.rows)
            return


def _moments(rows: pa.Table) -> Iterator[dict[str, Any]]:
    at = _time_column(rows)
    if at is None:
        return
    present = set(rows.column_names)
    lane = next((name for name in LANES if name in present), "")
    words = next((name for name in WORDS if name in present), "")
    kind = "kind" if "kind" in present else ""
    for row in rows.slice(0, MOMENTS).to_pylist():
        if isinstance(row[at], datetime):
            yield {
                "at": row[at].isoformat(),
                "until": None,
                "lane": str(row.get(lane) or ""),
                "kind": str(row.get(kind) or ""),
                "label": str(row.get(words) or "")[:200],
            }


def _time_column(rows: pa.Table) -> str | None:
    for name in ("at", "start_at", "sent_at", "first_at", "first_seen"):
        if name in rows.column_names and pa.types.is_timestamp(
            rows.schema.field(name).type
        ):
            return name
    return None


def _shown_answer(
    run: EvidenceRun, answer: Answer, tables: Mapping[str, Shown]
) -> ShownAnswer:
    if answer.table not in tables:
        return ShownAnswer(answer.text, "", 0)
    url = table_address(run, answer.table)
    if answer.rows:
        rows = ",".join(str(row) for row in answer.rows[:1000])
        return ShownAnswer(answer.text, f"{url}?rows={rows}", len(answer.rows))
    return ShownAnswer(answer.text, url, tables[answer.table].rows.num_rows)


def _tells_of_messages(run: EvidenceRun) -> bool:
    """May its answer hold words of messages, or pictures that hang on them?"""
    asked = catalogue().get(run.analysis)
    takes = (*asked.takes, *asked.may_take) if asked else MAY_BE_PRIVILEGED
    return bool(set(takes) & set(MAY_BE_PRIVILEGED))
