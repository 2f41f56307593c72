"""Why is this number this person's: what speaks for it, and what against?"""

from collections.abc import Mapping
from typing import Any

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import PERIOD, asked_calls, shown
from fourfold.picture.calls.attribution_calls import call_lines
from fourfold.picture.calls.attribution_lines import (
    AGAINST,
    FOR,
    NEITHER,
    WEIGHTS,
    Line,
    Worksheet,
)
from fourfold.picture.calls.attribution_sources import source_lines
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import many

COLUMNS = (
    ("kind", "Kind of evidence", "text", ""),
    ("side", "Speaks", "text", "for, against or neither"),
    ("weight", "Weight", "whole", "1 to 3"),
    ("finding", "What was found", "text", ""),
    ("rows", "Rows it rests on", "list", "the first five"),
    ("reason", "Why it counts", "text", ""),
)
MAY_TAKE = ("identifiers", "contacts", "messages", "payments", "locations", "cells")
SIDES = (FOR, AGAINST, NEITHER)
LEAST_KINDS = 2


def worksheet(case: Case) -> Worksheet:
    """Whose number is asked about, with what the officer's list says of the person."""
    number = numbers_meant([case.parameters["number"]])[0]
    person = (case.parameters["person"] or "").strip()
    owned: dict[str, set[str]] = {}
    if "identifiers" in case.tables and person:
        table = case.tables["identifiers"]
        own = table.filter(table.person.strip().lower() == person.lower())
        for row in own.select("kind", "identifier").to_pyarrow().to_pylist():
            owned.setdefault(row["kind"], set()).add(row["identifier"])
    phones = numbers_meant(sorted(owned.get("phone", ())))
    typed = numbers_meant(case.parameters["other_numbers"] or ())
    others = [other for other in dict.fromkeys((*typed, *phones)) if other != number]
    return Worksheet(
        number,
        person,
        tuple(others),
        {kind: frozenset(found) for kind, found in owned.items()},
    )


def run_attribution(case: Case) -> Findings:
    """Fill the worksheet of one number."""
    asked = asked_calls(case)
    sheet = worksheet(case)
    case.tell(0.2, "Comparing the calls of the person's numbers")
    lines = list(call_lines(asked.calls, sheet, case.parameters))
    case.tell(0.6, "Looking into the other evidence")
    tables = {**case.tables, "calls": asked.calls}
    lines += source_lines(tables, sheet, case.parameters)
    lines.sort(key=lambda one: (SIDES.index(one.side), -one.weight, one.kind))
    rows = [_row(line) for line in lines]
    caption = f"{many(len(rows), 'finding')} for and against; a worksheet, no verdict."
    table = shown("attribution", caption, COLUMNS, rows)
    notes = asked.notes + _notes(sheet, case.tables)
    return Findings(_answers(lines, sheet), (table,), notes=notes)


def _row(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "side": line.side,
        "weight": line.weight,
        "finding": line.finding,
        "rows": list(line.rows),
        "reason": WEIGHTS[line.kind].says,
    }


def _notes(sheet: Worksheet, tables: Mapping[str, Any]) -> tuple[str, ...]:
    missing = [kind for kind in MAY_TAKE if kind not in tables]
    notes: tuple[str, ...] = ()
    if missing:
        notes += (f"Not looked at, because not given: {', '.join(missing)}.",)
    if not sheet.others:
        notes += (
            "No other number of the person is given, so that the calls were compared "
            "with none.",
        )
    return notes


def _answers(lines: list[Line], sheet: Worksheet) -> tuple[Answer, ...]:
    who = sheet.person or "the person"
    places = {
        side: [n for n, x in enumerate(lines) if x.side == side] for side in SIDES
    }
    kinds = {side: {lines[n].kind for n in at} for side, at in places.items()}
    said = [
        Answer(
            f"Of {many(len(lines), 'finding')} on whether {who} used {sheet.number}, "
            f"{len(places[FOR]):,} speak for it ({_listed(kinds[FOR])}), "
            f"{len(places[AGAINST]):,} against ({_listed(kinds[AGAINST])}) and "
            f"{len(places[NEITHER]):,} for neither.",
            "attribution",
        )
    ]
    if len(kinds[FOR]) < LEAST_KINDS:
        said.append(
            Answer(
                "Fewer than two kinds of evidence speak for it: that attributes "
                "nothing to anybody."
            )
        )
    said += [
        Answer(f"{line.side.capitalize()}: {line.finding}", "attribution", (n,))
        for n, line in enumerate(lines)
        if line.side != NEITHER
    ]
    return tuple(said)


def _listed(kinds: set[str]) -> str:
    return ", ".join(sorted(kinds)) or "none"


ATTRIBUTION = Analysis(
    key="calls.attribution",
    question="What speaks for and against this person using this number?",
    method=(
        "The number is compared with the person's other numbers: handset, contacts, "
        "the cell of most nights, cells used at the same time, calls at once, and "
        "calls between them. Lists, phone books, messages, payments and places of "
        "devices are looked into where they are given. Each finding stands with its "
        "side, a weight from the sheet attribution, and the rows it rests on. Nothing "
        "is added up to a verdict: an officer weighs both sides."
    ),
    takes=("calls",),
    may_take=MAY_TAKE,
    run=run_attribution,
    parameters=(
        Parameter("number", "The number asked about.", "text", required=True),
        Parameter("person", "Name of the person, as in the list.", "text"),
        Parameter(
            "other_numbers",
            "Numbers known by other means to be the person's.",
            "texts",
            (),
        ),
        Parameter(
            "minutes",
            "Two events so near in time are compared by place.",
            "number",
            15.0,
            "minutes",
            least=1,
            most=240,
        ),
        Parameter(
            "near_km",
            "A mast this near to a place of the person's device fits.",
            "number",
            5.0,
            "km",
            least=0.1,
            most=100,
        ),
        Parameter(
            "night_begins",
            "Hour at which the night begins.",
            "whole",
            22,
            "o'clock",
            least=0,
            most=23,
        ),
        Parameter(
            "night_ends",
            "Hour at which the night ends.",
            "whole",
            6,
            "o'clock",
            least=0,
            most=23,
        ),
        *PERIOD,
    ),
    limits=(
        "The registered user is not proof of who used a phone at a given time; phones "
        "are lent, shared and passed on.",
        "One kind of evidence alone attributes nothing.",
        "A phone used a cell; where in the cell's area it was is not known.",
        "What was not given is not weighed: an empty worksheet does not clear anybody.",
    ),
    source="Evidence list and 'no single-evidence attribution': common analytic "
    "practice (inference); weights chosen",
)
