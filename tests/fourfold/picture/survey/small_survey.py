"""A few readings by hand, and how a question is asked of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa

from fourfold.base.analysis import Case, Findings
from fourfold.intake.evidence import evidence_kind
from fourfold.picture.survey.analyses import ANALYSES

Row = dict[str, Any]
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = (52.6386, -1.1317)
A_METRE = 1 / 111_195
QUESTIONS = {analysis.name: analysis for analysis in ANALYSES}

READING: Row = {
    "input": 0,
    "survey": "spring",
    "kit": "receiver",
    "lat": HERE[0],
    "lon": HERE[1],
    "gps_metres": 5.0,
    "speed_kmh": 30.0,
    "operator": "001-01",
    "technology": "4G",
    "band": "6300",
    "cell": "A",
    "colour": "1",
    "serving": True,
    "level_dbm": -80.0,
}


def reading(second: int = 0, north: float = 0.0, **other: Any) -> Row:
    """One reading, so many seconds after the begin and metres north of the place."""
    row = READING | {"line": second + 2, "at": BEGIN + timedelta(seconds=second)}
    return row | {"lat": HERE[0] + north * A_METRE} | other


def neighbour(second: int = 0, north: float = 0.0, **other: Any) -> Row:
    """One cell that was heard beside the serving one, without its identity."""
    unnamed = {"cell": "", "serving": False, "operator": ""}
    return reading(second, north, **(unnamed | other))


def times(row: Row, number: int) -> list[Row]:
    """The same reading second after second."""
    step = timedelta(seconds=1)
    return [
        row | {"line": row["line"] + n, "at": row["at"] + n * step}
        for n in range(number)
    ]


def table_of(kind: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as a table of a kind; text that a row lacks is empty."""
    schema = evidence_kind(kind).schema
    texts = {field.name for field in schema if field.type == pa.string()}
    whole = [dict.fromkeys(texts, "") | row for row in rows]
    return pa.Table.from_pylist(whole, schema=schema)


def asked(
    engine: Any, question: str, kinds: dict[str, Sequence[Row]], **parameters: Any
) -> Findings:
    """What does a question find in these rows?"""
    analysis = QUESTIONS[question]
    tables = {kind: ibis.memtable(table_of(kind, rows)) for kind, rows in kinds.items()}
    return analysis.run(Case(tables, analysis.settle(parameters), engine))


def rows_of(findings: Findings, name: str = "") -> list[Row]:
    """The rows of the first table, or of the one that is named."""
    if not name:
        return list(findings.tables[0].rows.to_pylist())
    return next(t.rows.to_pylist() for t in findings.tables if t.name == name)


def texts_of(findings: Findings) -> str:
    """All sentences of the answer."""
    return " ".join(answer.text for answer in findings.answers)
