"""Where did each cell serve during a survey, and where between is nothing known?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ibis import _
from scipy.spatial import cKDTree

from fourfold.base.analysis import Answer, Case, Findings, Parameter
from fourfold.picture.survey.flat import Flat, flat_about
from fourfold.picture.survey.outlines import (
    Ring,
    hollow,
    hull,
    inside,
    parts_of,
    ring_area,
    with_holes,
)
from fourfold.picture.survey.readings import READING, Readings, readings
from fourfold.picture.survey.tables import Field, dbm, many, of, shown

CONVEX, CONCAVE = "convex", "concave"
PARAMETERS = (
    Parameter("only", "Only these cells; left out: those with most moments.", "texts"),
    Parameter(
        "most_cells",
        "How many cells at most, those with most moments first.",
        "whole",
        default=100,
        least=1,
        most=2000,
    ),
    Parameter(
        "gap_metres",
        "Readings farther apart than this are parts by themselves: the ground between "
        "was not surveyed, or another cell served it. Chosen.",
        "number",
        default=300.0,
        unit="metres",
        least=10,
    ),
    Parameter(
        "outline",
        "convex: the tightest outline without dents; concave: follows the readings and "
        "leaves out ground wider than the gap.",
        "choice",
        default=CONVEX,
        choices=(CONVEX, CONCAVE),
    ),
    *READING,
)
FIELDS = (
    Field("cell", "Cell"),
    Field("operator", "Operator"),
    Field("technology", "Technology"),
    Field("moments", "Moments it served", "whole"),
    Field("places", "Places of 10 m", "whole"),
    Field("parts", "Parts", "whole"),
    Field("lone", "Parts without area", "whole"),
    Field("area_km2", "Area of the outlines", "number", "km²"),
    Field("inside_of", "Moments inside, any cell of the network", "whole"),
    Field("inside_served", "Of these served by it", "whole"),
    Field("widest_gap_metres", "Widest gap between parts", "number", "m"),
    Field("level_dbm", "Mean level while serving", "number", "dBm"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("reason", "What it rests on"),
)
SNAP = 1e-4
"""Readings are put together by ten-thousandths of a degree (about 10 m)."""


@dataclass(frozen=True)
class _Outlined:
    """One cell's outlines: its line of the table, its feature for the map."""

    line: dict[str, Any]
    feature: dict[str, Any]


def footprint(case: Case) -> Findings:
    """Which outlines hold the places where each cell served? No ground is added."""
    found = readings(case, neighbours=False)
    case.tell(0.4, "gathering places")
    totals = _totals(found, case.parameters)
    places = _places(found, totals)
    done = []
    for number, total in enumerate(totals):
        case.tell(0.5 + 0.5 * number / len(totals), f"outlining {total['name']}")
        done.append(_outlined(total, places, case.parameters))
    lines = [one.line for one in done]
    caption = (
        f"Where {many(len(lines), 'cell')} served, from {found.used:,} of "
        f"{found.given:,} {found.what}."
    )
    return Findings(
        answers=tuple(_answer(n, line) for n, line in enumerate(lines[:10]))
        or (Answer("No cell served in a reading that may be used.", "footprints"),),
        tables=(shown("footprints", caption, FIELDS, lines),),
        features=tuple(one.feature for one in done),
        notes=(*found.notes(), *_left_off(found, totals)),
    )


def _totals(found: Readings, asked: Any) -> list[dict[str, Any]]:
    rows = found.rows.filter(_.cell != "")
    if asked["only"]:
        rows = rows.filter(rows["cell"].isin(list(asked["only"])))
    by_cell = rows.group_by("name", "operator", "technology").agg(
        moments=_.count(),
        tenths=_.tenths.sum(),
        levels=_.tenths.count(),
        first_at=_.at.min(),
        last_at=_.at.max(),
    )
    listed: list[dict[str, Any]] = by_cell.to_pyarrow().to_pylist()
    listed.sort(key=lambda r: (-r["moments"], r["name"], r["operator"]))
    return listed[: asked["most_cells"]]


def _places(found: Readings, totals: Sequence[Any]) -> dict[tuple[str, str], Any]:
    """Places and what served there, by network: lat, lon, cell, moments."""
    nets = {(row["operator"], row["technology"]) for row in totals}
    snapped = found.rows.mutate(
        y=(_.lat / SNAP).round().cast("int64"), x=(_.lon / SNAP).round().cast("int64")
    )
    counted = snapped.group_by("operator", "technology", "y", "x", "name").agg(
        moments=_.count()
    )
    table = counted.order_by("operator", "technology", "name", "y", "x").to_pyarrow()
    columns = {
        name: np.array(table[name].to_pylist(), dtype=object)
        for name in ("operator", "technology", "name")
    }
    numbers = {name: table[name].to_numpy() for name in ("y", "x", "moments")}
    found_nets = {}
    for operator, technology in nets:
        mine = (columns["operator"] == operator) & (columns["technology"] == technology)
        found_nets[operator, technology] = {
            "name": columns["name"][mine],
            "lat": numbers["y"][mine] * SNAP,
            "lon": numbers["x"][mine] * SNAP,
            "moments": numbers["moments"][mine],
        }
    return found_nets


