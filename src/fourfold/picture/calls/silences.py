"""When was a number silent for longer than is usual for it?"""

from collections.abc import Collection
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import (
    MOST_NUMBERS,
    PERIOD,
    TARGETS,
    asked_calls,
    looked_at,
    shown,
)
from fourfold.picture.calls.events import call_events, seconds_of
from fourfold.picture.calls.said import HOUR, many, said_at, said_span

COLUMNS = (
    ("number", "Number", "text", ""),
    ("began_at", "Last event before", "instant", "UTC"),
    ("ended_at", "First event after", "instant", "UTC"),
    ("hours", "Silent", "number", "hours"),
    ("usual_hours", "Its median gap", "number", "hours"),
    ("times", "Times its median gap", "number", ""),
    ("shorter", "Gaps that were shorter", "whole", ""),
    ("gaps", "Of its gaps", "whole", ""),
    ("to_the_end", "Lasts to the end of the records", "flag", ""),
    ("also_silent", "Other numbers in an unusual silence then", "whole", ""),
    ("before", "Other party before", "text", ""),
    ("after", "Other party after", "text", ""),
    ("cell_before", "Cell used before", "text", ""),
    ("cell_after", "Cell used after", "text", ""),
    ("input", "Input of the last event before", "whole", ""),
    ("line", "Line of the last event before", "whole", ""),
)
ORDER = ("at", "input", "line")
SAID = 10
MIDDLE = 0.5


def gaps(events: Any, last_second: int) -> Any:
    """How long after each event of a number did the next one come?

    Args:
        events: rows of `call_events`.
        last_second: seconds after 1970 of the last event of the records.

    Returns:
        One row an event, in no order: `gap` in seconds to the next event of the number
        or, for its last, to `last_second`; `ended_at` and what followed, null for the
        last.
    """
    forth = ibis.window(group_by="number", order_by=[events[name] for name in ORDER])
    following = events.mutate(
        ended_at=events["at"].lead().over(forth),
        after=events.other.lead().over(forth),
        cell_after=events.cell.lead().over(forth),
    )
    until = seconds_of(following.ended_at).fill_null(last_second)
    return following.mutate(gap=until - seconds_of(following["at"]))


def unusual_gaps(gaps: Any, *, times: float, least_seconds: int, rarest: float) -> Any:
    """Which gaps are unusual for their number?

    Args:
        gaps: what `gaps` returns.
        times: a gap must be so many times the number's median gap.
        least_seconds: and so long.
        rarest: and among the longest of the number: this share of them, or the longest.

    Returns:
        Those rows, in no order, with `median` (seconds, the lower one of an even
        number), `shorter` (its gaps that come before in order of length) and `count`.
    """
    by_length = [gaps.gap, *(gaps[name] for name in ORDER)]
    window = ibis.window(group_by="number", order_by=by_length)
    of_number = ibis.window(group_by="number")
    placed = gaps.mutate(
        shorter=ibis.row_number().over(window), count=gaps.gap.count().over(of_number)
    )
    middle = ((placed["count"] - 1) / 2).floor()
    is_middle = placed.shorter == middle
    median = ibis.cases((is_middle, placed.gap)).max().over(of_number)
    measured = placed.mutate(median=median)
    rare = ibis.greatest((measured["count"] * rarest).floor(), 1)
    return measured.filter(
        (_.gap >= times * _["median"])
        & (_.gap >= least_seconds)
        & (_.shorter >= _["count"] - rare)
        & (_["count"] > 1)
    )


def run_silences(case: Case) -> Findings:
    """Find the unusual silences of the numbers of a case."""
    asked = asked_calls(case)
    numbers, notes = looked_at(case, asked)
    last = asked.calls.aggregate(last=seconds_of(_.start_at.max())).to_pyarrow()
    last_second = last["last"][0].as_py() or 0
    case.tell(0.4, "Measuring the gaps between events")
    found = _found(asked.calls, numbers, last_second, case.parameters)
    rows = [_row(row) for row in found.to_pylist()]
    _count_also_silent(rows)
    most = case.parameters["most_rows"]
    if len(rows) > most:
        notes += (f"{len(rows) - most:,} more silences are left out.",)
    silent = len({row["number"] for row in rows})
    caption = (
        f"{many(len(rows), 'unusual silence')} of {silent:,} of "
        f"{many(len(numbers), 'number')}, the longest against what is usual first."
    )
    table = shown("silences", caption, COLUMNS, rows[:most])
    return Findings(_answers(table.rows), (table,), notes=asked.notes + notes)


