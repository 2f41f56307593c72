"""How long does one question about calls take? `python -m benchmarks.calls_analyses`.

Asks one question of one file in one way (duckdb, spark, sql or pandas), in a program of
its own so that its memory is its own, and prints the seconds and what the answer was.
The modules are loaded before the clock starts; opening the engine is within.
"""

import argparse
import hashlib
import importlib
import json
import time
from pathlib import Path

from benchmarks.calls_asked import ALONE, PARAMETERS, QUESTIONS, Rows, compared, told
from benchmarks.calls_floor import FLOOR, SETTINGS
from benchmarks.calls_planted import planted_found
from benchmarks.machine import own_peak_mb

Answered = tuple[float, Rows, tuple[int, int]]
"""Seconds, the rows, and how much of what was planted was found, of how much."""
WAYS = ("duckdb", "spark", "sql", "pandas")
MEMORY_GB = 4.0


def main() -> None:
    """Ask, and print what it cost as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("question", choices=(*QUESTIONS, *ALONE))
    parser.add_argument("calls", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="print the rows too")
    asked = parser.parse_args()
    way = {"sql": _by_hand, "pandas": _in_pandas}.get(asked.way, _ours)
    seconds, rows, planted = way(asked)
    peak = own_peak_mb()
    lines = told(rows)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    cost = {"seconds": seconds, "rows": len(rows), "digest": digest, "peak_mb": peak}
    cost["planted"] = planted
    if asked.show:
        print("\n".join(lines))
    print(json.dumps(cost))


def _ours(asked: argparse.Namespace) -> Answered:
    from fourfold.base.engine import open_engine
    from fourfold.picture.analyses import ANALYSES
    from fourfold.picture.running import Evidence, Part, findings_on

    if asked.way == "duckdb":
        importlib.import_module("ibis.backends.duckdb")
    analysis = ANALYSES[f"calls.{asked.question}"]
    settled = analysis.settle(PARAMETERS.get(asked.question, {}))
    parts = [Part("calls", asked.calls)]
    if asked.question in ALONE:
        parts.append(Part("cells", asked.calls.with_name("cells.parquet")))
    evidence = Evidence(tuple(parts))
    begun = time.perf_counter()
    memory = MEMORY_GB * (0.6 if asked.way == "duckdb" else 1.0)
    with open_engine(asked.way, threads=asked.threads, memory_gb=memory) as backend:
        opened = time.perf_counter() - begun if asked.way == "spark" else 0.0
        findings = findings_on(backend, analysis, evidence, settled)
    seconds = time.perf_counter() - begun - opened
    first = findings.tables[0].rows.to_pylist()
    planted = planted_found(asked.question, asked.calls, first)
    return seconds, compared(asked.question, findings), planted


def _by_hand(asked: argparse.Namespace) -> Answered:
    import duckdb

    importlib.import_module("pytz")  # DuckDB gives instants to Python with it
    begun = time.perf_counter()
    with duckdb.connect() as base:
        base.execute(f"SET threads = {asked.threads}; {SETTINGS}")
        base.execute(f"CREATE VIEW calls AS FROM '{asked.calls}'")
        answers = [base.execute(sql).fetchall() for sql in FLOOR[asked.question]]
    seconds = time.perf_counter() - begun
    # A table that is laid down answers with one count.
    return (
        seconds,
        [list(row) for rows in answers for row in rows if len(row) > 1],
        (0, 0),
    )


def _in_pandas(asked: argparse.Namespace) -> Answered:
    from benchmarks.calls_pandas import PANDAS

    importlib.import_module("pyarrow.parquet")  # pandas reads the file with it
    begun = time.perf_counter()
    rows = PANDAS[asked.question](asked.calls)
    return time.perf_counter() - begun, rows, (0, 0)


if __name__ == "__main__":
    main()
