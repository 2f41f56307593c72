"""What do files of bulk evidence hold, row by row checked, however large they are?"""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from fourfold.base.result import Input
from fourfold.intake.bulk.errors import SeveralRefused
from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.plan import ReadingPlan, reading_plan
from fourfold.intake.bulk.sql_text import named, quoted
from fourfold.intake.bulk.staged import BAD, Staged, prepare, stage
from fourfold.intake.cells import Fault
from fourfold.intake.errors import FileRefused
from fourfold.intake.evidence import FileFault, Reading, evidence_kind
from fourfold.intake.handsets.reading import read_container

__all__ = ["ReadingOptions", "read_evidence"]

KEPT_FAULTS = 1_000
ROW_GROUP = 1_000_000
MEMORY_SHARE = 0.4
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
            base.execute("SET TimeZone = 'UTC'")
            prepare(base)
            staged = _staged(base, plans, scratch, tell)
            tell(0.7, "Looking for rows that stand twice")
            repeated = _repeats(base, kind, staged)
            tell(0.8, "Writing the rows")
            made = _write(base, kind, staged, scratch)
            return _kept(
                base, (kind, made, out), plans, staged, (repeated, notes, options)
            )


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


def _staged(
    base: duckdb.DuckDBPyConnection, plans: list[ReadingPlan], scratch: Path, tell: Tell
) -> list[Staged]:
    whole = sum(plan.table.size for plan in plans) or 1
    done, staged = 0, []
    for number, plan in enumerate(plans):
        tell(0.7 * done / whole, f"Reading {plan.table.name}")
        staged.append(stage(base, plan, number, scratch / f"stage-{number}.parquet"))
        done += plan.table.size
    return staged


def _rows(staged: list[Staged]) -> str:
    """SQL for all rows without faults, each with `input` and its `place`."""
    parts = [
        f"SELECT {number} AS input, file_row_number AS place,"
        " * EXCLUDE (file_row_number) FROM"
        f" read_parquet({quoted(str(one.path))}, file_row_number = true)"
        f" WHERE NOT {BAD}"
        for number, one in enumerate(staged)
    ]
    return " UNION ALL ".join(parts)


def _repeats(base: duckdb.DuckDBPyConnection, kind: str, staged: list[Staged]) -> int:
    """Note the rows that stood before with the same content; how many are there?

    Which side's record a call stands on is no difference of content.
    """
    skip = {"input", "line", "subject"}
    columns = [named(c.name) for c in evidence_kind(kind).columns if c.name not in skip]
    if kind == "messages":
        columns = [c for c in columns if c not in ('"item"', '"place_in_source"')]
    content = ", ".join(columns)
    rows = _rows(staged)
    base.execute(
        "CREATE TABLE twice AS SELECT h FROM"
        f" (SELECT hash({content}) AS h FROM ({rows})) GROUP BY h HAVING count(*) > 1"
    )
    base.execute(
        "CREATE TABLE repeats AS SELECT input, place FROM ("
        f" SELECT input, place, row_number() OVER (PARTITION BY {content}"
        f" ORDER BY input, place) AS n FROM ({rows})"
        f" WHERE hash({content}) IN (SELECT h FROM twice)) WHERE n > 1"
    )
    found = base.execute("SELECT count(*) FROM repeats").fetchone()
    return found[0] if found else 0


def _write(
    base: duckdb.DuckDBPyConnection, kind: str, staged: list[Staged], scratch: Path
) -> Path:
    names = [
        c.name for c in evidence_kind(kind).columns if c.name not in ("input", "line")
    ]
    columns = ", ".join(named(name) for name in names)
    parts = [
        f"SELECT {number}::BIGINT AS input, ({one.lines})::BIGINT AS line, {columns}"
        f" FROM (SELECT *, file_row_number AS place FROM read_parquet("
        f"{quoted(str(one.path))}, file_row_number = true)) s WHERE NOT {BAD}"
        " AND NOT EXISTS (SELECT 1 FROM repeats r"
        f" WHERE r.input = {number} AND r.place = s.place)"
        for number, one in enumerate(staged)
    ]
    made = scratch / f"{kind}.parquet"
    base.execute(
        f"COPY ({' UNION ALL '.join(parts)}) TO {quoted(str(made))}"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    base.execute(
        "COPY (SELECT * FROM faults ORDER BY input, line, field)"
        f" TO {quoted(str(scratch / 'faults.parquet'))} (FORMAT parquet)"
    )
    return made


def _kept(
    base: duckdb.DuckDBPyConnection,
    where: tuple[str, Path, Path],
    plans: list[ReadingPlan],
    staged: list[Staged],
    said: tuple[int, list[str], ReadingOptions],
) -> Reading:
    """Count, then move both files to their place: the last act, and a whole one."""
    kind, made, out = where
    repeated, notes, options = said
    rows, bad = sum(s.rows for s in staged), sum(s.bad for s in staged)
    loaded = pq.read_metadata(made).num_rows
    per_input = dict(
        base.execute(
            "SELECT input, count(*) FROM"
            f" read_parquet({quoted(str(made))}) GROUP BY input"
        ).fetchall()
    )
    count = base.execute("SELECT count(*) FROM faults").fetchone()
    faults = base.execute(
        f"SELECT * FROM faults ORDER BY input, line, field LIMIT {KEPT_FAULTS}"
    ).fetchall()
    shutil.move(made.with_name("faults.parquet"), out / "faults.parquet")
    os.replace(made, out / f"{kind}.parquet")  # noqa: PTH105 (both on one disk, at once)
    return Reading(
        inputs=tuple(
            Input(
                name=plan.table.name,
                kind=kind,
                sha256=plan.table.sha256,
                size=plan.table.size,
                rows=per_input.get(number, 0),
                layout=plan.layout,
                authority=options.authority,
            )
            for number, plan in enumerate(plans)
        ),
        tables={kind: out / f"{kind}.parquet"},
        rows=rows,
        loaded=loaded,
        repeated=repeated,
        quarantined=bad,
        faults=tuple(FileFault(f[0], Fault(*f[1:])) for f in faults),
        fault_count=count[0] if count else 0,
        notes=(*notes, *(note for one in staged for note in one.notes)),
    )
