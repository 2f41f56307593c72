"""How much of what was planted among made-up calls does an answer hold?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Row = dict[str, Any]


@dataclass(frozen=True)
class Planted:
    """Which sheet tells what was planted, and what must be alike in a row of it."""

    sheet: str
    planted: Callable[[Row], Any]
    found: Callable[[Row], Any]


PLANTED = {
    "handovers": Planted(
        "replacements",
        lambda row: (row["old"], row["new"]),
        lambda row: (row["old"], row["new"]),
    ),
    "meetings": Planted(
        "meetings",
        lambda row: (row["a"], row["b"], row["cell"], row["at"].date().isoformat()),
        lambda row: (*row["who"], row["cell"], row["begins"][:10]),
    ),
    "travel": Planted(
        "travels",
        lambda row: (row["a"], row["b"], row["journeys"]),
        lambda row: (row["a"], row["b"], row["journeys"]),
    ),
}


def planted_found(question: str, calls: Path, rows: list[Row]) -> tuple[int, int]:
    """How much of what was planted do the rows of an answer hold, of how much?

    (0, 0): nothing was planted for this question.
    """
    if question not in PLANTED:
        return 0, 0
    sheet = PLANTED[question]
    truth = pq.read_table(calls.with_name(f"truth-{sheet.sheet}.parquet")).to_pylist()
    planted = {sheet.planted(row) for row in truth}
    return len(planted & {sheet.found(row) for row in rows}), len(planted)
