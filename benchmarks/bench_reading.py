"""How long do the questions take that are asked from a terminal?

The published report is read; measures and inspection are asked of a loaded region, by
a new program each time (cold) and again within one (warm); the change log is verified.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, check, of_runs
from benchmarks.processes import fourfold, measured, python
from benchmarks.regions import Regions
from fourfold_web.desk.readiness import program
from fourfold_web.desk.region_load import REPORT

RUNS = 3
LINES = {False: 5_000, True: 100_000}
MEASURES = ("measures", "--from", "2021-06-01", "--to", "2022-05-31", "--json")
INSPECT = ("inspect", "--as-at", "2022-06-01", "--json")


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Reading, measuring, inspecting and verifying, on the region at scale 1."""
    yield _report(regions.folder)
    with regions.loaded(1) as (home, _):
        yield _command("measures, cold", home, MEASURES, least=300)
        yield _command("inspect, cold", home, INSPECT, least=100)
        run = python("benchmarks.questions", str(LINES[full]), home=home)
        told: dict[str, Any] = json.loads(run.said.splitlines()[-1])
        yield of_runs("measures, warm", told["measures"], "s")
        yield of_runs("inspect, warm", told["inspect"], "s")
        check(that="lines verified", found=told["lines"], expected=told["written"])
        lines = f"change log verified, {told['lines']:,} lines"
        yield of_runs(lines, told["verify"], "s")


def _report(home: Path) -> Figure:
    runs = []
    for _ in range(RUNS):
        command = [program(), "report", "read", str(REPORT), "--json"]
        run = measured(command, home=home)
        check(
            that="judgments",
            found=bool(json.loads(run.said)["findings"]),
            expected=True,
        )
        runs.append(run.seconds)
    return of_runs(f"report read, {REPORT.stat().st_size / 1000:.0f} kB", runs, "s")


def _command(name: str, home: Path, command: tuple[str, ...], *, least: int) -> Figure:
    runs = [fourfold(*command, home=home) for _ in range(RUNS)]
    answers = len(json.loads(runs[-1].said))
    check(that=f"at least {least} answers", found=answers >= least, expected=True)
    cpu = sorted(run.cpu_seconds for run in runs)[RUNS // 2]
    note = f"{answers} answers, {cpu:.1f} s of processor time"
    return of_runs(name, [run.seconds for run in runs], "s", note=note)
