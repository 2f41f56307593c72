"""How do the rows of one file become typed rows of our own, in one pass?

The engine reads and checks in parallel and hands over batches in the order of the file.
A batch is written at once: memory holds a few, however large the file.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fourfold.intake.bulk.plan import ReadingPlan
from fourfold.intake.bulk.source_sql import BLANK, FAULTS, HASH, ODD
from fourfold.intake.bulk.unfold import PLACE
from fourfold.intake.errors import NotWellFormed, Truncated
from fourfold.intake.evidence import evidence_kind

BATCH = 122_880
WAITING = 3
"""So many batches may wait to be written (chosen)."""
AHEAD = "512MB"
"""So much may the engine have ready before it waits for the writing (chosen)."""
FAULT_SCHEMA = pa.schema(
    [
        ("input", pa.int64()),
        ("place", pa.int64()),
        ("field", pa.string()),
        ("value", pa.string()),
        ("fault", pa.string()),
        ("mend", pa.string()),
    ]
)


class Written:
    """The three files that a reading writes: rows, a hash of each, and faults.

    They lie in a scratch folder until all is well. Rows are written by a thread of
    their own, in the order in which they are added, while more are read.
    """

    def __init__(self, kind: str, scratch: Path) -> None:
        self.schema = evidence_kind(kind).schema
        self.rows = scratch / "rows.parquet"
        self.hashes = scratch / "hashes.parquet"
        self.faults = scratch / "faults-by-place.parquet"
        self._rows = pq.ParquetWriter(self.rows, self.schema, compression="zstd")
        self._hashes = pq.ParquetWriter(
            self.hashes, pa.schema([("h", pa.uint64())]), compression="none"
        )
        self._faults = pq.ParquetWriter(self.faults, FAULT_SCHEMA)
        self._writer = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> "Written":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.shutdown(cancel_futures=error is not None)
        for writer in (self._rows, self._hashes, self._faults):
            writer.close()
        if error is None:
            self._wait(0)

    def add(self, batch: pa.Table, number: int, lines: pa.Array) -> None:
        """Write rows without faults; the fault of an earlier write is raised here."""
        self._wait(WAITING)
        self._waiting.append(self._writer.submit(self._write, batch, number, lines))

    def _wait(self, still: int) -> None:
        """Until so many batches at most wait to be written."""
        while len(self._waiting) > still:
            self._waiting.popleft().result()

    def _write(self, batch: pa.Table, number: int, lines: pa.Array) -> None:
        count = batch.num_rows
        numbers = pa.array(np.full(count, number, dtype=np.int64))
        table = batch.append_column("input", numbers).append_column("line", lines)
        self._rows.write_table(table.select(self.schema.names).cast(self.schema))
        self._hashes.write_table(pa.table({"h": batch[HASH]}))

    def add_faults(self, found: pa.Array, number: int, places: pa.Array) -> None:
        """Write the faults of rows: a list of structs a row."""
        flat = found.flatten()
        places = places.take(pc.list_parent_indices(found))
        columns = {name: flat.field(name) for name in FAULT_SCHEMA.names[2:]}
        count = len(flat)
        table = pa.table(
            {"input": pa.array([number] * count), "place": places, **columns}
        )
        self._faults.write_table(table.cast(FAULT_SCHEMA))


@dataclass
class Counts:
    """What a file held.

    `rows`: those that are not blank; `bad`: those with faults; `odd`: in an hour shown
    twice; `read`: all that the engine gave; `lines`: of which so many lines were read.
    """

    rows: int = 0
    bad: int = 0
    odd: int = 0
    read: int = 0
    lines: int = 0

    @property
    def kept(self) -> int:
        """How many rows were written?"""
        return self.rows - self.bad


def streamed(
    base: duckdb.DuckDBPyConnection,
    plan: ReadingPlan,
    number: int,
    query: str,
    written: Written,
    *,
    told: Callable[[int], None],
) -> Counts:
    """Write the rows of one file; lines are counted as if each were a row.

    Args:
        base: a prepared connection.
        plan: how the file is read.
        number: which of the files it is, from 0.
        query: what `rows_sql` gives for it.
        written: where the rows go.
        told: is told how many rows have been read.

    Raises:
        FileRefused: the file is damaged beyond reading.
    """
    counts = Counts()
    first = plan.table.above + 1
    for batch in batches(base, plan, query):
        if not batch.num_rows:
            continue
        places = _places(batch, counts.read)
        counts.read += batch.num_rows
        counts.lines = max(counts.lines, (pc.max(places).as_py() or 0) + 1)
        faults, blank = batch[FAULTS].combine_chunks(), batch[BLANK].combine_chunks()
        rows = pc.invert(blank)
        bad = pc.and_(rows, faults.is_valid())
        good = pc.and_not(rows, bad)
        counts.rows += _true(rows)
        if found := _true(bad):
            counts.bad += found
            written.add_faults(faults.filter(bad), number, places.filter(bad))
        if _true(good) < batch.num_rows:
            batch, places = batch.filter(good), places.filter(good)
        counts.odd += _true(batch[ODD])
        if batch.num_rows:
            written.add(batch, number, pc.add(places, first))
        told(counts.lines)
    return counts


def batches(
    base: duckdb.DuckDBPyConnection, plan: ReadingPlan, query: str
) -> Iterator[pa.Table]:
    """The answer to a query on a file, batch by batch, in the order of its rows."""
    name = plan.table.name
    for kept in ("reject_scans", "reject_errors"):
        base.execute(f"DROP TABLE IF EXISTS {kept}")
    base.execute(f"SET streaming_buffer_size = '{AHEAD}'")
    try:
        reader = base.execute(query).to_arrow_reader(BATCH)
        while (batch := next(reader, None)) is not None:
            yield pa.Table.from_batches([batch])
    except duckdb.IOException as error:
        raise Truncated(file=name, line=1, seen=_short(error)) from error
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise NotWellFormed(
            file=name, line=1, format="CSV", seen=_short(error)
        ) from error


def _places(batch: pa.Table, before: int) -> pa.Array:
    """The place of each row among the lines of the file, from 0."""
    if PLACE in batch.column_names:
        return batch[PLACE].combine_chunks().cast(pa.int64())
    return pa.array(np.arange(before, before + batch.num_rows, dtype=np.int64))


def _true(flags: Any) -> int:
    return int(pc.sum(flags).as_py() or 0)


def _short(error: Exception) -> str:
    return str(error).split("\n")[0][:300]
