"""How are the rows of joined answers laid out?"""

from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Column, Shown
from fourfold.picture.joined.moments import Event

INSTANT = pa.timestamp("us", tz="UTC")
CLOCK = pa.timestamp("us")
PLACES = pa.schema(
    [
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("at", INSTANT),
        ("label", pa.string()),
        ("kind", pa.string()),
        ("who", pa.string()),
    ]
)
Layout = tuple[tuple[str, str, pa.DataType], ...]
EVENT_COLUMNS: Layout = (
    ("at", "When (UTC)", INSTANT),
    ("local", "By the clock", CLOCK),
    ("person", "Person", pa.string()),
    ("kind", "Kind", pa.string()),
    ("what", "What", pa.string()),
    ("other", "With", pa.string()),
    ("place", "Where", pa.string()),
    ("attributed", "Which identifier, and why", pa.string()),
    ("input", "File", pa.int64()),
    ("line", "Line", pa.int64()),
)


def shown_rows(
    name: str, caption: str, columns: Layout, rows: list[dict[str, Any]]
) -> Shown:
    """One table of a joined answer; rows have at least these columns."""
    schema = pa.schema([(column, kind) for column, _, kind in columns])
    return Shown(
        name,
        caption,
        tuple(Column(column, heading) for column, heading, _ in columns),
        pa.Table.from_pylist(rows, schema=schema),
    )


def event_row(event: Event) -> dict[str, Any]:
    """One event as a row of EVENT_COLUMNS."""
    return {
        "at": event.at,
        "local": event.local,
        "person": event.by.person,
        "kind": event.kind,
        "what": event.what,
        "other": event.other,
        "place": event.place,
        "attributed": f"{event.by.identifier}: {event.by.words()}",
        "input": event.input,
        "line": event.line,
    }


def places_of(points: list[dict[str, Any]]) -> pa.Table | None:
    """The points of a map as a table; `None` when there is none."""
    return pa.Table.from_pylist(points, schema=PLACES) if points else None
