"""May a read be of another plate that a camera takes for this one?"""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Case
from fourfold.base.kept import laid_down
from fourfold.picture.calls.place_sites import Site, metres_between
from fourfold.picture.vehicles.plates import fold, folded
from fourfold.picture.vehicles.reads import Reads

MOST_READS = 200_000
"""Reads of plates that look alike that are held at once; later ones are left out."""


@dataclass(frozen=True)
class Misreads:
    """Reads of the plates that look like some others.

    `counts` maps what is the same for lookalikes to each of them and its reads; `reads`
    a plate to its reads in order of time, as (second, lat, lon). `seconds` is how near
    in time a read must be, `kmh` the speed that a vehicle may keep.
    """

    counts: Mapping[str, Mapping[str, int]]
    reads: Mapping[str, list[tuple[float, float, float]]]
    seconds: float
    kmh: float

    def named(self, plate: str) -> str:
        """Which plates look like this one, with their reads? As "AB12CD0 (3 reads)"."""
        others = self._others(plate)
        return ", ".join(
            f"{other} ({n:,} {'read' if n == 1 else 'reads'})" for other, n in others
        )

    def fits(self, pair: Mapping[str, Any], side: str) -> str:
        """Whose journey does one side of a pair of reads fit? "" for nobody's."""
        lat, lon = pair[f"{side}_lat"], pair[f"{side}_lon"]
        at = pair[f"{side}_second"]
        here = Site("", "", lat, lon)
        for other, _count in self._others(pair["plate"]):
            reads = self.reads.get(other, [])
            begin = bisect_left(reads, (at - self.seconds,))
            for second, there_lat, there_lon in reads[begin:]:
                if second > at + self.seconds:
                    break
                metres = metres_between(here, Site("", "", there_lat, there_lon))
                hours = (abs(second - at) + 1) / 3600
                if metres / 1000 / hours <= self.kmh:
                    return other
        return ""

    def _others(self, plate: str) -> list[tuple[str, int]]:
        alike = self.counts.get(fold(plate), {})
        others = [(other, n) for other, n in alike.items() if other != plate]
        return sorted(others, key=lambda one: (-one[1], one[0]))


def misreads_of(case: Case, reads: Reads, plates: Collection[str]) -> Misreads:
    """The reads of all plates that look like one of some plates, those included."""
    seconds = float(case.parameters["around"]) * 60
    kmh = float(case.parameters["kmh"])
    keys = sorted({fold(plate) for plate in plates})
    if not keys:
        return Misreads({}, {}, seconds, kmh)
    wanted = laid_down(case.backend, ibis.memtable({"folded": keys}).to_pyarrow())
    alike = reads.rows.mutate(folded=folded(_.plate)).semi_join(wanted, "folded")
    counted = alike.group_by("folded", "plate").agg(n=_.count()).to_pyarrow()
    counts: dict[str, dict[str, int]] = {}
    for row in counted.to_pylist():
        counts.setdefault(row["folded"], {})[row["plate"]] = row["n"]
    several = {p for alike in counts.values() if len(alike) > 1 for p in alike}
    if not several:
        return Misreads(counts, {}, seconds, kmh)
    some = laid_down(
        case.backend, ibis.memtable({"plate": sorted(several)}).to_pyarrow()
    )
    rows = alike.semi_join(some, "plate").filter(_.lat.notnull() & _.lon.notnull())
    ordered = rows.order_by(["second", "plate", "lat", "lon"]).limit(MOST_READS)
    found: dict[str, list[tuple[float, float, float]]] = {}
    for row in ordered.select("plate", "second", "lat", "lon").to_pyarrow().to_pylist():
        found.setdefault(row["plate"], []).append(
            (row["second"], row["lat"], row["lon"])
        )
    return Misreads(counts, found, seconds, kmh)
