"""When was a number silent for longer than is usual for it?"""

from collections.abc import Collection
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.base.kept import kept
from fourfold.picture.calls.asked import (
    MOST_NUMBERS,
    PERIOD,
    TARGETS,
    asked_calls,
    looked_at,
    shown,
)
from fourfold.picture.calls.events import call_events, only, seconds_of
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


def gaps(events: Any, *told: str) -> Any:
    """How long after each event of a number did the next one come?

    Args:
        events: rows of `call_events`, of all of them or of those that follow each
            other.
        told: what to tell of the next event beside its time, as `next_` and its name.

    Returns:
        One row an event, in no order: its columns, `ended_at` and what is told of the
        next event of the number, null for its last.
    """
    order = [events[name] for name in ORDER]
    forth = ibis.window(group_by="number", order_by=order)
    following = {f"next_{name}": events[name].lead().over(forth) for name in told}
    return events.mutate(ended_at=events["at"].lead().over(forth), **following)


def measured(gaps: Any, last_second: int) -> Any:
    """How long is each gap in seconds? The last of a number lasts to `last_second`."""
    until = seconds_of(gaps.ended_at).fill_null(last_second)
    return gaps.mutate(gap=until - seconds_of(gaps["at"]))


def medians(gaps: Any) -> Any:
    """What is the median gap of each number, the lower one of an even number?

    Args:
        gaps: rows with `number` and `gap`.

    Returns:
        One row a number, in no order: `number`, `median`.
    """
    counted = gaps.group_by(["number", "gap"]).agg(gaps=_.count())
    so_far = ibis.cumulative_window(group_by="number", order_by=counted.gap)
    placed = counted.mutate(
        so_far=counted.gaps.sum().over(so_far),
        of=counted.gaps.sum().over(ibis.window(group_by="number")),
    )
    upper = placed.filter(2 * placed.so_far >= placed.of)
    return upper.group_by("number").agg(median=_.gap.min())


def unusual_gaps(gaps: Any, *, times: float, least_seconds: int, rarest: float) -> Any:
    """Which gaps are unusual for their number?

    Args:
        gaps: what `measured` returns.
        times: a gap must be so many times the number's median gap.
        least_seconds: and so long.
        rarest: and among the longest of the number: this share of them, or the longest.

    Returns:
        Those rows, in no order, with `median` in seconds, `shorter` (its gaps that come
        before in order of length) and `count`.
    """
    counts = gaps.group_by("number").agg(count=_.count()).filter(_["count"] > 1)
    long = gaps.filter(gaps.gap >= least_seconds).join(counts, "number")
    back = [long[name].desc() for name in ("gap", *ORDER)]
    longer = ibis.row_number().over(ibis.window(group_by="number", order_by=back))
    rare = ibis.greatest((long["count"] * rarest).floor(), 1)
    placed = long.mutate(shorter=long["count"] - 1 - longer, is_rare=longer < rare)
    rarely = placed.filter(placed.is_rare).drop("is_rare")
    usual = medians(gaps.semi_join(rarely, "number"))
    return rarely.join(usual, "number").filter(_.gap >= times * _["median"])


def run_silences(case: Case) -> Findings:
    """Find the unusual silences of the numbers of a case."""
    asked = asked_calls(case)
    numbers, notes = looked_at(case, asked)
    last = asked.calls.aggregate(last=seconds_of(_.start_at.max())).to_pyarrow()
    last_second = last["last"][0].as_py() or 0
    case.tell(0.4, "Measuring the gaps between events")
    unusual = kept(case.backend, _unusual(case, asked.calls, numbers, last_second))
    case.tell(0.9, "Fetching what was before and after")
    rows = [_row(row) for row in _told(case, asked.calls, unusual).to_pylist()]
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


def _events(case: Case, calls: Any, numbers: Collection[str] | None = None) -> Any:
    events = call_events(calls, numbers)
    return events if case.parameters["incoming"] else events.filter(events.out)


def _unusual(case: Case, calls: Any, numbers: Collection[str], last_second: int) -> Any:
    narrow = gaps(_events(case, calls, numbers).select("number", *ORDER))
    return unusual_gaps(
        measured(kept(case.backend, narrow), last_second),
        times=case.parameters["times"],
        least_seconds=int(case.parameters["least_hours"] * HOUR),
        rarest=case.parameters["rarest"],
    )


def _told(case: Case, calls: Any, unusual: Any) -> pa.Table:
    """The unusual gaps with the events before and after them, the longest first."""
    begun = unusual.select("number", "at")
    ends = begun.union(unusual.select("number", at="ended_at"))
    instants = {at for at in ends.to_pyarrow()["at"].to_pylist() if at is not None}
    events = _events(case, only(calls, "start_at", instants))
    near = events.select("number", *ORDER, "other", "cell").semi_join(
        ends, ["number", "at"]
    )
    told = gaps(near, "other", "cell").drop("at", "ended_at")
    named = unusual.join(told, ["number", "input", "line"]).rename(
        began_at="at",
        before="other",
        cell_before="cell",
        after="next_other",
        cell_after="next_cell",
    )
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
