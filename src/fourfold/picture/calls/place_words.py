"""How are findings about cells put in words? "Used a cell", never "was at"."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Column, Shown

HEADINGS = {
    "a": "Phone",
    "b": "Other phone",
    "times": "Times together",
    "days": "Days",
    "cells": "Different cells",
    "expected": "Expected by chance",
    "surprise": "Surprise",
    "weight": "Weight of rare cells",
    "first_at": "First",
    "last_at": "Last",
    "reason": "Why",
    "cell": "Cell",
    "a_at": "Phone's use",
    "b_at": "Other's use",
    "a_cell": "Phone's cell",
    "b_cell": "Other's cell",
    "input": "File",
    "line": "Line",
    "a_input": "Phone's file",
    "a_line": "Phone's line",
    "b_input": "Other's file",
    "b_line": "Other's line",
    "day": "Day",
    "sites": "Sites in order",
    "number": "Phone",
    "what": "What",
    "nights": "Nights or days",
    "of": "Of",
    "share": "Share",
    "qualifies": "Enough",
    "first_cell": "First cell",
    "last_cell": "Last cell",
    "who": "Phones",
    "begins": "Together from",
    "ends": "Together until",
    "call_before": "Last call between them before",
    "call_after": "First call between them after",
    "apart": "Apart before",
    "journeys": "Journeys together",
    "alike": "Same order again",
}
ARROW: dict[str, pa.DataType] = {
    **dict.fromkeys(("times", "days", "cells", "nights", "of"), pa.int64()),
    **dict.fromkeys(("input", "line", "journeys", "alike"), pa.int64()),
    **dict.fromkeys(("a_input", "a_line", "b_input", "b_line"), pa.int64()),
    **dict.fromkeys(("expected", "surprise", "weight", "share"), pa.float64()),
    **dict.fromkeys(("sites", "who"), pa.list_(pa.string())),
    "qualifies": pa.bool_(),
}


@dataclass(frozen=True)
class Moment:
    """A second after 1970, and by how many the wall's clock was ahead, if known."""

    second: int
    ahead: int | None

    @property
    def at(self) -> datetime:
        """The instant."""
        return datetime.fromtimestamp(self.second, UTC)

    @property
    def wall(self) -> datetime:
        """What the clock on the wall said; UTC where that is not known."""
        return self.at.replace(tzinfo=None) + timedelta(seconds=self.ahead or 0)

    @property
    def told(self) -> str:
        """In words, as `clock`."""
        return clock(None if self.ahead is None else self.wall, self.at)


def shown(
    name: str, caption: str, columns: tuple[str, ...], rows: list[dict[str, Any]]
) -> Shown:
    """One table of findings about cells, with its headings."""
    schema = pa.schema([(c, ARROW.get(c, pa.string())) for c in columns])
    return Shown(
        name,
        caption,
        tuple(Column(c, HEADINGS[c]) for c in columns),
        pa.Table.from_pylist(rows, schema=schema),
    )


def clock(local: datetime | None, at: datetime) -> str:
    """When, by the clock on the wall where it is known, as ISO text with its offset."""
    if local is None:
        return at.isoformat(timespec="seconds")
    ahead = local - at.replace(tzinfo=None)
    minutes = round(ahead.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{local.isoformat(timespec='seconds')}{sign}{hours:02d}:{rest:02d}"


def counted(number: int, word: str) -> str:
    """A count and its noun: "1 night", "3 nights"."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")
