"""Literal rows for inspection rules, and how a rule judges several bodies at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fourfold.base.bodies import region
from fourfold.inspect.failure_sums import keepers, sums_of_rules
from fourfold.inspect.failure_values import Verdict, verdict
from fourfold.inspect.failures import FAILURES
from fourfold.measure.tables import duckdb_tables

Rows = dict[str, list[dict[str, Any]]]
EAST = region("east-midlands")
AT = date(2022, 6, 1)
LONG_AGO = date(2019, 1, 1)


def ago(days: int) -> date:
    """The day so many days before the day asked about."""
    return AT - timedelta(days=days)


@dataclass(frozen=True)
class Case:
    """What a part of a rule says of the rows that `make(body)` gives."""

    rows: Callable[[str], Rows]
    part: str
    state: str
    value: float | None
    body: str = ""


def rows_of(body: str, prefix: str, *given: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of a body, with sending references prefix0, prefix1 and so on."""
    return [{"body": body, "ref": f"{prefix}{n}"} | row for n, row in enumerate(given)]


def mixed(
    kind: str, good: dict[str, Any], bad: dict[str, Any], n_bad: int, n: int
) -> Any:
    """A maker of n rows of one kind, the first of them with one thing wrong."""
    given = [good | bad if i < n_bad else good for i in range(n)]
    return lambda body: {kind: rows_of(body, kind[0], *given)}


def together(*rows: Rows) -> Rows:
    """All these rows, by kind."""
    kinds = {kind for some in rows for kind in some}
    return {kind: [r for some in rows for r in some.get(kind, [])] for kind in kinds}


def judge(key: str, rows: Rows, as_at: date = AT) -> dict[str, Verdict]:
    """What does one rule say of each body it is asked of, on these rows?"""
    tables = duckdb_tables(rows)
    sums = sums_of_rules(tables, [key], region=EAST.key, as_at=as_at)[key]
    kept = keepers(tables)
    return {
        body: verdict(FAILURES[key], body, sums, EAST, keeps=body in kept)
        for body in (*EAST.bodies(), "")
    }


def check(key: str, cases: list[Case]) -> None:
    """Does the rule judge each case as it should, each on a body of its own?"""
    free = iter(EAST.forces)
    placed = [(case.body or next(free), case) for case in cases]
    found = judge(key, together(*(case.rows(body) for body, case in placed)))
    for body, case in placed:
        (part,) = [p for p in found[body].parts if p.part.key == case.part]
        assert (part.state, part.value) == (case.state, case.value), (key, body, case)
