"""What changed between two surveys: cells gone, new, changed, another server?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Case, Findings, Parameter
from fourfold.base.errors import FourfoldError
from fourfold.picture.survey.compare_shown import (
    CELL_FIELDS,
    SQUARE_FIELDS,
    change_answers,
    change_reason,
    changed_square,
)
from fourfold.picture.survey.differences import (
    CHANGES,
    difference,
    held_together,
    presence,
)
from fourfold.picture.survey.readings import MOMENT, READING, Readings, readings
from fourfold.picture.survey.squares import (
    GRID,
    METRES,
    SQUARE,
    in_squares,
    square_name,
)
from fourfold.picture.survey.tables import many, of, shown

BEFORE, AFTER = "before", "after"
NET = ("operator", "technology")
PARAMETERS = (
    Parameter("before", "Surveys that were first, by name.", "texts"),
    Parameter("after", "Surveys that were second, by name.", "texts"),
    Parameter(
        "parted_at",
        "Without names: readings before this instant are the first survey, the others "
        "the second. Without either: the first file and the others.",
        "instant",
    ),
    METRES,
    GRID,
    Parameter(
        "moments",
        "A square counts when each survey has so many moments of the network there. "
        "Chosen.",
        "whole",
        default=5,
        least=1,
    ),
    Parameter(
        "squares",
        "A cell's level is compared when it was heard in so many of the same squares "
        "in both surveys. Chosen: a t test on fewer says nothing.",
        "whole",
        default=5,
        least=3,
    ),
    Parameter(
        "sure",
        "A change of level is called one when chance alone would give it less often "
        "than this, all cells taken together (Holm). Custom.",
        "number",
        default=0.05,
        least=0.0001,
        most=0.5,
    ),
    Parameter(
        "change_db",
        "And when it is at least this large. Chosen: below it, kit differs.",
        "number",
        default=3.0,
        unit="dB",
        least=0,
    ),
    *READING,
)


class OneSurvey(FourfoldError):
    """Two surveys were to be compared, and only one was given."""

    what = "The {lacks} survey has no reading that may be used."
    do = "Give two files, or name before and after, or an instant parted_at between."
    status = 422


def compare(case: Case) -> Findings:
    """What changed, in the squares that both surveys cover?

    Raises:
        OneSurvey: one of the two has no reading.
    """
    asked = case.parameters
    sides = _sides(case)
    case.tell(0.6, "comparing squares")
    table = _by_square(case, sides)
    shared, alone = _shared(table, asked["moments"])
    cells = _cells(shared, asked)
    squares = _squares(shared, asked)
    case.tell(0.9, "putting the changes into words")
    base = len({_spot(row) for row in shared})
    return Findings(
        answers=change_answers(cells, squares, base, alone),
        tables=(
            shown(
                "cells",
                f"{many(len(cells), 'cell')} seen in {many(base, 'square')} "
                "that both surveys cover.",
                CELL_FIELDS,
                cells,
            ),
            shown(
                "servers",
                f"Squares whose best server is another, of {base:,}.",
                SQUARE_FIELDS,
                squares,
            ),
        ),
        features=tuple(changed_square(row, asked["metres"]) for row in squares[:2000]),
        notes=(
            *(
                f"{side.capitalize()}: {n}"
                for side in sides
                for n in sides[side].notes()
            ),
            f"{alone:,} squares were covered well enough by one survey only and "
            "say nothing of change.",
            "Squares are the units of the tests, since readings beside each other are "
            "not independent; two kits may differ by some dB everywhere.",
        ),
    )


def _notes(sides: dict[str, Readings]) -> list[str]:
    return [
        f"{side.capitalize()}: {note}"
        for side, found in sides.items()
        for note in found.notes()
    ]


def _sides(case: Case) -> dict[str, Readings]:
    """The readings of both surveys, each tested and its neighbours named by itself.

    A cell that is gone must not lend its name to a neighbour of the later survey.
    """
    rows = _sided(case.tables["survey"], case.parameters)
    found = {}
    for side in (BEFORE, AFTER):
        mine = rows.filter(rows.side == side).drop("side")
        found[side] = readings(replace(case, tables={**case.tables, "survey": mine}))
    return found


def _sided(rows: Any, asked: Any) -> Any:
    if asked["before"] or asked["after"]:
        first = rows.survey.isin(list(asked["before"] or ()))
        second = rows.survey.isin(list(asked["after"] or ()))
        first = first if asked["before"] else ~second
        second = second if asked["after"] else ~first
        return rows.filter(first | second).mutate(side=first.ifelse(BEFORE, AFTER))
    if asked["parted_at"] is not None:
        return rows.mutate(side=(rows.at < asked["parted_at"]).ifelse(BEFORE, AFTER))
    least = rows.input.min().execute()
    return rows.mutate(side=(rows.input == least).ifelse(BEFORE, AFTER))


def _by_square(case: Case, sides: dict[str, Readings]) -> list[dict[str, Any]]:
    asked = case.parameters
    first, second = (
        sides[side].rows.mutate(side=ibis.literal(side)) for side in (BEFORE, AFTER)
    )
    rows = first.union(second)
    placed = in_squares(case.backend, rows, asked["metres"], asked["grid"])
    once = placed.group_by("side", *SQUARE, *MOMENT, "name").agg(
        serving=_.serving.cast("int64").max(),
        tenths=_.tenths.max(),
        unnamed=(_.sure == "unnamed").cast("int64").max(),
        channel=(_.band + " " + _.colour).max(),
    )
    counted = once.group_by("side", *SQUARE, *NET, "name").agg(
        heard=_.count(),
        served=_.serving.sum(),
        tenths=_.tenths.sum(),
        levels=_.tenths.count(),
        unnamed=_.unnamed.max(),
        channel=_.channel.max(),
    )
    ordered = counted.order_by("side", *SQUARE, *NET, "name")
    listed: list[dict[str, Any]] = ordered.to_pyarrow().to_pylist()
    for side, lacks in ((BEFORE, "first"), (AFTER, "second")):
        if not any(row["side"] == side for row in listed):
            raise OneSurvey(lacks=lacks)
    return listed


def _spot(row: dict[str, Any]) -> Any:
    return tuple(row[name] for name in (*SQUARE, *NET))


def _shared(table: Sequence[dict[str, Any]], least: int) -> tuple[list[Any], int]:
    """Rows of squares with enough serving moments in both, and how many have one."""
    served: dict[Any, dict[str, int]] = {}
    for row in table:
        sides = served.setdefault(_spot(row), {BEFORE: 0, AFTER: 0})
        sides[row["side"]] += row["served"]
    enough = {
        spot: [side for side in (BEFORE, AFTER) if sides[side] >= least]
        for spot, sides in served.items()
    }
    both = {spot for spot, sides in enough.items() if len(sides) == 2}
    rows = [
        row | {"of": served[_spot(row)][row["side"]]}
        for row in table
        if _spot(row) in both
    ]
    return rows, sum(1 for sides in enough.values() if len(sides) == 1)


def _cells(shared: Sequence[dict[str, Any]], asked: Any) -> list[dict[str, Any]]:
    by_cell: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    bases: dict[tuple[str, ...], dict[Any, int]] = {}
    unnamed: dict[tuple[str, ...], set[Any]] = {}
    for row in shared:
        net = (row["operator"], row["technology"])
        if row["unnamed"]:
            channel = (*net, row["channel"], row["side"])
            unnamed.setdefault(channel, set()).add(_spot(row))
        else:
            by_cell.setdefault((row["name"], *net), []).append(row)
        bases.setdefault((*net, row["side"]), {})[_spot(row)] = row["of"]
    lines = []
    for key, rows in by_cell.items():
        line: dict[str, Any] = dict(
            zip(("cell", "operator", "technology"), key, strict=True)
        )
        for side in (BEFORE, AFTER):
            line |= _one_side(rows, side) | {
                f"of_{side}": sum(bases.get((*key[1:], side), {}).values())
            }
        line["presence_chance"] = presence(*_only(rows, unnamed))
        lines.append(line | difference(_pairs(rows), asked["squares"]))
    held_together(lines, asked["sure"], asked["change_db"])
    for line in lines:
        line["reason"] = change_reason(line)
    return sorted(lines, key=_rank)


def _one_side(rows: Sequence[dict[str, Any]], side: str) -> dict[str, Any]:
    """What one survey heard of a cell: squares, moments, mean level."""
    mine = [row for row in rows if row["side"] == side]
    levels = sum(row["levels"] for row in mine)
    total = sum(row["tenths"] or 0 for row in mine)
    return {
        f"squares_{side}": len({_spot(row) for row in mine}),
        f"moments_{side}": sum(row["heard"] for row in mine),
        f"level_{side}_dbm": round(total / levels / 10, 1) if levels else None,
    }


def _rank(line: dict[str, Any]) -> tuple[Any, ...]:
    """Changes first, the surest and the most heard before others."""
    chance = line["chance"] if line["chance"] is not None else 1
    heard = line["moments_before"] + line["moments_after"]
    return CHANGES.index(line["change"]), chance, -heard, line["cell"]


def _only(
    rows: Sequence[dict[str, Any]], unnamed: dict[tuple[str, ...], set[Any]]
) -> tuple[int, int]:
    """In how many squares was a cell heard before only, and after only?

    Where the other survey heard an unnamed neighbour of its channel and colour, that
    may have been it: such a square counts for neither.
    """
    heard, maybe = {}, {}
    for side in (BEFORE, AFTER):
        heard[side] = {_spot(row) for row in rows if row["side"] == side}
        keys = {(r["operator"], r["technology"], r["channel"], side) for r in rows}
        maybe[side] = set().union(*(unnamed.get(key, set()) for key in keys))
    return (
        len(heard[BEFORE] - heard[AFTER] - maybe[AFTER]),
        len(heard[AFTER] - heard[BEFORE] - maybe[BEFORE]),
    )


def _pairs(rows: Sequence[dict[str, Any]]) -> list[tuple[float, float]]:
    """Mean levels before and after, dBm, of each square in which both have one."""
    means: dict[Any, dict[str, float]] = {}
    for row in rows:
        if row["levels"]:
            means.setdefault(_spot(row), {})[row["side"]] = (
                row["tenths"] / row["levels"] / 10
            )
    return [(m[BEFORE], m[AFTER]) for m in means.values() if len(m) == 2]


def _squares(shared: Sequence[dict[str, Any]], asked: Any) -> list[dict[str, Any]]:
    best: dict[Any, dict[str, dict[str, Any]]] = {}
    for row in shared:
        sides = best.setdefault(_spot(row), {})
        held = sides.get(row["side"])
        if held is None or (row["served"], held["name"]) > (
            held["served"],
            row["name"],
        ):
            sides[row["side"]] = row
    lines = []
    for spot, sides in best.items():
        first, second = sides[BEFORE], sides[AFTER]
        if first["name"] == second["name"]:
            continue
        line = {
            "key": spot[:3],
            "square": square_name(spot[:3], asked["metres"]),
            "operator": spot[3],
            "technology": spot[4],
            "server_before": first["name"],
            "served_before": first["served"],
            "of_before": first["of"],
            "server_after": second["name"],
            "served_after": second["served"],
            "of_after": second["of"],
        }
        served = of(first["served"], first["of"], "moment")
        then = of(second["served"], second["of"], "moment")
        line["reason"] = f"{served} before, {then} after."
        lines.append(line)
    return sorted(
        lines,
        key=lambda r: (-min(r["of_before"], r["of_after"]), r["square"], r["operator"]),
    )
