"""Which rows stood before with the same content?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from fourfold.intake.bulk.sql_text import named, quoted
from fourfold.intake.evidence import evidence_kind

WHERE = ("input", "line", "subject")
"""Where a row stands is no content, nor on which side's record a call does."""
OF_THE_ITEM = ("item", "place_in_source")


def content_columns(kind: str) -> tuple[str, ...]:
    """Which columns must agree for two rows to be one?"""
    skip = set(WHERE) | set(OF_THE_ITEM if kind == "messages" else ())
    if kind == "messages":
        skip.discard("subject")
    return tuple(c.name for c in evidence_kind(kind).columns if c.name not in skip)


def repeated_places(
    base: duckdb.DuckDBPyConnection, kind: str, rows: Path, hashes: Path
) -> Any:
    """The places among all rows of those that stood before, as a sorted numpy array.

    Rows whose hash occurs twice are compared again by a second hash of their content.

    Args:
        base: a connection with room to spill.
        kind: the kind of evidence.
        rows: the rows, in their order.
        hashes: a hash of the content of each, in the same order.
    """
    seen = f"read_parquet({quoted(str(hashes))}, file_row_number = true)"
    base.execute(
        f"CREATE TABLE twice AS SELECT h FROM {seen} GROUP BY h HAVING count(*) > 1"
    )
    base.execute(
        "CREATE TABLE likely AS SELECT file_row_number AS place, h"
        f" FROM {seen} SEMI JOIN twice USING (h)"
    )
    content = ", ".join(f"r.{named(column)}" for column in content_columns(kind))
    found = base.execute(
        "SELECT place FROM (SELECT place, row_number() OVER (PARTITION BY h, again"
        f" ORDER BY place) AS n FROM (SELECT l.place, l.h, hash('again', {content})"
        f" AS again FROM read_parquet({quoted(str(rows))}, file_row_number = true) r"
        " JOIN likely l ON r.file_row_number = l.place)) WHERE n > 1 ORDER BY place"
    ).fetchnumpy()["place"]
    return np.asarray(found, dtype=np.int64)


def repeats_by_input(places: Any, kept: Sequence[int]) -> list[int]:
    """How many of the places lie in each file, given how many rows each gave?"""
    ends = np.cumsum([0, *kept])
    found = np.diff(np.searchsorted(places, ends))
    return [int(count) for count in found]
