"""When does the traffic of a number fall away or set in, and how surely?

A number is not asked for its first and last event but for a change point: the moment
at which its rate of events falls or rises most clearly. A stray call afterwards, or a
few before, move it little.
"""

from dataclasses import dataclass

import numpy as np

from fourfold.picture.calls.handover_traffic import MICROSECONDS_A_DAY, Traffic

ONE_HOUR = MICROSECONDS_A_DAY // 24


@dataclass(frozen=True)
class Changes:
    """One change a number: when, how sure, how much traffic on its busy side.

    Arrays run over `numbers`. `at` is the last event before a fall, or the first after
    a rise, in microseconds UTC; `sure` the log-likelihood ratio of two rates against
    one, 0 where there is no change; `begins` and `ends` bound the busy side; `kept` is
    how many events stand on it and `stray` how many on the other.
    """

    numbers: np.ndarray
    at: np.ndarray
    sure: np.ndarray
    begins: np.ndarray
    ends: np.ndarray
    kept: np.ndarray
    stray: np.ndarray

    def where(self, mask: np.ndarray) -> "Changes":
        """Only the changes that a mask keeps."""
        return Changes(*(values[mask] for values in vars(self).values()))

    def __len__(self) -> int:
        """How many are there?"""
        return len(self.numbers)


def falls(traffic: Traffic, least_events: int, most_left: float) -> Changes:
    """Which numbers fall silent, or nearly so, before the data ends?

    Args:
        traffic: events of the numbers asked about.
        least_events: how many events the busy side must have.
        most_left: the rate afterwards as a share of the rate before, at most.

    Returns:
        A change for each number that falls, in the order of names.
    """
    return _changes(traffic, least_events, most_left, rise=False)


def rises(traffic: Traffic, least_events: int, most_left: float) -> Changes:
    """Which numbers begin, or come to life, after the data begins?

    Args:
        traffic: events of the numbers asked about.
        least_events: how many events the busy side must have.
        most_left: the rate before as a share of the rate afterwards, at most.

    Returns:
        A change for each number that rises, in the order of names.
    """
    return _changes(traffic, least_events, most_left, rise=True)


def on_day(changes: Changes, day: int, tolerance: int) -> Changes:
    """Only the changes near an instant, all in microseconds."""
    return changes.where(np.abs(changes.at - day) <= tolerance)


def _changes(
    traffic: Traffic, least_events: int, most_left: float, *, rise: bool
) -> Changes:
    found: list[tuple[int, int, float, int, int, int, int]] = []
    numbers, starts = np.unique(traffic.number, return_index=True)
    stops = np.searchsorted(traffic.number, numbers, side="right")
    for number, low, high in zip(numbers, starts, stops, strict=True):
        if high - low < least_events:
            continue
        times = traffic.at[low:high]
        weights = _once_an_hour(times, traffic.other[low:high])
        if rise:
            edge = (-traffic.whole.ends, -traffic.whole.begins)
            split = _fall(-times[::-1], weights[::-1], edge, least_events, most_left)
        else:
            edge = (traffic.whole.begins, traffic.whole.ends)
            split = _fall(times, weights, edge, least_events, most_left)
        if split is None:
            continue
        count, sure = split
        at = times[len(times) - count] if rise else times[count - 1]
        begins, ends = (at, times[-1]) if rise else (times[0], at)
        found.append((number, at, sure, begins, ends, count, len(times) - count))
    kinds = (np.int32, np.int64, float, np.int64, np.int64, np.int64, np.int64)
    columns = list(zip(*found, strict=True)) or [()] * len(kinds)
    return Changes(*(np.array(c, dtype=k) for c, k in zip(columns, kinds, strict=True)))


def _once_an_hour(times: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Weight 1 for the first event with a contact in an hour and 0 for its repeats."""
    keys = (times // ONE_HOUR) * (int(others.max()) + 1) + others
    weights = np.zeros(len(times))
    weights[np.unique(keys, return_index=True)[1]] = 1.0
    return weights


def _fall(
    times: np.ndarray,
    weights: np.ndarray,
    edge: tuple[int, int],
    least_events: int,
    most_left: float,
) -> tuple[int, float] | None:
    """After how many events is the fall clearest, and how sure is it?"""
    places = np.arange(least_events, len(times) + 1)
    begun = max(edge[0], int(times[0]))
    busy = np.maximum(times[places - 1] - begun, MICROSECONDS_A_DAY).astype(float)
    left = np.maximum(edge[1] - times[places - 1], 1).astype(float)
    before = np.cumsum(weights)[places - 1]
    after = weights.sum() - before
    total = before + after
    one = total / (busy + left)
    with np.errstate(divide="ignore", invalid="ignore"):
        sure = np.where(before > 0, before * np.log(before / (one * busy)), 0.0)
        sure = sure + np.where(after > 0, after * np.log(after / (one * left)), 0.0)
    fits = after / left <= most_left * before / busy
    sure = np.where(fits, sure, 0.0)
    best = int(np.argmax(sure))
    if sure[best] <= 0:
        return None
    return int(places[best]), float(sure[best])
