"""Which phone used which cell when, in whole numbers that join by the million?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import require
from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.events import CALL_COLUMNS, seconds_of
from fourfold.picture.calls.place_uses import CELLS, cell_uses, with_seconds


@dataclass(frozen=True)
class CodedUses:
    """Every use of a cell by a phone, with names as whole numbers in the names' order.

    `uses` has `number`, `cell` (codes), `second` after 1970, `ahead`, by how many
    seconds the clock on the wall was ahead of UTC (null where it is not known), `input`
    and `line`; `phones` and `cells` have `name` and `code`.
    """

    backend: Any
    uses: Any
    phones: Any
    cells: Any

    def of(self, phones: Iterable[int]) -> Any:
        """The uses of the phones with these codes."""
        wanted = pa.array(sorted(set(phones)), pa.int32())
        listed = laid_down(self.backend, pa.table([wanted], ["phone"]))
        return self.uses.semi_join(listed, [("number", "phone")])

    def codes_of(self, phones: Collection[str]) -> list[int]:
        """Which codes have these phones, of those that are in the records at all?"""
        names = pa.array(sorted(set(phones)), pa.string())
        named = laid_down(self.backend, pa.table([names], ["wanted"]))
        found = self.phones.semi_join(named, [("name", "wanted")]).to_pyarrow()
        return sorted(found["code"].to_pylist())

    def named_phones(self, codes: Iterable[int]) -> dict[int, str]:
        """Which phones have these codes?"""
        return self._named(self.phones, codes)

    def named_cells(self, codes: Iterable[int]) -> dict[int, str]:
        """Which cells have these codes?"""
        return self._named(self.cells, codes)

    def paired(self, near: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        """The same pairs of cells in codes, of the cells that the records name."""
        rows = self.cells.to_pyarrow().to_pylist() if near else []
        codes = {row["name"]: row["code"] for row in rows}
        return [(codes[a], codes[b]) for a, b in near if a in codes and b in codes]

    def without_crowds(self, most: int) -> "CodedUses":
        """Without the uses of cells that more phones than `most` used."""
        phones = self.uses.group_by("cell").agg(phones=_.number.nunique())
        few = self.uses.semi_join(phones.filter(_.phones <= most), "cell")
        return replace(self, uses=kept(self.backend, few))

    def _named(self, table: Any, codes: Iterable[int]) -> dict[int, str]:
        wanted = pa.array(sorted(set(codes)), pa.int32())
        listed = laid_down(self.backend, pa.table([wanted], ["wanted"]))
        rows = table.semi_join(listed, [("code", "wanted")]).to_pyarrow().to_pylist()
        return {row["code"]: row["name"] for row in rows}


def coded_uses(backend: Any, calls: Any) -> CodedUses:
    """Work every use of a cell out once.

    Args:
        backend: the open engine; holds the tables until it is closed.
        calls: rows with CALL_COLUMNS, each call once.

    Raises:
        MissingColumns: `calls` lacks one of CALL_COLUMNS.
    """
    require(calls, "calls", CALL_COLUMNS)
    phones = _codes(backend, calls, ("caller", "called"))
    cells = _codes(backend, calls, CELLS)
    uses = with_seconds(cell_uses(calls))
    wall = seconds_of(uses.local.cast("timestamp('UTC', 6)"))
    timed = uses.mutate(ahead=wall - uses.second)
    phone = phones.rename(phone_name="name", phone="code")
    mast = cells.rename(mast_name="name", mast="code")
    named = timed.join(phone, timed.number == phone.phone_name)
    coded = named.join(mast, named.cell == mast.mast_name).select(
        number=_.phone,
        cell=_.mast,
        second=_.second,
        ahead=_.ahead.cast("int32"),
        input=_.input.cast("int32"),
        line=_.line,
    )
    return CodedUses(backend, kept(backend, coded), phones, cells)


def _codes(backend: Any, calls: Any, columns: Iterable[str]) -> Any:
    """A whole number for each name in some columns, in the order of the names."""
    # Of each column first: the engine knows a column's own values without its rows.
    each = [calls.select(name=calls[column]).distinct() for column in columns]
    names = ibis.union(*each, distinct=True).filter(_.name != "")
    place = ibis.row_number().over(ibis.window(order_by="name"))
    return kept(backend, names.mutate(code=place.cast("int32")))
