"""What does every question about calls stand on: each call once, seen from both sides?

An operator's schedule for one number and that for another hold the same call twice when
the two rang each other. It is one call: it is counted once, with what both records say.
"""

from collections.abc import Callable, Collection
from typing import Any

import ibis
import ibis.expr.datatypes as dt
from ibis import _

from fourfold.base.analysis import require

CALL_COLUMNS = (
    "input",
    "line",
    "kind",
    "caller",
    "called",
    "forwarded_to",
    "start_at",
    "start_local",
    "seconds",
    "subject",
    "caller_imei",
    "caller_imsi",
    "called_imei",
    "called_imsi",
    "caller_cell",
    "caller_last_cell",
    "called_cell",
    "called_last_cell",
)
EVENT_COLUMNS = (
    "number",
    "other",
    "out",
    "kind",
    "at",
    "local",
    "seconds",
    "imei",
    "imsi",
    "cell",
    "last_cell",
    "input",
    "line",
)
SAME_CALL_SECONDS = 5
"""How far apart the clocks of two records of one call may be (inference)."""
KEY = ("caller", "called", "kind")
EITHER = (
    "subject",
    "caller_imei",
    "caller_imsi",
    "called_imei",
    "called_imsi",
    "caller_cell",
    "caller_last_cell",
    "called_cell",
    "called_last_cell",
)
LISTED = 500
"""Values that a filter names one by one; more are laid down as a table."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def unix_seconds(at: dt.Timestamp(timezone="UTC")) -> dt.int64:  # type: ignore[valid-type]
    """Whole seconds after 1970, as Spark and our DuckDB call it."""


def call_events(calls: Any, numbers: Collection[str] | None = None) -> Any:
    """Which events has each phone number, seen from its own side?

    Args:
        calls: n rows with CALL_COLUMNS, each call once (`counted_once`).
        numbers: only the events of these; `None`: of every number.

    Returns:
        At most 2n rows with EVENT_COLUMNS, in no order: one for the caller and, where
        another number was reached, one for that. `number` is whose side it is, `other`
        the other party ("" for data), `out` whether `number` began it; `imei`, `imsi`,
        `cell` and `last_cell` are those of `number`, "" where not recorded. Rows
        without a time, and the second side of a number that rang itself, are left out.

    Raises:
        MissingColumns: `calls` lacks one of CALL_COLUMNS.
    """
    require(calls, "calls", CALL_COLUMNS)
    timed = calls.filter(calls.start_at.notnull())
    if numbers is not None:
        is_theirs = one_of(numbers)
        timed = timed.filter(is_theirs(timed.caller) | is_theirs(timed.called))
    # Each row twice, of one reading: to read the calls once a side takes longer.
    events = _sides(timed.mutate(out=ibis.array([True, False]).unnest()))
    is_side = events.out | (events.number != events.other)
    events = events.filter((events.number != "") & is_side)
    return events if numbers is None else events.filter(is_theirs(events.number))


def contact_events(calls: Any, numbers: Collection[str] | None = None) -> Any:
    """Which events has each phone number with another number?

    As `call_events`, without data sessions, voicemail and numbers that rang themselves.
    """
    events = call_events(calls, numbers)
    with_other = (events.other != "") & (events.other != events.number)
    return events.filter(with_other & ~events.kind.isin(["data", "voicemail"]))


def counted_once(calls: Any, within_seconds: int = SAME_CALL_SECONDS) -> Any:
    """Which calls are there when two records of one call count once?

    Two rows are one call when caller, called and kind agree, they begin no more than
    `within_seconds` after each other, and they are from different schedules: another
    `subject` or another `input`. Rows of one schedule are never merged, so two texts
    within a second stay two.

    Args:
        calls: n rows with CALL_COLUMNS.
        within_seconds: 0 or more.

    Returns:
        At most n rows with the columns of `calls`, in no order. A merged row has the
        earliest time, the longest duration, the input and line of its first record, and
        of each other column what either record says. Rows whose other side has no
        schedule of its own are passed on as they are.
    """
    require(calls, "calls", CALL_COLUMNS)
    twice = _perhaps_twice(calls)
    columns = list(calls.columns)
    alone = calls.anti_join(twice, list(KEY)).select(columns)
    merged = _merged(calls.semi_join(twice, list(KEY)), within_seconds)
    return ibis.union(alone, merged.select(columns))


def has_both_sides(calls: Any) -> bool:
    """May a call stand in these records twice? Asks the engine.

    Only where there is more than one file or more than one kind of subject.
    """
    by_subject = calls.group_by("subject").agg(
        first=calls.input.min(), last=calls.input.max()
    )
    rows = by_subject.to_pyarrow().to_pylist()
    inputs = {row[end] for row in rows for end in ("first", "last")}
    return len(rows) > 1 or len(inputs) > 1


def seconds_of(instant: Any) -> Any:
    """How many whole seconds after 1970 is an instant? The same on every engine.

    On tables of an engine that `open_engine` opened.
    """
    return unix_seconds(instant)


def only(table: Any, column: str, values: Collection[Any]) -> Any:
    """Which rows have one of these values in a column? None of them: no rows."""
    return table.filter(one_of(values)(table[column]))


def one_of(values: Collection[Any]) -> Callable[[Any], Any]:
    """What tells of a column whether it is one of these values?"""
    named = sorted(values)
    if len(named) <= LISTED:
        return lambda column: column.isin(named)
    listed = ibis.memtable({"listed": named})
    return lambda column: column.isin(listed.listed)


def _sides(calls: Any) -> Any:
    """The columns of events of calls, from the side of the caller where `out`."""

    def of(caller: str, called: str) -> Any:
        return calls.out.ifelse(calls[caller], calls[called])

    return calls.select(
        number=of("caller", "called"),
        other=of("called", "caller"),
        out=calls.out,
        kind=calls.kind,
        at=calls.start_at,
        local=calls.start_local,
        seconds=calls.seconds,
        imei=of("caller_imei", "called_imei"),
        imsi=of("caller_imsi", "called_imsi"),
        cell=of("caller_cell", "called_cell"),
        last_cell=of("caller_last_cell", "called_last_cell"),
        input=calls.input,
        line=calls.line,
    )


def _perhaps_twice(calls: Any) -> Any:
    """The pairs and kinds that stand in more than one schedule."""
    schedules = (
        calls.filter(calls.called != "")
        .group_by(list(KEY))
        .agg(
            first=_.input.min(),
            last=_.input.max(),
            one=_.subject.min(),
            other=_.subject.max(),
        )
    )
    several = (schedules.first != schedules.last) | (schedules.one != schedules.other)
    return schedules.filter(several).select(*KEY)


def _merged(calls: Any, within_seconds: int) -> Any:
    """The n-th record of each schedule within a run of records is the same call."""
    ordered = {"group_by": list(KEY), "order_by": [_.start_at, _.input, _.line]}
    timed = calls.mutate(second=seconds_of(calls.start_at))
    apart = timed.second - timed.second.lag().over(ibis.window(**ordered))
    begins = (apart.isnull() | (apart > within_seconds)).ifelse(1, 0)
    marked = timed.mutate(begins=begins)
    so_far = ibis.cumulative_window(**ordered)
    runs = marked.mutate(run=marked.begins.sum().over(so_far))
    numbered = runs.mutate(place=_nth([*KEY, "run", "subject", "input"]))
    same = [*KEY, "run", "place"]
    return (
        numbered.mutate(nth=_nth(same))
        .group_by(same)
        .agg(
            input=_.input.max(where=_.nth == 0),
            line=_.line.max(where=_.nth == 0),
            forwarded_to=_.forwarded_to.max(),
            start_at=_.start_at.min(),
            start_local=_.start_local.min(),
            seconds=_.seconds.max(),
            **{name: _[name].max() for name in EITHER},
        )
    )


def _nth(group: list[str]) -> Any:
    """The place of a row among those of its group, by time, from 0."""
    order = [_.start_at, _.input, _.line]
    return ibis.row_number().over(ibis.window(group_by=group, order_by=order))
