"""How do the rows of one file become typed rows, and which of them have faults?

The engine reads the text in parallel into a Parquet file of our own (the stage), where
every row keeps its place. Rows with faults are read again to say what is wrong.
"""

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

from fourfold.intake.bulk.checks import any_fault, faults_list
from fourfold.intake.bulk.columns import Sql, select_of
from fourfold.intake.bulk.given_table import LONGEST_LINE
from fourfold.intake.bulk.moment_sql import Moment, moments_read
from fourfold.intake.bulk.moments import hours_twice, local_sql
from fourfold.intake.bulk.plan import ReadingPlan
from fourfold.intake.bulk.sql_text import named, quoted
from fourfold.intake.bulk.unfold import PLACE, unfolded_source
from fourfold.intake.errors import NotWellFormed, Truncated

BAD = "_bad"
REJECTS_KEPT = 100_000
BROKEN = {
    "TOO MANY COLUMNS": (
        "more values than columns",
        "Quote values that hold the delimiter.",
    ),
    "MISSING COLUMNS": ("fewer values than columns", "Export the file again, whole."),
    "UNQUOTED VALUE": (
        "a quotation mark out of place",
        "Double the marks inside a value.",
    ),
    "LINE SIZE OVER MAXIMUM": ("a line longer than any row", "Export one row a line."),
    "INVALID ENCODING": ("letters in another encoding", "Save the file as UTF-8."),
    "INVALID STATE": (
        "a quotation mark out of place",
        "Double the marks inside a value.",
    ),
}
FAULT_TABLE = (
    "CREATE TABLE IF NOT EXISTS faults (input BIGINT, line BIGINT, field VARCHAR,"
    " value VARCHAR, fault VARCHAR, mend VARCHAR)"
)


@dataclass(frozen=True)
class Staged:
    """The typed rows of one file: where they lie, how many, how many with faults."""

    path: Path
    rows: int
    bad: int
    notes: tuple[str, ...]
    lines: str
    """SQL for the line of a staged row; `place` is its place from 0."""


def prepare(base: duckdb.DuckDBPyConnection) -> None:
    """Teach a connection our macros, and give it a table for faults."""
    sql = resources.files("fourfold.intake.bulk") / "sql" / "macros.sql"
    base.execute(sql.read_text(encoding="utf-8"))
    base.execute(FAULT_TABLE)


def stage(
    base: duckdb.DuckDBPyConnection, plan: ReadingPlan, number: int, path: Path
) -> Staged:
    """Read one file into a Parquet file of typed rows, in their order.

    Args:
        base: a prepared connection.
        plan: how the file is read.
        number: which of the files it is, from 0.
        path: where the typed rows are written.

    Raises:
        FileRefused: the file is damaged beyond reading.
    """
    plan = _decided(base, plan)
    sql = select_of(plan.said)
    columns = ", ".join(f"{made} AS {named(n)}" for n, made in sql.columns.items())
    if plan.said.kind == "survey":
        columns += f", {PLACE if plan.unfold else 'NULL::BIGINT'} AS {PLACE}"
    source = _source(plan, sql)
    query = f"SELECT {columns}, {any_fault(sql.checks)} AS {BAD} FROM {source}"
    _run(
        base,
        plan,
        f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION lz4_raw)",
    )
    kept, bad, odd = _counted(base, plan, path)
    rejects = _rejected(base, plan, number)
    lines = _lines(base, plan, number, rejects)
    if bad:
        _tell_faults(base, plan, sql, number)
    notes = [*plan.notes]
    if odd:
        notes.append(
            f"{odd:,} times of {plan.table.name} stand in an hour that the clocks"
            " showed twice; the first is taken."
        )
    return Staged(path, kept + len(rejects), bad + len(rejects), tuple(notes), lines)


def _source(plan: ReadingPlan, sql: Sql | None = None) -> str:
    """SQL for the rows of a file, made ready once for all that is asked of them.

    Values are tidied as `c0`, `c1`, …; those that are numbers of phones or handsets
    stand without marks beside them as `b0`, …; moments are read.
    """
    table = plan.table
    columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(table.headings)))
    read = (
        f"read_csv({quoted(str(table.text))}, delim={quoted(table.delimiter)},"
        f" columns={{{columns}}}, header=false, skip={table.above}, quote='\"',"
        f" escape='\"', auto_detect=false, store_rejects=true, strict_mode=true,"
        f" max_line_size={LONGEST_LINE}, rejects_limit={REJECTS_KEPT},"
        " null_padding=false)"
    )
    as_is = plan.said.raw.get("body") if plan.said.kind == "messages" else None
    tidied = ", ".join(
        f"{'coalesce' if name == as_is else 'known'}"
        f"({name}{', ' + quoted('') if name == as_is else ''}) AS {name}"
        for name in (named(f"c{n}") for n in range(len(table.headings)))
    )
    source = f"(SELECT {tidied} FROM {read})"
    if sql is not None:
        ready = moments_read(plan.said.moments)
        ready += [f'bare("c{n}") AS "b{n}"' for n in _bare_columns(sql)]
        source = f"(SELECT {', '.join(['*', *ready])} FROM {source})"
    return unfolded_source(source, plan.unfold) if plan.unfold else source


def _bare_columns(sql: Sql) -> list[str]:
    """Which columns are asked for without their marks?"""
    asked = [*sql.columns.values(), *(check.when for check in sql.checks)]
    return sorted(set(re.findall(r'"b(\d+)"', " ".join(asked))))