def _found(
    calls: Any, numbers: Collection[str], last_second: int, parameters: Any
) -> pa.Table:
    events = call_events(calls, numbers)
    if not parameters["incoming"]:
        events = events.filter(events.out)
    unusual = unusual_gaps(
        gaps(events, last_second),
        times=parameters["times"],
        least_seconds=int(parameters["least_hours"] * HOUR),
        rarest=parameters["rarest"],
    )
    named = unusual.rename(began_at="at", before="other", cell_before="cell")
    longest = (named.gap / ibis.greatest(named["median"], 1)).desc()
    return named.order_by([longest, named.number, named.began_at]).to_pyarrow()


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "hours": row["gap"] / HOUR,
        "usual_hours": row["median"] / HOUR,
        "times": row["gap"] / max(row["median"], 1),
        "gaps": row["count"],
        "to_the_end": row["ended_at"] is None,
    }


def _count_also_silent(rows: list[dict[str, Any]]) -> None:
    """Add to each silence how many others cover its middle."""
    if not rows:
        return
    begins = np.array([_second(row["began_at"]) for row in rows])
    ends = begins + np.array([row["gap"] for row in rows])
    middle = begins + MIDDLE * (ends - begins)
    begun = np.searchsorted(np.sort(begins), middle, side="right")
    over = np.searchsorted(np.sort(ends), middle, side="right")
    for row, count in zip(rows, begun - over - 1, strict=True):
        row["also_silent"] = int(count)


def _second(at: Any) -> float:
    return float(np.datetime64(at.replace(tzinfo=None), "s").astype(np.int64))


def _answers(rows: pa.Table) -> tuple[Answer, ...]:
    first = rows.slice(0, SAID).to_pylist()
    said = [Answer(_sentence(row), "silences", (n,)) for n, row in enumerate(first)]
    return tuple(said) or (Answer("No number was silent for unusually long."),)


def _sentence(row: dict[str, Any]) -> str:
    until = "the end of the records"
    if not row["to_the_end"]:
        until = said_at(row["ended_at"])
    return (
        f"{row['number']} was silent from {said_at(row['began_at'])} to {until}, "
        f"{said_span(row['hours'] * HOUR)}: {row['times']:,.0f} times its median gap, "
        f"longer than {row['shorter']:,} of its {row['gaps']:,} gaps; "
        f"{many(row['also_silent'], 'other number')} looked at "
        f"{'was' if row['also_silent'] == 1 else 'were'} unusually silent then too."
    )


SILENCES = Analysis(
    key="calls.silences",
    question="When was a number silent for longer than is usual for it?",
    method=(
        "The gaps between one event of a number and the next are put in order. A gap "
        "is unusual when it is so many times the number's own median gap, has a least "
        "length, and is among its rarest. Numbers in an unusual silence at the same "
        "time are counted, since a silence that many share may be a gap in the records."
    ),
    takes=("calls",),
    run=run_silences,
    parameters=(
        TARGETS,
        Parameter(
            "times",
            "Least length, in times the number's median gap.",
            "number",
            3.0,
            least=1,
            most=1000,
        ),
        Parameter(
            "least_hours", "Least length.", "number", 24.0, "hours", least=0, most=8760
        ),
        Parameter(
            "rarest",
            "Share of a number's gaps that may count as unusual, the longest first; "
            "one always may.",
            "number",
            0.02,
            least=0,
            most=1,
        ),
        Parameter(
            "incoming",
            "Count what a number received as use of it.",
            "flag",
            default=True,
        ),
        Parameter(
            "most_rows", "Most silences to list.", "whole", 10_000, least=1, most=10**6
        ),
        MOST_NUMBERS,
        *PERIOD,
    ),
    limits=(
        "Silence shows that the records hold no event: the phone may have been off, "
        "out of reach, unused, or used over data that was not recorded.",
        "A text that was sent to a phone while it was off may be recorded when it was "
        "sent.",
    ),
    source="3 times the median gap: common analytic practice (inference); 24 hours and "
    "2 in 100 chosen",
)
