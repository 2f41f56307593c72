"""Where do the rows of a reading go until all is well?

A row whose content may have stood before is put aside while the rows go by, so that
what is written need not be written again without it.
"""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fourfold.intake.bulk.seen import Seen
from fourfold.intake.bulk.source_sql import HASH
from fourfold.intake.evidence import evidence_kind

AFTER = "_after"
"""Column of a row that was put aside: how many were written before it."""
BATCH = 122_880
"""So many rows are worked on at once, as many as the engine groups them by."""
WAITING = 3
"""So many batches may wait to be written (chosen)."""
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
    """The files that a reading writes, in a scratch folder.

    `rows` and a hash of the content of each, in `hashes`; `aside`, rows that may have
    stood before; `faults`. Rows are written by a thread of their own, in the order in
    which they are added, while more are read.

    Args:
        kind: the kind of evidence.
        scratch: the folder.
        expected: about so many rows will come.
    """

    def __init__(self, kind: str, scratch: Path, expected: int) -> None:
        self.schema = evidence_kind(kind).schema
        self.rows = scratch / "rows.parquet"
        self.hashes = scratch / "hashes.parquet"
        self.aside = scratch / "aside.parquet"
        self.faults = scratch / "faults-by-place.parquet"
        self.put_aside = 0
        self._seen = Seen(expected)
        self._count = 0
        self._rows = rows_writer(self.rows, self.schema)
        hashed = pa.field(HASH, pa.uint64())
        self._hashes = pq.ParquetWriter(
            self.hashes, pa.schema([hashed]), compression="none"
        )
        self._aside = rows_writer(
            self.aside, self.schema.append(hashed).append(pa.field(AFTER, pa.int64()))
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
        for writer in (self._rows, self._hashes, self._aside, self._faults):
            writer.close()
        if error is None:
            self._wait(0)

    def add(self, batch: pa.Table, number: int, lines: pa.Array) -> None:
        """Write rows without faults; the fault of an earlier write is raised here."""
        inputs = pa.array(np.full(batch.num_rows, number, dtype=np.int64))
        batch = batch.append_column("input", inputs).append_column("line", lines)
        again = self._seen.before(batch[HASH].to_numpy())
        if found := int(again.sum()):
            before = self._count + np.cumsum(~again)
            self._put_aside(batch.filter(pa.array(again)), before[again])
            batch = batch.filter(pa.array(~again))
            self.put_aside += found
        self._count += batch.num_rows
        if batch.num_rows:
            self._wait(WAITING)
            self._waiting.append(self._writer.submit(self._write, batch))

    def _wait(self, still: int) -> None:
        """Until so many batches at most wait to be written."""
        while len(self._waiting) > still:
            self._waiting.popleft().result()

    def _write(self, batch: pa.Table) -> None:
        self._rows.write_table(batch.select(self.schema.names).cast(self.schema))
        self._hashes.write_table(batch.select([HASH]))

    def _put_aside(self, batch: pa.Table, after: np.ndarray) -> None:
        batch = batch.append_column(AFTER, pa.array(after))
        schema = self._aside.schema
        self._aside.write_table(batch.select(schema.names).cast(schema))

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


def rows_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of rows of evidence: words that recur are written once a group."""
    words = [field.name for field in schema if pa.types.is_string(field.type)]
    return pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=words)
