"""How do thousands of records reach their table in one statement?

The rows travel as one JSON document, which the database reads as a table, so that
row-level security checks them as it checks a single one (COPY would not).
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection, models

from fourfold.base.errors import FourfoldError
from fourfold_web.intake.registry import Values


class RefusedByDatabase(FourfoldError):
    """A rule of the database that the check of rows does not know was broken."""

    what = "The database refused the rows: {said}."
    do = "Nothing was loaded. Tell your administrator which file it was."
    status = 422


def insert_rows(model: type[models.Model], rows: Sequence[Values]) -> set[str]:
    """Which references were inserted? Those that clash with a record are left out.

    Args:
        model: a record with a `reference`.
        rows: column to value, all with the same columns; none gives an empty set.
    """
    if not rows:
        return set()
    table, columns = model._meta.db_table, list(rows[0])
    names = ", ".join(f'"{name}"' for name in columns)
    statement = (
        f'INSERT INTO "{table}" ({names}) SELECT {names}'  # noqa: S608 our own names
        f" FROM {_recordset(model, columns)}"
        " ON CONFLICT DO NOTHING RETURNING reference"
    )
    with _asking() as cursor:
        cursor.execute(statement, [_document(rows)])
        return {reference for (reference,) in cursor.fetchall()}


def update_rows(model: type[models.Model], rows: Sequence[Values]) -> int:
    """How many records were given new values?

    Args:
        model: the record.
        rows: column to value, all with the same columns, `id` among them.
    """
    if not rows:
        return 0
    table, columns = model._meta.db_table, list(rows[0])
    sets = ", ".join(f'"{name}" = x."{name}"' for name in columns if name != "id")
    statement = (
        f'UPDATE "{table}" t SET {sets}'  # noqa: S608 our own names
        f" FROM {_recordset(model, columns)}"
        " WHERE t.id = x.id"
    )
    with _asking() as cursor:
        cursor.execute(statement, [_document(rows)])
        return int(cursor.rowcount)


def known_rows(
    model: type[models.Model], body: str, keys: Sequence[str]
) -> dict[str, tuple[int, str]]:
    """Which of a body's keys have a record that is seen? Key to its id and digest."""
    # Saying that the key is not empty lets the index on delivered keys be used.
    statement = (
        "SELECT source_key, id, row_digest"  # noqa: S608 our own names
        f' FROM "{model._meta.db_table}"'
        " WHERE body_id = %s AND source_key = ANY (%s::text[]) AND source_key <> ''"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [body, list(keys)])
        return {key: (pk, digest) for key, pk, digest in cursor.fetchall()}


def take_statistics(model: type[models.Model]) -> None:
    """Let the database count anew what a table holds, this transaction's rows too.

    Without it, queries right after a large delivery are planned for an empty table.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.take_statistics(%s)", [model._meta.db_table])


@contextmanager
def _asking() -> Iterator[Any]:
    try:
        with connection.cursor() as cursor:
            yield cursor
    except DatabaseError as error:
        # The first line names the rule; those below repeat what the rows say.
        said = str(error).strip().splitlines()[0].rstrip(".")
        raise RefusedByDatabase(said=said) from error


def _recordset(model: type[models.Model], columns: Sequence[str]) -> str:
    types = {f.column: _type(f) for f in model._meta.concrete_fields}
    typed = ", ".join(f'"{name}" {types[name]}' for name in columns)
    return f"jsonb_to_recordset(%s::jsonb) AS x({typed})"


def _type(field: "models.Field[Any, Any]") -> str:
    """The type to read a column's values as: long text is refused, never cut."""
    type_ = field.rel_db_type(connection) if field.primary_key else None
    type_ = type_ or str(field.db_type(connection))
    if type_.startswith("varchar"):
        return "text[]" if type_.endswith("[]") else "text"
    return type_


def _document(rows: Sequence[Values]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
