"""How long does each question about calls take, with how much memory, against what?

Beside ours stands DuckDB SQL written by hand (the floor), pandas as analysts write it,
and Spark on this one machine. All must give the same answer. Quick: a million calls;
full: ten million against all, and a hundred million of ours alone.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.calls_asked import ALONE, QUESTIONS
from benchmarks.calls_pandas import PANDAS
from benchmarks.figures import Figure, check
from benchmarks.processes import measured
from benchmarks.regions import Regions
from fourfold.region.bulk.calls import write_calls

MILLION = 1_000_000
LARGE, HUGE = 10 * MILLION, 100 * MILLION
BUDGET_SECONDS = {LARGE: 8.0}
BUDGET_MB = {HUGE: 4096.0}


@dataclass(frozen=True)
class Cost:
    """What one question cost in one way."""

    seconds: float
    peak_mb: float
    rows: int
    digest: str
    planted: tuple[int, int]


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Each question on made-up calls, in each way."""
    if not full:
        yield from _size(regions.folder, MILLION, ("sql", "pandas", "spark"))
        return
    yield from _size(regions.folder, LARGE, ("sql", "pandas", "spark"))
    yield from _size(regions.folder, HUGE, ())


def _size(folder: Path, calls: int, against: tuple[str, ...]) -> Iterator[Figure]:
    made = folder / f"calls-{calls}" / "calls.parquet"
    if not made.exists():
        made = write_calls(made.parent, calls).calls
    label = f"{calls // MILLION}M calls"
    for question in QUESTIONS:
        ours = cost("duckdb", question, made, folder)
        others = {
            way: cost(way, question, made, folder)
            for way in against
            if way != "pandas" or question in PANDAS
        }
        for way, other in others.items():
            that = f"{question} on {label}: {way} and ours agree"
            check(that=that, found=ours.digest, expected=other.digest)
        yield from _figures(question, calls, ours, others)
    for question in ALONE:
        ours = cost("duckdb", question, made, folder)
        if calls <= LARGE:  # of more, meetings look at those who ring each other most
            found, planted = ours.planted
            check(that=f"{question}, {label}: planted", found=found, expected=planted)
        yield from _figures(question, calls, ours, {})


def _figures(
    question: str, calls: int, ours: Cost, others: dict[str, Cost]
) -> Iterator[Figure]:
    name = f"calls {question}, {calls // MILLION}M calls"
    note, most = _note(ours, others), BUDGET_SECONDS.get(calls)
    yield Figure(name, ours.seconds, "s", most, note=note)
    if calls in BUDGET_MB:
        yield Figure(f"{name}, memory", ours.peak_mb, "MB", BUDGET_MB[calls])


def cost(way: str, question: str, made: Path, folder: Path) -> Cost:
    """What does a question cost in a way, asked by a program of its own?"""
    module = ["-m", "benchmarks.calls_analyses", way, question, str(made)]
    run = measured([sys.executable, *module], home=folder)
    told = json.loads(run.said.splitlines()[-1])
    peak = max(run.peak_mb, told["peak_mb"] if way != "spark" else 0.0)
    return Cost(told["seconds"], peak, told["rows"], told["digest"], told["planted"])


def _note(ours: Cost, others: dict[str, Cost]) -> str:
    said = [f"{ours.peak_mb:,.0f} MB, {ours.rows:,} rows"]
    said += [
        f"{way} {other.seconds:.2f} s {other.peak_mb:,.0f} MB "
        f"({ours.seconds / other.seconds:.2f} of it)"
        for way, other in others.items()
    ]
    if ours.planted[1]:
        said.append(f"{ours.planted[0]} of {ours.planted[1]} planted")
    return "; ".join(said)
