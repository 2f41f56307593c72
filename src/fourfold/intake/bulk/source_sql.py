"""Which SQL reads the rows of one file, made ready once for all that is asked?"""

import re
from collections.abc import Sequence

from fourfold.intake.bulk.checks import Check, any_fault, faults_list
from fourfold.intake.bulk.columns import Sql
from fourfold.intake.bulk.given_table import LONGEST_LINE
from fourfold.intake.bulk.moment_sql import moments_read, within_hours
from fourfold.intake.bulk.moments import hours_twice
from fourfold.intake.bulk.plan import ReadingPlan
from fourfold.intake.bulk.sql_text import named, quoted
from fourfold.intake.bulk.unfold import PLACE, unfolded_source

FAULTS, BLANK, ODD, HASH = "_faults", "_blank", "_odd", "_hash"
REJECTS_KEPT = 100_000


def source_sql(plan: ReadingPlan, sql: Sql | None = None) -> str:
    """SQL for the rows of a file as text, tidied.

    Values stand as `c0`, `c1`, …; those that are numbers of phones or handsets stand
    without marks beside them as `b0`, …, handsets as whole numbers as `n0`, …, words in
    small letters as `l0`, …; moments are read. Without `sql` the values stand alone.
    """
    table = plan.table
    names = [f"c{n}" for n in range(len(table.headings))]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    read = (
        f"read_csv({quoted(str(table.text))}, delim={quoted(table.delimiter)},"
        f" columns={{{columns}}}, header=false, skip={table.skip}, quote='\"',"
        f" escape='\"', auto_detect=false, store_rejects=true, strict_mode=true,"
        f" max_line_size={LONGEST_LINE}, rejects_limit={REJECTS_KEPT},"
        " null_padding=false)"
    )
    as_is = plan.said.raw.get("body") if plan.said.kind == "messages" else None
    tidied = ", ".join(
        f"coalesce({name}, '') AS {name}"
        if name == as_is
        else f"known({name}) AS {name}"
        for name in map(named, names)
    )
    source = f"(SELECT {tidied} FROM {read})"
    if sql is not None:
        asked = " ".join([*sql.columns.values(), *(check.when for check in sql.checks)])
        ready = moments_read(plan.said.moments)
        ready += [f'bare("c{n}") AS "b{n}"' for n in _asked("b", asked)]
        ready += [f'lower("c{n}") AS "l{n}"' for n in _asked("l", asked)]
        source = f"(SELECT {', '.join(['*', *ready])} FROM {source})"
        if whole := _asked("n", asked):
            ready = [f'imei_whole("b{n}") AS "n{n}"' for n in whole]
            source = f"(SELECT {', '.join(['*', *ready])} FROM {source})"
    return unfolded_source(source, plan.unfold) if plan.unfold else source


def rows_sql(plan: ReadingPlan, sql: Sql, content: Sequence[str]) -> str:
    """SQL for the typed rows of a file, in their order.

    Beside our columns: `_faults`, a list of what is wrong or null; `_blank`, whether
    nothing stands on the line; `_odd`, whether its hour was shown twice; `_hash` of
    `content`; and `_place` where a line makes several rows.
    """
    table = plan.table
    given = [named(f"c{n}") for n in range(len(table.headings))]
    made = [f"{made} AS {named(name)}" for name, made in sql.columns.items()]
    inner = f"SELECT *, {', '.join(made)} FROM {source_sql(plan, sql)}"
    checks = (*sql.checks, *_nul_checks(plan))
    blank = " AND ".join(f"{name} = ''" for name in given)
    ours = [named(name) for name in sql.columns]
    hashed = ", ".join(named(name) for name in content if name in sql.columns)
    asked = [
        *ours,
        f"CASE WHEN {any_fault(checks)} THEN {faults_list(checks)} END AS {FAULTS}",
        f"({blank}) AS {BLANK}",
        f"{_odd(plan)} AS {ODD}",
        f"hash({hashed}) AS {HASH}",
    ]
    if plan.unfold:
        asked.append(PLACE)
    return f"SELECT {', '.join(asked)} FROM ({inner})"


def _asked(letter: str, text: str) -> list[str]:
    """Which columns are asked for in that form?"""
    return sorted(set(re.findall(rf'"{letter}(\d+)"', text)), key=int)


def _nul_checks(plan: ReadingPlan) -> tuple[Check, ...]:
    if not plan.table.nul:
        return ()
    says = "Export the file again: it was damaged on its way."
    return tuple(
        Check(heading, named(f"c{n}"), f'contains("c{n}", chr(0))', "a NUL byte", says)
        for n, heading in enumerate(plan.table.headings)
    )


def _odd(plan: ReadingPlan) -> str:
    """SQL for whether the clock of an event showed its hour twice."""
    for name in ("start_at", "sent_at"):
        moment = plan.said.moments.get(name)
        if moment and not moment.style.zoned and (hours := hours_twice(moment.zone)):
            return within_hours(f'"m_{name}"', hours)
    return "false"
