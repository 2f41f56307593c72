"""How long does it take to read ten million call records, and in how much memory?

`python -m benchmarks.calls_ingest [--calls N]`. Made-up calls are written as two CSV
files: as an operator sends both sides with handsets, SIMs and cells (13 columns), and
as open data sets have them (5 columns, moments as 20260105 0011). Each is read in a
process of its own: checked row by row, converted to Parquet, repeats found. What came
out is compared with what went in.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.figures import Figure, check
from benchmarks.machine import own_peak_mb
from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.reading import read_evidence
from fourfold.region.bulk.calls import write_calls, write_calls_csv

CALLS = 10_000_000
FLOOR = 500_000
"""Rows a second that are aimed at, on two cores with nothing beside."""
FILES = {"both sides, 13 columns": "calls.csv", "plain, 5 columns": "plain.csv"}
SUMS = (
    "SELECT count(*), count(DISTINCT caller), sum(seconds), min(start_local),"
    " max(start_local), sum(hash(caller_cell) % 1000) FROM {}"
)


def figures(folder: Path, *, calls: int = CALLS) -> Iterator[Figure]:
    """Rows a second and peak memory for each of the files, and for copying alone."""
    made = write_calls(folder, calls)
    write_calls_csv(made.calls, folder / "calls.csv")
    _write_plain(folder)
    for name, file in FILES.items():
        told = _child(folder, file)
        seconds = told["seconds"]
        note = (
            f"{told['repeated']:,.0f} repeated; {told['cpu']:.1f} s of processor time;"
            f" the engine alone, unchecked, {told['copied']:.1f} s"
        )
        yield Figure(
            f"calls ingest, {name}, {calls:,} rows",
            told["rows"] / seconds,
            "rows/s",
            FLOOR if calls == CALLS else None,
            note=note,
            more_is_better=True,
        )
        yield Figure(f"calls ingest, {name}, peak memory", told["peak_mb"], "MB")


def measured(folder: Path, file: str) -> dict[str, float]:
    """Read one of the files here, check what came out, and say what it took."""
    begun = time.perf_counter()
    reading = read_evidence(
        "calls", [folder / file], ReadingOptions(), folder / f"read-{file}"
    )
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"seconds": seconds, "rows": reading.rows, "repeated": reading.repeated}
    told |= {"peak_mb": own_peak_mb(), "cpu": used.ru_utime + used.ru_stime}
    _checked(folder, file, reading)
    return told | {"copied": _copied(folder, file)}


def _checked(folder: Path, file: str, reading: Any) -> None:
    made, read = folder / "calls.parquet", reading.tables["calls"]
    with duckdb.connect() as base:
        given = f"read_parquet('{made}')"
        if file == "plain.csv":
            given = (
                f"(SELECT * REPLACE (date_trunc('minute', start_local) AS start_local)"
                f" FROM {given})"
            )
            content = "caller, called, start_local, seconds, caller_cell"
        else:
            content = "* EXCLUDE (input, line, start_at, forwarded_to, subject)"
        distinct = f"(SELECT DISTINCT {content} FROM {given})"
        expected = base.execute(SUMS.format(distinct)).fetchone()
        found = base.execute(SUMS.format(f"read_parquet('{read}')")).fetchone()
        rows = base.execute(f"SELECT count(*) FROM {given}").fetchone()
    check(that=f"content of {file}", found=found, expected=expected)
    parts = (reading.rows, reading.loaded + reading.repeated, reading.quarantined)
    check(that="rows", found=parts, expected=(rows[0], rows[0], 0) if rows else None)


def _copied(folder: Path, file: str) -> float:
    """The floor: the engine turns the same CSV into Parquet and looks at nothing."""
    begun = time.perf_counter()
    with duckdb.connect(config={"temp_directory": str(folder)}) as base:
        base.execute(
            f"COPY (FROM read_csv('{folder / file}', all_varchar = true,"
            " header = true))"
            f" TO '{folder / 'copied.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return time.perf_counter() - begun


def _write_plain(folder: Path) -> None:
    with duckdb.connect() as base:
        base.execute("SET preserve_insertion_order = true")
        base.execute(
            'COPY (SELECT caller AS "From", called AS "To",'
            " strftime(start_local, '%Y%m%d %H%M') AS \"Datetime\","
            ' seconds AS "Duration(seconds)", caller_cell AS "Cell Tower"'
            f" FROM read_parquet('{folder / 'calls.parquet'}'))"
            f" TO '{folder / 'plain.csv'}' (HEADER)"
        )


def _child(folder: Path, file: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.calls_ingest", "--one", file]
    run = subprocess.run(
        [*command, "--folder", str(folder)], check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return told


def main() -> int:
    """Print the figures; 1 when one is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calls_ingest")
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--one", choices=FILES.values(), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.folder, asked.one)))
        return 0
    over = False
    with tempfile.TemporaryDirectory(prefix="fourfold-bench-") as folder:
        for figure in figures(Path(folder), calls=asked.calls):
            print(figure, flush=True)
            over = over or figure.over
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
