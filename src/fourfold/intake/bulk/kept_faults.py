"""Which faults does a reading keep, each on its line?"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.bulk.file_rows import FileRows
from fourfold.intake.bulk.rewritten import lines_of
from fourfold.intake.bulk.sql_text import quoted
from fourfold.intake.cells import Fault
from fourfold.intake.evidence import FileFault

FIRST_FAULTS = 1_000
COLUMNS = ("input", "line", "field", "value", "fault", "mend")
ORDER = "input, line, field, fault"


@dataclass(frozen=True)
class KeptFaults:
    """All faults as a Parquet file, how many there are, and the first of them."""

    path: Path
    count: int
    first: tuple[FileFault, ...]


def kept_faults(
    base: duckdb.DuckDBPyConnection, found: Path, files: list[FileRows], scratch: Path
) -> KeptFaults:
    """Put the faults of rows and of broken lines together, in the order of lines.

    Args:
        base: a connection.
        found: faults of rows by their place in the file.
        files: what each file gave.
        scratch: where the file of faults is written.
    """
    placed, path = scratch / "faults-by-line.parquet", scratch / "faults.parquet"
    _on_lines(found, files, placed)
    rows = f"read_parquet({quoted(str(placed))})"
    base.execute(
        f"COPY (SELECT * FROM {rows} ORDER BY {ORDER})"
        f" TO {quoted(str(path))} (FORMAT parquet)"
    )
    kept = base.execute(
        f"SELECT * FROM {rows} ORDER BY {ORDER} LIMIT {FIRST_FAULTS}"
    ).fetchall()
    count = pq.read_metadata(path).num_rows
    return KeptFaults(path, count, tuple(FileFault(f[0], Fault(*f[1:])) for f in kept))


def _on_lines(found: Path, files: list[FileRows], out: Path) -> None:
    given = pq.ParquetFile(found)
    texts = [(name, pa.string()) for name in COLUMNS[2:]]
    schema = pa.schema([("input", pa.int64()), ("line", pa.int64()), *texts])
    lines = {number: one.lines for number, one in enumerate(files)}
    with pq.ParquetWriter(out, schema) as writer:
        for group in range(given.num_row_groups):
            table = given.read_row_group(group)
            at = lines_of(table["input"].to_numpy(), table["place"].to_numpy(), lines)
            table = table.append_column("line", pa.array(at))
            writer.write_table(table.select(COLUMNS).cast(schema))
        for number, one in enumerate(files):
            broken = [(number, b.line, "", b.text, b.fault, b.mend) for b in one.broken]
            if broken:
                rows = [dict(zip(COLUMNS, row, strict=True)) for row in broken]
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
