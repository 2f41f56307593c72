"""One question of a few literal calls, as a test asks it."""

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.base.result import Result
from fourfold.picture.calls.analyses import ANALYSES
from fourfold.picture.running import run_analysis
from tests.fourfold.picture.calls.small_calls import table

KEYED = {analysis.key: analysis for analysis in ANALYSES}


def ask(name: str, rows: list[dict[str, Any]] | pa.Table, **parameters: Any) -> Result:
    """The result of `calls.<name>` on these calls."""
    return ask_of(name, {"calls": rows}, **parameters)


def ask_of(name: str, evidence: dict[str, Any], **parameters: Any) -> Result:
    """The result on several kinds of evidence, each a table or rows of calls."""
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for kind, rows in evidence.items():
            path = Path(folder) / f"{kind}.parquet"
            pq.write_table(table(rows) if isinstance(rows, list) else rows, path)
            files[kind] = [path]
        return run_analysis(KEYED[f"calls.{name}"], files, parameters, "duckdb")


def picked(result: Result, *names: str) -> list[tuple[Any, ...]]:
    """These columns of the main table, row by row."""
    return [tuple(row[name] for name in names) for row in result.records()]
