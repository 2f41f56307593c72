"""Which readings does an answer rest on, of those that it was given?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Case, NothingToRead, Parameter, require
from fourfold.base.kept import kept
from fourfold.intake.evidence import evidence_kind
from fourfold.picture.survey.gates import GATES, USED, gate_parameters, gated
from fourfold.picture.survey.levels import in_dbm, known
from fourfold.picture.survey.neighbours import NEIGHBOURS, named, unresolved

COLUMNS = tuple(column.name for column in evidence_kind("survey").columns)
USEFUL = tuple(
    name
    for name in COLUMNS
    if name not in ("gps_metres", "speed_kmh", "indoors", "quality_db")
)
"""What an answer needs of a reading once it has passed the gates."""
MOMENT = ("survey", "kit", "operator", "technology", "at")
"""One instrument listening to one network in one technology at one time."""
TENTHS = 10
"""Levels are kept in whole tenths of a dB: they add up the same in any order."""

SELECTION = (
    Parameter("surveys", "Only these surveys, by name.", "texts"),
    Parameter("operators", "Only cells of these operators.", "texts"),
    Parameter("technologies", "Only these: 2G, 3G, 4G, 5G.", "texts"),
    Parameter("from_at", "Only readings from this instant on.", "instant"),
    Parameter("to_at", "Only readings up to this instant.", "instant"),
)
RESOLVING = Parameter(
    "resolve_metres",
    "A neighbour known by channel and colour only is named after a known cell no "
    "farther than this (see the rules of neighbours); 0 names none. Chosen.",
    "number",
    default=5000.0,
    unit="metres",
    least=0,
)
READING = (*SELECTION, *gate_parameters(), RESOLVING)
"""Parameters that every question about readings has."""


@dataclass(frozen=True)
class Readings:
    """The readings that an answer may rest on.

    `rows`: ibis table, one row a cell at a place and time, with the columns of the
    kind `survey` and: `tenths` (level in tenths of dBm, or null), `name` (the cell as
    read or resolved, else its channel and colour), `sure` ("measured", "resolved",
    "unnamed"), `resolved_metres`, `resolved_rule`. `left_out`: rows by gate.
    `what`: which readings were looked at.
    """

    rows: Any
    given: int
    used: int
    left_out: Mapping[str, int]
    resolved: Mapping[str, int]
    what: str = "readings"

    def notes(self) -> tuple[str, ...]:
        """What must be known of the readings under every answer?"""
        said = [f"{self.used:,} of {self.given:,} {self.what} were used."]
        said += [
            f"{count:,} of {self.given:,} {self.what} were left out: {GATES[gate].says}"
            for gate, count in self.left_out.items()
        ]
        total = sum(self.resolved.values())
        said += [
            f"{count:,} of {total:,} neighbour readings without an identity: "
            f"{NEIGHBOURS[rule].says}"
            for rule, count in self.resolved.items()
        ]
        return tuple(said)


def selected(case: Case) -> Any:
    """Which rows of the survey are asked about? Levels stand in dBm.

    Raises:
        NothingToRead: there is no survey among the evidence.
        MissingColumns: the survey lacks columns.
    """
    if "survey" not in case.tables:
        given = ", ".join(case.tables) or "nothing"
        raise NothingToRead(analysis="survey", lacks="a survey", given=given)
    rows, asked = case.tables["survey"], case.parameters
    require(rows, "survey", COLUMNS)
    rows = rows.select(*COLUMNS)
    for column, name in (
        ("survey", "surveys"),
        ("operator", "operators"),
        ("technology", "technologies"),
    ):
        if asked.get(name):
            rows = rows.filter(rows[column].isin(list(asked[name])))
    if asked.get("from_at") is not None:
        rows = rows.filter(_.at >= asked["from_at"])
    if asked.get("to_at") is not None:
        rows = rows.filter(_.at <= asked["to_at"])
    return rows.mutate(
        level_dbm=in_dbm(rows.level_dbm, rows.technology),
        serving=known(rows.serving),
    )


def readings(case: Case, *, neighbours: bool = True) -> Readings:
    """Which readings may the answer rest on? Gates, then names of neighbours.

    Args:
        case: the evidence and the parameters.
        neighbours: name them; an answer about serving cells alone has no need.

    Raises:
        NothingToRead: there is no survey among the evidence.
        MissingColumns: the survey lacks columns.
    """
    case.tell(0.05, "testing the readings")
    given = selected(case)
    if not neighbours:
        given = given.filter(_.serving)
    rows = gated(case.backend, given, case.parameters).select(*USEFUL, "left_out")
    rows = kept(case.backend, rows)
    counts = _counted(rows, "left_out")
    used = rows.filter(_.left_out == USED).drop("left_out")
    if neighbours:
        case.tell(0.3, "naming neighbours")
        used = _with_operator(used)
        limit = case.parameters["resolve_metres"]
        used = named(case.backend, used, case.tables.get("cells"), limit)
    else:
        used = unresolved(used)
    named_rows = used.mutate(
        tenths=(_.level_dbm * TENTHS).round().cast("int64"),
        name=_name(used),
        sure=ibis.cases(
            (used.cell != "", "measured"),
            (used.resolved != "", "resolved"),
            else_="unnamed",
        ),
    )
    used = kept(case.backend, named_rows)
    rules = _counted(used.filter(_.resolved_rule != ""), "resolved_rule")
    return Readings(
        rows=used,
        given=sum(counts.values()),
        used=counts.get(USED, 0),
        left_out={gate: counts[gate] for gate in GATES if gate in counts},
        resolved={rule: rules[rule] for rule in NEIGHBOURS if rule in rules},
        what="readings" if neighbours else "readings of serving cells",
    )


def _counted(rows: Any, column: str) -> dict[str, int]:
    found = rows.group_by(column).agg(rows=_.count()).to_pyarrow().to_pylist()
    return {row[column]: row["rows"] for row in found}


def _name(rows: Any) -> Any:
    channel = ibis.ifelse(rows.band == "", "", rows.band + " ")
    unnamed = ibis.ifelse(rows.colour == "", "no identity", channel + rows.colour)
    return ibis.cases(
        (rows.cell != "", rows.cell),
        (rows.resolved != "", rows.resolved),
        else_=unnamed,
    )


def _with_operator(rows: Any) -> Any:
    """A neighbour without an operator has that of its moment's serving cell."""
    if not rows.filter((_.operator == "") & ~_.serving).count().execute():
        return rows
    same = ("input", "survey", "kit", "technology", "at")
    served = (
        rows.filter(_.serving & (_.operator != ""))
        .group_by(*same)
        .agg(one=_.operator.min(), other=_.operator.max())
        .filter(_.one == _.other)
    )
    joined = rows.left_join(served, [rows[name] == served[name] for name in same])
    given = joined.select(rows, one=served.one.fill_null(""))
    filled = ibis.ifelse((_.operator == "") & ~_.serving, _.one, _.operator)
    return given.mutate(operator=filled).drop("one")
