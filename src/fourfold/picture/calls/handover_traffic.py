"""Which events has each number, when, with whom and through which cell?

The engine counts and narrows; what is left is small enough for arrays.
"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from fourfold.base.analysis import require

CALL_COLUMNS = ("kind", "caller", "called", "start_at", "start_local", "seconds")
ADDED = ("caller_cell", "called_cell", "caller_imei", "called_imei")
NOT_BETWEEN_PEOPLE = ("data", "voicemail")
MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True)
class Traffic:
    """Events of some numbers, one row an event and side, ordered by number and time.

    `number`, `other`, `cell` and `imei` count into `names`, `cells` and `imeis`; -1
    where unknown. `at` is in microseconds UTC, `ahead` how far the clock on the wall
    was ahead of it. `events` says of every name how many events it has in all the
    data, `first` and `last` when; `begins` and `ends` are those of all the data.
    """

    names: list[str]
    cells: list[str]
    imeis: list[str]
    number: np.ndarray
    other: np.ndarray
    out: np.ndarray
    at: np.ndarray
    ahead: np.ndarray
    seconds: np.ndarray
    cell: np.ndarray
    imei: np.ndarray
    events: np.ndarray
    first: np.ndarray
    last: np.ndarray
    begins: int
    ends: int

    @property
    def days(self) -> float:
        """How many days lie between the first and the last event of the data?"""
        return (self.ends - self.begins) / MICROSECONDS_A_DAY

    def rows_of(self, number: int) -> slice:
        """Where do the events of one number stand?"""
        low, high = np.searchsorted(self.number, [number, number + 1])
        return slice(int(low), int(high))


def both_sides(calls: Any) -> Any:
    """Who was in touch with whom, one row for each side of each event?

    Args:
        calls: n events with `CALL_COLUMNS`; of `ADDED`, what it lacks is taken as "".

    Returns:
        At most 2n rows in no order: `number`, `other`, `out` (began it), `at` (UTC),
        `local`, `seconds`, `cell`, `imei`. Data sessions, voicemail, events without
        two numbers or without a time, and calls to oneself are left out.

    Raises:
        MissingColumns: `calls` lacks one of `CALL_COLUMNS`.
    """
    require(calls, "calls", CALL_COLUMNS)
    have = {n: calls[n] if n in calls.columns else ibis.literal("") for n in ADDED}
    kept = calls.mutate(**{n: c.fill_null("") for n, c in have.items()}).filter(
        _.caller != "",
        _.called != "",
        _.caller != _.called,
        _.start_at.notnull(),
        ~_.kind.isin(NOT_BETWEEN_PEOPLE),
    )
    return _side(kept, "caller", "called").union(_side(kept, "called", "caller"))


def _side(calls: Any, mine: str, theirs: str) -> Any:
    return calls.select(
        number=calls[mine],
        other=calls[theirs],
        out=ibis.literal(mine == "caller"),
        at=calls.start_at,
        local=ibis.coalesce(calls.start_local, calls.start_at.cast("timestamp")),
        seconds=calls.seconds.fill_null(0),
        cell=calls[f"{mine}_cell"],
        imei=calls[f"{mine}_imei"],
    )


def number_totals(sides: Any) -> Any:
    """How many events has each number, and when are its first and last?

    Returns:
        One row a number, in no order: `number`, `events`, `first_at`, `last_at`.
    """
    return sides.group_by("number").agg(
        events=_.count(), first_at=_["at"].min(), last_at=_["at"].max()
    )


def traffic_of(events: pa.Table, totals: pa.Table) -> Traffic:
    """Turn fetched events into ordered arrays.

    Args:
        events: rows of `both_sides`, in any order.
        totals: `number_totals` of at least every number in them, in any order.

    Returns:
        The same events in an order that does not depend on the engine.
    """
    names, number, other = _coded_together(events["number"], events["other"])
    cells, cell = _coded(events["cell"])
    imeis, imei = _coded(events["imei"])
    at = _micros(events["at"])
    columns = {
        "number": number,
        "other": other,
        "out": events["out"].to_numpy().astype(bool),
        "at": at,
        "ahead": _micros(events["local"]) - at,
        "seconds": events["seconds"].to_numpy().astype(np.int64),
        "cell": cell,
        "imei": imei,
    }
    order = np.lexsort(
        (imei, cell, columns["seconds"], columns["out"], other, at, number)
    )
    known = {name: place for place, name in enumerate(names)}
    total = np.zeros((3, len(names)), dtype=np.int64)
    places = [known.get(name, -1) for name in totals["number"].to_pylist()]
    found = np.array(places, dtype=np.int64)
    first, last = _micros(totals["first_at"]), _micros(totals["last_at"])
    for at_row, values in enumerate((totals["events"].to_numpy(), first, last)):
        total[at_row, found[found >= 0]] = values[found >= 0]
    return Traffic(
        names=names,
        cells=cells,
        imeis=imeis,
        **{name: values[order] for name, values in columns.items()},
        events=total[0],
        first=total[1],
        last=total[2],
        begins=int(first.min()) if len(first) else 0,
        ends=int(last.max()) if len(last) else 0,
    )


def _micros(column: pa.ChunkedArray) -> np.ndarray:
    plain = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return np.asarray(plain.cast(pa.int64()).to_numpy(), dtype=np.int64)


def _coded(column: pa.ChunkedArray) -> tuple[list[str], np.ndarray]:
    encoded = column.combine_chunks().dictionary_encode()
    words = encoded.dictionary.to_pylist()
    order = sorted(word for word in words if word)
    place = {word: at for at, word in enumerate(order)}
    mapped = np.array([place.get(word, -1) for word in words], dtype=np.int32)
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    if not len(mapped):
        return order, np.full(len(codes), -1, dtype=np.int32)
    return order, np.where(codes < 0, -1, mapped[codes]).astype(np.int32)


def _coded_together(
    one: pa.ChunkedArray, two: pa.ChunkedArray
) -> tuple[list[str], np.ndarray, np.ndarray]:
    both = pa.chunked_array([*one.chunks, *two.chunks], type=pa.string())
    names, codes = _coded(both)
    return names, codes[: len(one)], codes[len(one) :]
