"""How long does it take to join all kinds of evidence for ten people?

`python -m benchmarks.joined [--rows N] [--json]`. So many calls, so many reads and a
tenth as many payments; ten people of whom each has a phone, a plate and an account.
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
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.figures import Figure, check
from benchmarks.machine import machine, own_peak_mb, said
from fourfold.intake.evidence import evidence_kind
from fourfold.picture.joined.analyses import ANALYSES
from fourfold.picture.running import run_analysis
from fourfold.region.bulk.payments import account, crew_accounts, write_payments
from fourfold.region.bulk.reads import write_reads

ROWS, PEOPLE = 10_000_000, 10
BUDGET_SECONDS, BUDGET_GB = 8.0, 4.0
CALLS = """
    COPY (SELECT 0::BIGINT AS input, 2 + i AS line, 'voice' AS kind,
        '+447700' || lpad((hash(i) % 200000)::TEXT, 6, '0') AS caller,
        '+447700' || lpad((hash(i + 7) % 200000)::TEXT, 6, '0') AS called,
        '' AS forwarded_to,
        to_timestamp(1648500000 + hash(i + 3) % 2592000) AS start_at,
        to_timestamp(1648500000 + hash(i + 3) % 2592000)::TIMESTAMP AS start_local,
        (hash(i + 5) % 300)::BIGINT AS seconds, 'caller' AS subject,
        '' AS caller_imei, '' AS caller_imsi, '' AS called_imei, '' AS called_imsi,
        '234-15-1-' || (hash(i + 9) % 400) AS caller_cell, '' AS caller_last_cell,
        '234-15-1-' || (hash(i + 11) % 400) AS called_cell, '' AS called_last_cell
        FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet)
"""


def figures(folder: Path, rows: int) -> Iterator[Figure]:
    """Each question on all kinds together, and the most memory."""
    given = _given(folder, rows)
    evidence = "calls, as many reads, a tenth payments"
    for question in ANALYSES:
        begun = time.perf_counter()
        result = run_analysis(question, given, _asked(question.name), "duckdb")
        seconds = time.perf_counter() - begun
        found = result.records()
        check(that=question.name, found=bool(found), expected=True)
        name = f"joined {question.name}, {PEOPLE} people, {rows:,} {evidence}"
        note = f"{len(found):,} rows"
        yield Figure(name, seconds, "s", BUDGET_SECONDS, note=note)
    peak = own_peak_mb() / 1024
    yield Figure("most memory of all the above", peak, "GB", BUDGET_GB)


def _asked(name: str) -> dict[str, Any]:
    return {"day": {"person": "P0", "on": date(2022, 4, 12)}}.get(name, {})


def _given(folder: Path, rows: int) -> dict[str, list[Path]]:
    paths = {kind: folder / f"{kind}.parquet" for kind in
             ("identifiers", "calls", "reads", "payments")}  # fmt: skip
    with duckdb.connect() as base:
        base.execute("SET TimeZone = 'UTC'")
        base.execute(CALLS.format(rows=rows, path=paths["calls"]))
    planted = write_reads(paths["reads"], rows)
    write_payments(paths["payments"], rows // 10)
    plates = [plate for pair in planted.convoys for plate in pair]
    accounts = [*crew_accounts().values(), *(account(50_000 + n) for n in range(9))]
    pq.write_table(_identifiers(plates, accounts), paths["identifiers"])
    return {kind: [path] for kind, path in paths.items()}


def _identifiers(plates: list[str], accounts: list[str]) -> pa.Table:
    schema = evidence_kind("identifiers").schema
    rows = [
        {"input": 0, "line": 2, "person": f"P{n}", "kind": kind, "identifier": value,
         "from_at": None, "until_at": None, "reason": "made up"}
        for n in range(PEOPLE)
        for kind, value in (("phone", f"+447700{n:06d}"), ("plate", plates[n]),
                            ("account", accounts[n]))
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema)


def main() -> int:
    """Print all figures; 1 when one is over its budget."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.joined")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--json", action="store_true", help="for another program")
    given = parser.parse_args()
    found = []
    if not given.json:
        print(said(machine()), flush=True)
    with tempfile.TemporaryDirectory() as name:
        for figure in figures(Path(name), given.rows):
            found.append(figure)
            if not given.json:
                print(f"  {figure}", flush=True)
    if given.json:
        shown = [figure.as_json() for figure in found]
        print(json.dumps({"machine": machine(), "figures": shown}, indent=2))
    return int(any(figure.over for figure in found))


if __name__ == "__main__":
    sys.exit(main())
