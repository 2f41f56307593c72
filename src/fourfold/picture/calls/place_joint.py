"""When did two phones use one cell, or a near one, at about one time?

All uses of all phones are compared in whole numbers; names and lines are fetched only
for the pairs that are shown.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Case, Parameter
from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.place_coded import CodedUses, coded_uses
from fourfold.picture.calls.place_sites import Sites, sites_of
from fourfold.picture.calls.place_uses import (
    all_used_together,
    calls_once,
    used_together,
)

MINUTES = Parameter(
    "minutes", "Two uses this close in time count.", "number", 15.0, "minutes",
    least=1, most=240,
)  # fmt: skip
METRES = Parameter(
    "metres",
    "With a list of cells: cells this close count as one; 0: the same only.",
    "number", 0.0, "metres", least=0, most=10_000,
)  # fmt: skip
TARGETS = Parameter("targets", "These phones; empty: every phone.", "texts", ())
AGAINST = Parameter(
    "against", "Whom the targets are compared with.", "choice", "anybody",
    choices=("targets", "anybody"),
)  # fmt: skip
CROWD = Parameter(
    "crowd",
    "Cells that more phones than this used in the whole data tell nothing and are left "
    "out; 0: none is.",
    "whole", 0, "phones", least=0,
)  # fmt: skip
TOGETHER = (TARGETS, AGAINST, MINUTES, METRES, CROWD)
"""What every question about two phones together lets one set."""


@dataclass(frozen=True)
class Joint:
    """What it takes to tell the uses of one cell by two phones of a case."""

    case: Case
    calls: Any
    coded: CodedUses
    sites: Sites
    near: tuple[tuple[str, str], ...]

    @property
    def seconds(self) -> int:
        """How far apart may two uses be?"""
        return int(self.case.parameters["minutes"] * 60)

    def together(self) -> Any:
        """Every use of one cell by two phones, worked out when it is asked for.

        It has the columns of `used_together` in the codes of `coded`; the pair stands
        once, `a` a target where there are targets, else before `b` by name.
        """
        p, uses = self.case.parameters, self.coded.uses
        uses = uses.select("number", "cell", "second")
        near = near_table(self.case.backend, self.coded.paired(self.near))
        if not p["targets"]:
            return all_used_together(uses, self.seconds, near)
        targets = self.coded.codes_of(p["targets"])
        mine = uses.filter(uses.number.isin(targets))
        if p["against"] == "targets":
            return all_used_together(mine, self.seconds, near)
        twice = _.a.isin(targets) & _.b.isin(targets)
        found = used_together(mine, uses, self.seconds, near)
        return found.filter(~twice | (_.a < _.b))

    def of_pairs(self, pairs: Collection[tuple[int, int]]) -> Any:
        """The joint uses of some pairs, with every column of both uses; kept."""
        backend = self.case.backend
        mine = kept(backend, self.coded.of(code for pair in pairs for code in pair))
        near = near_table(backend, self.coded.paired(self.near))
        together = used_together(mine, mine, self.seconds, near)
        listed = pair_table(backend, pairs)
        return kept(backend, together.semi_join(listed, [("a", "one"), ("b", "other")]))


def joint_of(case: Case) -> Joint:
    """Work the uses of cells of a case out, each cell where it stood."""
    p = case.parameters
    sites = sites_of(case)
    case.tell(0.1, "Reading which phone used which cell")
    calls = calls_once(case)
    coded = coded_uses(case.backend, calls)
    if p["crowd"]:
        coded = coded.without_crowds(p["crowd"])
    near = tuple(sites.near(p["metres"])) if p["metres"] else ()
    return Joint(case, calls, coded, sites, near)


def pair_table(backend: Any, pairs: Collection[tuple[int, int]]) -> Any:
    """Pairs of phones for the engine: `one`, `other`, and `place` from 0 on."""
    one, other = zip(*pairs, strict=True) if pairs else ((), ())
    columns = {"one": pa.array(one, pa.int32()), "other": pa.array(other, pa.int32())}
    places = pa.array(range(len(pairs)), pa.int32())
    return laid_down(backend, pa.table(columns | {"place": places}))


def near_table(backend: Any, near: Collection[tuple[int, int]]) -> Any:
    """Cells that count as one, for the engine: `of`, `meets`; `None` without any."""
    if not near:
        return None
    of, meets = (pa.array(codes, pa.int32()) for codes in zip(*near, strict=True))
    return laid_down(backend, pa.table({"of": of, "meets": meets}))
