"""What is the least that bringing the same rows into PostgreSQL could cost?

DuckDB reads the CSV files of a region as plain text and COPY puts the columns into
bare tables: no checks, no codes, no keys, no row-level security, no log.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from psycopg import sql

CHUNK = 10_000
ENCODINGS = {"derbyshire": "latin-1"}


@dataclass(frozen=True)
class Floor:
    """How many rows were copied, in how many seconds."""

    rows: int
    seconds: float


def copied(url: str, folder: Path, files: Sequence[dict[str, Any]]) -> Floor:
    """What does it cost to copy these files into bare tables, in one transaction?

    Args:
        url: address of a database in which tables can be made.
        folder: the region's.
        files: its CSV files, as its manifest names them.
    """
    begun, rows = time.perf_counter(), 0
    with psycopg.connect(url) as connection, duckdb.connect() as reader:
        for number, file in enumerate(files):
            source = _read(reader, folder / file["file"], str(file["body"]))
            rows += _copy(connection, f"floor_{number}", source)
    return Floor(rows, time.perf_counter() - begun)


def _read(reader: Any, path: Path, body: str) -> Any:
    return reader.execute(
        "SELECT * FROM read_csv(?, all_varchar = true, encoding = ?,"
        " null_padding = true, strict_mode = false)",
        [str(path), ENCODINGS.get(body, "utf-8")],
    )


def _copy(connection: "psycopg.Connection[Any]", table: str, source: Any) -> int:
    names = [f"c{number}" for number, _ in enumerate(source.description)]
    columns = sql.SQL(", ").join(
        sql.SQL("{} text").format(sql.Identifier(name)) for name in names
    )
    made = sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(table), columns)
    connection.execute(made)
    copy = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    rows = 0
    with connection.cursor() as cursor, cursor.copy(copy) as target:
        while chunk := source.fetchmany(CHUNK):
            rows += len(chunk)
            for row in chunk:
                target.write_row(row)
    return rows
