"""Which SQL makes technology, operator, cell, serving and speed of a survey reading?"""

from collections.abc import Mapping
from dataclasses import dataclass

from fourfold.base import rules
from fourfold.intake.bulk.cell_sql import network_of
from fourfold.intake.bulk.checks import Check
from fourfold.intake.bulk.sql_text import case_of

NO_IDENTITY = "('', '0', '-1', '65535', '268435455', '2147483647', '68719476735')"
"""What instruments write for a cell whose identity they did not read: the highest
number of 16, 28, 31 and 36 bits, and 0."""
WIDE = "('4G', '5G')"
CELLS_A_NODE = 256
KMH = 3.6


@dataclass(frozen=True)
class SurveyWords:
    """One of our words and what instruments write for it."""

    key: str
    says: str
    field: str
    words: tuple[str, ...]
    source: str


WORDS = rules.load(SurveyWords, "fourfold.intake.bulk", "survey_words")


@dataclass(frozen=True)
class SurveyParts:
    """The columns of a reading as SQL, and the checks."""

    columns: dict[str, str]
    checks: tuple[Check, ...]


def survey_parts(
    raw: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> SurveyParts:
    """Which SQL makes the columns of a reading that other columns decide?

    Args:
        raw: raw SQL of each field that the file gives.
        words: a layout's own words for `technology` and `serving`.
    """
    technology = _technology(raw, words)
    cell = _cell(raw, technology)
    columns = {
        "technology": technology,
        "cell": cell,
        "operator": _operator(raw, cell),
        "serving": _serving(raw, words, cell),
    }
    checks = []
    if "serving" in raw:
        given = raw["serving"]
        wrong = f"known({given}) <> '' AND {columns['serving']} IS NULL"
        mend = "Write yes or no, or name the sender's words in the layout."
        checks.append(Check("serving", given, wrong, "neither yes nor no", mend))
    if "speed_ms" in raw:
        given = raw["speed_ms"]
        columns["speed_kmh"] = f"number_of({given}) * {KMH}"
        wrong = f"known({given}) <> '' AND number_of({given}) IS NULL"
        mend = "Write it in figures."
        checks.append(Check("speed_ms", given, wrong, "not a number", mend))
    return SurveyParts(columns, tuple(checks))


def _known_words(field: str, own: Mapping[str, str]) -> dict[str, str]:
    known = {
        word: rule.key for rule in WORDS if rule.field == field for word in rule.words
    }
    return known | {theirs.lower(): ours for theirs, ours in own.items()}


def _technology(raw: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> str:
    if "technology" in raw:
        given = raw["technology"]
        known = _known_words("technology", words.get("technology", {}))
        return case_of(given, known, otherwise=f"known({given})")
    return "'5G'" if "nci" in raw else "'4G'" if {"eci", "enb"} & set(raw) else "''"


def _network(raw: Mapping[str, str]) -> str:
    parts = ", ".join(f"nullif({part}, '')" for part in network_of(raw))
    return f"concat_ws('-', {parts})" if parts else "''"


def _cell(raw: Mapping[str, str], technology: str) -> str:
    """A whole identity as it is; a number alone with network, technology or area."""
    number = _number(raw)
    if not number:
        return "''"
    network = _network(raw)
    area = f"nullif(whole_of({raw['lac']}), '0')" if "lac" in raw else "NULL"
    middle = f"CASE WHEN {technology} IN {WIDE} THEN {technology} ELSE {area} END"
    whole = f"concat_ws('-', {network}, {middle}, {number})"
    given = f"cell_name({raw['cell']})" if "cell" in raw else number
    return (
        f"CASE WHEN {number} IN {NO_IDENTITY} THEN ''"
        f" WHEN {network} <> '' AND regexp_full_match({number}, '[0-9]+') THEN {whole}"
        f" ELSE {given} END"
    )


def _number(raw: Mapping[str, str]) -> str:
    """SQL for the number of a cell within its network, as text."""
    for name in ("eci", "nci"):
        if name in raw:
            return f"whole_of({raw[name]})"
    if "enb" in raw and "cid" in raw:
        node = f"TRY_CAST(whole_of({raw['enb']}) AS BIGINT)"
        sector = f"TRY_CAST(whole_of({raw['cid']}) AS BIGINT)"
        return f"coalesce(CAST({node} * {CELLS_A_NODE} + {sector} AS VARCHAR), '')"
    for name in ("cell", "cid"):
        if name in raw:
            return f"whole_of({raw[name]})"
    return ""


def _operator(raw: Mapping[str, str], cell: str) -> str:
    network = _network(raw)
    named = f"regexp_extract({cell}, '^([0-9]{{3}}-[0-9]{{2,3}})-', 1)"
    given = f"nullif(known({raw['operator']}), '')" if "operator" in raw else "NULL"
    return f"coalesce({given}, nullif({network}, ''), {named})"


def _serving(
    raw: Mapping[str, str], words: Mapping[str, Mapping[str, str]], cell: str
) -> str:
    """As the file says; where it does not, a cell whose identity was read served."""
    if "serving" not in raw:
        return f"(({cell}) <> '')"
    given = raw["serving"]
    known = _known_words("serving", words.get("serving", {}))
    return f"flag_of({case_of(given, known, otherwise=given)})"
