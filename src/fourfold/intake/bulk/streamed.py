"""How do the rows of one file become typed rows of our own, in one pass?

The engine reads and checks in parallel and hands over batches in the order of the file.
A batch is written at once: memory holds a few, however large the file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fourfold.intake.bulk.plan import ReadingPlan
from fourfold.intake.bulk.source_sql import BLANK, FAULTS, ODD
from fourfold.intake.bulk.unfold import PLACE
from fourfold.intake.bulk.written import BATCH, Written
from fourfold.intake.errors import NotWellFormed, Truncated

AHEAD = "512MB"
"""So much may the engine have ready before it waits for the writing (chosen)."""


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
