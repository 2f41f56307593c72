"""What does one file give: typed rows, rows with faults, and lines that are no rows?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb

from fourfold.intake.bulk.broken_lines import BrokenLine, broken_lines
from fourfold.intake.bulk.columns import select_of
from fourfold.intake.bulk.line_numbers import Lines, plain_lines, row_lines
from fourfold.intake.bulk.moment_sql import Moment
from fourfold.intake.bulk.moments import local_sql
from fourfold.intake.bulk.plan import ReadingPlan
from fourfold.intake.bulk.repeats import content_columns
from fourfold.intake.bulk.source_sql import rows_sql, source_sql
from fourfold.intake.bulk.streamed import batches, streamed
from fourfold.intake.bulk.written import Written


@dataclass(frozen=True)
class FileRows:
    """What was written of one file, and what could not be.

    `kept` rows were written; `bad` have faults; `broken` lines are none. `lines` says
    where rows stand, and `shifted` whether that is not simply one after another.
    """

    kept: int
    bad: int
    broken: tuple[BrokenLine, ...]
    lines: Lines
    shifted: bool
    notes: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows did the file hold, whatever came of them?"""
        return self.kept + self.bad + len(self.broken)


def file_rows(
    base: duckdb.DuckDBPyConnection,
    plan: ReadingPlan,
    number: int,
    written: Written,
    told: Callable[[int], None],
) -> FileRows:
    """Read one file in one pass and write its rows.

    Args:
        base: a prepared connection.
        plan: how the file is read.
        number: which of the files it is, from 0.
        written: where the rows go.
        told: is told how many lines have been read.

    Raises:
        FileRefused: the file is damaged beyond reading.
    """
    plan = _decided(base, plan)
    sql = select_of(plan.said)
    query = rows_sql(plan, sql, content_columns(plan.said.kind))
    counts = streamed(base, plan, number, query, written, told=told)
    found = broken_lines(base, plan)
    lines = row_lines(plan.table, counts.lines, [one.line for one in found])
    notes = [*plan.notes]
    if counts.odd:
        notes.append(
            f"{counts.odd:,} times of {plan.table.name} stand in an hour that the"
            " clocks showed twice; the first is taken."
        )
    plain = plain_lines(plan.table)
    return FileRows(
        kept=counts.kept,
        bad=counts.bad,
        broken=tuple(one for one in found if not one.footer),
        lines=lines,
        shifted=lines.shifts.tolist() != plain.shifts.tolist(),
        notes=tuple(notes),
    )


def _decided(base: duckdb.DuckDBPyConnection, plan: ReadingPlan) -> ReadingPlan:
    """Where days and months may be changed about, the whole column decides."""
    moments, notes = dict(plan.said.moments), list(plan.notes)
    for name, other in plan.doubt.items():
        asked = f"SELECT {_unread(moments[name])} AS a, {_unread(other)} AS b"
        (row,) = next(
            batches(base, plan, f"{asked} FROM {source_sql(plan)}")
        ).to_pylist()
        if row["b"] < row["a"]:
            moments[name] = other
            notes = [n for n in notes if "before months" not in n]
            notes.append(
                f"Months of {plan.table.name} stand before days: 3/4 is 4 March."
            )
    said = replace(plan.said, moments=moments)
    return replace(plan, said=said, notes=tuple(notes), doubt={})


def _unread(moment: Moment) -> str:
    read = local_sql(moment.raw, moment.style)
    return f"count(*) FILTER ({read} IS NULL AND {moment.raw} <> '')"
