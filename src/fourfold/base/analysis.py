"""What is an analysis of bulk evidence: its question, what it takes, how it is run?

One declaration serves the terminal, the pages, the documentation and the evidential
report, so that all four say the same of an analysis.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from fourfold.base.errors import FourfoldError, MissingColumns

Value = str | int | float | bool | date | datetime | tuple[str, ...] | None

KINDS_OF_PARAMETER = (
    "whole",
    "number",
    "text",
    "texts",
    "day",
    "instant",
    "choice",
    "flag",
)


class WrongParameter(FourfoldError):
    """A parameter of an analysis is missing, unknown or out of its range."""

    what = "{analysis}: {faults}."
    do = "Correct the parameters and run it again; nothing was run."
    status = 422


class NothingToRead(FourfoldError):
    """An analysis lacks a kind of evidence that it needs."""

    what = "{analysis} needs {lacks}, and was given {given}."
    do = "Add a file of that kind and run it again."
    status = 422


class Stopped(FourfoldError):
    """Somebody stopped the work before it was done."""

    what = "{analysis} was stopped."
    do = "Nothing was kept. Run it again when it suits."
    status = 409


@dataclass(frozen=True)
class Parameter:
    """One thing that the person who asks may set.

    `kind` is one of `KINDS_OF_PARAMETER`; `texts` is a list of words, such as phone
    numbers. `unit` stands behind the field ("minutes"). `default` `None` with
    `required` unset means "not limited". `least` and `most` include themselves.
    """

    name: str
    says: str
    kind: str
    default: Value = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Column:
    """One column of a table of results: its name, its heading for people, its unit."""

    name: str
    heading: str
    unit: str = ""


@dataclass(frozen=True)
class Shown:
    """One table of results.

    `rows` has the columns of `columns`, in their order, and is in the order in which a
    person should read it. `caption` is one sentence with its base ("5 of 400 phones").
    A table whose rows come from evidence carries `input` and `line`, or a column
    `reason`, so that each row can be traced.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: pa.Table


@dataclass(frozen=True)
class Answer:
    """One sentence of the answer, with the rows that it rests on.

    `table` names a `Shown` of the same findings and `rows` the positions in it, from 0;
    no rows means the whole table.
    """

    text: str
    table: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Findings:
    """What an analysis found. `tables[0]` is what `--json` prints.

    `places` are points for a map: rows with `lat`, `lon`, `at` (or null), `label`,
    `kind` and `who`; `lines` and `areas` are GeoJSON features. `notes` are what the
    reader must know of this run beside the limits of the method.
    """

    answers: tuple[Answer, ...]
    tables: tuple[Shown, ...]
    places: pa.Table | None = None
    features: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()


def _ignored(_share: float, _doing: str) -> None:
    return None


@dataclass(frozen=True)
class Case:
    """What an analysis is given: the evidence, the parameters, the engine.

    `tables` holds one ibis table a kind of evidence, on `backend`, with the columns of
    `fourfold.intake.evidence`. `tell(share, doing)` says how far it is, 0 to 1, and may
    raise `Stopped`: call it between steps.
    """

    tables: Mapping[str, Any]
    parameters: Mapping[str, Any]
    backend: Any
    tell: Callable[[float, str], None] = _ignored


@dataclass(frozen=True)
class Analysis:
    """One question that can be asked of evidence.

    Args:
        key: area and name: "calls.handovers".
        question: what an officer asks, as a sentence with a question mark.
        method: how it is answered, in words that stand up in court.
        takes: kinds of evidence that it must have.
        may_take: kinds that make the answer better.
        parameters: what may be set; every default is visible.
        limits: what the answer does not show, a sentence each.
        run: from the case to what was found.
        source: where the method comes from.
    """

    key: str
    question: str
    method: str
    takes: tuple[str, ...]
    run: Callable[[Case], Findings]
    parameters: tuple[Parameter, ...] = ()
    limits: tuple[str, ...] = ()
    may_take: tuple[str, ...] = ()
    source: str = ""

    @property
    def area(self) -> str:
        """Which group of commands and pages does it belong to?"""
        return self.key.split(".")[0]

    @property
    def name(self) -> str:
        """What is it called within its area?"""
        return self.key.split(".")[1]

    def settle(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Which value has each parameter, in the order declared?

        Raises:
            WrongParameter: one is unknown, missing, of another kind or out of range.
                All faults are named at once.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        faults = [
            f"there is no parameter '{name}'; use one of {', '.join(known)}"
            for name in given
            if name not in known
        ]
        settled: dict[str, Value] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name)
            value = parameter.default if value is None else value
            faults += _parameter_faults(parameter, value)
            settled[parameter.name] = value
        if faults:
            raise WrongParameter(analysis=self.key, faults="; ".join(faults))
        return settled


def require(table: Any, name: str, columns: tuple[str, ...]) -> None:
    """Has a table the columns that a sum needs?

    Args:
        table: an ibis or Arrow table.
        name: what to call it in the error.
        columns: names that must be there.

    Raises:
        MissingColumns: some are not. All are named.
    """
    present = list(table.column_names if isinstance(table, pa.Table) else table.columns)
    missing = [column for column in columns if column not in present]
    if missing:
        raise MissingColumns(
            table=name, missing=", ".join(missing), present=", ".join(present)
        )


def _parameter_faults(parameter: Parameter, value: Value) -> list[str]:
    name = parameter.name
    if value is None or value == ():
        return (
            [f"{name} must be given ({parameter.says})"] if parameter.required else []
        )
    fits: dict[str, tuple[type, ...]] = {
        "whole": (int,),
        "number": (int, float),
        "text": (str,),
        "texts": (tuple,),
        "day": (date,),
        "instant": (datetime,),
        "choice": (str,),
        "flag": (bool,),
    }
    wrong = (isinstance(value, bool) and parameter.kind != "flag") or (
        isinstance(value, datetime) and parameter.kind != "instant"
    )
    if wrong or not isinstance(value, fits[parameter.kind]):
        return [f"{name} must be of the kind {parameter.kind}, not '{value}'"]
    if parameter.choices and value not in parameter.choices:
        return [f"{name} must be one of {', '.join(parameter.choices)}, not '{value}'"]
    if isinstance(value, int | float):
        if parameter.least is not None and value < parameter.least:
            return [f"{name} must be {parameter.least:g} or more, not {value:g}"]
        if parameter.most is not None and value > parameter.most:
            return [f"{name} must be {parameter.most:g} or less, not {value:g}"]
    return []
