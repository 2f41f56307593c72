"""What would a large delivery of call records hold, with known answers planted in it?

Ordinary phones ring a circle of their own, some strangers and a few busy numbers, from
the cells of their home and work. Among them stand what `calls_planted` plants. Numbers
begin with +999 and networks with 001, which nobody has. The same seed gives the same
rows; they are in the order of time, as an operator sends them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.bulk.sql_text import quoted
from fourfold.intake.evidence import evidence_kind
from fourfold.region.bulk.calls_cells import HIGH, WIDE, cell_table
from fourfold.region.bulk.calls_planted import planted_calls

SEED = 20_210
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 60
CALLS_A_PHONE = 100
CIRCLE, HUBS = 25, 40
OF_A_DAY = (
    "SELECT * FROM (FROM day UNION ALL BY NAME"
    " SELECT * FROM planted WHERE start_at >= $from AND start_at < $to)"
)
ORDER = "start_at, caller, called, kind, seconds, caller_cell, called_cell"


@dataclass(frozen=True)
class MadeCalls:
    """Where made-up calls lie, and what was planted in them.

    `truth` holds a table a thing to be found: replacements, handset_swaps, sim_swaps,
    lines, meetings and travels; see `calls_planted`.
    """

    calls: Path
    cells: Path
    rows: int
    phones: int
    truth: dict[str, pa.Table]


def write_calls(folder: Path, calls: int, seed: int = SEED) -> MadeCalls:
    """Write `calls.parquet`, `cells.parquet` and a table of truth each into a folder.

    Args:
        folder: made if need be.
        calls: how many ordinary events; some tens of thousands of planted ones are
            added whatever the size.
        seed: another seed, other calls; the same, the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    phones = max(calls // CALLS_A_PHONE, 500)
    planted, truth = planted_calls(FIRST, DAYS, phones, seed)
    cells = folder / "cells.parquet"
    pq.write_table(cell_table(), cells)
    for name, table in truth.items():
        pq.write_table(table, folder / f"truth-{name}.parquet")
    made = folder / "calls.parquet"
    rows = _write_days(made, (calls, phones, seed), planted)
    return MadeCalls(made, cells, rows, phones, truth)


def write_calls_csv(calls: Path, out: Path) -> int:
    """Write calls as an operator's CSV, both sides with handset and SIM; how many rows?

    Days are UK days by the clock on the wall, numbers begin with 00, handsets have
    their check digit.
    """
    with _base() as base:
        base.execute("SET preserve_insertion_order = true")
        written = base.execute(
            f"COPY ({_sql('calls_csv')}) TO {quoted(str(out))} (HEADER)",
            {"calls": str(calls)},
        ).fetchone()
    return int(written[0]) if written else 0


def _write_days(path: Path, size: tuple[int, int, int], planted: pa.Table) -> int:
    """One day after another, each sorted: memory holds a day, however many calls."""
    calls, phones, seed = size
    schema, done = evidence_kind("calls").schema, 0
    with _base() as base, pq.ParquetWriter(path, schema, compression="zstd") as writer:
        base.register("planted", planted)
        for day in range(DAYS):
            begins, ends = (calls * n // DAYS for n in (day, day + 1))
            known = {
                "begins": begins,
                "ends": ends,
                "day": FIRST + timedelta(days=day),
                "phones": phones,
                "seed": seed,
            }
            table = _day(base, known)
            numbers = np.arange(done + 1, done + table.num_rows + 1)
            table = table.append_column("input", pa.array(numbers * 0))
            table = table.append_column("line", pa.array(numbers))
            writer.write_table(table.select(schema.names).cast(schema))
            done += table.num_rows
    return done


def _day(base: duckdb.DuckDBPyConnection, known: dict[str, Any]) -> pa.Table:
    base.execute("CREATE OR REPLACE TABLE day AS " + _sql("calls_day"), known)
    ends = known["day"] + timedelta(days=1)
    asked = f"{OF_A_DAY} ORDER BY {ORDER}"
    return base.execute(asked, {"from": known["day"], "to": ends}).to_arrow_table()


def _base() -> duckdb.DuckDBPyConnection:
    base = duckdb.connect()
    base.execute("SET TimeZone = 'UTC'")
    macros = resources.files("fourfold.intake.bulk") / "sql" / "macros.sql"
    base.execute(macros.read_text(encoding="utf-8"))
    base.execute(f"CREATE MACRO wide() AS {WIDE}")
    base.execute(f"CREATE MACRO high() AS {HIGH}")
    base.execute(f"CREATE MACRO circle() AS {CIRCLE}")
    base.execute(f"CREATE MACRO hubs() AS {HUBS}")
    base.execute(_sql("calls_macros"))
    return base


def _sql(name: str) -> str:
    file = resources.files("fourfold.region.bulk") / "sql" / f"{name}.sql"
    return file.read_text(encoding="utf-8")
