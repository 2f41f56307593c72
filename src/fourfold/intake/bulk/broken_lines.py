"""Which lines of a file are no rows, and what is wrong with each?"""

from dataclasses import dataclass
from typing import BinaryIO

import duckdb

from fourfold.intake.bulk.given_table import GivenTable
from fourfold.intake.bulk.plan import ReadingPlan
from fourfold.intake.bulk.scanned import AT_ONCE
from fourfold.intake.bulk.source_sql import REJECTS_KEPT
from fourfold.intake.errors import NotWellFormed

AT_ONCE_BLANK = 4_096
BROKEN = {
    "TOO MANY COLUMNS": (
        "more values than columns",
        "Quote values that hold the delimiter.",
    ),
    "MISSING COLUMNS": ("fewer values than columns", "Export the file again, whole."),
    "UNQUOTED VALUE": (
        "a quotation mark out of place",
        "Double the marks inside a value.",
    ),
    "LINE SIZE OVER MAXIMUM": ("a line longer than any row", "Export one row a line."),
    "INVALID ENCODING": ("letters in another encoding", "Save the file as UTF-8."),
    "INVALID STATE": (
        "a quotation mark out of place",
        "Double the marks inside a value.",
    ),
}


@dataclass(frozen=True)
class BrokenLine:
    """A line that is no row: where it stands, its text, what is wrong.

    A footer is no row either, and nothing is wrong with it.
    """

    line: int
    text: str
    fault: str
    mend: str
    footer: bool = False


def broken_lines(
    base: duckdb.DuckDBPyConnection, plan: ReadingPlan
) -> list[BrokenLine]:
    """The lines that the engine could not read as rows just now, in order.

    Raises:
        NotWellFormed: there are so many that the file is laid out otherwise.
    """
    exists = base.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'"
    ).fetchone()
    if not exists or not exists[0]:
        return []
    errors = base.execute("SELECT count(*) FROM reject_errors").fetchone()
    if errors and errors[0] >= REJECTS_KEPT:
        seen = "tens of thousands of lines have another number of columns"
        raise NotWellFormed(file=plan.table.name, line=1, format="CSV", seen=seen)
    found = base.execute(
        "SELECT line_byte_position, any_value(error_type), any_value(csv_line)"
        " FROM reject_errors GROUP BY line_byte_position ORDER BY line_byte_position"
    ).fetchall()
    lines = _lines_at(plan.table, [int(at) for at, _, _ in found])
    return [
        _broken(line, str(kind), text or "", plan)
        for line, (_, kind, text) in zip(lines, found, strict=True)
    ]


def _lines_at(table: GivenTable, positions: list[int]) -> list[int]:
    """On which line does each byte of the text stand? The positions are in order."""
    lines, line, done = [], table.above - table.ahead + 1, 0
    with table.text.open("rb") as file:
        for position in positions:
            while done < position:
                block = file.read(min(position - done, AT_ONCE))
                if not block:
                    break
                line += block.count(b"\n")
                done += len(block)
            lines.append(line + _blank_lines(file))
            file.seek(done)
    return lines


def _blank_lines(file: BinaryIO) -> int:
    """How many lines are blank from here on? The engine may count one to the next."""
    blank = 0
    while block := file.read(AT_ONCE_BLANK):
        own = block.lstrip(b"\r\n")
        blank += block[: len(block) - len(own)].count(b"\n")
        if own:
            break
    return blank


def _broken(line: int, kind: str, text: str, plan: ReadingPlan) -> BrokenLine:
    fault, mend = BROKEN.get(kind, (kind.lower(), "Export the file again."))
    footer = bool(text) and _is_footer(text, plan)
    return BrokenLine(line, text.lstrip("\r\n")[:200], fault, mend, footer)


def _is_footer(text: str, plan: ReadingPlan) -> bool:
    bare = text.strip().strip(plan.table.delimiter + '" ')
    return not bare or any(bare.lower().startswith(f.lower()) for f in plan.footer)
