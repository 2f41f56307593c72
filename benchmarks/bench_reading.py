"""How long do the questions take that are asked from a terminal?

The published report is read; measures and inspection are asked of a loaded region, by
a new program each time (cold) and again within one (warm); the change log is verified.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, check, of_runs
from benchmarks.processes import Run, fourfold, measured, python
from benchmarks.regions import Regions
from fourfold_web.desk.readiness import program
from fourfold_web.desk.region_load import REPORT

RUNS = 3
LINES = {False: 5_000, True: 100_000}
MEASURES = ("measures", "--from", "2021-06-01", "--to", "2022-05-31", "--json")
READ = ("findings", "recommendations", "figures", "judgments")
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
        runs.append(measured(command, home=home))
        read = json.loads(runs[-1].said)
        found = {part: bool(read[part]) for part in READ}
        check(that="parts read", found=found, expected=dict.fromkeys(READ, True))
    name = f"report read, {REPORT.stat().st_size / 1000:.0f} kB"
    return of_runs(name, [r.seconds for r in runs], "s", note=_processor(runs))


def _command(name: str, home: Path, command: tuple[str, ...], *, least: int) -> Figure:
    runs = [fourfold(*command, home=home) for _ in range(RUNS)]
    answers = len(json.loads(runs[-1].said))
    check(that=f"at least {least} answers", found=answers >= least, expected=True)
    note = f"{answers} answers, {_processor(runs)}"
    return of_runs(name, [run.seconds for run in runs], "s", note=note)


def _processor(runs: list[Run]) -> str:
    middle = sorted(run.cpu_seconds for run in runs)[len(runs) // 2]
    return f"{middle:.1f} s of processor time"
