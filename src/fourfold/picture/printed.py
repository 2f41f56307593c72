"""How does a terminal show an answer, and what came of reading the files?"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from fourfold.base.analysis import Column, Shown
from fourfold.base.result import Result
from fourfold.intake.evidence import Reading

ROWS = 40
FAULTS = 5
WIDE = 200
"""Letters a line where nobody looks at a terminal."""
SENTENCE = 48
"""A column with longer cells holds sentences: the answers say them."""
BORDER, BETWEEN = 1, 3


def print_result(result: Result) -> None:
    """Say the answers, the main table, then notes and limits in short."""
    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    for answer in result.findings.answers:
        console.print(Text(answer.text))
    if result.findings.tables:
        console.print(result_table(result.findings.tables[0], console.width))
    more = result.findings.tables[1:]
    if more:
        console.print(Text(f"Also found: {', '.join(table.name for table in more)}."))
    for heading, lines in (
        ("Note", result.findings.notes),
        ("Limit", result.limits),
    ):
        for line in lines:
            console.print(Text(f"{heading}: {line}"))


def print_kept_back(readings: Iterable[Reading]) -> None:
    """Say on stderr how many rows were kept back, with the first faults, and notes."""
    for reading in readings:
        for line in _kept_back(reading):
            click.echo(line, err=True)


def reading_json(reading: Reading) -> dict[str, Any]:
    """What came of reading files, as plain values."""
    return {
        "rows": reading.rows,
        "loaded": reading.loaded,
        "repeated": reading.repeated,
        "quarantined": reading.quarantined,
        "inputs": [asdict(one) for one in reading.inputs],
        "tables": {kind: str(path) for kind, path in reading.tables.items()},
        "fault_count": reading.fault_count,
        "faults": [
            {"file": _file(reading, one.input), **asdict(one.fault)}
            for one in reading.faults
        ],
        "notes": list(reading.notes),
    }


def reading_lines(reading: Reading) -> Iterator[str]:
    """What would a person want to know of files that were read, a line each?"""
    yield (
        f"{reading.rows:,} rows = {reading.loaded:,} loaded + {reading.repeated:,} "
        f"repeated + {reading.quarantined:,} kept back"
    )
    for one in reading.inputs:
        layout = f", layout {one.layout}" if one.layout else ""
        yield f"{one.name}: {one.rows:,} rows of {one.kind}{layout}"
    for kind, path in reading.tables.items():
        yield f"{kind} written to {path}"


def _kept_back(reading: Reading) -> Iterator[str]:
    for note in reading.notes:
        yield f"Note: {note}"
    if reading.quarantined or reading.fault_count:
        yield f"{reading.quarantined:,} of {reading.rows:,} rows were kept back."
    for one in reading.faults[:FAULTS]:
        fault = one.fault
        field = f", {fault.field}" if fault.field else ""
        where = f"{_file(reading, one.input)}, line {fault.line}{field}"
        yield f"  {where}: '{fault.value}' is {fault.fault}. {fault.mend}"
    if reading.fault_count > FAULTS:
        yield f"  and {reading.fault_count - FAULTS:,} faults more."


def _file(reading: Reading, number: int) -> str:
    return reading.inputs[number].name if number < len(reading.inputs) else "?"


@dataclass(frozen=True)
class _Printed:
    """One column as a terminal shows it: its heading and its cells."""

    heading: str
    cells: tuple[str, ...]
    numeric: bool

    @property
    def width(self) -> int:
        """Letters of its widest cell, or of the longest word of its heading."""
        words = self.heading.split()
        return max(map(len, (*words, *self.cells)), default=0)

    @property
    def is_told(self) -> bool:
        """Is it worth a column? Not without any value, nor where it holds sentences."""
        return any(self.cells) and self.width <= SENTENCE


def result_table(shown: Shown, width: int) -> Table:
    """The columns that fit the terminal, whole; the others are named below."""
    rows = shown.rows.slice(0, ROWS).to_pylist()
    columns = [_printed(column, rows) for column in shown.columns]
    told = [column for column in columns if column.is_told or not rows]
    fitting = list(_fitting(told, width))
    table = Table(title=Text(shown.caption), title_justify="left", title_style="")
    for column in fitting:
        justify: Any = "right" if column.numeric else "left"
        table.add_column(Text(column.heading), justify=justify, min_width=column.width)
    for cells in zip(*(column.cells for column in fitting), strict=True):
        table.add_row(*map(Text, cells))
    said = []
    left = shown.rows.num_rows - len(rows)
    if left > 0:
        said.append(f"{left:,} rows more")
    others = [c.heading for c in columns if any(c.cells) and c not in fitting]
    if others:
        said.append(f"Not shown: {', '.join(others)}")
    if said:
        table.caption = Text(f"{'. '.join(said)}. --out or --json gives everything.")
        table.caption_justify = "left"
    return table


def _printed(column: Column, rows: list[dict[str, Any]]) -> _Printed:
    values = [row[column.name] for row in rows]
    return _Printed(
        column.heading + (f" ({column.unit})" if column.unit else ""),
        tuple(map(_shown, values)),
        any(isinstance(value, int | float) for value in values),
    )


def _fitting(columns: list[_Printed], width: int) -> Iterator[_Printed]:
    """The first columns that fit beside each other; one at least."""
    taken = BORDER
    for place, column in enumerate(columns):
        taken += column.width + BETWEEN
        if place and taken > width:
            return
        yield column


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    return str(value)
