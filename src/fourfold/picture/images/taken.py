"""When and where was each picture taken, and with which camera?"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.images.pictures import (
    CLOCK,
    NO_FACES,
    NOT_WHO,
    WHERE,
    pictures_of,
    place_of,
)
from fourfold.picture.survey.tables import Field, many, of, shown

Row = dict[str, Any]
COLUMNS = ("taken_local", "taken_at", "lat", "lon", "make", "model")
FIELDS = (
    Field("taken_local", "Taken, by the camera's clock", "clock"),
    Field("taken_at", "Taken (UTC)", "instant"),
    Field("lat", "Degrees north", "number"),
    Field("lon", "Degrees east", "number"),
    Field("camera", "Camera"),
    *WHERE,
    Field("sha256", "SHA-256"),
)
CAMERAS = (
    Field("camera", "Camera"),
    Field("pictures", "Pictures", "whole"),
    Field("placed", "Of them with a place", "whole"),
    Field("devices", "Handsets or folders", "whole"),
    Field("on", "Which", "list"),
    Field("first_taken", "First, by its clock", "clock"),
    Field("last_taken", "Last, by its clock", "clock"),
)
PLACES = pa.schema(
    [
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("label", pa.string()),
        ("kind", pa.string()),
        ("who", pa.string()),
    ]
)
UNNAMED = "no camera named"
LAST = datetime.max  # noqa: DTZ901 (a camera's clock has no zone)


def run(case: Case) -> Findings:
    """List the pictures that say when or where they were taken, in order of time."""
    asked = case.parameters
    rows = [{**row, "camera": _camera(row)} for row in pictures_of(case, *COLUMNS)]
    chosen = [row for row in rows if _is_asked(row, asked)]
    said = [
        row for row in chosen if _says(row) and (not asked["placed"] or _place(row))
    ]
    said.sort(key=lambda r: (r["taken_local"] or LAST, place_of(r)))
    case.tell(0.8, "Putting pictures on the map")
    placed = [row for row in said if _place(row)]
    caption = f"{of(len(said), len(rows), 'picture')} with a time, place or camera."
    return Findings(
        _answers(said, placed, rows),
        (
            shown("pictures", caption, FIELDS, said),
            shown("cameras", caption, CAMERAS, _cameras(said)),
        ),
        places=pa.Table.from_pylist([_point(row) for row in placed], schema=PLACES),
    )


def _camera(row: Row) -> str:
    make, model = row["make"] or "", row["model"] or ""
    return model if model.startswith(make) else f"{make} {model}".strip()


def _says(row: Row) -> bool:
    return bool(row["taken_local"] or row["taken_at"] or row["camera"] or _place(row))


def _place(row: Row) -> bool:
    return row["lat"] is not None and row["lon"] is not None


def _is_asked(row: Row, asked: Any) -> bool:
    camera = (asked["camera"] or "").strip().lower()
    if camera and camera not in row["camera"].lower():
        return False
    begins, ends = asked["from_on"], asked["until_on"]
    taken = row["taken_local"]
    if begins is None and ends is None:
        return True
    if taken is None:
        return False
    day = taken.date()
    return (begins is None or begins <= day) and (ends is None or day <= ends)


def _cameras(rows: Sequence[Row]) -> list[Row]:
    counts = Counter(row["camera"] for row in rows)
    cameras = []
    for camera, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        mine = [row for row in rows if row["camera"] == camera]
        times = [row["taken_local"] for row in mine if row["taken_local"]]
        on = sorted({row["device"] for row in mine})
        cameras.append(
            {
                "camera": camera or UNNAMED,
                "pictures": count,
                "placed": sum(map(_place, mine)),
                "devices": len(on),
                "on": on,
                "first_taken": min(times) if times else None,
                "last_taken": max(times) if times else None,
            }
        )
    return cameras


def _point(row: Row) -> Row:
    at = row["taken_at"]
    return {
        "lat": row["lat"],
        "lon": row["lon"],
        "at": at.astimezone(UTC) if at else None,
        "label": f"{row['path']}, {row['camera'] or UNNAMED}",
        "kind": "picture",
        "who": row["device"],
    }


def _answers(
    said: Sequence[Row], placed: Sequence[Row], rows: Sequence[Row]
) -> tuple[Answer, ...]:
    if not said:
        text = f"None of {many(len(rows), 'picture')} says when or where it was taken."
        return (Answer(text),)
    timed = [row for row in said if row["taken_local"] or row["taken_at"]]
    answers = [
        Answer(
            f"{of(len(timed), len(rows), 'picture')} say when they were taken and "
            f"{len(placed):,} say where.",
            "pictures",
        )
    ]
    for number, camera in enumerate(_cameras(said)):
        if camera["devices"] > 1 and camera["camera"] != UNNAMED:
            text = (
                f"Pictures of a camera that calls itself {camera['camera']} lie on "
                f"{', '.join(camera['on'])}: {many(camera['pictures'], 'picture')}. "
                "Many cameras of one model say the same."
            )
            answers.append(Answer(text, "cameras", (number,)))
    return tuple(answers)


TAKEN = Analysis(
    key="images.taken",
    question="When and where was each picture taken, and with which camera?",
    method=(
        "The EXIF block of each picture is read as it stands: time by the camera's "
        "clock, its offset from UTC where the camera wrote one, GPS position and time, "
        "maker and model. Nothing is guessed where it says nothing."
    ),
    takes=("images",),
    run=run,
    parameters=(
        Parameter("from_on", "Only pictures taken on this day or later.", "day"),
        Parameter("until_on", "Only pictures taken on this day or earlier.", "day"),
        Parameter("camera", "Only cameras with these words in their name.", "text", ""),
        Parameter("placed", "Only pictures that say where.", "flag", default=False),
    ),
    limits=(CLOCK, NOT_WHO, NO_FACES),
    source="EXIF 2.32 (CIPA DC-008-2019)",
)
