"""How do rows get the lines that were found only when all were read?"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.bulk.line_numbers import Lines
from fourfold.intake.bulk.written import rows_writer


def rewrite(rows: Path, out: Path, lines: Mapping[int, Lines]) -> None:
    """Write rows again on lines that are now known.

    Args:
        rows: what was written first; the line of a row is that of a file whose rows
            are lines.
        out: the new file.
        lines: of some inputs, where their rows stand.
    """
    given = pq.ParquetFile(rows)
    with rows_writer(out, given.schema_arrow) as writer:
        for table in _groups(given):
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
    inputs, written = table["input"].to_numpy(), table["line"].to_numpy()
    places = np.array(written)
    for number in lines:
        mine = inputs == number
        places[mine] -= lines[number].first
    found = pa.array(lines_of(inputs, places, lines))
    return table.set_column(table.schema.get_field_index("line"), "line", found)
