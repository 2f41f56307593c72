"""A few reads, listed vehicles and stops by hand, and how to ask of them."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.base.analysis import Case, Findings
from fourfold.base.engine import open_engine
from fourfold.intake.evidence import evidence_kind
from fourfold.picture.vehicles.analyses import ANALYSES

Row = dict[str, Any]
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday, in winter: the clock on the wall is UTC."""
CAMERAS = {f"C{n}": (52.6 + n / 20, -1.1) for n in range(10)}
"""Cameras in a line to the north, about 5.6 km from each to the next."""
QUESTIONS = {analysis.name: analysis for analysis in ANALYSES}


def read(plate: str, camera: str, day: float, hour: float = 0.0, **more: Any) -> Row:
    """One read, so many days and hours after the begin."""
    lat, lon = CAMERAS.get(camera, (None, None))
    at = BEGIN + timedelta(days=day, hours=hour)
    row = {"plate": plate, "camera": camera, "at": at, "lat": lat, "lon": lon}
    return row | {"confidence": 0.9} | more


def listed(plate: str, reason: str = "Wanted on warrant", **more: Any) -> Row:
    """One row of a list of vehicles."""
    row = {"plate": plate, "reason": reason, "list": "own", "reference": f"R-{plate}"}
    return row | more


def table_of(kind: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as the reader gives them; text that a row lacks is empty."""
    schema = evidence_kind(kind).schema
    texts = {field.name for field in schema if field.type == pa.string()}
    whole = [
        dict.fromkeys(texts, "") | {"input": 0, "line": line} | row
        for line, row in enumerate(rows, start=2)
    ]
    return pa.Table.from_pylist(whole, schema=schema)


def held(backend: Any, engine: str, kind: str, rows: Sequence[Row]) -> Any:
    """Rows as a table on an engine."""
    if engine == "spark":
        path = Path(tempfile.mkdtemp()) / f"{kind}.parquet"
        pq.write_table(table_of(kind, rows), path)
        return backend.read_parquet(str(path))
    table = ibis.memtable(table_of(kind, rows))
    name = f"{kind}_{engine}".replace("-", "_")
    return backend.create_table(name, table, temp=True)


def asked_on(
    backend: Any,
    engine: str,
    question: str,
    kinds: dict[str, Sequence[Row]],
    **set_to: Any,
) -> Findings:
    """What does a question find in these rows on an engine that is open?"""
    analysis = QUESTIONS[question]
    tables = {kind: held(backend, engine, kind, rows) for kind, rows in kinds.items()}
    return analysis.run(Case(tables, analysis.settle(set_to), backend))


def asked(question: str, kinds: dict[str, Sequence[Row]], **set_to: Any) -> Findings:
    """What does a question find in these rows?"""
    with open_engine("duckdb") as backend:
        return asked_on(backend, "duckdb", question, kinds, **set_to)


def rows_of(findings: Findings, name: str = "") -> list[Row]:
    """The rows of the first table, or of the one that is named."""
    if not name:
        return list(findings.tables[0].rows.to_pylist())
    return next(t.rows.to_pylist() for t in findings.tables if t.name == name)
