"""Which few numbers of many are worth weighing as old and new phones?

Small data is fetched whole. Of large data the engine counts the events of each number
in equal periods, and only numbers whose traffic clearly falls or rises are fetched;
of those, the ones that share rare contacts, or were in touch with others that changed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _
from scipy import sparse

from fourfold.base.analysis import Case
from fourfold.picture.calls.events import (
    contact_events,
    counted_once,
    has_both_sides,
    only,
)
from fourfold.picture.calls.handover_change import Changes
from fourfold.picture.calls.handover_traffic import (
    MICROSECONDS_A_DAY,
    Traffic,
    Whole,
    micros,
    number_totals,
    rates,
    traffic_of,
)

FETCHED = ("number", "other", "out", "at", "local", "seconds", "cell", "imei")
MOST_CHANGED = 10_000
CLEAR = 6.0
"""Evidence for a change, in nats, below which a number of large data is not fetched."""
PERIODS = 16
CHUNK = 50_000


@dataclass(frozen=True)
class _Span:
    begins: datetime
    ends: datetime

    @property
    def edges(self) -> list[datetime]:
        """Where the equal periods begin, but the first."""
        whole = max(self.ends - self.begins, timedelta(seconds=1))
        return [self.begins + whole * at / PERIODS for at in range(1, PERIODS)]


def fetched_traffic(case: Case) -> tuple[Traffic, tuple[str, ...]]:
    """The events that matter, and notes on what was left out."""
    calls = case.tables["calls"]
    once = counted_once(calls) if has_both_sides(calls) else calls
    events = contact_events(once).select(*FETCHED)
    if int(calls.count().to_pyarrow().as_py()) <= case.parameters["most_calls"]:
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
    edge = events.aggregate(b=_["at"].min(), e=_["at"].max()).to_pyarrow()
    span = _Span(edge["b"][0].as_py(), edge["e"][0].as_py())
    numbers = _by_period(events, span.edges).to_pyarrow()
    least = int(case.parameters["least_events"])
    case.tell(0.3, "Looking for numbers that fall silent or come into use")
    kept, clear = _changed(numbers.filter(pc.field("events") >= least), span)
    rows = only(events, "number", kept).to_pyarrow()
    known = pa.array({*pc.unique(rows["other"]).to_pylist(), *kept}, pa.string())
    totals = numbers.filter(pc.is_in(numbers["number"], known))
    first, last = micros(numbers["first_at"]), micros(numbers["last_at"])
    whole = Whole(
        begins=int(first.min()),
        ends=int(last.max()),
        rate=float(np.sort(rates(numbers["events"].to_numpy(), first, last)).sum()),
    )
    looked = pc.sum(pc.greater_equal(numbers["events"], least)).as_py()
    note = (
        f"{looked:,} numbers have {least} events or more. {clear:,} of them change "
        f"clearly, and the {len(kept):,} that change most were weighed; contacts in "
        "common were not compared with those of numbers that did not change."
    )
    return traffic_of(rows, totals, whole), (note,)


def _by_period(events: Any, edges: list[datetime]) -> Any:
    """Events of each number in equal periods, with its first and last."""
    periods = events.select("number", "at", period=_period(events["at"], edges, 0))
    return periods.group_by("number").agg(
        events=_.count(),
        first_at=_["at"].min(),
        last_at=_["at"].max(),
        **{f"p{n}": _.count(where=_.period == n) for n in range(len(edges) + 1)},
    )


def _period(at: Any, edges: list[datetime], first: int) -> Any:
    """In which period is an instant? By halving: no engine counts seconds as fast."""
    if not edges:
        return ibis.literal(first, "int16")
    middle = len(edges) // 2
    edge = ibis.literal(edges[middle], "timestamp('UTC', 6)")
    early = _period(at, edges[:middle], first)
    late = _period(at, edges[middle + 1 :], first + middle + 1)
    return (at < edge).ifelse(early, late)


def _changed(busy: pa.Table, span: _Span) -> tuple[list[str], int]:
    """Which numbers change most clearly, and how many do clearly at all?"""
    begins, ends = (int(at.timestamp() * 1e6) for at in (span.begins, span.ends))
    first, last = micros(busy["first_at"]), micros(busy["last_at"])
    n = busy["events"].to_numpy()
    used = np.maximum(last - first, MICROSECONDS_A_DAY).astype(float)
    fall, rise = (
        n * np.log1p((ends - last) / used),
        n * np.log1p((first - begins) / used),
    )
    for low in range(0, len(n), CHUNK):
        some = busy.slice(low, CHUNK)
        counts = np.stack([some[f"p{p}"].to_numpy() for p in range(PERIODS)], axis=1)
        part = slice(low, low + CHUNK)
        fall[part] = np.maximum(fall[part], _fall(counts))
        rise[part] = np.maximum(rise[part], _fall(counts[:, ::-1]))
    kept = {*_clearest(busy["number"], fall), *_clearest(busy["number"], rise)}
    return sorted(kept), int(((fall >= CLEAR) | (rise >= CLEAR)).sum())


def _clearest(number: pa.ChunkedArray, sure: np.ndarray) -> list[str]:
    clear = np.flatnonzero(sure >= CLEAR)
    names = number.take(pa.array(clear)).to_pylist()
    found = sorted(zip((-sure[clear]).round(6).tolist(), names, strict=True))
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
