"""Which canonical tables do measures and inspection rules read, and from where?

One table a kind of row, in the schema `reporting`: `threats`, `plan_actions` and so on.
Expressions are built on unbound tables, so the same expression runs on DuckDB and,
compiled, on PostgreSQL under the reader's own row-level security.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from fourfold.intake.kinds import KINDS, kind

Row = dict[str, Any]
Run = Callable[[Any], list[Row]]

DATABASE = "reporting"
COLUMN_TYPES = {
    "text": "string",
    "code": "string",
    "body": "string",
    "ref": "string",
    "date": "date",
    "integer": "int64",
    "number": "float64",
    "money": "float64",
    "boolean": "boolean",
    "list": "array<string>",
    "bodies": "array<string>",
}


@dataclass(frozen=True)
class Tables:
    """Where the canonical tables are: `run` executes one expression on them.

    `run` takes an ibis expression on the unbound tables of `table()` and gives its
    rows as a list of dicts. The site passes one that runs `postgres_sql(expression)`
    on the reader's connection.
    """

    run: Run


def table_name(kind_name: str) -> str:
    """What is the table of a kind called?"""
    return kind_name.replace("-", "_")


@cache
def schema(kind_name: str) -> Any:
    """Which columns, of which types, has the canonical table of a kind?

    Returns:
        An ibis schema: `body`, the fields of the kind in the sheet's order (markings
        last on marked kinds), `reference`.

    Raises:
        UnknownKind: nobody sends rows of that kind.
    """
    fields = kind(kind_name).fields.values()
    middle = {field.name: COLUMN_TYPES[field.type] for field in fields}
    return ibis.schema({"body": "string"} | middle | {"reference": "string"})


@cache
def table(kind_name: str) -> Any:
    """Which unbound ibis table stands for a kind, wherever its rows are kept?

    Raises:
        UnknownKind: nobody sends rows of that kind.
    """
    name = table_name(kind_name)
    return ibis.table(schema(kind_name), name=name, database=DATABASE)


@lru_cache(maxsize=256)
def postgres_sql(expression: Any) -> str:
    """Which PostgreSQL statement answers an expression? Compiled once, then kept."""
    return str(ibis.to_sql(expression, dialect="postgres"))


def duckdb_tables(rows: Mapping[str, Iterable[Row]]) -> Tables:
    """Which tables hold these canonical rows, in a DuckDB of their own in memory?

    Args:
        rows: kind to canonical rows. A row without `reference` is given one; a field
            that names another row (`REF`, or `slug/REF` of another body) is replaced
            by that row's reference. What names no row here stays as it is.

    Returns:
        All kinds, those without rows as empty tables. `rows` itself is not changed.

    Raises:
        UnknownKind: a key of `rows` is no kind.
    """
    connection = ibis.duckdb.connect()
    connection.raw_sql(f"CREATE SCHEMA {DATABASE}")
    referenced = with_references(rows)
    for name in KINDS:
        _create(connection.con, name, referenced.get(name, []))
    return Tables(run=lambda expression: connection.to_pyarrow(expression).to_pylist())


def with_references(rows: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    """Which rows are these, each with its reference and naming others by theirs?

    A made reference is the body, the kind's code and a number in the order given:
    DERBYSHIRE-THR-0042.
    """
    named = {name: _numbered(name, given) for name, given in rows.items()}
    known = {
        (name, row["body"], row.get("ref")): row["reference"]
        for name, given in named.items()
        for row in given
    }
    return {
        name: [_resolved(name, row, known) for row in given]
        for name, given in named.items()
    }


def _numbered(name: str, rows: Iterable[Row]) -> list[Row]:
    code, counts, numbered = kind(name).code, dict[str, int](), []
    for row in rows:
        body = row["body"]
        counts[body] = counts.get(body, 0) + 1
        made = f"{body.upper()}-{code}-{counts[body]:04d}"
        numbered.append({"reference": made} | row)
    return numbered


def _resolved(name: str, row: Row, known: Mapping[tuple[str, str, Any], str]) -> Row:
    resolved = dict(row)
    for field in kind(name).fields.values():
        value = row.get(field.name)
        if field.type == "ref" and value is not None:
            slug, _, ref = value.partition("/")
            own = known.get((field.to, row["body"], value))
            resolved[field.name] = own or known.get((field.to, slug, ref), value)
    return resolved


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: list[Row]) -> None:
    columns = schema(name)
    filled = [{column: row.get(column) for column in columns.names} for row in rows]
    given = pa.Table.from_pylist(filled, schema=columns.to_pyarrow())
    connection.register("given", given)
    where = f"{DATABASE}.{table_name(name)}"
    connection.execute(f"CREATE TABLE {where} AS SELECT * FROM given")
    connection.unregister("given")
