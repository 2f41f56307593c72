"""Made-up worlds of calls in which some people change their phones, with the answers.

Nothing here copies a real or published data set: communities, heavy-tailed activity,
home and work cells, service numbers that everybody rings, a crew whose members all
change, and people who fall silent or turn up for other reasons.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from fourfold.intake.evidence import evidence_kind

BEGINS = datetime(2026, 3, 2, tzinfo=UTC)
DAY = 86_400.0
HOURS = np.array(
    [
        1,
        1,
        1,
        1,
        1,
        2,
        4,
        8,
        12,
        12,
        12,
        12,
        14,
        12,
        12,
        12,
        14,
        16,
        16,
        14,
        12,
        8,
        4,
        2,
    ]
)


HOURLY = np.cumsum(HOURS / HOURS.sum())
PLACES = np.cumsum([0.55, 0.3, 0.15])


@dataclass(frozen=True)
class Setting:
    """How hard is a world?

    `gap_days` lies between the last day of an old phone and the first of the new;
    `spread_days` over how many days the crew changes; `kept` how many outside contacts
    each member keeps; `inside_before` and `inside_after` how many calls the crew makes
    among itself, in all; `brokers` how many outsiders stay in touch with the crew.
    `quiet` and `newcomers` are decoys; `quiet_group` and `new_group` decoys who stop or
    begin together on the day of the crew, as a circle of friends.
    """

    phones: int = 400
    days: int = 10
    calls_a_day: float = 2.4
    crew: int = 5
    changed_after: float = 7.0
    spread_days: float = 0.0
    kept: int = 2
    outside: int = 6
    inside_before: int = 70
    inside_after: int = 30
    brokers: int = 1
    hubs: int = 3
    quiet: int = 6
    newcomers: int = 6
    quiet_group: int = 0
    new_group: int = 0
    strays: bool = True
    reserve: bool = True
    cells: int = 30
    with_cells: bool = True
    same_places: float = 0.8


@dataclass
class World:
    """The calls of a world and who replaced whom: `{old: new}`."""

    calls: pa.Table
    truth: dict[str, str]
    hubs: list[str] = field(default_factory=list)


class Maker:
    """One world in the making: people, and the calls between them."""

    def __init__(self, seed: int, setting: Setting) -> None:
        self.rng = np.random.default_rng(seed)
        self.set = setting
        self.calls: list[tuple[float, int, int, int, int]] = []
        self.places: dict[int, np.ndarray] = {}
        self.truth: dict[int, int] = {}
        self.people = 0

    def person(self, around: int | None = None) -> int:
        """A phone, with a home, a workplace and a place to go out near `around`."""
        number, self.people = self.people, self.people + 1
        centre = self.rng.integers(self.set.cells) if around is None else around
        near = (centre + self.rng.integers(-3, 4, size=3)) % self.set.cells
        self.places[number] = near
        return number

    def cell(self, number: int) -> int:
        """Which cell does it use for a call?"""
        if self.rng.random() < 0.12:
            return int(self.rng.integers(self.set.cells))
        return int(self.places[number][self._one_of(PLACES)])

    def call(self, caller: int, called: int, begins: float, ends: float) -> None:
        """One call at a random daytime between two days."""
        if ends <= begins:
            return
        for _ in range(50):
            day = self.rng.integers(int(begins), max(int(np.ceil(ends)), 1))
            hour = self._one_of(HOURLY)
            at = (day + (hour + self.rng.random()) / 24) * DAY
            if begins * DAY <= at < ends * DAY:
                seconds = int(self.rng.lognormal(4.2, 1.0))
                self.calls.append((at, caller, called, seconds, self.cell(caller)))
                return

    def _one_of(self, cumulated: np.ndarray) -> int:
        at = int(np.searchsorted(cumulated, self.rng.random()))
        return min(at, len(cumulated) - 1)

    def background(self) -> tuple[list[int], list[int]]:
        """Communities that talk mostly inside themselves, and numbers all ring."""
        hubs = [self.person() for _ in range(self.set.hubs)]
        everybody: list[int] = []
        circles: list[list[int]] = []
        while len(everybody) < self.set.phones:
            size = int(self.rng.integers(6, 30))
            centre = int(self.rng.integers(self.set.cells))
            circle = [self.person(centre) for _ in range(size)]
            circles.append(circle)
            everybody += circle
        for circle in circles:
            for number in circle:
                self.chatter(number, circle, everybody, hubs, 0.0, float(self.set.days))
        return everybody, hubs

    def chatter(
        self,
        number: int,
        circle: list[int],
        everybody: list[int],
        hubs: list[int],
        begins: float,
        ends: float,
    ) -> None:
        """An ordinary phone's outgoing calls between two days."""
        rate = self.set.calls_a_day * self.rng.lognormal(-0.5, 1.0)
        near = self.rng.permutation([c for c in circle if c != number])[:8]
        far = self.rng.choice(everybody, size=3)
        ties = np.concatenate([near, far, hubs]).astype(int)
        weights = self.rng.pareto(1.2, size=len(ties)) + 0.2
        weights /= weights.sum()
        for called in self.rng.choice(
            ties, size=self.rng.poisson(rate * (ends - begins)), p=weights
        ):
            if called != number:
                self.call(number, int(called), begins, ends)

    def decoys(self, everybody: list[int], hubs: list[int]) -> None:
        """Phones that fall silent or turn up for reasons of their own."""
        days, changed = float(self.set.days), self.set.changed_after
        for at in range(self.set.quiet):
            stops = changed if at % 2 else float(self.rng.uniform(2, days - 1))
            circle = list(self.rng.choice(everybody, size=10, replace=False))
            self.chatter(self.person(), circle, everybody, hubs, 0.0, stops)
        for at in range(self.set.newcomers):
            starts = changed if at % 2 else float(self.rng.uniform(1, days - 1))
            circle = list(self.rng.choice(everybody, size=10, replace=False))
            self.chatter(self.person(), circle, everybody, hubs, starts, days)
        for size, begins, ends in (
            (self.set.quiet_group, 0.0, changed),
            (self.set.new_group, changed, days),
        ):
            circle = [self.person() for _ in range(size)]
            for number in circle:
                friends = circle + list(self.rng.choice(everybody, size=4))
                self.chatter(number, friends, everybody, hubs, begins, ends)

    def crew(self, everybody: list[int], hubs: list[int]) -> None:
        """People who talk mostly to each other, and all change their phones."""
        size, days = self.set.crew, float(self.set.days)
        if not size:
            return
        centre = int(self.rng.integers(self.set.cells))
        old = [self.person(centre) for _ in range(size)]
        new = [self.person(centre) for _ in range(size)]
        for before, after in zip(old, new, strict=True):
            kept = self.rng.random(3) < self.set.same_places
            self.places[after] = np.where(kept, self.places[before], self.places[after])
        when = self.set.changed_after + self.set.spread_days * self.rng.random(size)
        strength = self.rng.lognormal(0, 0.8, size=size)
        ties = np.outer(strength, strength) * self.rng.lognormal(0, 0.9, (size, size))
        np.fill_diagonal(ties, 0)
        self._inside(ties, old, new, when)
        brokers = list(self.rng.choice(everybody, self.set.brokers, replace=False))
        for at, (before, after) in enumerate(zip(old, new, strict=True)):
            self._outside(before, after, float(when[at]), everybody, hubs)
            for broker in brokers:
                if self.rng.random() < 0.6:
                    self._tie(int(broker), before, after, float(when[at]))
            if self.set.strays and self.rng.random() < 0.4:
                other = int(self.rng.choice(everybody))
                self.call(other, before, float(when[at]), days)
            if self.set.reserve and self.rng.random() < 0.4:
                other = int(self.rng.choice(hubs)) if hubs else old[0]
                self.call(after, other, 0.0, float(when[at]))
        self.truth = dict(zip(old, new, strict=True))

    def _inside(
        self, ties: np.ndarray, old: list[int], new: list[int], when: np.ndarray
    ) -> None:
        shares, size = (ties / ties.sum()).ravel(), len(old)
        days, changed = float(self.set.days), self.set.changed_after
        periods = [(0.0, changed, self.set.inside_before)]
        periods += [(changed, days, self.set.inside_after)]
        for begins, ends, count in periods:
            for tie in self.rng.choice(size * size, size=count, p=shares):
                a, b = divmod(int(tie), size)
                made = len(self.calls)
                self.call(old[a], old[b], begins, ends)
                if made == len(self.calls):
                    continue
                at, _, _, seconds, _ = self.calls[made]
                caller = new[a] if at / DAY >= when[a] else old[a]
                called = new[b] if at / DAY >= when[b] else old[b]
                self.calls[made] = (at, caller, called, seconds, self.cell(caller))

    def _outside(
        self, old: int, new: int, when: float, everybody: list[int], hubs: list[int]
    ) -> None:
        days, count = float(self.set.days), self.set.outside
        friends = self.rng.choice(everybody, size=count, replace=False)
        kept = set(self.rng.permutation(friends)[: self.set.kept].tolist())
        for friend in friends:
            for _ in range(self.rng.integers(1, 5)):
                pair = (old, int(friend))
                pair = pair if self.rng.random() < 0.5 else pair[::-1]
                self.call(*pair, 0.0, when)
            if friend in kept:
                for _ in range(self.rng.integers(1, 3)):
                    pair = (new, int(friend))
                    pair = pair if self.rng.random() < 0.5 else pair[::-1]
                    self.call(*pair, when, days)
        for fresh in self.rng.choice(everybody, size=2, replace=False):
            self.call(new, int(fresh), when, days)
        for hub in hubs:
            if self.rng.random() < 0.6:
                self.call(old, hub, 0.0, when)
                self.call(new, hub, when, days)

    def _tie(self, broker: int, old: int, new: int, when: float) -> None:
        for _ in range(self.rng.integers(2, 6)):
            pair = (broker, old) if self.rng.random() < 0.5 else (old, broker)
            self.call(*pair, 0.0, when)
        for _ in range(self.rng.integers(1, 4)):
            pair = (broker, new) if self.rng.random() < 0.5 else (new, broker)
            self.call(*pair, when, float(self.set.days))


