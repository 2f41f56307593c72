"""How are rows of an answer laid out as a table of results?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Column, Shown
from fourfold.intake.evidence import ARROW_TYPES


@dataclass(frozen=True)
class Field:
    """One column of a table of results; its type is one of the kinds of evidence."""

    name: str
    heading: str
    type: str = "text"
    unit: str = ""


def shown(
    name: str, caption: str, fields: Sequence[Field], rows: Iterable[dict[str, Any]]
) -> Shown:
    """Lay rows out as a table: a row's missing values empty, its other values out."""
    schema = pa.schema([(field.name, ARROW_TYPES[field.type]) for field in fields])
    kept = [{field.name: row.get(field.name) for field in fields} for row in rows]
    return Shown(
        name=name,
        caption=caption,
        columns=tuple(Column(f.name, f.heading, f.unit) for f in fields),
        rows=pa.Table.from_pylist(kept, schema=schema),
    )


def many(count: int, one: str, more: str = "") -> str:
    """How is a number of things said: "1 cell", "2 cells", "no cells"?"""
    words = one if count == 1 else (more or f"{one}s")
    return f"{count:,} {words}" if count else f"no {words}"


def of(part: int, whole: int, one: str, more: str = "") -> str:
    """How is a number said with its base: "7 of 31 phones"?"""
    return f"{part:,} of {whole:,} {one if whole == 1 else (more or one + 's')}"


def dbm(tenths: float | None) -> float | None:
    """Which level in dBm do tenths stand for, to a tenth?"""
    return None if tenths is None else round(tenths / 10 + 0.0, 1)
