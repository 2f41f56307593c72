"""What tells one row from another, and is its content the same as before?"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from fourfold.intake.kinds import Kind

Row = dict[str, Any]
"""A canonical row: the kind's fields, typed, and `body`, the sending body."""


def row_text(row: Mapping[str, Any]) -> str:
    """What is the row as canonical JSON: keys in order, dates ISO, no blanks?"""
    return _ENCODER.encode(row)


def row_digest(row: Mapping[str, Any]) -> str:
    """Which sha256 does the row's content have? Equal rows, equal digest, ever."""
    return hashlib.sha256(row_text(row).encode()).hexdigest()


def row_key(kind: Kind, row: Mapping[str, Any]) -> str:
    """What tells the row from the body's other rows of its kind?

    The kind's key fields, joined by " | " when there are several; an empty one is "".
    """
    return " | ".join("" if row[f] is None else str(row[f]) for f in kind.key)


def row_of(text: str, kind: Kind) -> Row:
    """Which row is it that `row_text` wrote?"""
    row: Row = json.loads(text)
    for name, field in kind.fields.items():
        if field.type == "date" and row[name] is not None:
            row[name] = date.fromisoformat(row[name])
    return row


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)
