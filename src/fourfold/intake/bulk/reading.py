"""What do files of bulk evidence hold, row by row checked, however large they are?"""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from fourfold.base.result import Input
from fourfold.intake.bulk.errors import SeveralRefused
from fourfold.intake.bulk.file_rows import FileRows, file_rows
from fourfold.intake.bulk.kept_faults import KeptFaults, kept_faults
from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.plan import ReadingPlan, reading_plan
from fourfold.intake.bulk.prepared import prepare
from fourfold.intake.bulk.repeats import Settled, without_repeats
from fourfold.intake.bulk.rewritten import rewrite
from fourfold.intake.bulk.written import Written
from fourfold.intake.errors import FileRefused
from fourfold.intake.evidence import Reading, evidence_kind
from fourfold.intake.handsets.reading import read_container

__all__ = ["ReadingOptions", "read_evidence"]

MEMORY_SHARE = 0.3
"""How much of the machine's memory the engine may use before it spills (chosen)."""
SHARE_READ = 0.85
"""How much of the work is done when all files have been read (chosen)."""
HELD_BY_CONTAINERS = {"messages", "images", "contacts", "locations"}
"""Kinds that come in handset reports, chats, mailboxes and pictures."""
ALSO_HELD = {"calls", "identifiers"}
REPORT_ENDINGS = (".ufdr", ".zip", ".xml", ".json", ".jsonld")
"""Handset reports hold calls and identifiers too; other files of those are tables."""
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson", ".parquet", ".gz")

Tell = Callable[[float, str], None]


def _ignored(_share: float, _doing: str) -> None:
    return None


def read_evidence(
    kind: str,
    paths: Sequence[Path],
    options: ReadingOptions,
    out: Path,
    tell: Tell = _ignored,
) -> Reading:
    """Read files of one kind of evidence into Parquet, whole or not at all.

    Args:
        kind: a key of `evidence.toml`.
        paths: files that belong together; each is an input, in this order.
        options: what an officer said of them.
        out: folder for `<kind>.parquet` and `faults.parquet`; made if need be.
        tell: told how far it is, 0 to 1; may raise `Stopped`.

    Returns:
        What came of it. Rows that stood before with the same content are `repeated`.

    Raises:
        FileRefused: a file cannot be read; all such are named at once.
    """
    needs = evidence_kind(kind)
    notes = []
    if needs.authority and not options.authority:
        notes.append("No authority is recorded under which this was obtained.")
    if _from_containers(kind, paths):
        return read_container(kind, paths, options, out, tell)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".reading-", dir=out) as folder:
        scratch = Path(folder)
        plans = _plans(kind, paths, options, scratch)
        with duckdb.connect(
            str(scratch / "work.duckdb"), config=_config(scratch)
        ) as base:
            prepare(base)
            with Written(kind, scratch, _lines(plans)) as written:
                files = _files(base, plans, written, tell)
            tell(SHARE_READ, "Looking again at rows that may stand twice")
            settled = without_repeats(base, kind, written, scratch)
            tell(0.9, "Writing the rows")
            settled = _on_their_lines(settled, files, scratch)
            faults = kept_faults(base, written.faults, files, scratch)
        return _kept((kind, out), settled, plans, files, (faults, notes, options))


def _from_containers(kind: str, paths: Sequence[Path]) -> bool:
    if kind in ALSO_HELD:
        return any(p.is_dir() or p.suffix.lower() in REPORT_ENDINGS for p in paths)
    return kind in HELD_BY_CONTAINERS and not all(map(_is_table, paths))


def _is_table(path: Path) -> bool:
    """Is it a file of rows rather than a report, a chat or a picture?"""
    return path.suffix.lower() in TABLE_ENDINGS


def _config(scratch: Path) -> dict[str, Any]:
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "memory_limit": f"{pages * MEMORY_SHARE / 1e9:.2f}GB",
        # One thread more than processors: that which asks is busy writing.
        "threads": str((os.cpu_count() or 1) + 1),
        "temp_directory": str(scratch / "spill"),
        "autoinstall_known_extensions": "false",
    }


def _plans(
    kind: str, paths: Sequence[Path], options: ReadingOptions, scratch: Path
) -> list[ReadingPlan]:
    plans, refused = [], []
    for number, path in enumerate(paths):
        own = scratch / str(number)
        own.mkdir()
        try:
            plans.append(reading_plan(kind, path, options, own))
        except FileRefused as error:
            refused.append(error)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        said = " ".join(str(error) for error in refused)
        raise SeveralRefused(count=len(refused), faults=said)
    return plans


def _files(
    base: duckdb.DuckDBPyConnection,
    plans: list[ReadingPlan],
    written: Written,
    tell: Tell,
) -> list[FileRows]:
    whole = _lines(plans) or 1
    done, files = 0, []
    for number, plan in enumerate(plans):
        tell(SHARE_READ * done / whole, f"Reading {plan.table.name}")

        def told(lines: int, done: int = done, name: str = plan.table.name) -> None:
            share = min((done + lines) / whole, 1.0)
            tell(SHARE_READ * share, f"Reading {name}")

        files.append(file_rows(base, plan, number, written, told))
        done += plan.table.lines
    return files


def _lines(plans: list[ReadingPlan]) -> int:
    return sum(plan.table.lines for plan in plans)


def _on_their_lines(settled: Settled, files: list[FileRows], scratch: Path) -> Settled:
    """The rows as they are, or written again where their lines are others."""
    shifted = {n: one.lines for n, one in enumerate(files) if one.shifted}
    if not shifted:
        return settled
    made = scratch / "on-their-lines.parquet"
    rewrite(settled.rows, made, shifted)
    return replace(settled, rows=made)


def _kept(
    where: tuple[str, Path],
    settled: Settled,
    plans: list[ReadingPlan],
    files: list[FileRows],
    said: tuple[KeptFaults, list[str], ReadingOptions],
) -> Reading:
    """Count, then move both files to their place: the last act, and a whole one."""
    kind, out = where
    faults, notes, options = said
    repeated = settled.repeated
    rows = sum(one.rows for one in files)
    os.replace(faults.path, out / "faults.parquet")  # noqa: PTH105 (on one disk, at once)
    os.replace(settled.rows, out / f"{kind}.parquet")  # noqa: PTH105 (on one disk, at once)
    return Reading(
        inputs=tuple(
            Input(
                name=plan.table.name,
                kind=kind,
                sha256=plan.table.sha256,
                size=plan.table.size,
                rows=one.kept - repeated[number],
                layout=plan.layout,
                authority=options.authority,
            )
            for number, (plan, one) in enumerate(zip(plans, files, strict=True))
        ),
        tables={kind: out / f"{kind}.parquet"},
        rows=rows,
        loaded=sum(one.kept for one in files) - repeated.total(),
        repeated=repeated.total(),
        quarantined=sum(one.bad + len(one.broken) for one in files),
        faults=faults.first,
        fault_count=faults.count,
        notes=(*notes, *(note for one in files for note in one.notes)),
    )
