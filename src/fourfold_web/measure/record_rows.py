"""What does any row say, and where is its page?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import Http404
from django.urls import reverse
from psycopg import sql

from fourfold.base.codes import CODES
from fourfold.intake.kinds import KINDS, Kind
from fourfold.measure.tables import Row

PAGES = {"THR": "picture:threat", "DIS": "act:disruption", "OPN": "measure:record"}
PERSONAL = frozenset({"members", "offenders", "orders"})
BY_CODE = {kind.code: kind for kind in KINDS.values()}


@dataclass(frozen=True)
class SeenRow:
    """A row of any kind: its facts in the sheet's words, and whether it is personal."""

    reference: str
    kind: Kind
    facts: list[tuple[str, Any]]
    marking: str
    personal: bool


def address_of(reference: str) -> str:
    """Where is the page of the record with this reference?"""
    code = _code(reference)
    return reverse(PAGES.get(code, "measure:record"), args=[reference])


def with_addresses(rows: Iterable[Row]) -> list[Row]:
    """Which rows are these, each with the `url` of its page?"""
    return [row | {"url": address_of(row["reference"])} for row in rows]


def see_row(reference: str) -> SeenRow:
    """What does the row say, as the officer who asks may see it?

    Raises:
        Http404: there is none, or it is not for this officer.
    """
    kind = BY_CODE.get(_code(reference))
    if kind is None:
        raise Http404
    view = sql.Identifier("reporting", kind.name.replace("-", "_"))
    query = sql.SQL("SELECT * FROM {} WHERE reference = %s").format(view)
    with connection.cursor() as cursor:
        cursor.execute(query, [reference])
        found = cursor.fetchone()
        names = [column.name for column in cursor.description or []]
    if found is None:
        raise Http404
    row = dict(zip(names, found, strict=True))
    return SeenRow(
        reference=reference,
        kind=kind,
        facts=[
            (field.says.rstrip("."), _said(kind, field.name, row[field.name]))
            for field in kind.fields.values()
        ],
        marking=CODES["classification"].label(row.get("classification") or "official"),
        personal=kind.name in PERSONAL,
    )


def _code(reference: str) -> str:
    parts = reference.split("-")
    return parts[1] if len(parts) > 2 else ""


def _said(kind: Kind, name: str, value: Any) -> Any:
    codes = kind.fields[name].codes
    return CODES[codes].label(value) if codes and value else value
