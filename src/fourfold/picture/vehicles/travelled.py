"""Which journeys did chosen vehicles make, and when is nothing known of them?"""

from itertools import groupby, pairwise
from typing import Any

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.calls.place_sites import Site, metres_between
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.reads import (
    Reads,
    cameras_of,
    map_points,
    reads_of,
    targets_named,
    usable_reads,
)

TRAVELS = (
    Field("plate", "Plate"),
    Field("journey", "Journey, from 1", "whole"),
    Field("begins", "From", "instant"),
    Field("begins_local", "From, by the clock on the wall"),
    Field("ends", "Until", "instant"),
    Field("minutes", "Minutes", "number"),
    Field("route", "Cameras in order", "list"),
    Field("reads", "Reads", "whole"),
    Field("km", "Kilometres, at least", "number"),
    Field("longest", "Longest pause between reads", "number", "minutes"),
    Field("input", "File of the first", "whole"),
    Field("line", "Line of the first", "whole"),
)
GAPS = (
    Field("plate", "Plate"),
    Field("hours", "Hours without a read", "number"),
    Field("begins", "From", "instant"),
    Field("ends", "Until", "instant"),
    Field("last_camera", "Last read at"),
    Field("next_camera", "Next read at"),
    Field("last_input", "File of the last", "whole"),
    Field("last_line", "Line of the last", "whole"),
    Field("next_input", "File of the next", "whole"),
    Field("next_line", "Line of the next", "whole"),
)

Row = dict[str, Any]


def run_travelled(case: Case) -> Findings:
    """Put the reads of chosen vehicles together as journeys, for a case."""
    targets = targets_named(case, "vehicles.travelled")
    reads = usable_reads(case)
    mine = reads_of(reads, targets)
    ordered = mine.order_by(["plate", "at", "camera", "input", "line"])
    found = ordered.to_pyarrow().to_pylist()
    cameras = cameras_of(mine)
    pause = float(case.parameters["longest_pause"]) * 60
    journeys, gaps = [], []
    for plate, rows in groupby(found, key=lambda row: str(row["plate"])):
        each = list(rows)
        journeys += _journeys(plate, each, pause, (reads, cameras))
        gaps += _gaps(plate, each, float(case.parameters["least_gap"]))
    most = int(case.parameters["most_rows"])
    seen = {row["plate"] for row in journeys}
    caption = (
        f"{many(len(journeys), 'journey')} of "
        f"{of(len(seen), len(targets), 'vehicle')}; "
        f"the reads reach from {reads.span}."
    )
    tables = (
        shown("travelled", caption, TRAVELS, journeys[:most]),
        shown("gaps", f"{many(len(gaps), 'time')} of {case.parameters['least_gap']:g} "
              "hours or more without a read.", GAPS, gaps[:most]),
    )  # fmt: skip
    notes = [*reads.notes]
    if len(journeys) > most:
        notes.append(f"Only {most:,} of {len(journeys):,} journeys are listed.")
    return Findings(
        (Answer(caption, "travelled"), *_answers(journeys, gaps, most)),
        tables,
        map_points(cameras, [_point(row) for row in found]) if found else None,
        notes=tuple(notes),
    )


def _journeys(
    plate: str,
    rows: list[Row],
    pause: float,
    about: tuple[Reads, dict[str, tuple[float, float]]],
) -> list[Row]:
    reads, cameras = about
    parts: list[list[Row]] = []
    for row in rows:
        if not parts or row["second"] - parts[-1][-1]["second"] > pause:
            parts.append([])
        parts[-1].append(row)
    return [
        {
            "plate": plate,
            "journey": number,
            "begins": part[0]["at"],
            "begins_local": reads.clock.shown(part[0]["at"]),
            "ends": part[-1]["at"],
            "minutes": round((part[-1]["second"] - part[0]["second"]) / 60, 1),
            "route": _route(part),
            "reads": len(part),
            "km": _km(part, cameras),
            "longest": round(
                max((b["second"] - a["second"] for a, b in pairwise(part)), default=0)
                / 60,
                1,
            ),
            "input": part[0]["input"],
            "line": part[0]["line"],
        }
        for number, part in enumerate(parts, start=1)
    ]


def _route(rows: list[Row]) -> list[str]:
    return [camera for camera, _same in groupby(row["camera"] for row in rows)]


def _km(rows: list[Row], cameras: dict[str, tuple[float, float]]) -> float:
    places = [
        Site(camera, camera, *cameras[camera])
        for camera in _route(rows)
        if camera in cameras
    ]
    return round(sum(metres_between(a, b) for a, b in pairwise(places)) / 1000, 2)


def _gaps(plate: str, rows: list[Row], least: float) -> list[Row]:
    return [
        {
            "plate": plate,
            "hours": round((after["second"] - before["second"]) / 3600, 2),
            "begins": before["at"],
            "ends": after["at"],
            "last_camera": before["camera"],
            "next_camera": after["camera"],
            "last_input": before["input"],
            "last_line": before["line"],
            "next_input": after["input"],
            "next_line": after["line"],
        }
        for before, after in pairwise(rows)
        if after["second"] - before["second"] >= least * 3600
    ]


def _answers(journeys: list[Row], gaps: list[Row], most: int) -> list[Answer]:
    answers = []
    for plate in dict.fromkeys(row["plate"] for row in journeys):
        mine = [at for at, row in enumerate(journeys) if row["plate"] == plate]
        km = sum(journeys[at]["km"] for at in mine)
        hours = max((gap["hours"] for gap in gaps if gap["plate"] == plate), default=0)
        longest = (
            f"; the longest time without a read is {hours:g} hours" if hours else ""
        )
        text = f"{plate}: {many(len(mine), 'journey')}, {km:.0f} km at least{longest}."
        answers.append(Answer(text, "travelled", tuple(n for n in mine if n < most)))
    return answers


def _point(row: Row) -> Row:
    label = f"{row['plate']} was read here"
    return {"camera": row["camera"], "at": row["at"], "who": row["plate"]} | {
        "label": label,
        "kind": "read",
    }
