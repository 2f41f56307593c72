"""How long do questions of a radio survey take; how often is a neighbour named rightly?

`python -m benchmarks.survey [--readings N] [--json]`. The invented world says which
cell each neighbour was. The floors are the same count of serving cells by square,
without gates, neighbours or words: hand-written SQL, and pandas.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.figures import Figure, check
from benchmarks.machine import machine, own_peak_mb, said
from fourfold.base.analysis import Case
from fourfold.base.engine import open_engine
from fourfold.intake.bulk.reading import ReadingOptions, read_evidence
from fourfold.picture.running import run_analysis
from fourfold.picture.survey.analyses import ANALYSES
from fourfold.picture.survey.readings import readings
from fourfold.picture.survey.squares import squares_of
from fourfold.region.bulk.survey import (
    GONE,
    cell_site_list,
    survey_rows,
    world,
    write_drive_log,
    write_survey,
)

READINGS, MOMENTS = 1_000_000, 100_000
BUDGET_SECONDS, BUDGET_GB = 10.0, 4.0
HERE = "52.6386, -1.1317"
ASKED: dict[str, dict[str, Any]] = {
    "quality": {},
    "best-server": {},
    "strongest": {},
    "footprint": {},
    "coverage": {"place": HERE},
    "could-serve": {"place": HERE, "cell": world(0).names[GONE]},
    "compare": {},
}
SQL = """
    SELECT floor(lat * 111195 / 100) AS y, floor(lon * 67500 / 100) AS x, operator,
           technology, cell, count(*) AS n, avg(level_dbm) AS level
    FROM read_parquet($1) WHERE serving GROUP BY y, x, operator, technology, cell
    QUALIFY row_number() OVER (
        PARTITION BY y, x, operator, technology ORDER BY n DESC) = 1
"""


def figures(count: int) -> Iterator[Figure]:
    """Reading a log, each question, its floors, the share of names that are right."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield _reading(folder)
        surveys = [folder / "spring.parquet", folder / "autumn.parquet"]
        write_survey(surveys[0], count)
        write_survey(surveys[1], count // 2, second=True)
        pq.write_table(cell_site_list(), folder / "cells.parquet")
        taken = {}
        for question, parameters in ASKED.items():
            both = question == "compare"
            seconds = _asked(folder, question, surveys[: 1 + both], parameters)
            taken[question] = seconds
            rows = count + both * (count // 2)
            yield Figure(
                f"survey {question}, {rows:,} readings",
                seconds,
                "s",
                BUDGET_SECONDS * (1 + both),
            )
        yield from _floors(surveys[0], taken["best-server"])
        yield _names(folder, surveys[0], count)
        yield _planned(folder)
    peak = own_peak_mb() / 1024
    yield Figure("most memory of all the above", peak, "GB", BUDGET_GB)


def _reading(folder: Path) -> Figure:
    log = folder / "drive.csv"
    write_drive_log(log, MOMENTS)
    begun = time.perf_counter()
    reading = read_evidence("survey", [log], ReadingOptions(), folder / "read")
    seconds = time.perf_counter() - begun
    check(that="readings of the log", found=reading.loaded, expected=4 * MOMENTS)
    name = f"reading {MOMENTS:,} lines into {reading.loaded:,} readings"
    rate = reading.loaded / seconds
    return Figure(name, rate, "rows/s", 100_000, more_is_better=True)


def _asked(
    folder: Path, question: str, surveys: list[Path], parameters: dict[str, Any]
) -> float:
    analysis = next(one for one in ANALYSES if one.name == question)
    evidence = {"survey": surveys}
    if "cells" in analysis.may_take:
        evidence["cells"] = [folder / "cells.parquet"]
    begun = time.perf_counter()
    result = run_analysis(analysis, evidence, parameters, "duckdb")
    seconds = time.perf_counter() - begun
    check(that=question, found=bool(result.findings.answers), expected=True)
    return seconds


def _floors(survey: Path, ours: float) -> Iterator[Figure]:
    begun = time.perf_counter()
    with duckdb.connect() as base:
        base.execute(SQL, [str(survey)]).to_arrow_table()
    seconds = time.perf_counter() - begun
    yield Figure("hand-written SQL, serving cells by square", seconds, "s")
    yield Figure("ours to the SQL, gates and words included", ours / seconds, "times")
    begun = time.perf_counter()
    rows = pd.read_parquet(survey)
    rows = rows[rows.serving]
    lat, lon = rows.lat.to_numpy(), rows.lon.to_numpy()
    _grid, rows["column"], rows["row"] = squares_of(lat, lon, 100.0)
    keys = ["column", "row", "operator", "technology", "cell"]
    counted = rows.groupby(keys, as_index=False).agg(
        n=("line", "size"), level=("level_dbm", "mean")
    )
    counted.sort_values("n").drop_duplicates(keys[:4], keep="last")
    seconds = time.perf_counter() - begun
    yield Figure("pandas, serving cells by square", seconds, "s")
    yield Figure("ours to pandas, gates and words included", ours / seconds, "times")


def _names(folder: Path, survey: Path, count: int) -> Figure:
    """Which share of the neighbours that are named were that cell?"""
    analysis = next(one for one in ANALYSES if one.name == "strongest")
    truth = pa.concat_tables(survey_rows(count, identified=True))
    with open_engine("duckdb") as backend:
        tables = {
            "survey": backend.read_parquet(str(survey), table_name="survey_0"),
            "cells": backend.read_parquet(
                str(folder / "cells.parquet"), table_name="cells_0"
            ),
        }
        found = readings(Case(tables, analysis.settle({}), backend))
        rows = found.rows.filter(found.rows.sure == "resolved")
        named = rows.select("line", "colour", "level_dbm", "name").to_pandas()
    was = truth.select(["line", "colour", "level_dbm", "cell"]).to_pandas()
    both = named.merge(was, on=["line", "colour", "level_dbm"])
    right = float(np.mean(both["name"] == both["cell"]))
    note = f"{len(named):,} of {count * 3 // 4:,} neighbour readings were named"
    return Figure(
        "neighbours named rightly, of those named",
        100 * right,
        "%",
        95,
        note=note,
        more_is_better=True,
    )


def _planned(folder: Path) -> Figure:
    analysis = next(one for one in ANALYSES if one.name == "plan")
    serve = world(0).names[90:150]
    begun = time.perf_counter()
    result = run_analysis(
        analysis,
        {"cells": [folder / "cells.parquet"]},
        {"serve": serve, "depot": HERE, "most_hours": 20.0},
        "duckdb",
    )
    seconds = time.perf_counter() - begun
    drives = {r["drive"]: r for r in result.as_json()["tables"][2]["rows"]}
    saved = drives["in the order given"]["saved_hours"]
    whole = drives["in the order given"]["hours"]
    note = f"saves {saved:g} of {whole:g} hours against the order given"
    return Figure("planning a drive round 60 cells", seconds, "s", 30.0, note=note)


def main() -> int:
    """Print all figures; 1 when one is over its budget."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.survey")
    parser.add_argument("--readings", type=int, default=READINGS)
    parser.add_argument("--json", action="store_true", help="for another program")
    asked = parser.parse_args()
    found = []
    if not asked.json:
        print(said(machine()), flush=True)
    for figure in figures(asked.readings):
        found.append(figure)
        if not asked.json:
            print(f"  {figure}", flush=True)
    if asked.json:
        shown = [figure.as_json() for figure in found]
        print(json.dumps({"machine": machine(), "figures": shown}, indent=2))
    return int(any(figure.over for figure in found))


if __name__ == "__main__":
    sys.exit(main())
