"""How long do the questions about plate reads take, and do they find what is planted?

`python -m benchmarks.reads [--reads N] [--json]`. Each answer is checked against the
made-up world's truth. The floors are one matching of plates with a list, exact only:
hand-written SQL, and pandas.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.figures import Figure, check
from benchmarks.machine import machine, own_peak_mb, said
from fourfold.picture.running import run_analysis
from fourfold.picture.vehicles.analyses import ANALYSES
from fourfold.region.bulk.reads import AREA, Planted, listed_vehicles, write_reads

READS, VEHICLES = 10_000_000, 100_000
BUDGET_SECONDS, BUDGET_GB = 8.0, 6.0
BUDGETS = {"convoys": 45.0, "regular-trips": 12.0, "impossible": 12.0}
"""All reads are put in order, or every pair of vehicles at one camera is compared."""
RECORDED: dict[str, Any] = {
    "purpose": "Prevention of burglary, a made-up operation",
    "legal_basis": "AUTH-1",
    "necessity": "Vehicles move daily and patrols miss them.",
    "proportionality": "Plates alone are compared; nothing else is kept.",
    "asked_by": "PC One",
    "authorised_by": "Supt Two",
    "authorised_on": date(2022, 4, 1),
    "expires_on": date(2022, 6, 30),
    "dry_run": False,
}
SQL = """
    SELECT r.plate, count(*) AS n, min("at") AS first, max("at") AS last
    FROM read_parquet($1) r JOIN read_parquet($2) v ON r.plate = v.plate
    GROUP BY r.plate ORDER BY n DESC
"""


def figures(folder: Path, reads: int, vehicles: int) -> Iterator[Figure]:
    """Each question with its answer checked, its floors, and the most memory."""
    path, on_list = folder / "reads.parquet", folder / "vehicles.parquet"
    planted = write_reads(path, reads)
    pq.write_table(listed_vehicles(planted, vehicles), on_list)
    given = {"reads": [path], "vehicles": [on_list]}
    for name, parameters in asked(planted).items():
        question = next(one for one in ANALYSES if one.name == name)
        kinds = (*question.takes, *question.may_take)
        begun = time.perf_counter()
        result = run_analysis(
            question, {kind: given[kind] for kind in kinds}, parameters, "duckdb"
        )
        seconds = time.perf_counter() - begun
        found = result.records()
        if name == "convoys":
            yield _of_target(given, planted, reads)
        check(that=name, found=missed(name, found, planted), expected=[])
        budget = BUDGETS.get(name, BUDGET_SECONDS)
        note = f"{len(found):,} rows, all that is planted among them"
        yield Figure(f"{name}, {reads:,} reads", seconds, "s", budget, note=note)
    peak = own_peak_mb() / 1024
    yield Figure("most memory of all the above", peak, "GB", BUDGET_GB)
    yield from _floors(path, on_list)


def _of_target(given: dict[str, list[Path]], planted: Planted, reads: int) -> Figure:
    """Who travelled with one vehicle?"""
    question = next(one for one in ANALYSES if one.name == "convoys")
    target, other = planted.convoys[0]
    begun = time.perf_counter()
    result = run_analysis(
        question, {"reads": given["reads"]}, {"targets": (target,)}, "duckdb"
    )
    seconds = time.perf_counter() - begun
    first = result.records()[0]
    check(that="convoy of a target", found=other in (first["a"], first["b"]),
          expected=True)  # fmt: skip
    name = f"convoys of one vehicle, {reads:,} reads"
    return Figure(name, seconds, "s", BUDGET_SECONDS)


def asked(planted: Planted) -> dict[str, dict[str, Any]]:
    """Which questions are asked, with which parameters?"""
    targets = (planted.clones[0], *planted.regular)
    return {
        "hits": {"most_rows": 20_000},
        "first-in-area": {"cameras": AREA, "last_days": 3, "most_rows": 10_000},
        "regular-trips": {"minutes": 15.0, "least_days": 12},
        "impossible": {"most_rows": 10_000},
        "pattern": {"targets": targets},
        "travelled": {"targets": targets},
        "bulk-search": RECORDED,
        "convoys": {"least_cameras": 5, "least_journeys": 2},
    }


def missed(name: str, found: list[dict[str, Any]], planted: Planted) -> list[str]:
    """What that is planted does a question not find?"""
    plates = {row.get("plate", "") for row in found}
    if name == "hits":
        hit = {r["plate"] for r in found if r["kind"] == "hit"}
        near = {(r["listed"], r["plate"]) for r in found if r["kind"] == "candidate"}
        left = [plate for plate in planted.listed if plate not in hit]
        return left + [m for one, m in planted.listed.items() if (one, m) not in near]
    if name == "convoys":
        pairs = {frozenset((row["a"], row["b"])) for row in found}
        return [str(one) for one in planted.convoys if frozenset(one) not in pairs]
    wanted: dict[str, Any] = {
        "first-in-area": planted.newcomers,
        "regular-trips": planted.regular,
        "impossible": planted.clones,
        "pattern": planted.regular,
        "travelled": planted.regular,
        "bulk-search": planted.listed,
    }
    return [plate for plate in wanted[name] if plate not in plates]


def _floors(path: Path, on_list: Path) -> Iterator[Figure]:
    begun = time.perf_counter()
    with duckdb.connect() as base:
        base.execute(SQL, [str(path), str(on_list)]).to_arrow_table()
    yield Figure("hand-written SQL, exact hits alone", time.perf_counter() - begun, "s")
    begun = time.perf_counter()
    rows = pd.read_parquet(path, columns=["plate", "at"])
    wanted = pd.read_parquet(on_list, columns=["plate"])
    joined = rows.merge(wanted, on="plate")
    joined.groupby("plate").agg(
        n=("at", "size"), first=("at", "min"), last=("at", "max")
    )
    yield Figure("pandas, exact hits alone", time.perf_counter() - begun, "s")


def main() -> int:
    """Print all figures; 1 when one is over its budget."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reads")
    parser.add_argument("--reads", type=int, default=READS)
    parser.add_argument("--vehicles", type=int, default=VEHICLES)
    parser.add_argument("--json", action="store_true", help="for another program")
    given = parser.parse_args()
    found = []
    if not given.json:
        print(said(machine()), flush=True)
    with tempfile.TemporaryDirectory() as name:
        for figure in figures(Path(name), given.reads, given.vehicles):
            found.append(figure)
            if not given.json:
                print(f"  {figure}", flush=True)
    if given.json:
        shown = [figure.as_json() for figure in found]
        print(json.dumps({"machine": machine(), "figures": shown}, indent=2))
    return int(any(figure.over for figure in found))


if __name__ == "__main__":
    sys.exit(main())
