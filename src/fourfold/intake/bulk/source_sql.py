"""Which SQL reads the rows of one file, made ready once for all that is asked?"""

import re
from collections.abc import Iterator, Sequence

from fourfold.intake.bulk.checks import Check, any_fault, faults_list
from fourfold.intake.bulk.columns import Sql
from fourfold.intake.bulk.given_table import LONGEST_LINE
from fourfold.intake.bulk.moment_sql import moments_read
from fourfold.intake.bulk.moments import hours_twice, within_hours
from fourfold.intake.bulk.plan import ReadingPlan
from fourfold.intake.bulk.sql_text import named, quoted
from fourfold.intake.bulk.unfold import PLACE, unfolded_source

FAULTS, BLANK, ODD, HASH = "_faults", "_blank", "_odd", "_hash"
REJECTS_KEPT = 100_000


def source_sql(plan: ReadingPlan, sql: Sql | None = None) -> str:
    """SQL for the rows of a file as text, tidied.

    Values stand as `c0`, `c1`, …, with the forms of them that `sql` asks for beside
    them, and moments are read. Without `sql` the values stand alone.
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
        for layer in _forms(asked, moments_read(plan.said.moments)):
            source = f"(SELECT {', '.join(['*', *layer])} FROM {source})"
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
    blank = f"CASE WHEN {given[0]} <> '' THEN false ELSE {blank} END"
    ours = [named(name) for name in sql.columns]
    hashed = ", ".join(named(name) for name in content if name in sql.columns)
    asked = [
        *ours,
        f"CASE WHEN {any_fault(checks)} THEN {faults_list(checks)} END AS {FAULTS}",
        f"{blank} AS {BLANK}",
        f"{_odd(plan)} AS {ODD}",
        f"hash({hashed}) AS {HASH}",
    ]
    if plan.unfold:
        asked.append(PLACE)
    return f"SELECT {', '.join(asked)} FROM ({inner})"


def _forms(asked: str, moments: list[str]) -> Iterator[list[str]]:
    """SQL for the forms of values that are asked for, each layer made of those before.

    `f`: whether it is figures alone; `l`: in small letters; `s`: a length of time;
    `b`: without marks; `n`: a handset as a whole number. Most values are such that the
    cheaper forms say all: the others are worked out only for the rest.
    """
    figures, whole = _asked("f", asked), _asked("n", asked)
    first = [f'figures("c{n}") AS "f{n}"' for n in figures]
    first += [f'lower("c{n}") AS "l{n}"' for n in _asked("l", asked)]
    first += [f'seconds_of("c{n}") AS "s{n}"' for n in _asked("s", asked)]
    first += [f'imei_whole("c{n}") AS "w{n}"' for n in whole]
    yield [*moments, *first]
    plain = {n: f'"f{n}"' for n in figures} | {n: f'"w{n}" IS NOT NULL' for n in whole}
    if marked := _asked("b", asked):
        yield [_bare(n, plain.get(n)) for n in marked]
    if whole:
        yield [
            f'CASE WHEN "w{n}" IS NOT NULL THEN "w{n}"'
            f' WHEN "b{n}" <> "c{n}" THEN imei_whole("b{n}") END AS "n{n}"'
            for n in whole
        ]


def _bare(n: str, plain: str | None) -> str:
    made = f'bare("c{n}")'
    if plain:
        made = f'CASE WHEN {plain} THEN "c{n}" ELSE {made} END'
    return f'{made} AS "b{n}"'


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
