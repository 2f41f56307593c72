"""When did two phones use one cell, or a near one, at about one time?

All uses of all phones are compared in whole numbers; names and lines are fetched only
for the pairs that are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Case, Parameter
from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.place_coded import CodedUses, coded_uses
from fourfold.picture.calls.place_sites import Sites, sites_of
from fourfold.picture.calls.place_uses import (
    calls_once,
    cell_uses,
    used_together,
    with_seconds,
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
    """The uses of one cell by two phones of a case, and what they came from.

    `together` has the columns of `used_together` in the codes of `coded`; the pair
    stands once, `a` a target where there are targets, else before `b` by name.
    """

    case: Case
    calls: Any
    coded: CodedUses
    sites: Sites
    near: tuple[tuple[str, str], ...]
    together: Any

    @property
    def seconds(self) -> int:
        """How far apart may two uses be?"""
        return int(self.case.parameters["minutes"] * 60)

    def of_pairs(self, pairs: Iterable[tuple[str, str]]) -> Any:
        """The joint uses of some pairs of phones, with names, times and lines; kept."""
        one, other = zip(*pairs, strict=True) if pairs else ((), ())
        backend = self.case.backend
        text = [("one", pa.string()), ("other", pa.string())]
        listed = laid_down(
            backend, pa.table([list(one), list(other)], schema=pa.schema(text))
        )
        numbers = sorted({*one, *other})
        named = laid_down(backend, pa.table([pa.array(numbers, pa.string())], ["name"]))
        uses = with_seconds(cell_uses(self.calls))
        mine = kept(backend, uses.semi_join(named, [("number", "name")]))
        near = near_table(backend, self.near, pa.string())
        together = used_together(mine, mine, self.seconds, near)
        return kept(backend, together.semi_join(listed, [("a", "one"), ("b", "other")]))


def joint_uses(case: Case) -> Joint:
    """Find every use of one cell by two phones, for a case."""
    p = case.parameters
    sites = sites_of(case)
    case.tell(0.1, "Reading which phone used which cell")
    calls = calls_once(case)
    coded = coded_uses(case.backend, calls)
    if p["crowd"]:
        coded = coded.without_crowds(p["crowd"])
    case.tell(0.4, "Comparing the uses of one cell")
    near = tuple(sites.near(p["metres"])) if p["metres"] else ()
    pairs = near_table(case.backend, coded.paired(near), pa.int32())
    together = _together(case, coded, pairs)
    return Joint(case, calls, coded, sites, near, kept(case.backend, together))


def _together(case: Case, coded: CodedUses, near: Any) -> Any:
    p, uses = case.parameters, coded.uses
    seconds = int(p["minutes"] * 60)
    if not p["targets"]:
        return used_together(uses, uses, seconds, near).filter(_.a < _.b)
    targets = coded.codes_of(p["targets"])
    mine = uses.filter(uses.number.isin(targets))
    if p["against"] == "targets":
        return used_together(mine, mine, seconds, near).filter(_.a < _.b)
    twice = _.a.isin(targets) & _.b.isin(targets)
    return used_together(mine, uses, seconds, near).filter(~twice | (_.a < _.b))


def near_table(backend: Any, near: Iterable[tuple[Any, Any]], kind: pa.DataType) -> Any:
    """Pairs of cells that count as one, for the engine; `None` where there are none."""
    if not near:
        return None
    of, meets = zip(*near, strict=True)
    table = pa.table({"of": pa.array(of, kind), "meets": pa.array(meets, kind)})
    return laid_down(backend, table)
