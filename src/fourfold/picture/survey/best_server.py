"""Which cell serves each square of the ground, as seen, and which is the strongest?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings, Parameter
from fourfold.picture.survey.readings import MOMENT, READING, Readings, readings
from fourfold.picture.survey.squares import (
    GRID,
    METRES,
    SQUARE,
    in_squares,
    square_name,
    square_outline,
)
from fourfold.picture.survey.tables import Field, dbm, many, of, shown

NET = ("operator", "technology")
PARAMETERS = (
    METRES,
    GRID,
    Parameter(
        "moments",
        "A square with fewer moments than this is shown and called thin. Chosen.",
        "whole",
        default=5,
        least=1,
    ),
    Parameter(
        "share",
        "A cell is dominant when it has at least this share of the moments. Chosen.",
        "number",
        default=0.5,
        least=0,
        most=1,
    ),
    Parameter(
        "gap_db",
        "A cell is dominant when its mean level is at least this much above the next. "
        "Chosen.",
        "number",
        default=6.0,
        unit="dB",
        least=0,
    ),
    Parameter(
        "most_shown",
        "How many squares the map shows, those with most moments first.",
        "whole",
        default=2000,
        least=0,
    ),
    *READING,
)
FIELDS = (
    Field("square", "Square (its middle)"),
    Field("operator", "Operator"),
    Field("technology", "Technology"),
    Field("cell", "Cell"),
    Field("moments", "Moments of this cell", "whole"),
    Field("of", "Moments in the square", "whole"),
    Field("share", "Share", "number"),
    Field("level_dbm", "Mean level", "number", "dBm"),
    Field("next_cell", "Next cell"),
    Field("next_moments", "Moments of the next", "whole"),
    Field("gap_db", "Level above the next", "number", "dB"),
    Field("cells", "Cells in all", "whole"),
    Field("resolved", "Moments named by resolving", "whole"),
    Field("dominant", "Dominant", "flag"),
    Field("says", "How well it is known"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
)


@dataclass(frozen=True)
class _Kind:
    """Served or strongest: what is counted, and in which words."""

    verb: str
    kind: str


SERVED = _Kind("served", "serving")
STRONGEST = _Kind("was the strongest", "strongest")


def best_server(case: Case) -> Findings:
    """Which cell did the instrument use in each square? Observed, nothing computed."""
    found = readings(case, neighbours=False)
    case.tell(0.6, "counting by square")
    return _findings(case, found, found.rows, SERVED)


def strongest(case: Case) -> Findings:
    """Which cell was heard strongest in each square? Computed from all levels."""
    found = readings(case)
    case.tell(0.6, "finding the strongest of each moment")
    heard = found.rows.filter(_.tenths.notnull())
    by_level = ibis.window(
        group_by=[*MOMENT, "input"],
        order_by=[ibis.desc("tenths"), ibis.desc("serving"), "name", "line"],
    )
    first = heard.mutate(place=ibis.row_number().over(by_level)).filter(_.place == 0)
    return _findings(case, found, first.drop("place"), STRONGEST)


def _findings(case: Case, found: Readings, rows: Any, kind: _Kind) -> Findings:
    asked = case.parameters
    metres, grid = asked["metres"], asked["grid"]
    cells = (
        in_squares(case.backend, rows, metres, grid)
        .group_by(*SQUARE, *NET, "name")
        .agg(
            moments=_.count(),
            tenths=_.tenths.sum(),
            levels=_.tenths.count(),
            resolved=(_.sure == "resolved").cast("int64").sum(),
            first_at=_.at.min(),
            last_at=_.at.max(),
        )
    )
    ordered = cells.order_by(*SQUARE, *NET, ibis.desc("moments"), "name").to_pyarrow()
    case.tell(0.85, "putting the map together")
    squares: dict[Any, list[dict[str, Any]]] = {}
    for row in ordered.to_pylist():
        key = tuple(row[name] for name in (*SQUARE, *NET))
        squares.setdefault(key, []).append(row)
    lines = [_line(key, heard, asked, kind) for key, heard in squares.items()]
    lines.sort(key=lambda r: (-r["of"], r["square"], r["operator"], r["technology"]))
    drawn = lines[: asked["most_shown"]]
    return Findings(
        answers=_answers(lines, asked, kind),
        tables=(shown(kind.kind, _caption(lines, found, kind), FIELDS, lines),),
        features=tuple(_features(drawn, metres)),
        notes=(*found.notes(), *_thinned(lines, drawn)),
    )


def _line(
    key: Any,
    heard: list[dict[str, Any]],
    asked: Any,
    kind: _Kind,
) -> dict[str, Any]:
    best, after = heard[0], (heard[1] if len(heard) > 1 else None)
    total = sum(row["moments"] for row in heard)
    share = best["moments"] / total
    gap = None
    if after and best["levels"] and after["levels"]:
        gap = best["tenths"] / best["levels"] - after["tenths"] / after["levels"]
    line = {
        "key": key[:3],
        "square": square_name(key[:3], asked["metres"]),
        "operator": key[3],
        "technology": key[4],
        "cell": best["name"],
        "moments": best["moments"],
        "of": total,
        "share": round(share, 3),
        "level_dbm": dbm(best["tenths"] / best["levels"]) if best["levels"] else None,
        "next_cell": after["name"] if after else "",
        "next_moments": after["moments"] if after else 0,
        "gap_db": None if gap is None else round(gap / 10, 1),
        "cells": len(heard),
        "resolved": best["resolved"],
        "first_at": min(row["first_at"] for row in heard),
        "last_at": max(row["last_at"] for row in heard),
    }
    return line | _dominance(line, asked, kind)


def _dominance(line: dict[str, Any], asked: Any, kind: _Kind) -> dict[str, Any]:
    close = line["gap_db"] is not None and line["gap_db"] < asked["gap_db"]
    held = line["share"] >= asked["share"]
    dominant = held and not (close and kind is STRONGEST)
    base = f"{line['cell']} {kind.verb} in {of(line['moments'], line['of'], 'moment')}"
    if line["of"] < asked["moments"]:
        says = f"{base}; thin: fewer than {asked['moments']} moments"
    elif dominant:
        says = f"{base}; dominant"
    elif held:
        says = f"{base}; no dominant cell: within {asked['gap_db']:g} dB of the next"
    else:
        says = f"{base}; no dominant cell: less than {asked['share']:.0%}"
    return {"dominant": dominant and line["of"] >= asked["moments"], "says": says}


def _answers(
    lines: list[dict[str, Any]], asked: Any, kind: _Kind
) -> tuple[Answer, ...]:
    if not lines:
        return (Answer("No square has a reading that may be used.", kind.kind),)
    held = [n for n, line in enumerate(lines) if line["dominant"]]
    thin = [n for n, line in enumerate(lines) if line["of"] < asked["moments"]]
    open_ = [
        n
        for n, line in enumerate(lines)
        if not line["dominant"] and line["of"] >= asked["moments"]
    ]
    each = f"{len(lines):,} squares of {asked['metres']:g} m (each network by itself)"
    return (
        Answer(
            f"One cell was dominant in {len(held):,} of {each}.", kind.kind, tuple(held)
        ),
        Answer(
            f"No cell was dominant in {len(open_):,} of {each}.",
            kind.kind,
            tuple(open_),
        ),
        Answer(
            f"{len(thin):,} of {each} have fewer than {asked['moments']} moments.",
            kind.kind,
            tuple(thin),
        ),
    )


def _caption(lines: list[dict[str, Any]], found: Readings, kind: _Kind) -> str:
    moments = sum(line["of"] for line in lines)
    cells = len({line["cell"] for line in lines})
    return (
        f"The cell that {kind.verb} most often in each of "
        f"{many(len(lines), 'square')}: {many(cells, 'cell')}, "
        f"{many(moments, 'moment')}, "
        f"from {found.used:,} of {found.given:,} {found.what}."
    )


def _features(drawn: list[dict[str, Any]], metres: float) -> Iterator[dict[str, Any]]:
    """A square each; the cells of most squares are told apart, the rest are one."""
    most = {cell for cell, _ in Counter(line["cell"] for line in drawn).most_common(5)}
    told = ("square", "operator", "technology", "cell", "moments", "of", "dominant")
    for line in drawn:
        cell = line["cell"]
        yield {
            "type": "Feature",
            "geometry": {
                "type": "Polygon",
                "coordinates": square_outline(line["key"], metres),
            },
            "properties": {
                "kind": cell if cell in most else "other cells",
                "label": cell,
                **{name: line[name] for name in (*told, "says")},
            },
        }


def _thinned(lines: list[Any], drawn: list[Any]) -> tuple[str, ...]:
    if len(drawn) == len(lines):
        return ()
    return (
        f"The map shows {len(drawn):,} of {len(lines):,} squares, those with most "
        "moments; the table has all.",
    )
