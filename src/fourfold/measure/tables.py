"""Which canonical tables do measures and inspection rules read, and from where?

One table a kind of row, in the schema `reporting`: `threats`, `plan_actions` and so on.
Expressions are built on unbound tables, so the same expression runs on DuckDB and,
compiled, on PostgreSQL under the reader's own row-level security.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from fourfold.intake.kinds import KINDS, kind

Row = dict[str, Any]

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


ANCHORS = (date(3000, 7, 1), date(4000, 7, 1), date(5000, 7, 1))
"""Days that stand for a question's own days while its statement is made."""

MADE_DATE = re.compile(r"MAKE_DATE\((\d+), (\d+), (\d+)\)")


@dataclass(frozen=True)
class Dated:
    """A question built once on `ANCHORS`, and the days that they stand for.

    Making a statement from an expression costs far more than running it, so it is made
    once and only its dates are replaced.
    """

    expression: Any
    days: tuple[date, ...]


Run = Callable[[Dated | Any], list[Row]]


@dataclass(frozen=True)
class Tables:
    """Where the canonical tables are: `run` executes one question on them.

    `run` takes an ibis expression on the unbound tables of `table()`, or a `Dated` one,
    and gives its rows as a list of dicts. The site passes one that runs
    `postgres_sql(question)` on the reader's connection.
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


def postgres_sql(question: Dated | Any) -> str:
    """Which PostgreSQL statement answers a question? Made once, then only dated."""
    return _statement(question, "postgres")


def _statement(question: Dated | Any, dialect: str) -> str:
    if not isinstance(question, Dated):
        return _made(question, dialect)
    made = _made(question.expression, dialect)
    return MADE_DATE.sub(lambda found: _real(found, question.days), made)


@lru_cache(maxsize=512)
def _made(expression: Any, dialect: str) -> str:
    return str(ibis.to_sql(expression, dialect=dialect, pretty=False))


def _real(found: re.Match[str], days: tuple[date, ...]) -> str:
    printed = date(*(int(part) for part in found.groups()))
    for anchor, day in zip(ANCHORS, days, strict=False):
        if abs(printed.year - anchor.year) < 100:
            real = day + (printed - anchor)
            return f"MAKE_DATE({real.year}, {real.month}, {real.day})"
    return found.group()


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
    connection = duckdb.connect()
    connection.execute(f"CREATE SCHEMA {DATABASE}")
    referenced = with_references(rows)
    for name in KINDS:
        _create(connection, name, referenced.get(name, []))
    return Tables(run=lambda question: _run(connection, question))


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


def _run(connection: duckdb.DuckDBPyConnection, question: Dated | Any) -> list[Row]:
    done = connection.execute(_statement(question, "duckdb"))
    names = [column[0] for column in done.description]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


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
    connection.execute(f"CREATE TABLE {where} AS SELECT * FROM given")  # noqa: S608 - a name of ours
    connection.unregister("given")
