"""How do rows that were written become those that stay?"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.bulk.line_numbers import Lines


def rewrite(rows: Path, out: Path, dropped: Any, lines: Mapping[int, Lines]) -> None:
    """Write rows again without some of them, on lines that are now known.

    Args:
        rows: what was written first; the line of a row is that of a file whose rows
            are lines.
        out: the new file.
        dropped: places among all rows that are left out, sorted.
        lines: of some inputs, where their rows stand.
    """
    given = pq.ParquetFile(rows)
    done = 0
    with pq.ParquetWriter(out, given.schema_arrow, compression="zstd") as writer:
        for table in _groups(given):
            ends = done + table.num_rows
            here = slice(*np.searchsorted(dropped, (done, ends)))
            if len(dropped[here]):
                stays = np.ones(table.num_rows, dtype=bool)
                stays[dropped[here] - done] = False
                table = table.filter(pa.array(stays))
            done = ends
            if table.num_rows:
                writer.write_table(_on_lines(table, lines))


def _groups(given: pq.ParquetFile) -> Iterator[pa.Table]:
    """The groups of rows in order, the next one read while one is worked on."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        ahead = None
        for group in range(given.num_row_groups):
            table = ahead.result() if ahead else given.read_row_group(group)
            ahead = None
            if group + 1 < given.num_row_groups:
                ahead = reader.submit(given.read_row_group, group + 1)
            yield table


def lines_of(inputs: Any, places: Any, lines: Mapping[int, Lines]) -> Any:
    """On which line stands each row, by its input and its place there?"""
    found = np.array(places)
    for number, known in lines.items():
        mine = inputs == number
        found[mine] = known.of(found[mine])
    return found


def _on_lines(table: pa.Table, lines: Mapping[int, Lines]) -> pa.Table:
    if not lines:
        return table
    inputs, written = table["input"].to_numpy(), table["line"].to_numpy()
    places = np.array(written)
    for number in lines:
        mine = inputs == number
        places[mine] -= lines[number].first
    found = pa.array(lines_of(inputs, places, lines))
    return table.set_column(table.schema.get_field_index("line"), "line", found)
