"""Which cells cover an address, a way or a time, and on how many readings?"""

from typing import Any

from fourfold.base.analysis import Answer, Case, Findings, Parameter
from fourfold.base.errors import FourfoldError
from fourfold.picture.survey.cells_there import cells_there, moments_by_net, near
from fourfold.picture.survey.places import Place, places_of
from fourfold.picture.survey.readings import READING, Readings, readings
from fourfold.picture.survey.tables import Field, many, of, shown

WITHIN = Parameter(
    "metres",
    "How near a reading must be. Chosen: wide enough for a building and its street, "
    "narrow enough that another street's cell does not count.",
    "number",
    default=100.0,
    unit="metres",
    least=1,
    most=20_000,
)
LEAST = Parameter(
    "moments",
    "With fewer moments of a network than this an answer is called thin. Chosen.",
    "whole",
    default=20,
    least=1,
)
PARAMETERS = (
    Parameter(
        "place",
        "Latitude and longitude, or a grid reference. Several, parted by semicolons, "
        "are places by themselves.",
        "text",
    ),
    Parameter(
        "route",
        "Places along a way, parted by semicolons; the stretches between them count.",
        "text",
    ),
    WITHIN,
    LEAST,
    *READING,
)
FIELDS = (
    Field("place", "Place"),
    Field("operator", "Operator"),
    Field("technology", "Technology"),
    Field("cell", "Cell"),
    Field("role", "How it was seen"),
    Field("served", "Moments served", "whole"),
    Field("of", "Of moments served by any", "whole"),
    Field("share", "Share", "number"),
    Field("heard", "Moments heard", "whole"),
    Field("moments", "Of moments", "whole"),
    Field("level_dbm", "Mean level", "number", "dBm"),
    Field("best_dbm", "Best level", "number", "dBm"),
    Field("below_best_db", "Mean below the best", "number", "dB"),
    Field("nearest_metres", "Nearest reading", "number", "m"),
    Field("surveys", "Surveys", "whole"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("reason", "What it rests on"),
)
BASE_FIELDS = (
    Field("place", "Place"),
    Field("operator", "Operator"),
    Field("technology", "Technology"),
    Field("moments", "Moments", "whole"),
    Field("served", "Moments with a serving cell", "whole"),
    Field("surveys", "Surveys", "whole"),
    Field("nearest_metres", "Nearest reading", "number", "m"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("thin", "Thin", "flag"),
)


class NoPlaceAsked(FourfoldError):
    """Coverage was asked for without a place, a way or a time."""

    what = "No place, route or time was given."
    do = "Give place, route, or from_at and to_at."
    status = 422


def coverage(case: Case) -> Findings:
    """Which cells were seen near the places, along the way, or in the time asked for?

    Raises:
        NoPlaceAsked: none of them was given.
        NoSuchPlace, NotOnTheGrid: a place cannot be read.
    """
    asked = case.parameters
    areas = _areas(asked)
    found = readings(case)
    lines: list[dict[str, Any]] = []
    bases: list[dict[str, Any]] = []
    for number, (label, path) in enumerate(areas):
        case.tell(0.7 + 0.25 * number / len(areas), f"counting at {label}")
        rows = near(case.backend, found.rows, path, asked["metres"])
        nets = moments_by_net(rows)
        bases += [_base(label, net, asked["moments"]) for net in nets.values()]
        lines += [_line(label, row, asked) for row in cells_there(rows)]
    return _findings([label for label, _path in areas], lines, bases, found)


def _findings(
    labels: list[str],
    lines: list[dict[str, Any]],
    bases: list[dict[str, Any]],
    found: Readings,
) -> Findings:
    tables = (
        shown(
            "cells",
            f"{many(len({row['cell'] for row in lines}), 'cell')} seen at "
            f"{many(len(labels), 'place')}.",
            FIELDS,
            lines,
        ),
        shown("bases", "How many moments each answer rests on.", BASE_FIELDS, bases),
    )
    answers = [answer for label in labels for answer in _answers(label, lines, bases)]
    return Findings(tuple(answers), tables, notes=found.notes())


def _areas(asked: Any) -> list[tuple[str, list[Place]]]:
    areas = [(_said(place), [place]) for place in places_of(asked["place"])]
    route = places_of(asked["route"])
    if route:
        areas.append((f"the way from {_said(route[0])} to {_said(route[-1])}", route))
    if not areas and (asked["from_at"] is not None or asked["to_at"] is not None):
        areas.append(("anywhere in the time asked for", []))
    if not areas:
        raise NoPlaceAsked
    return areas


def _said(place: Place) -> str:
    return f"{place[0]:.5f}, {place[1]:.5f}"


def _base(label: str, net: dict[str, Any], least: int) -> dict[str, Any]:
    return net | {
        "place": label,
        "nearest_metres": net["away"],
        "thin": net["moments"] < least,
    }


def _line(label: str, row: dict[str, Any], asked: Any) -> dict[str, Any]:
    if row["served"]:
        role = "served"
    elif row["unnamed"]:
        role = "neighbour, not named"
    elif row["resolved"] == row["heard"]:
        role = "neighbour, resolved not measured"
    else:
        role = "neighbour"
    heard = of(row["heard"], row["moments"], "moment")
    served = of(row["served"], row["of"], "moment")
    reason = f"Within {asked['metres']:g} m served in {served} and was heard in {heard}"
    if row["resolved"]:
        reason += f", {row['resolved']:,} of them named by resolving"
    if row["moments"] < asked["moments"]:
        reason += "; thin"
    return row | {"place": label, "role": role, "reason": f"{reason}."}


def _answers(
    label: str, lines: list[dict[str, Any]], bases: list[dict[str, Any]]
) -> list[Answer]:
    mine = [row for row in bases if row["place"] == label]
    if not mine:
        return [Answer(f"No reading that may be used was taken at {label}.", "bases")]
    said = []
    for net in mine:
        key = (label, net["operator"], net["technology"])
        rows = [
            n
            for n, row in enumerate(lines)
            if (row["place"], row["operator"], row["technology"]) == key
        ]
        served = [n for n in rows if lines[n]["served"]]
        name = " ".join(part for part in key[1:] if part) or "network not stated"
        text = f"{name} at {label}: {many(len(served), 'cell')} served"
        if served:
            top = lines[served[0]]
            base = of(top["served"], top["of"], "moment")
            text += f", most often {top['cell']} in {base}"
        text += f"; {many(len(rows) - len(served), 'other')} heard."
        thin = " Thin." if net["thin"] else ""
        said.append(Answer(text + thin, "cells", tuple(rows)))
    return said
