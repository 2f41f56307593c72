"""What does an evidential report say, whatever paper it is printed on?

Sections in the order in which a court reads: question, answer, inputs, method,
parameters, limits, result, versions, check, annex. Values are text by the time they
leave here, so that Word and PDF say the same to the letter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fourfold.base.analysis import Shown
from fourfold.base.result import Result

ROWS_IN_REPORT = 25
"""Rows of each table in the body of the report; the annex has the rest (chosen)."""
ROWS_IN_ANNEX = 2_000
"""Rows of each table in the annex; what is left out is counted (chosen)."""
UNMARKED = "OFFICIAL-SENSITIVE"
NO_AUTHORITY = "none recorded"
CHECK = (
    "Analysis run by",
    "Date",
    "Critical findings checked by (a second person)",
    "Date of check",
    "Declaration on the Forensic Science Regulator's code",
)


@dataclass(frozen=True)
class Grid:
    """A table of text: one heading a column, rows of the same width."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One section: paragraphs, then points, then tables."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report, ready to be set in type."""

    title: str
    marking: str
    digest: str
    sections: tuple[Section, ...]


def report_of(result: Result, marking: str = UNMARKED) -> Report:
    """Which report does a result make?

    Args:
        result: what was found, with its inputs, method and limits.
        marking: stands at the head and foot of every page.
    """
    return Report(
        title=result.question,
        marking=marking,
        digest=result.digest(),
        sections=tuple(_sections(result)),
    )


def shown_value(value: Any) -> str:
    """How is one value written in a report? An unknown one is an en dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        zone = " UTC" if value.tzinfo is not None else ""
        return f"{value:%d/%m/%Y %H:%M:%S}{zone}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        return ", ".join(shown_value(item) for item in value) or "–"
    return str(value)


def _sections(result: Result) -> Iterable[Section]:
    yield Section(
        "Answer",
        points=tuple(answer.text for answer in result.findings.answers),
        paragraphs=()
        if result.findings.answers
        else ("Nothing was found that answers the question.",),
    )
    yield Section(
        "What this does not show", points=(*result.limits, *result.findings.notes)
    )
    yield Section("Inputs", grids=(_inputs(result),))
    yield Section(
        "Method",
        paragraphs=tuple(p for p in (result.method, _source(result)) if p),
        grids=(_parameters(result),) if result.parameters else (),
    )
    tables = result.findings.tables
    yield Section("Result", grids=tuple(_grid(t, ROWS_IN_REPORT) for t in tables))
    yield Section("Versions", grids=(_versions(result),))
    blank = tuple((line, "") for line in CHECK)
    yield Section("Check", grids=(Grid("To be filled in", ("What", "Who"), blank),))
    long = [t for t in tables if t.rows.num_rows > ROWS_IN_REPORT]
    if long:
        yield Section("Annex: rows", grids=tuple(_grid(t, ROWS_IN_ANNEX) for t in long))


def _source(result: Result) -> str:
    return f"Source of the method: {result.source}" if result.source else ""


def _inputs(result: Result) -> Grid:
    rows = tuple(
        (
            one.name,
            one.kind,
            shown_value(one.rows),
            shown_value(one.size),
            one.layout or "–",
            one.authority or NO_AUTHORITY,
            one.sha256,
        )
        for one in result.inputs
    )
    headings = ("File", "Kind", "Rows", "Bytes", "Layout", "Authority", "SHA-256")
    return Grid(f"Files read: {len(rows)}", headings, rows)


def _parameters(result: Result) -> Grid:
    rows = tuple(
        (name.replace("_", " "), shown_value(value))
        for name, value in result.parameters.items()
    )
    return Grid("Parameters", ("Parameter", "Value"), rows)


def _versions(result: Result) -> Grid:
    rows = (("engine", result.engine), *result.versions.items())
    return Grid("Software", ("Part", "Version"), rows)


def _grid(table: Shown, most: int) -> Grid:
    count = table.rows.num_rows
    caption = table.caption
    if count > most:
        caption += f" (the first {most:,} of {count:,} rows)"
    return Grid(caption, _headings(table), tuple(_rows(table, most)))


def _headings(table: Shown) -> tuple[str, ...]:
    return tuple(
        f"{column.heading} ({column.unit})" if column.unit else column.heading
        for column in table.columns
    )


def _rows(table: Shown, most: int) -> Iterable[tuple[str, ...]]:
    names: Sequence[str] = [column.name for column in table.columns]
    for row in table.rows.slice(0, most).to_pylist():
        yield tuple(shown_value(row[name]) for name in names)
