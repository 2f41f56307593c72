"""What would banks have produced of the made-up region's accounts?

Accounts, sums and references are invented. Five people pay each other through mules,
so that who is tied to whom by money is known. The same seed gives the same rows.
"""

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.evidence import evidence_kind
from fourfold.region.bulk.operation import CREW

SEED = 27_182
BEGINS = np.datetime64("2022-05-02T00:00:00")
DAYS = 28
REFERENCES = ("rent", "wages", "shopping", "loan", "", "tickets", "car")
HEADINGS = ("Date", "Time", "From Account", "To Account", "Amount", "Reference")
STATEMENT_ROWS = 400
PLANTED_EVERY_DAYS = 2


def account(number: int) -> str:
    """Sort code and account of the range that no bank gives out, as banks write it."""
    return f"99-99-{number // 100_000_000 % 100:02d} {number % 100_000_000:08d}"


def crew_accounts() -> dict[str, str]:
    """Which account is whose, of the crew of the invented operation?"""
    return {name: account(1_000 + n) for n, name in enumerate(CREW)}


def write_payments(path: Path, rows: int, seed: int = SEED) -> int:
    """Write so many payments as canonical Parquet.

    Returns:
        How many of them go from the first of the crew to the second.
    """
    rng = np.random.default_rng(seed)
    planted = DAYS // PLANTED_EVERY_DAYS
    table = _table(rng, rows - planted)
    first, second = list(crew_accounts().values())[:2]
    days = np.arange(planted) * PLANTED_EVERY_DAYS
    own = _columns(
        np.array([first] * planted),
        np.array([second] * planted),
        np.full(planted, 450.0),
        days * 86_400 + 64_800.0,
        np.array(["car"] * planted),
    )
    schema = evidence_kind("payments").schema
    whole = pa.concat_tables([table, own])
    numbered = whole.append_column(
        "input", pa.array(np.zeros(rows, dtype=np.int64))
    ).append_column("line", pa.array(np.arange(2, rows + 2)))
    pq.write_table(numbered.select(schema.names).cast(schema), path)
    return planted


def write_statement(path: Path, seed: int = SEED) -> None:
    """Write a statement as a bank gives it, day first, by the clock in London."""
    rng = np.random.default_rng(seed)
    names = list(crew_accounts().values())
    table = _table(rng, STATEMENT_ROWS).to_pylist()
    for number in range(0, DAYS, PLANTED_EVERY_DAYS):
        at = BEGINS + np.timedelta64(number * 86_400 + 64_800, "s")
        table.append(
            {"at": at.astype("datetime64[us]").item(), "payer": names[0],
             "payee": names[1], "amount_gbp": 450.0, "reference": "car"}
        )  # fmt: skip
    table.sort(key=lambda row: row["at"].replace(tzinfo=None))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in table:
            day = f"{row['at']:%d/%m/%Y}"
            sums = f"{row['amount_gbp']:,.2f}"
            writer.writerow(
                [day, f"{row['at']:%H:%M}", row["payer"], row["payee"], sums,
                 row["reference"]]
            )  # fmt: skip


def _table(rng: np.random.Generator, rows: int) -> pa.Table:
    accounts = np.array([account(50_000 + n) for n in range(max(rows // 20, 50))])
    payer = rng.integers(0, len(accounts), rows)
    step = rng.integers(1, len(accounts), rows)
    return _columns(
        accounts[payer],
        accounts[(payer + step) % len(accounts)],
        np.round(rng.lognormal(3.5, 1.2, rows), 2),
        rng.uniform(0, DAYS * 86_400, rows),
        np.array(REFERENCES)[rng.integers(0, len(REFERENCES), rows)],
    )


def _columns(
    payer: np.ndarray,
    payee: np.ndarray,
    pounds: np.ndarray,
    seconds: np.ndarray,
    reference: np.ndarray,
) -> pa.Table:
    at = (BEGINS + np.round(seconds).astype("timedelta64[s]")).astype("datetime64[us]")
    return pa.table(
        {
            "payer": payer,
            "payee": payee,
            "amount_gbp": pounds,
            "at": pa.array(at).cast(pa.timestamp("us", tz="UTC")),
            "reference": reference,
        }
    )
