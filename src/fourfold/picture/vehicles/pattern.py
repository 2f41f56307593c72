"""When and where is a vehicle usually read?"""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.reads import (
    cameras_of,
    map_points,
    reads_of,
    targets_named,
    usable_reads,
)

DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
WHEN = (
    Field("plate", "Plate"),
    Field("weekday", "Day of the week"),
    Field("hour", "Hour of the day", "whole"),
    Field("reads", "Reads", "whole"),
    Field("days", "Different days", "whole"),
    Field("input", "File of the first", "whole"),
    Field("line", "Line of the first", "whole"),
)
WHERE = (
    Field("plate", "Plate"),
    Field("camera", "Camera"),
    Field("reads", "Reads", "whole"),
    Field("share", "Share of its reads", "number"),
    Field("days", "Different days", "whole"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("input", "File of the first", "whole"),
    Field("line", "Line of the first", "whole"),
)


def run_pattern(case: Case) -> Findings:
    """Count when and where chosen vehicles are read, for a case."""
    targets = targets_named(case, "vehicles.pattern")
    reads = usable_reads(case)
    mine = reads_of(reads, targets)
    ordered = mine.order_by(["plate", "at", "camera", "input", "line"])
    found = ordered.to_pyarrow().to_pylist()
    keeper = ZoneInfo(reads.clock.zone)
    for row in found:
        row["local"] = row["at"].astimezone(keeper)
    when, where = _when(found), _where(found)
    seen = {row["plate"] for row in found}
    caption = (
        f"{of(len(seen), len(targets), 'vehicle')} "
        f"{'was' if len(seen) == 1 else 'were'}"
        f" read, {many(len(found), 'time')} in all; the reads reach from {reads.span}."
    )
    tables = (
        shown("pattern", caption, WHEN, when),
        shown(
            "cameras", "Where each vehicle was read, most reads first.", WHERE, where
        ),
    )
    answers = [Answer(caption, "pattern")]
    answers += [_answer(plate, found, where) for plate in targets if plate in seen]
    points = [
        {"camera": row["camera"], "at": None, "who": row["plate"], "kind": "read often"}
        | {"label": f"{row['plate']} was read here {many(row['reads'], 'time')}"}
        for row in where
    ]
    places = map_points(cameras_of(mine), points) if points else None
    return Findings(tuple(answers), tables, places, notes=reads.notes)


def _when(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for row in found:
        local: datetime = row["local"]
        key = (row["plate"], local.weekday(), local.hour)
        grouped.setdefault(key, []).append(row)
    return [
        {
            "plate": plate,
            "weekday": DAYS[weekday],
            "hour": hour,
            "reads": len(rows),
            "days": len({row["local"].date() for row in rows}),
            "input": rows[0]["input"],
            "line": rows[0]["line"],
        }
        for (plate, weekday, hour), rows in sorted(grouped.items())
    ]


def _where(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in found:
        grouped.setdefault((row["plate"], row["camera"]), []).append(row)
    totals = Counter(row["plate"] for row in found)
    made = [
        {
            "plate": plate,
            "camera": camera,
            "reads": len(rows),
            "share": round(len(rows) / totals[plate], 4),
            "days": len({row["local"].date() for row in rows}),
            "first_at": rows[0]["at"],
            "last_at": rows[-1]["at"],
            "input": rows[0]["input"],
            "line": rows[0]["line"],
        }
        for (plate, camera), rows in grouped.items()
    ]
    return sorted(made, key=lambda row: (row["plate"], -row["reads"], row["camera"]))


def _answer(
    plate: str, found: list[dict[str, Any]], where: list[dict[str, Any]]
) -> Answer:
    mine = [row["local"] for row in found if row["plate"] == plate]
    hours = Counter(local.hour for local in mine)
    hour, often = min(hours.items(), key=lambda one: (-one[1], one[0]))
    at = next(n for n, row in enumerate(where) if row["plate"] == plate)
    text = (
        f"{plate} was read most often at {where[at]['camera']} "
        f"({of(where[at]['reads'], len(mine), 'read')}), and between {hour:02d}:00 and "
        f"{(hour + 1) % 24:02d}:00 ({of(often, len(mine), 'read')}), on "
        f"{many(len({local.date() for local in mine}), 'day')}."
    )
    return Answer(text, "cameras", (at,))
