"""Which SQL makes caller and called, handsets, SIMs and cells of a call?

A file tells of a call from outside (caller, called) or from one side (subject, other,
direction). Either way handset, SIM and cell go to the side they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fourfold.intake.bulk.cell_sql import composed_cell
from fourfold.intake.bulk.checks import Check
from fourfold.intake.bulk.event_words import words_for
from fourfold.intake.bulk.sql_text import (
    bare_of,
    case_of,
    figures_of,
    length_of,
    phone_of,
    whole_imei_of,
)

SIDES = ("caller", "called")
OWN = ("imei", "imsi", "cell", "last_cell")


@dataclass(frozen=True)
class CallParts:
    """The columns of a call as SQL, what is left to read plainly, and the checks."""

    columns: dict[str, str]
    raw: dict[str, str]
    checks: tuple[Check, ...]


def call_parts(
    raw: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> CallParts:
    """Which SQL makes the columns of a call?

    Args:
        raw: raw SQL of each field that the file gives.
        words: a layout's own words for `kind` and `direction`.
    """
    left = dict(raw)
    out = _is_out(left, words)
    checks = _side_checks(left, out)
    columns = {"kind": _kind(left, words), "seconds": _seconds(left, words)}
    if "seconds" in left:
        given = left["seconds"]
        wrong = f"{given} <> '' AND {length_of(given)} IS NULL"
        mend = "Write seconds, or hours:minutes:seconds."
        checks.append(Check("seconds", given, wrong, "not a length of time", mend))
        below = f"{length_of(given)} < 0"
        checks.append(Check("seconds", given, below, "less than nothing", mend))
    if "cell" not in left and (cell := composed_cell(left)):
        left["cell"] = cell
    columns |= _numbers(left, out)
    for own in OWN:
        columns |= _sided(own, left, out)
    checks += _identity_checks(left)
    return CallParts(columns, left, tuple(checks))


def _is_out(
    raw: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> str | None:
    """SQL for whether the subject began it; `None` where the file has no subject."""
    if "other_number" not in raw:
        return None
    if "direction" not in raw:
        return "true"
    known = words_for("direction", words.get("direction", {}))
    return f"({case_of(raw['direction'], known, 'NULL')} = 'out')"


def _side_checks(raw: Mapping[str, str], out: str | None) -> list[Check]:
    checks = []
    if out is not None and "direction" in raw:
        mend = "Write in or out, or name the sender's words in the layout."
        checks.append(
            Check(
                "direction",
                raw["direction"],
                f"{out} IS NULL",
                "neither in nor out",
                mend,
            )
        )
    fields = ("subject_number", "other_number") if out is not None else SIDES
    for name in (*fields, "forwarded_to"):
        if name in raw:
            spoilt = "a number that a spreadsheet has spoilt"
            mend = "Format the column as text in the workbook and export it again."
            checks.append(
                Check(
                    name,
                    raw[name],
                    f"bad_phone({figures_of(raw[name])}, {raw[name]})",
                    spoilt,
                    mend,
                )
            )
    first = fields[0]
    if first in raw:
        empty = f"{raw[first]} = ''"
        checks.append(Check(first, raw[first], empty, "empty", "Fill it in."))
    return checks


def _kind(raw: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> str:
    if "kind" not in raw:
        return "'voice'"
    return case_of(raw["kind"], words_for("kind", words.get("kind", {})), "'other'")


def _seconds(raw: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> str:
    if "seconds" not in raw:
        return "NULL::BIGINT"
    return (
        f"coalesce({length_of(raw['seconds'])},"
        f" CASE WHEN {_kind(raw, words)} = 'text' THEN 0 END)"
    )


def _numbers(raw: Mapping[str, str], out: str | None) -> dict[str, str]:
    third = phone_of(raw["forwarded_to"]) if "forwarded_to" in raw else "''"
    if out is None:
        sides = {s: phone_of(raw[s]) if s in raw else "''" for s in SIDES}
        return sides | {"forwarded_to": third, "subject": "''"}
    own = phone_of(raw["subject_number"])
    other = phone_of(raw["other_number"])
    return {
        "caller": f"CASE WHEN {out} THEN {own} ELSE {other} END",
        "called": f"CASE WHEN {out} THEN {other} ELSE {own} END",
        "forwarded_to": third,
        "subject": f"CASE WHEN {out} THEN 'caller' ELSE 'called' END",
    }


def _sided(own: str, raw: Mapping[str, str], out: str | None) -> dict[str, str]:
    """SQL for what belongs to each side, such as its handset."""
    made = {}
    for side in SIDES:
        name = f"{side}_{own}"
        given = raw.get(name)
        value = _form(own, given) if given else "''"
        if own in raw:
            mine = _form(own, raw[own])
            if out is None:
                value = mine if side == "caller" and not given else value
            else:
                is_mine = out if side == "caller" else f"NOT {out}"
                value = f"CASE WHEN {is_mine} THEN {mine} ELSE {value} END"
        made[name] = value
    return made


def _form(own: str, given: str) -> str:
    if own == "imei":
        return f"imei({bare_of(given)})"
    if own == "imsi":
        return f"imsi({bare_of(given)})"
    return f"cell_name({given})"


def _identity_checks(raw: Mapping[str, str]) -> list[Check]:
    checks = []
    for name, given in raw.items():
        if name.endswith("imei"):
            fault = "not an IMEI: 14 to 16 figures with the right check digit"
            mend = "Ask the operator for it again, as text."
            wrong = f"bad_imei({bare_of(given)}, {whole_imei_of(given)})"
            checks.append(Check(name, given, wrong, fault, mend))
        if name.endswith("imsi"):
            fault = "not an IMSI: 14 or 15 figures"
            mend = "Ask the operator for it again, as text."
            wrong = f"bad_imsi({figures_of(given)}, {bare_of(given)})"
            checks.append(Check(name, given, wrong, fault, mend))
    return checks