def world(seed: int, setting: Setting | None = None) -> World:
    """One made-up world: equal seeds and settings, equal worlds."""
    setting = setting or Setting()
    maker = Maker(seed, setting)
    everybody, hubs = maker.background()
    maker.crew(everybody, hubs)
    maker.decoys(everybody, hubs)
    names = [str(n) for n in maker.rng.permutation(maker.people)]
    calls = [
        (at, names[caller], names[called], seconds, f"cell-{cell}")
        for at, caller, called, seconds, cell in sorted(maker.calls)
    ]
    return World(
        table(calls, with_cells=setting.with_cells),
        {names[old]: names[new] for old, new in maker.truth.items()},
        [names[hub] for hub in hubs],
    )


def table(
    calls: list[tuple[float, str, str, int, str]], *, with_cells: bool = True
) -> pa.Table:
    """Calls as the reader gives them: seconds from the start, who, whom, how long."""
    rows: list[dict[str, Any]] = []
    for line, (at, caller, called, seconds, cell) in enumerate(calls, start=2):
        start = BEGINS + timedelta(seconds=int(at))
        rows.append(
            dict.fromkeys(evidence_kind("calls").schema.names, "")
            | {
                "input": 0,
                "line": line,
                "kind": "voice",
                "caller": caller,
                "called": called,
                "start_at": start,
                "start_local": start.replace(tzinfo=None),
                "seconds": seconds,
                "caller_cell": cell if with_cells else "",
            }
        )
    return pa.Table.from_pylist(rows, schema=evidence_kind("calls").schema)