def _run(base: duckdb.DuckDBPyConnection, plan: ReadingPlan, statement: str) -> Any:
    for kept in ("reject_scans", "reject_errors"):
        base.execute(f"DROP TABLE IF EXISTS {kept}")
    try:
        return base.execute(statement)
    except duckdb.InvalidInputException as error:
        raise NotWellFormed(
            file=plan.table.name, line=1, format="CSV", seen=_short(error)
        ) from error
    except duckdb.IOException as error:
        raise Truncated(file=plan.table.name, line=1, seen=_short(error)) from error


def _short(error: Exception) -> str:
    return str(error).split("\n")[0][:300]


def _counted(
    base: duckdb.DuckDBPyConnection, plan: ReadingPlan, path: Path
) -> tuple[int, int, int]:
    """How many rows were staged, how many have faults, how many an hour shown twice?"""
    twice = "false"
    local = next(
        (n for n in ("start_local", "sent_local") if n in _names(base, path)), ""
    )
    zone = next((m.zone for m in plan.said.moments.values() if not m.style.zoned), "")
    if local and zone and zone != "UTC" and (hours := hours_twice(zone)):
        listed = ", ".join(f"TIMESTAMP {quoted(hour)}" for hour in hours)
        twice = f"date_trunc('hour', {local}) IN ({listed})"
    found = base.execute(
        f"SELECT count(*), count(*) FILTER ({BAD}), count(*) FILTER ({twice})"
        f" FROM read_parquet({quoted(str(path))})"
    ).fetchone()
    assert found is not None
    return found[0], found[1], found[2]


def _names(base: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    rows = base.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(path))})")
    return [row[0] for row in rows.fetchall()]


def _rejected(
    base: duckdb.DuckDBPyConnection, plan: ReadingPlan, number: int
) -> list[int]:
    """Lines that are no rows, each noted as a fault; footers are no rows at all."""
    exists = base.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'"
    ).fetchone()
    if not exists or not exists[0]:
        return []
    found = base.execute(
        "SELECT line, any_value(error_type), any_value(csv_line) FROM reject_errors"
        " GROUP BY line ORDER BY line"
    ).fetchall()
    lines, rows = [], []
    for line, kind, text in found:
        if text and _is_footer(text, plan):
            continue
        fault, mend = BROKEN.get(
            str(kind), (str(kind).lower(), "Export the file again.")
        )
        rows.append((number, line, "", (text or "")[:200], fault, mend))
        lines.append(int(line))
    if rows:
        base.executemany("INSERT INTO faults VALUES (?, ?, ?, ?, ?, ?)", rows)
    return lines


def _is_footer(text: str, plan: ReadingPlan) -> bool:
    bare = text.strip().strip(plan.table.delimiter + '" ')
    return not bare or any(bare.lower().startswith(f.lower()) for f in plan.footer)


def _lines(
    base: duckdb.DuckDBPyConnection, plan: ReadingPlan, number: int, rejects: list[int]
) -> str:
    """SQL for the line of the row at `place`, lines that are no rows counted in."""
    first = plan.table.above + 1
    at = f"coalesce({PLACE}, place)" if plan.said.kind == "survey" else "place"
    base.execute(f"CREATE OR REPLACE TABLE gaps_{number} (gap BIGINT)")
    if rejects:
        places = [(line - first - before,) for before, line in enumerate(rejects)]
        base.executemany(f"INSERT INTO gaps_{number} VALUES (?)", places)
        passed = f"(SELECT count(*) FROM gaps_{number} WHERE gap <= {at})"
        return f"{at} + {first} + {passed}"
    return f"{at} + {first}"


def _tell_faults(
    base: duckdb.DuckDBPyConnection, plan: ReadingPlan, sql: Sql, number: int
) -> None:
    first = plan.table.above + 1
    place = PLACE if plan.unfold else "row_number() OVER () - 1"
    faulty = (
        f"SELECT {place} AS place, {faults_list(sql.checks)} AS found"
        f" FROM {_source(plan, sql)}"
    )
    line = f"place + {first} + (SELECT count(*) FROM gaps_{number} WHERE gap <= place)"
    _run(
        base,
        plan,
        f"INSERT INTO faults SELECT {number}, {line}, f.field, f.value, f.fault, f.mend"
        f" FROM (SELECT place, unnest(found) AS f FROM ({faulty})"
        " WHERE len(found) > 0)",
    )


def _decided(base: duckdb.DuckDBPyConnection, plan: ReadingPlan) -> ReadingPlan:
    """Where days and months may be changed about, the whole column decides."""
    moments = dict(plan.said.moments)
    notes = list(plan.notes)
    for name, other in plan.doubt.items():
        asked = [_unread(moments[name]), _unread(other)]
        counts = _run(
            base, plan, f"SELECT {', '.join(asked)} FROM {_source(plan)}"
        ).fetchone()
        if counts and counts[1] < counts[0]:
            moments[name] = other
            notes = [n for n in notes if "before months" not in n]
            notes.append(
                f"Months of {plan.table.name} stand before days: 3/4 is 4 March."
            )
    said = plan.said
    return ReadingPlan(
        table=plan.table,
        layout=plan.layout,
        taken=plan.taken,
        said=type(said)(said.kind, said.raw, said.words, moments),
        footer=plan.footer,
        notes=tuple(notes),
        doubt={},
        unfold=plan.unfold,
    )


def _unread(moment: Moment) -> str:
    read = local_sql(moment.raw, moment.style)
    return f"count(*) FILTER ({read} IS NULL AND {moment.raw} <> '')"
