"""What did a run find, as a page, a map, a timeline and a report show it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.http import Http404
from django.urls import reverse

from fourfold.base.analysis import Answer, Findings, Shown
from fourfold.base.result import Result, kept_result, plain
from fourfold_web.intake.evidence import store
from fourfold_web.picture.runs import queries
from fourfold_web.picture.runs.models import EvidenceRun

MOMENTS = 5_000
"""Moments that a timeline is sent at most; the table has them all (chosen)."""
LANES = ("who", "person", "phone", "device", "source", "plate", "operator", "kind")
WORDS = ("label", "what", "says", "reason", "body")


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
    """What did a run find, without what was set aside since?

    Asked inside `acting_as` somebody who may see the run.

    Raises:
        Http404: it has no result.
        NotAResult: what lies there is not whole.
    """
    if run.state != EvidenceRun.DONE:
        raise Http404
    result = kept_result(folder_of(run))
    aside = _aside(run)
    if not aside:
        return result
    tables = tuple(_without(table, aside) for table in result.findings.tables)
    return replace(result, findings=replace(result.findings, tables=tables))


def report_of_run(run: EvidenceRun, ending: str) -> bytes:
    """Which bytes has the evidential report? `ending` is .docx or .pdf."""
    from fourfold.picture.evidential.report import (  # noqa: PLC0415 takes a second
        report_bytes,
    )

    return report_bytes(result_of_run(run), ending, run.marking())


def withheld_rows(run: EvidenceRun, result: Result) -> int:
    """How many rows of the tables are withheld, as messages set aside since?"""
    whole = kept_result(folder_of(run)).findings.tables
    shown = result.findings.tables
    return sum(
        w.rows.num_rows - s.rows.num_rows for w, s in zip(whole, shown, strict=True)
    )


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


def _aside(run: EvidenceRun) -> set[tuple[int, int]]:
    """Which messages are set aside? Number of the input, line."""
    number = {pk: place for place, pk in enumerate(run.files)}
    return {
        (number[file], line)
        for file, line in queries.set_aside_of(run.files)
        if file in number
    }


def _without(table: Shown, aside: set[tuple[int, int]]) -> Shown:
    rows = table.rows
    if not {"input", "line"} <= set(rows.column_names):
        return table
    pairs = zip(rows["input"].to_pylist(), rows["line"].to_pylist(), strict=True)
    keep = pa.array([pair not in aside for pair in pairs], pa.bool_())
    if pc.all(keep).as_py() is not False:
        return table
    return replace(table, rows=rows.filter(keep))
