"""How well are replacement phones found? `python -m benchmarks.handover_quality`.

Made-up worlds of about 400 phones with known answers, of several kinds; for each kind:
how many planted pairs stand within the top (planted + 2), how many of the top (planted)
are right, the mean of 1/rank of the planted pairs, in how many worlds a false pair
scores 0.5 or more, and the same for the plain measure: the Jaccard overlap of contacts
of numbers that stop and numbers that start.
"""

import argparse
from dataclasses import dataclass, field
from datetime import timedelta

import ibis
import pyarrow as pa

from fourfold.base.analysis import Case
from fourfold.base.engine import open_engine
from fourfold.picture.calls.handover_analyses import HANDOVERS
from tests.fourfold.picture.calls.handover_worlds import Setting, World, world

FIRST_SEED = 5000
KINDS = {
    "moderate: 2 contacts kept, 1 broker": Setting(),
    "no outside contact kept": Setting(kept=0, brokers=0),
    "25 calls inside before, 15 after": Setting(
        inside_before=25, inside_after=15, outside=4, kept=1
    ),
    "12 calls inside before, 10 after": Setting(
        inside_before=12, inside_after=10, outside=3, kept=0
    ),
    "no cells": Setting(with_cells=False),
    "no cells, no contact kept": Setting(with_cells=False, kept=0, brokers=0),
    "one day after": Setting(changed_after=9, inside_after=15),
    "two days after, most moved": Setting(changed_after=8, same_places=0.3, kept=1),
    "one after another over two days": Setting(spread_days=2, changed_after=6),
    "crew of seven": Setting(crew=7, inside_before=100, inside_after=45, kept=1),
    "crew of four": Setting(crew=4, inside_before=40, inside_after=18, kept=1),
    "circles stop and start too": Setting(
        quiet_group=5, new_group=5, quiet=12, newcomers=12
    ),
    "nobody changes": Setting(crew=0, quiet=12, newcomers=12),
    "nobody changes, circles stop and start": Setting(
        crew=0, quiet=8, newcomers=8, quiet_group=5, new_group=5
    ),
}


@dataclass
class Tally:
    """What was counted over the worlds of one kind."""

    planted: int = 0
    near_top: int = 0
    at_top: int = 0
    places: float = 0.0
    false_alarms: int = 0
    worlds: int = 0
    plain_near_top: int = 0
    whole: int = 0

    def add(
        self, made: World, listed: list[dict], plain: list[tuple[str, str]]
    ) -> None:
        """Count one world."""
        truth, planted = made.truth, len(made.truth)
        right = [truth.get(row["old"]) == row["new"] for row in listed]
        self.planted += planted
        self.near_top += sum(right[: planted + 2])
        self.at_top += sum(right[:planted])
        self.whole += sum(right[:planted]) == planted
        self.places += sum(1 / at for at, ok in enumerate(right, start=1) if ok)
        self.false_alarms += any(
            row["score"] >= 0.5 and not ok
            for row, ok in zip(listed, right, strict=True)
        )
        self.plain_near_top += sum(truth.get(o) == n for o, n in plain[: planted + 2])
        self.worlds += 1

    def said(self, kind: str) -> str:
        """One line of the table."""
        n = max(self.planted, 1)
        best = sum(1 / at for at in range(1, 1 + self.planted // max(self.worlds, 1)))
        share = self.places / max(best * self.worlds, 1e-9)
        return (
            f"{kind:<40} {self.near_top:>3} of {self.planted:<3} "
            f"{self.at_top / n:>6.2f} {share:>6.2f} "
            f"{self.whole:>3} of {self.worlds:<3} "
            f"{self.false_alarms:>3} of {self.worlds:<3} "
            f"{self.plain_near_top:>3} of {self.planted:<3}"
        )


@dataclass
class Seen:
    """When a number was first and last seen, and with whom."""

    first: object = None
    last: object = None
    contacts: set[str] = field(default_factory=set)


def found(calls: pa.Table) -> list[dict]:
    """What our analysis lists, best first."""
    with open_engine() as backend:
        given = backend.create_table("given", ibis.memtable(calls), temp=True)
        case = Case({"calls": given}, HANDOVERS.settle({"least_score": 0.0}), backend)
        return HANDOVERS.run(case).tables[0].rows.to_pylist()


def plainly(calls: pa.Table) -> list[tuple[str, str]]:
    """What the overlap of contacts lists: a day silent, a week between at most."""
    seen: dict[str, Seen] = {}
    for row in calls.to_pylist():
        for one, other in ("caller", "called"), ("called", "caller"):
            number = seen.setdefault(row[one], Seen())
            number.first = min(number.first or row["start_at"], row["start_at"])
            number.last = max(number.last or row["start_at"], row["start_at"])
            number.contacts.add(row[other])
    begins = min(n.first for n in seen.values())
    ends = max(n.last for n in seen.values())
    day = timedelta(days=1)
    old = [(k, n) for k, n in seen.items() if ends - n.last >= day]
    new = [(k, n) for k, n in seen.items() if n.first - begins >= day]
    pairs = [
        (-len(o.contacts & n.contacts) / len(o.contacts | n.contacts), a, b)
        for a, o in old
        for b, n in new
        if a != b and -2 * day <= n.first - o.last <= 7 * day
    ]
    listed, used = [], set()
    for _share, a, b in sorted(pairs):
        if a not in used and b not in used:
            listed.append((a, b))
            used |= {a, b}
    return listed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handover_quality")
    parser.add_argument("--worlds", type=int, default=10, help="worlds of each kind")
    asked = parser.parse_args()
    heading = f"{'kind of world':<40} {'top k+2':>10} {'top k':>6} {'1/rank':>6} "
    print(heading + f"{'all k':>9} {'false':>9} {'Jaccard':>10}")
    for kind, setting in KINDS.items():
        tally = Tally()
        for seed in range(FIRST_SEED, FIRST_SEED + asked.worlds):
            made = world(seed, setting)
            tally.add(made, found(made.calls), plainly(made.calls))
        print(tally.said(kind), flush=True)


if __name__ == "__main__":
    main()
