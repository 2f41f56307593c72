"""Do PostgreSQL and DuckDB give the same figures, rows and answers?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from fourfold.inspect.answers import inspect
from fourfold.intake.kinds import KINDS
from fourfold.measure.figures import figures, rows_behind
from fourfold.measure.measures import MEASURES
from fourfold.measure.tables import (
    Tables,
    duckdb_tables,
    postgres_sql,
    schema,
    table_name,
    with_references,
)
from fourfold.region.make import make

pytestmark = pytest.mark.slow

YEAR = {"period_from": date(2021, 6, 1), "period_to": date(2022, 5, 31)}
COLUMNS = {
    "string": "text",
    "date": "date",
    "int64": "bigint",
    "float64": "double precision",
    "boolean": "boolean",
    "array<string>": "text[]",
}


class Counted:
    """Tables of a PostgreSQL connection that count their queries."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection, self.queries = connection, 0

    def run(self, question: Any) -> list[dict[str, Any]]:
        self.queries += 1
        done = self.connection.execute(postgres_sql(question))
        names = [column.name for column in done.description or []]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


@pytest.fixture(scope="module")
def region_rows() -> dict[str, list[dict[str, Any]]]:
    return make()


@pytest.fixture(scope="module")
def counted(region_rows) -> Iterator[Counted]:
    from fourfold_web.desk.embedded import throwaway_server

    with (
        throwaway_server() as server,
        psycopg.connect(server.superuser_url, autocommit=True) as connection,
    ):
        connection.execute("CREATE SCHEMA reporting")
        rows = with_references(region_rows)
        for kind in KINDS:
            _load(connection, kind, rows.get(kind, []))
        connection.execute("ANALYZE")
        yield Counted(connection)


@pytest.fixture(scope="module")
def duck(region_rows) -> Tables:
    return duckdb_tables(region_rows)


def test_figures_are_the_same_and_take_four_queries(counted, duck) -> None:
    ours = Tables(run=counted.run)
    before = counted.queries
    found = figures(ours, region="east-midlands", **YEAR)
    assert counted.queries - before == 4
    assert found == figures(duck, region="east-midlands", **YEAR)
    assert sum(figure.numerator for figure in found) > 10_000


@pytest.mark.parametrize("key", MEASURES)
def test_rows_behind_a_figure_are_the_same(counted, duck, key: str) -> None:
    bodies = ["emsou", "lincolnshire"]
    found = rows_behind(Tables(run=counted.run), key, bodies=bodies, **YEAR)
    assert found == rows_behind(duck, key, bodies=bodies, **YEAR)


def test_answers_are_the_same_in_fewer_than_fifteen_queries(counted, duck) -> None:
    asked: dict[str, Any] = {"region": "east-midlands", "as_at": date(2022, 6, 1)}
    before = counted.queries
    found = [a.to_json() for a in inspect(Tables(run=counted.run), **asked)]
    assert counted.queries - before < 15
    assert found == [a.to_json() for a in inspect(duck, **asked)]
    assert len({one["answer"] for one in found}) == 5


def _load(
    connection: psycopg.Connection, kind: str, rows: list[dict[str, Any]]
) -> None:
    columns = schema(kind)
    types = [f'"{n}" {COLUMNS[str(t)]}' for n, t in columns.items()]
    where = f"reporting.{table_name(kind)}"
    connection.execute(f"CREATE TABLE {where} ({', '.join(types)})")
    with connection.cursor().copy(f"COPY {where} FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row.get(name) for name in columns.names])
