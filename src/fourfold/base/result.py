"""What was answered, from which files, how, and can it be kept and read again?

The same inputs, parameters and versions give the same bytes: a result says nothing of
when or where it was made.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.base.analysis import Analysis, Answer, Column, Findings, Shown, Value
from fourfold.base.errors import FourfoldError

SHEET = "result.json"
PLACES = "_places"


class NotAResult(FourfoldError):
    """A folder does not hold a result that we kept."""

    what = "{folder} does not hold a whole result: {fault}."
    do = "Run the analysis again, with --out naming a new folder."
    status = 422


@dataclass(frozen=True)
class Input:
    """One file that an answer rests on.

    `rows` are those read into the analysis; `authority` is the reference under which
    the file was obtained, "" where none was recorded.
    """

    name: str
    kind: str
    sha256: str
    size: int
    rows: int
    layout: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Result:
    """One answered question, with all that it takes to answer it again."""

    analysis: str
    question: str
    method: str
    source: str
    engine: str
    inputs: tuple[Input, ...]
    parameters: Mapping[str, Any]
    limits: tuple[str, ...]
    findings: Findings
    versions: Mapping[str, str]

    def records(self) -> list[dict[str, Any]]:
        """The rows of the first table as plain values, in its order."""
        if not self.findings.tables:
            return []
        return [
            {name: plain(value) for name, value in row.items()}
            for row in self.findings.tables[0].rows.to_pylist()
        ]

    def as_json(self) -> dict[str, Any]:
        """The whole result as plain values, tables included."""
        sheet = self._sheet()
        for shown, table in zip(sheet["tables"], self.findings.tables, strict=True):
            shown["rows"] = [
                {name: plain(value) for name, value in row.items()}
                for row in table.rows.to_pylist()
            ]
        return sheet

    def keep(self, folder: Path) -> str:
        """Write the result into a new folder and say which sha256 it has as a whole."""
        folder.mkdir(parents=True, exist_ok=True)
        for table in self.findings.tables:
            pq.write_table(table.rows, folder / f"{table.name}.parquet")
        if self.findings.places is not None:
            pq.write_table(self.findings.places, folder / f"{PLACES}.parquet")
        text = json.dumps(self._sheet(), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / SHEET).write_text(text, encoding="utf-8")
        return self.digest()

    def digest(self) -> str:
        """Which sha256 has the result? Equal answers from equal inputs, equal one."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _sheet(self) -> dict[str, Any]:
        return {
            "analysis": self.analysis,
            "question": self.question,
            "method": self.method,
            "source": self.source,
            "engine": self.engine,
            "inputs": [asdict(one) for one in self.inputs],
            "parameters": {name: plain(v) for name, v in self.parameters.items()},
            "limits": list(self.limits),
            "versions": dict(self.versions),
            "answers": [
                {"text": a.text, "table": a.table, "rows": list(a.rows)}
                for a in self.findings.answers
            ],
            "notes": list(self.findings.notes),
            "features": list(self.findings.features),
            "tables": [
                {
                    "name": table.name,
                    "caption": table.caption,
                    "columns": [asdict(column) for column in table.columns],
                }
                for table in self.findings.tables
            ],
        }


def result_of(
    analysis: Analysis,
    findings: Findings,
    *,
    engine: str,
    inputs: tuple[Input, ...],
    parameters: Mapping[str, Value],
) -> Result:
    """Put together what is kept of one run."""
    return Result(
        analysis=analysis.key,
        question=analysis.question,
        method=analysis.method,
        source=analysis.source,
        engine=engine,
        inputs=inputs,
        parameters=dict(parameters),
        limits=analysis.limits,
        findings=findings,
        versions={
            name: version(name) for name in ("fourfold", "ibis-framework", "duckdb")
        },
    )


def kept_result(folder: Path) -> Result:
    """Which result was kept in a folder?

    Raises:
        NotAResult: the folder lacks a part, or a part cannot be read.
    """
    try:
        sheet = json.loads((folder / SHEET).read_text(encoding="utf-8"))
        tables = tuple(_shown(folder, table) for table in sheet["tables"])
        places = folder / f"{PLACES}.parquet"
        findings = Findings(
            answers=tuple(
                Answer(a["text"], a["table"], tuple(a["rows"]))
                for a in sheet["answers"]
            ),
            tables=tables,
            places=pq.read_table(places) if places.exists() else None,
            features=tuple(sheet["features"]),
            notes=tuple(sheet["notes"]),
        )
        return Result(
            findings=findings,
            inputs=tuple(Input(**one) for one in sheet["inputs"]),
            limits=tuple(sheet["limits"]),
            **{
                name: sheet[name]
                for name in (
                    "analysis",
                    "question",
                    "method",
                    "source",
                    "engine",
                    "parameters",
                    "versions",
                )
            },
        )
    except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise NotAResult(folder=str(folder), fault=str(error)) from error


def plain(value: Any) -> Any:
    """How is a value written as JSON? Instants and days as ISO text."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    return value


def _shown(folder: Path, sheet: Mapping[str, Any]) -> Shown:
    return Shown(
        name=sheet["name"],
        caption=sheet["caption"],
        columns=tuple(Column(**column) for column in sheet["columns"]),
        rows=pq.read_table(folder / f"{sheet['name']}.parquet"),
    )
