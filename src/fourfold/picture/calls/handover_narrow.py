"""Which few numbers of many are worth weighing as old and new phones?

Small data is fetched whole. Of large data the engine counts the events of each number
in equal periods, and only numbers whose traffic clearly falls or rises are fetched;
of those, the ones that share rare contacts, or were in touch with others that changed.
"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from scipy import sparse

from fourfold.base.analysis import Case
from fourfold.picture.calls.events import (
    contact_events,
    counted_once,
    has_both_sides,
    only,
    seconds_of,
)
from fourfold.picture.calls.handover_change import Changes
from fourfold.picture.calls.handover_traffic import (
    MICROSECONDS_A_DAY,
    Traffic,
    number_totals,
    traffic_of,
)

FETCHED = ("number", "other", "out", "at", "local", "seconds", "cell", "imei")
SMALL = 300_000
"""Calls up to which all events are fetched: a few seconds' work (chosen)."""
MOST_CHANGED = 10_000
CLEAR = 6.0
"""Evidence for a change, in nats, below which a number of large data is not fetched."""
PERIODS = 48
CHUNK = 50_000


@dataclass(frozen=True)
class _Span:
    begins: float
    ends: float

    @property
    def periods(self) -> int:
        days = (self.ends - self.begins) / 86_400
        return int(np.clip(np.ceil(days), 12, PERIODS))

    @property
    def width(self) -> float:
        return max((self.ends - self.begins) / self.periods, 1.0)


def fetched_traffic(case: Case) -> tuple[Traffic, tuple[str, ...]]:
    """The events that matter, and notes on what was left out."""
    calls = case.tables["calls"]
    once = counted_once(calls) if has_both_sides(calls) else calls
    events = contact_events(once).select(*FETCHED)
    if int(calls.count().to_pyarrow().as_py()) <= SMALL:
        return traffic_of(events.to_pyarrow(), number_totals(events).to_pyarrow()), ()
    return _large(case, events)


def promising(
    traffic: Traffic, old: Changes, new: Changes, most: int
) -> tuple[Changes, Changes]:
    """The changes that share rare contacts, or belong to circles that changed too.

    Args:
        traffic: events of all of them.
        old: numbers that fell.
        new: numbers that rose.
        most: how many to keep on each side.

    Returns:
        At most `most` of each, in their order; all of them where there are fewer.
    """
    if len(old) <= most and len(new) <= most:
        return old, new
    n = len(traffic.names)
    met = sparse.csr_matrix(
        (np.ones(len(traffic.number), dtype=np.float32),
         (traffic.number, traffic.other)), (n, n),
    )  # fmt: skip
    met.data[:] = 1.0
    rare = np.where(traffic.events > 0, 1 / np.sqrt(np.maximum(traffic.events, 1)), 0)
    weighed = (met @ sparse.diags(rare.astype(np.float32))).tocsr()
    shared = weighed[old.numbers] @ weighed[new.numbers].T
    return (
        _best(old, _most_of(shared, 1) + _inside(met, old), most),
        _best(new, _most_of(shared, 0) + _inside(met, new), most),
    )


def _most_of(shared: sparse.csr_matrix, axis: int) -> np.ndarray:
    return np.asarray(shared.max(axis=axis).todense()).ravel()


def _inside(met: sparse.csr_matrix, changes: Changes) -> np.ndarray:
    """Which share of its contacts changed within a day of it?"""
    pairs = met[changes.numbers][:, changes.numbers].tocoo()
    apart = np.abs(changes.at[pairs.row] - changes.at[pairs.col])
    near = pairs.row[apart <= 1.5 * MICROSECONDS_A_DAY]
    contacts = np.diff(met.indptr)[changes.numbers]
    count = np.bincount(near, minlength=len(changes))
    return np.asarray(np.where(count >= 2, count / np.maximum(contacts, 1), 0.0))


def _best(changes: Changes, promise: np.ndarray, most: int) -> Changes:
    """Those with most promise; of equals, the more certain and then the first."""
    order = np.lexsort((changes.numbers, -changes.sure, -promise))[:most]
    kept = np.zeros(len(changes), dtype=bool)
    kept[order] = True
    return changes.where(kept)