def _outlined(
    total: dict[str, Any], places: dict[tuple[str, str], Any], asked: Any
) -> _Outlined:
    net = places[total["operator"], total["technology"]]
    mine = net["name"] == total["name"]
    flat = flat_about(float(net["lat"][mine].mean()), float(net["lon"][mine].mean()))
    points = flat.flat(net["lat"][mine], net["lon"][mine])
    parts = parts_of(points, asked["gap_metres"])
    rings = [_rings(part, asked) for part in parts]
    close = _near_by(net, mine, flat, parts)
    within = np.zeros(len(close["points"]), dtype=bool)
    for ring in (ring for part in rings for ring in part):
        within ^= inside(close["points"], ring)
    within |= close["mine"]
    area = sum(ring_area(ring) for part in rings for ring in part)
    line = total | {
        "cell": total["name"],
        "places": int(mine.sum()),
        "parts": len(parts),
        "lone": sum(1 for part in rings if not part),
        "area_km2": round(area / 1e6, 3),
        "inside_of": int(close["moments"][within].sum()),
        "inside_served": int(close["moments"][within & close["mine"]].sum()),
        "widest_gap_metres": _widest_gap(parts),
        "level_dbm": dbm(total["tenths"] / total["levels"])
        if total["levels"]
        else None,
    }
    line["reason"] = _reason(line)
    return _Outlined(line, _feature(line, parts, rings, flat))


def _near_by(net: Any, mine: Any, flat: Flat, parts: Sequence[Any]) -> dict[str, Any]:
    """What any cell of the network served in the box round all parts."""
    low = np.min([part.min(axis=0) for part in parts], axis=0) - 1
    high = np.max([part.max(axis=0) for part in parts], axis=0) + 1
    points = flat.flat(net["lat"], net["lon"])
    close = ((points >= low) & (points <= high)).all(axis=1)
    return {
        "points": points[close],
        "moments": net["moments"][close],
        "mine": mine[close],
    }


def _rings(part: Any, asked: Any) -> list[Ring]:
    if asked["outline"] == CONCAVE:
        return hollow(part, asked["gap_metres"])
    ring = hull(part)
    return [ring] if len(ring) > 2 else []


def _widest_gap(parts: Sequence[Any]) -> float | None:
    """How far does the loneliest part lie from the nearest other, m?"""
    if len(parts) < 2:
        return None
    away = []
    for number, part in enumerate(parts):
        others = np.concatenate([*parts[:number], *parts[number + 1 :]])
        away.append(cKDTree(others).query(part)[0].min())
    return float(round(max(away)))


def _reason(line: dict[str, Any]) -> str:
    share = of(line["inside_served"], line["inside_of"], "moment")
    return (
        f"Served in {many(line['moments'], 'moment')} at "
        f"{many(line['places'], 'place')} in {many(line['parts'], 'part')}; inside "
        f"the outlines it served in {share}."
    )


def _feature(
    line: dict[str, Any], parts: Sequence[Any], rings: Sequence[list[Ring]], flat: Flat
) -> dict[str, Any]:
    shapes: list[dict[str, Any]] = []
    for part, outline in zip(parts, rings, strict=True):
        for polygon in with_holes(outline):
            rounded = [flat.ring(ring) for ring in polygon]
            shapes.append({"type": "Polygon", "coordinates": rounded})
        if not outline:
            points = flat.points(hull(part))
            kind = "LineString" if len(points) > 1 else "Point"
            shapes.append(
                {"type": kind, "coordinates": points if len(points) > 1 else points[0]}
            )
    told = ("cell", "operator", "technology", "moments", "area_km2", "parts", "reason")
    return {
        "type": "Feature",
        "geometry": {"type": "GeometryCollection", "geometries": shapes},
        "properties": {"kind": "footprint", "label": line["cell"]}
        | {name: line[name] for name in told},
    }


def _answer(number: int, line: dict[str, Any]) -> Answer:
    return Answer(
        f"{line['cell']} served in {many(line['moments'], 'moment')}, in "
        f"{many(line['parts'], 'part')} of {line['area_km2']:g} km² together.",
        "footprints",
        (number,),
    )


def _left_off(found: Readings, totals: Sequence[Any]) -> tuple[str, ...]:
    cells = found.rows.filter(_.cell != "").cell.nunique().execute()
    if len(totals) >= cells:
        return ()
    return (f"{len(totals):,} of {cells:,} cells are outlined.",)
