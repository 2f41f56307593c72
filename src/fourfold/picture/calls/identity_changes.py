"""Which SIM went into a new handset, and which handset took a new SIM?"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.base.kept import kept
from fourfold.picture.calls.asked import PERIOD, TARGETS, asked_calls, shown
from fourfold.picture.calls.events import only
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import many, named, said_at, said_span

IMEI_DIGITS = 14
NOBODY = "^0*$"
"""An identifier that is empty or all noughts is none."""
SAID = 10


@dataclass(frozen=True)
class Change:
    """What changes in what: a SIM's handset, or a handset's SIM."""

    name: str
    holder: str
    worn: str
    holder_word: str
    worn_word: str


HANDSET_OF_SIM = Change("handsets", "imsi", "imei", "SIM", "handset")
SIM_OF_HANDSET = Change("sims", "imei", "imsi", "handset", "SIM")


def spells(backend: Any, calls: Any) -> Any:
    """From when to when was each SIM seen in each handset?

    Args:
        backend: the engine, which holds the sums of either side.
        calls: rows with the identifiers, numbers and times of CALL_COLUMNS.

    Returns:
        One row a pair of `imei` (14 digits) and `imsi`, in no order: `events`,
        `first_at`, `last_at`, and `number`, the greatest by name of those seen with
        them. Rows without either are left out.
    """
    # Each side has a filter of its own: what both read would be held row by row.
    sides = [
        calls.filter(calls.start_at.notnull() & (calls[f"{side}_imei"] != ""))
        .group_by(imei=calls[f"{side}_imei"], imsi=calls[f"{side}_imsi"])
        .agg(
            events=_.count(),
            first_at=_.start_at.min(),
            last_at=_.start_at.max(),
            number=_[side].max(),
        )
        for side in ("caller", "called")
    ]
    # Held, since an engine would move the dear filter to every row before the sums.
    seen = kept(backend, sides[0].union(sides[1]))
    known = seen.filter(~seen.imei.re_search(NOBODY) & ~seen.imsi.re_search(NOBODY))
    return (
        known.mutate(imei=known.imei.left(IMEI_DIGITS))
        .group_by(["imei", "imsi"])
        .agg(
            events=_.events.sum(),
            first_at=_.first_at.min(),
            last_at=_.last_at.max(),
            number=_.number.max(),
        )
    )


def changes(spells: Any, change: Change) -> Any:
    """Which spell of a holder followed which?

    Args:
        spells: what `spells` returns.
        change: which identifier holds, and which changes.

    Returns:
        One row a change, in no order: `holder`, `old`, `new`, `old_number`,
        `new_number`, the times and events of both, `worn_count` (how many the holder
        had in all).
    """
    order = [spells.first_at, spells.last_at, spells[change.worn]]
    window = ibis.window(group_by=change.holder, order_by=order)
    before = {
        "old": spells[change.worn],
        "old_number": spells.number,
        "old_first_at": spells.first_at,
        "old_last_at": spells.last_at,
        "old_events": spells.events,
    }
    followed = spells.mutate(
        **{name: column.lag().over(window) for name, column in before.items()},
        worn_count=spells.events.count().over(ibis.window(group_by=change.holder)),
    )
    return followed.filter(followed.old.notnull()).select(
        *before,
        "worn_count",
        holder=followed[change.holder],
        new=followed[change.worn],
        new_number=followed.number,
        new_first_at=followed.first_at,
        new_last_at=followed.last_at,
        new_events=followed.events,
    )


def change_columns(change: Change) -> tuple[tuple[str, str, str, str], ...]:
    """Which columns has the table of changes?"""
    return (
        ("holder", _capital(change.holder_word), "text", change.holder.upper()),
        ("old", f"Old {change.worn_word}", "text", change.worn.upper()),
        ("new", f"New {change.worn_word}", "text", change.worn.upper()),
        ("old_number", "Number with the old", "text", ""),
        ("new_number", "Number with the new", "text", ""),
        ("old_last_at", "Old last seen", "instant", "UTC"),
        ("new_first_at", "New first seen", "instant", "UTC"),
        ("gap_hours", "Gap", "number", "hours"),
        ("overlap_hours", "Overlap", "number", "hours"),
        ("old_first_at", "Old first seen", "instant", "UTC"),
        ("new_last_at", "New last seen", "instant", "UTC"),
        ("old_events", "Events with the old", "whole", ""),
        ("new_events", "Events with the new", "whole", ""),
        ("worn_count", _capital(f"{change.worn_word}s in all"), "whole", ""),
    )


def changes_run(change: Change) -> Callable[[Case], Findings]:
    """What finds the changes of a case?"""

    def run(case: Case) -> Findings:
        asked = asked_calls(case)
        case.tell(0.1, "Looking which SIM was in which handset")
        seen = spells(case.backend, asked.calls)
        if case.parameters["targets"]:
            seen = _of_targets(seen, change, case.parameters["targets"])
        found = changes(seen, change)
        limit = case.parameters["most_worn"]
        crowded = found.filter(_.worn_count > limit).select("holder").distinct()
        left_out = sorted(crowded.to_pyarrow()["holder"].to_pylist())
        few = found.filter(_.worn_count <= limit)
        most = case.parameters["most_rows"]
        ordered = few.order_by([_.new_first_at, _.holder, _.new]).limit(most + 1)
        rows = [_with_gap(row) for row in ordered.to_pyarrow().to_pylist()]
        notes = asked.notes + _notes(change, left_out, limit, len(rows) > most, most)
        table = _table(change, rows[:most])
        return Findings(_answers(change, rows[:most]), (table,), notes=notes)

    return run


def _of_targets(seen: Any, change: Change, targets: Collection[str]) -> Any:
    """The spells of holders that a target number, IMEI or IMSI was seen with."""
    wanted = {text for t in targets for text in (t, t[:IMEI_DIGITS])}
    wanted |= set(numbers_meant(list(targets)))
    own = ibis.union(*(only(seen, name, wanted) for name in ("number", "imei", "imsi")))
    return seen.semi_join(own.select(change.holder).distinct(), change.holder)


def _with_gap(row: dict[str, Any]) -> dict[str, Any]:
    hours = (row["new_first_at"] - row["old_last_at"]).total_seconds() / 3600
    ends = min(row["new_last_at"], row["old_last_at"])
    both = (ends - row["new_first_at"]).total_seconds() / 3600
    return row | {
        "gap_hours": hours if hours >= 0 else None,
        "overlap_hours": both if hours < 0 else None,
    }


def _table(change: Change, rows: list[dict[str, Any]]) -> Any:
    holders = len({row["holder"] for row in rows})
    caption = (
        f"{many(len(rows), 'change')} of {change.worn_word} in "
        f"{many(holders, change.holder_word)}, in the order of time."
    )
    return shown(change.name, caption, change_columns(change), rows)


def _notes(
    change: Change, left_out: list[str], limit: int, is_cut: bool, most: int
) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    if left_out:
        notes += (
            f"{many(len(left_out), change.holder_word)} with more than {limit:,} "
            f"{change.worn_word}s left out, since the identifier may be shared or "
            f"copied: {named(left_out)}.",
        )
    return notes + ((f"Only the first {most:,} changes are listed.",) if is_cut else ())


def _answers(change: Change, rows: list[dict[str, Any]]) -> tuple[Answer, ...]:
    said = [
        Answer(_sentence(change, row), change.name, (n,))
        for n, row in enumerate(rows[:SAID])
    ]
    none = f"No {change.holder_word} was seen with a second {change.worn_word}."
    return tuple(said) or (Answer(none),)


def _sentence(change: Change, row: dict[str, Any]) -> str:
    if row["gap_hours"] is not None:
        between = f"{said_span(row['gap_hours'] * 3600)} after the old was last seen"
    else:
        overlap = said_span(row["overlap_hours"] * 3600)
        between = f"while the old was still in use: both were seen for {overlap}"
    numbers = row["new_number"] or "no number"
    if row["old_number"] != row["new_number"]:
        numbers = f"{row['old_number'] or 'no number'}, then {numbers}"
    return (
        f"{_capital(change.holder_word)} {row['holder']} ({numbers}) was seen with "
        f"{change.worn_word} {row['new']} from {said_at(row['new_first_at'])}, "
        f"{between} ({change.worn_word} {row['old']}, {row['old_events']:,} events)."
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _parameters(change: Change) -> tuple[Parameter, ...]:
    return (
        Parameter(TARGETS.name, "Only these numbers, IMEIs or IMSIs.", "texts", ()),
        Parameter(
            "most_worn",
            f"Leave out a {change.holder_word} with more {change.worn_word}s than "
            "this.",
            "whole",
            20,
            least=2,
            most=100_000,
        ),
        Parameter(
            "most_rows", "Most changes to list.", "whole", 10_000, least=1, most=10**6
        ),
        *PERIOD,
    )


def _question(change: Change, question: str, method: str) -> Analysis:
    return Analysis(
        key=f"calls.{change.name}",
        question=question,
        method=method,
        takes=("calls",),
        run=changes_run(change),
        parameters=_parameters(change),
        limits=(
            "An IMEI can be copied or changed, so that one IMEI is not always one "
            "handset.",
            "A handset or SIM is seen only when a record names it; the change lies "
            "between the last record with the old and the first with the new.",
        ),
        source="3GPP TS 23.003 (IMEI: 14 digits and a check digit); definition: common "
        "analytic practice (inference); limit of 20 chosen",
    )


HANDSETS = _question(
    HANDSET_OF_SIM,
    "Which SIM went into a new handset, and when?",
    "For each SIM (IMSI) the handsets (first 14 digits of the IMEI) it was seen in are "
    "put in the order in which they were first seen. Each that follows another is a "
    "change, shown with the gap between them or, where both were in use, the overlap.",
)
SIMS = _question(
    SIM_OF_HANDSET,
    "Which handset took a new SIM, and when?",
    "For each handset (first 14 digits of the IMEI) the SIMs (IMSI) seen in it are put "
    "in the order in which they were first seen. Each that follows another is a "
    "change, shown with the gap between them or, where both were in use, the overlap.",
)