def _large(case: Case, events: Any) -> tuple[Traffic, tuple[str, ...]]:
    seconds = events.mutate(second=seconds_of(events["at"]))
    edge = seconds.aggregate(b=_.second.min(), e=_.second.max()).to_pyarrow()
    span = _Span(float(edge["b"][0].as_py()), float(edge["e"][0].as_py()))
    numbers = _by_period(seconds, span).cache()
    least = int(case.parameters["least_events"])
    busy = numbers.filter(numbers.events >= least)
    case.tell(0.3, "Looking for numbers that fall silent or come into use")
    names, kept, clear = _changed(busy, span)
    rows = only(events, "number", kept).to_pyarrow()
    known = sorted({*rows["other"].to_pylist(), *kept})
    totals = only(numbers, "number", known).select(
        "number", "events", "first_at", "last_at"
    )
    life = (seconds_of(_.last_at) - seconds_of(_.first_at)).clip(lower=86_400)
    rate = numbers.aggregate(
        rate=((_.events + 1) / life).sum(), first=_.first_at.min(), last=_.last_at.max()
    ).to_pyarrow()
    traffic = traffic_of(rows, totals.to_pyarrow(), whole=rate)
    note = (
        f"{names:,} numbers have {least} events or more. {clear:,} of them change "
        f"clearly, and the {len(kept):,} that change most were weighed; contacts in "
        "common were not compared with those of numbers that did not change."
    )
    return traffic, (note,)


def _by_period(seconds: Any, span: _Span) -> Any:
    """Events of each number in equal periods, with its first and last."""
    place = ((seconds.second - span.begins) / span.width).floor().cast("int32")
    last = ibis.literal(span.periods - 1, "int32")
    periods = seconds.select("number", "at", period=ibis.least(place, last))
    some = periods.group_by("number", "period").agg(
        n=_.count(), first_at=_["at"].min(), last_at=_["at"].max()
    )
    return some.group_by("number").agg(
        events=_.n.sum(),
        first_at=_.first_at.min(),
        last_at=_.last_at.max(),
        **{
            f"p{at}": _.n.sum(where=_.period == at).fill_null(0).cast("int32")
            for at in range(span.periods)
        },
    )


def _changed(busy: Any, span: _Span) -> tuple[int, list[str], int]:
    """How many were looked at, which change most clearly, and how many do at all?"""
    names: list[pa.Array] = []
    fallen: list[np.ndarray] = []
    risen: list[np.ndarray] = []
    asked = busy.select("number", *(f"p{at}" for at in range(span.periods)))
    for batch in asked.to_pyarrow_batches(chunk_size=CHUNK):
        counts = np.stack([c.to_numpy() for c in batch.columns[1:]], axis=1)
        names.append(batch.column(0))
        fallen.append(_fall(counts))
        risen.append(_fall(counts[:, ::-1]))
    if not names:
        return 0, [], 0
    number = np.array(pa.chunked_array(names).to_pylist(), dtype=object)
    fall, rise = np.concatenate(fallen), np.concatenate(risen)
    kept = {*_clearest(number, fall), *_clearest(number, rise)}
    clear = int(((fall >= CLEAR) | (rise >= CLEAR)).sum())
    return len(number), sorted(kept), clear


def _clearest(number: np.ndarray, sure: np.ndarray) -> list[str]:
    clear = np.flatnonzero(sure >= CLEAR)
    found = sorted(zip((-sure[clear]).round(6), number[clear], strict=True))
    return [name for _sure, name in found[:MOST_CHANGED]]


def _fall(counts: np.ndarray) -> np.ndarray:
    """How surely does each row of counts fall at its best moment, in nats?"""
    counts = counts.astype(np.float64)
    size = counts.shape[1]
    first = np.argmax(counts > 0, axis=1)[:, None]
    before = np.cumsum(counts, axis=1)[:, :-1]
    after = counts.sum(axis=1, keepdims=True) - before
    busy = np.maximum(np.arange(1, size)[None, :] - first, 0.5)
    left = np.arange(size - 1, 0, -1)[None, :].astype(float)
    total, whole = before + after, busy + left
    with np.errstate(divide="ignore", invalid="ignore"):
        sure = np.where(before > 0, before * np.log(before * whole / total / busy), 0)
        sure += np.where(after > 0, after * np.log(after * whole / total / left), 0)
    falls = after / left < 0.5 * before / busy
    return np.asarray(np.where(falls, sure, 0.0).max(axis=1))
