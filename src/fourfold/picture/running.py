"""How is one question asked of evidence that has been read: settled, run, kept?

Evidence is Parquet files with the columns of `fourfold.intake.evidence`, used where
they lie. In every table handed to an analysis `input` numbers the result's inputs.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _

from fourfold.base.analysis import Analysis, Case, Findings, NothingToRead, Value
from fourfold.base.engine import engine_name, open_engine
from fourfold.base.result import Input, Result, result_of
from fourfold.intake.evidence import EVIDENCE, Reading, evidence_kind

Tell = Callable[[float, str], None]
READING = "reading.json"
"""Beside kept Parquet files: which inputs they were read from."""
AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Part:
    """One Parquet file of a kind; `first` is added to its column `input`."""

    kind: str
    path: Path
    first: int = 0


@dataclass(frozen=True)
class Evidence:
    """What a question is asked of: Parquet files of kinds, and whence they came."""

    parts: tuple[Part, ...] = ()
    inputs: tuple[Input, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which kinds are there, in the order in which they came?"""
        return tuple(dict.fromkeys(part.kind for part in self.parts))

    def of(self, kind: str) -> tuple[Part, ...]:
        """Which files hold this kind?"""
        return tuple(part for part in self.parts if part.kind == kind)

    def __add__(self, more: "Evidence") -> "Evidence":
        """Both together; the inputs of the second are numbered after the first's."""
        step = len(self.inputs)
        moved = (Part(p.kind, p.path, p.first + step) for p in more.parts)
        return Evidence((*self.parts, *moved), self.inputs + more.inputs)


def evidence_read(readings: Iterable[Reading]) -> Evidence:
    """What do readings give to ask of, in their order?"""
    found = Evidence()
    for reading in readings:
        parts = tuple(Part(kind, path) for kind, path in reading.tables.items())
        found = found + Evidence(parts, reading.inputs)
    return found


def evidence_kept(kind: str, paths: Iterable[Path]) -> Evidence:
    """What do Parquet files give that already have the columns of a kind?

    Where a file was kept with its reading beside it, its inputs are those of the
    reading; else the Parquet file is the input itself.
    """
    found = Evidence()
    for path in paths:
        inputs = _inputs_beside(path) or (parquet_input(kind, path),)
        found = found + Evidence((Part(kind, path),), inputs)
    return found


def is_canonical(kind: str, path: Path) -> bool:
    """Is it a Parquet file with all columns of the kind, each of its type?"""
    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowException):
        return False
    return all(
        field.name in schema.names and schema.field(field.name).type == field.type
        for field in evidence_kind(kind).schema
    )


def keep_reading(reading: Reading, folder: Path) -> None:
    """Write beside the Parquet files of a reading which inputs they came from."""
    text = json.dumps([asdict(one) for one in reading.inputs], indent=1)
    (folder / READING).write_text(text + "\n", encoding="utf-8")


def parquet_input(kind: str, path: Path) -> Input:
    """Which input is a Parquet file that was handed over as it is?"""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    rows = pq.read_metadata(path).num_rows
    return Input(path.name, kind, digest, path.stat().st_size, rows)


def run_analysis(
    analysis: Analysis,
    evidence: Evidence | Mapping[str, Sequence[Path]],
    parameters: Mapping[str, Value],
    engine: str | None = None,
    tell: Tell | None = None,
) -> Result:
    """What does one analysis answer on this evidence?

    Args:
        analysis: the question.
        evidence: what was read, or for each kind its Parquet files.
        parameters: those that were set; the others take their defaults.
        engine: "duckdb" or "spark"; `None`: FOURFOLD_ENGINE, else duckdb.
        tell: told how far it is; may raise `Stopped`.

    Raises:
        WrongParameter: a parameter does not fit.
        NothingToRead: a kind of evidence that it must have is not there.
        UnknownEngine: the engine is none of ours.
    """
    settled = analysis.settle(parameters)
    name = engine_name(engine)
    if not isinstance(evidence, Evidence):
        evidence = _evidence_of(evidence)
    _all_there(analysis, evidence)
    with open_engine(name) as backend:
        findings = findings_on(backend, analysis, evidence, settled, tell)
    return result_of(
        analysis, findings, engine=name, inputs=evidence.inputs, parameters=settled
    )


def findings_on(
    backend: Any,
    analysis: Analysis,
    evidence: Evidence,
    settled: Mapping[str, Value],
    tell: Tell | None = None,
) -> Findings:
    """What does an analysis find on an engine that is open?

    Args:
        backend: the engine; stays open.
        analysis: the question.
        evidence: has every kind that the analysis takes.
        settled: a value for each parameter.
        tell: told how far it is; may raise `Stopped`.
    """
    tables = {kind: evidence_table(backend, evidence, kind) for kind in evidence.kinds}
    case = Case(tables, settled, backend, tell or Case.tell)
    case.tell(0.0, "Starting")
    findings = analysis.run(case)
    case.tell(1.0, "Done")
    return findings


def evidence_table(backend: Any, evidence: Evidence, kind: str) -> Any:
    """The ibis table of a kind on an engine, read where its files lie."""
    parts = evidence.of(kind)
    names = list(evidence_kind(kind).schema.names)
    tables = [
        backend.read_parquet(str(part.path), table_name=f"{kind}_{n}").select(names)
        for n, part in enumerate(parts)
    ]
    moved = [
        table.mutate(input=_.input + part.first) if part.first else table
        for part, table in zip(parts, tables, strict=True)
    ]
    return moved[0] if len(moved) == 1 else ibis.union(*moved)


def _evidence_of(files: Mapping[str, Sequence[Path]]) -> Evidence:
    found = Evidence()
    for kind, paths in files.items():
        found = found + evidence_kept(kind, paths)
    return found


def _all_there(analysis: Analysis, evidence: Evidence) -> None:
    lacks = [kind for kind in analysis.takes if kind not in evidence.kinds]
    if lacks:
        raise NothingToRead(
            analysis=analysis.key,
            lacks=" and ".join(lacks),
            given=" and ".join(evidence.kinds) or "nothing",
        )


def _inputs_beside(path: Path) -> tuple[Input, ...]:
    """The inputs kept beside a Parquet file; none where there is no such sheet."""
    sheet = path.parent / READING
    if path.stem not in EVIDENCE or not sheet.is_file():
        return ()
    try:
        return tuple(Input(**one) for one in json.loads(sheet.read_text("utf-8")))
    except (ValueError, TypeError):
        return ()
