"""Which events has each number, when, with whom and through which cell?

The engine counts and narrows; what is left is small enough for arrays.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True)
class Traffic:
    """Events of some numbers, one row an event and side, ordered by number and time.

    `number`, `other`, `cell` and `imei` count into `names`, `cells` and `imeis`; -1
    where unknown. `at` is in microseconds UTC, `ahead` how far the clock on the wall
    was ahead of it. `events` says of every name how many events it has in all the
    data, `first` and `last` when; `whole` is of all the data.
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
    whole: "Whole"

    def rows_of(self, number: int) -> slice:
        """Where do the events of one number stand?"""
        low, high = np.searchsorted(self.number, [number, number + 1])
        return slice(int(low), int(high))


@dataclass(frozen=True)
class Whole:
    """All the data: from when to when, in microseconds UTC, and the `rates` summed."""

    begins: int
    ends: int
    rate: float


def number_totals(events: Any) -> Any:
    """How many events has each number, and when are its first and last?

    Args:
        events: rows of `contact_events`.

    Returns:
        One row a number, in no order: `number`, `events`, `first_at`, `last_at`.
    """
    return events.group_by("number").agg(
        events=_.count(), first_at=_["at"].min(), last_at=_["at"].max()
    )


def traffic_of(
    events: pa.Table, totals: pa.Table, whole: "Whole | None" = None
) -> Traffic:
    """Turn fetched events into ordered arrays.

    Args:
        events: rows of `contact_events`, in any order.
        totals: `number_totals` of at least every number in them, in any order.
        whole: what all numbers have, where `totals` are not of all.

    Returns:
        The same events in an order that does not depend on the engine.
    """
    names, number, other = _coded_together(events["number"], events["other"])
    cells, cell = _coded(events["cell"])
    imeis, imei = _coded(events["imei"])
    at = micros(events["at"])
    columns = {
        "number": number,
        "other": other,
        "out": events["out"].to_numpy().astype(bool),
        "at": at,
        "ahead": _ahead(events["local"], at),
        "seconds": pc.fill_null(events["seconds"], 0).to_numpy().astype(np.int64),
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
    first, last = micros(totals["first_at"]), micros(totals["last_at"])
    for at_row, values in enumerate((totals["events"].to_numpy(), first, last)):
        total[at_row, found[found >= 0]] = values[found >= 0]
    if whole is None:
        begins, ends = (int(first.min()), int(last.max())) if len(first) else (0, 0)
        each = rates(totals["events"].to_numpy(), first, last)
        whole = Whole(begins, ends, float(np.sort(each).sum()))
    return Traffic(
        names=names,
        cells=cells,
        imeis=imeis,
        **{name: values[order] for name, values in columns.items()},
        events=total[0],
        first=total[1],
        last=total[2],
        whole=whole,
    )


def rates(events: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """How many events has each number a microsecond of its use, a day at least?"""
    return np.asarray((events + 1) / np.maximum(last - first, MICROSECONDS_A_DAY))


def _ahead(local: pa.ChunkedArray, at: np.ndarray) -> np.ndarray:
    """How far was the clock on the wall ahead? 0 where it is not known."""
    known = np.asarray(pc.is_valid(local).to_numpy(zero_copy_only=False), dtype=bool)
    clock = pc.fill_null(local, datetime(1970, 1, 1))  # noqa: DTZ001 (a wall clock)
    return np.where(known, micros(clock) - at, 0)


def micros(column: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """Instants as whole microseconds after 1970."""
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
