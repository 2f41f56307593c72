"""Which SQL makes our columns of what a file's columns say, and finds its faults?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fourfold.intake.bulk.calls_sql import call_parts
from fourfold.intake.bulk.cell_sql import composed_cell
from fourfold.intake.bulk.checks import Check
from fourfold.intake.bulk.event_words import words_for
from fourfold.intake.bulk.moment_sql import Moments, moment_checks, moment_columns
from fourfold.intake.bulk.sql_text import bare_of, case_of, figures_of, phone_of
from fourfold.intake.bulk.survey_sql import survey_parts
from fourfold.intake.evidence import EvidenceColumn, evidence_kind

WHERE = ("input", "line")
NEEDED = {
    "calls": ("start_at", "caller"),
    "cells": ("cell",),
    "messages": ("body",),
    "contacts": ("identifier",),
    "locations": ("at", "lat", "lon"),
    "survey": ("at", "lat", "lon"),
    "reads": ("plate", "at"),
    "vehicles": ("plate",),
    "payments": ("payer", "payee", "amount_gbp"),
    "identifiers": ("person", "identifier"),
    "images": ("sha256",),
    "visits": ("lat", "lon"),
    "roads": (
        *("from_node", "to_node", "from_lat", "from_lon", "to_lat", "to_lon"),
        "metres",
    ),
    "stops": ("ref", "stopped_on"),
}
PHONES = ("caller", "called", "forwarded_to", "sender")
RANGES = {
    "lat": (-90.0, 90.0),
    "lon": (-180.0, 180.0),
    "from_lat": (-90.0, 90.0),
    "from_lon": (-180.0, 180.0),
    "to_lat": (-90.0, 90.0),
    "to_lon": (-180.0, 180.0),
    "azimuth": (0.0, 360.0),
    "beamwidth": (0.0, 360.0),
    "level_dbm": (-200.0, 127.0),  # dBm, or an instrument's code
}


@dataclass(frozen=True)
class Sql:
    """The SELECT of a kind: an expression for each of our columns, and the checks."""

    columns: Mapping[str, str]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Said:
    """What is known of one file: raw expression of each field, words, moments."""

    kind: str
    raw: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    moments: Moments


def select_of(said: Said) -> Sql:
    """Which SQL reads the rows of one file of a kind?

    Every text is tidied. A value that cannot be one of its column's type is a fault,
    and so is an empty one where the kind cannot do without.
    """
    raw = dict(said.raw)
    parts: dict[str, str] = {}
    checks: list[Check] = []
    if said.kind == "calls":
        found = call_parts(raw, said.words)
        parts, raw, checks = found.columns, found.raw, list(found.checks)
    elif said.kind == "survey":
        read = survey_parts(raw, said.words)
        parts, checks = read.columns, list(read.checks)
    elif "cell" not in raw and (cell := composed_cell(raw)):
        raw["cell"] = cell
    columns = {}
    for column in evidence_kind(said.kind).columns:
        if column.name in WHERE or column.name in columns:
            continue
        if column.name in parts:
            columns[column.name] = parts[column.name]
            continue
        expression, found_checks = _column(column, raw, said)
        columns[column.name] = expression
        checks += found_checks
    columns |= moment_columns(said.kind, said.moments)
    checks += moment_checks(said.moments, NEEDED.get(said.kind, ()))
    return Sql(columns, tuple(checks))


def _column(
    column: EvidenceColumn, raw: Mapping[str, str], said: Said
) -> tuple[str, list[Check]]:
    given = raw.get(column.name)
    if given is None:
        return _absent(column), []
    maker = _MAKERS.get((said.kind, column.name)) or _BY_TYPE[column.type]
    expression = maker(given)
    if column.name in ("direction",) and said.kind == "messages":
        words = words_for("direction", said.words.get("direction", {}))
        expression = case_of(given, words, otherwise="''")
    return expression, _checks(column, given, expression, said.kind)


def _checks(
    column: EvidenceColumn, given: str, expression: str, kind: str
) -> list[Check]:
    name = column.name
    needed = name in NEEDED.get(kind, ())
    checks = []
    if column.type in ("whole", "number"):
        wrong = f"{given} <> '' AND {expression} IS NULL"
        checks.append(Check(name, given, wrong, "not a number", "Write it in figures."))
        if name in RANGES:
            low, high = RANGES[name]
            outside = f"NOT ({expression} BETWEEN {low} AND {high})"
            says = f"Write a number from {low:g} to {high:g}."
            checks.append(Check(name, given, outside, "out of range", says))
    if column.type == "flag":
        wrong = f"{given} <> '' AND {expression} IS NULL"
        checks.append(
            Check(name, given, wrong, "neither yes nor no", "Write yes or no.")
        )
    if name in PHONES:
        says = "Format the column as text in the workbook and export it again."
        spoilt = "a number that a spreadsheet has spoilt"
        checks.append(
            Check(name, given, f"bad_phone({figures_of(given)}, {given})", spoilt, says)
        )
    if needed:
        empty = f"{given} = ''"
        checks.append(Check(name, given, empty, "empty", "Fill it in."))
    return checks


def _absent(column: EvidenceColumn) -> str:
    return {
        "text": "''",
        "list": "[]::VARCHAR[]",
        "instant": "NULL::TIMESTAMPTZ",
        "clock": "NULL::TIMESTAMP",
        "whole": "NULL::BIGINT",
        "number": "NULL::DOUBLE",
        "flag": "NULL::BOOLEAN",
    }[column.type]


def _identifier(given: str) -> str:
    number = f"regexp_full_match({bare_of(given)}, '[+]?[0-9]{{7,15}}')"
    return f"CASE WHEN {number} THEN {phone_of(given)} ELSE {given} END"


def _share(given: str) -> str:
    number = f"number_of(replace({given}, '%', ''))"
    return f"CASE WHEN {number} > 1 THEN {number} / 100 ELSE {number} END"


_BY_TYPE: dict[str, Callable[[str], str]] = {
    "text": lambda given: f"{given}",
    "whole": lambda given: f"CAST(round(number_of({given})) AS BIGINT)",
    "number": lambda given: f"number_of({given})",
    "flag": lambda given: f"flag_of({given})",
    "list": lambda given: f"words_of({given})",
    "instant": lambda given: f"TRY_CAST({given} AS TIMESTAMPTZ)",
    "clock": lambda given: f"TRY_CAST({given} AS TIMESTAMP)",
}
_MAKERS: dict[tuple[str, str], Callable[[str], str]] = {
    ("cells", "cell"): lambda given: f"cell_name({given})",
    ("survey", "cell"): lambda given: f"cell_name({given})",
    ("messages", "sender"): phone_of,
    ("messages", "recipients"): lambda given: (
        f"list_transform(words_of({given}), lambda x: e164(figures(x), bare(x), x))"
    ),
    ("messages", "body"): lambda given: f"coalesce({given}, '')",
    ("contacts", "identifier"): _identifier,
    ("identifiers", "identifier"): _identifier,
    ("reads", "plate"): lambda given: f"plate_of({given})",
    ("vehicles", "plate"): lambda given: f"plate_of({given})",
    ("stops", "vehicle"): lambda given: f"plate_of({given})",
    ("reads", "confidence"): _share,
}
