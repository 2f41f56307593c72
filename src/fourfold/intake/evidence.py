"""Which kinds of bulk evidence are there, and which columns has each once read?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from fourfold.base import rules
from fourfold.base.errors import FourfoldError, SheetFault
from fourfold.base.result import Input
from fourfold.intake.cells import Fault

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "instant": pa.timestamp("us", tz="UTC"),
    "clock": pa.timestamp("us"),
    "flag": pa.bool_(),
    "list": pa.list_(pa.string()),
}
"""How each type of column lies in Arrow and Parquet."""


class UnknownEvidence(FourfoldError):
    """Nobody knows that kind of evidence."""

    what = "No kind of evidence is called '{kind}'."
    do = "Use one of: {known}."
    status = 404


@dataclass(frozen=True)
class EvidenceColumn:
    """One column of a kind of evidence."""

    name: str
    type: str
    says: str


@dataclass(frozen=True)
class EvidenceKind:
    """One kind of bulk evidence.

    `authority`: it may be imported only with the authority under which it was obtained;
    without one it is kept back.
    """

    key: str
    says: str
    source: str
    columns: tuple[EvidenceColumn, ...]
    authority: bool = False

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of its Parquet files, in the order of the sheet."""
        return pa.schema([(c.name, ARROW_TYPES[c.type]) for c in self.columns])

    def unbound(self) -> Any:
        """An ibis table of this kind without a database, to build expressions on."""
        return ibis.table(ibis.Schema.from_pyarrow(self.schema), name=self.key)

    def empty(self) -> pa.Table:
        """A table of this kind without rows."""
        return self.schema.empty_table()


@dataclass(frozen=True)
class FileFault:
    """One fault, and the file of a reading that it stands in, counted from 0."""

    input: int
    fault: Fault


@dataclass(frozen=True)
class Reading:
    """What came of reading files of bulk evidence.

    `tables` names a Parquet file a kind of evidence found in them: a handset report
    gives several. `rows` = `loaded` + `repeated` + `quarantined`, always; `repeated`
    rows stood in the files before with the same content. `faults` are the first
    thousand; `fault_count` is how many there are. `notes` say what the reader took for
    granted, such as a time zone that the file does not name.
    """

    inputs: tuple[Input, ...]
    tables: Mapping[str, Path]
    rows: int
    loaded: int
    repeated: int
    quarantined: int
    faults: tuple[FileFault, ...] = ()
    fault_count: int = 0
    notes: tuple[str, ...] = ()


def evidence_kind(key: str) -> EvidenceKind:
    """Which kind of evidence is called `key`?

    Raises:
        UnknownEvidence: none is.
    """
    if key not in EVIDENCE:
        raise UnknownEvidence(kind=key, known=", ".join(EVIDENCE))
    return EVIDENCE[key]


@dataclass(frozen=True)
class _Row:
    key: str
    says: str
    source: str
    columns: tuple[Any, ...]
    authority: bool = False


def _kind(row: _Row) -> EvidenceKind:
    columns = tuple(EvidenceColumn(*column) for column in row.columns)
    unknown = sorted({c.type for c in columns} - set(ARROW_TYPES))
    if unknown:
        fault = f"no such type: {', '.join(unknown)}"
        raise SheetFault(sheet="evidence", row=row.key, fault=fault)
    return EvidenceKind(row.key, row.says, row.source, columns, row.authority)


EVIDENCE = {
    row.key: _kind(row) for row in rules.load(_Row, "fourfold.intake", "evidence")
}
