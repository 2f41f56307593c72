"""Small tables of pictures, made by hand for the tests."""

from collections.abc import Iterable, Mapping
from typing import Any

import ibis
import pyarrow as pa

from fourfold.base.analysis import Analysis, Case, Findings, Value
from fourfold.intake.evidence import evidence_kind


def hexed(number: int) -> str:
    """A hash of 256 bits as digits."""
    return f"{number:064x}"


def with_bits(number: int, *bits: int) -> int:
    """The number with these bits turned over."""
    for bit in bits:
        number ^= 1 << bit
    return number


def pictures(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """A table of images; what a row leaves out is as in most of them."""
    made = []
    for place, row in enumerate(rows, 1):
        usual = {
            "input": 0,
            "line": place,
            "path": f"{place}.jpg",
            "device": "phone-a",
            "sha256": f"{place:064x}",
            "md5": f"{place:032x}",
            "pdq": hexed(with_bits(0, *range(place * 3, 256, 7))),
            "quality": 100,
            "width": 400,
            "height": 300,
            "make": "",
            "model": "",
            "words": "",
        }
        made.append({**usual, **row})
    return pa.Table.from_pylist(made, schema=evidence_kind("images").schema)


def known(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """A table of entries of a list of known pictures."""
    usual = {"input": 0, "list": "L", "category": "A", "reference": ""}
    hashes = {"sha256": "", "md5": "", "pdq": ""}
    made = [{**usual, "line": n, **hashes, **row} for n, row in enumerate(rows, 2)]
    return pa.Table.from_pylist(made, schema=evidence_kind("known").schema)


def ask(analysis: Analysis, given: Mapping[str, Value], **tables: pa.Table) -> Findings:
    """Run an analysis on tables in memory."""
    backend = ibis.duckdb.connect()
    made = {kind: ibis.memtable(rows) for kind, rows in tables.items()}
    return analysis.run(Case(made, analysis.settle(given), backend))
