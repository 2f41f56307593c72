"""Which addresses lead from one page of a list to the next, keeping what is chosen?"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fourfold_web.base.filters import Bound, Chip
from fourfold_web.base.list_specs import Column, ListSpec

NEAR = 2  # Pages named on each side of the one shown.


@dataclass(frozen=True)
class Heading:
    """A column's heading: its words, the link that orders by it, the order it has."""

    column: Column
    url: str
    aria_sort: str


@dataclass(frozen=True)
class Step:
    """One item of the paging: a page with its address, or a gap where there is none."""

    number: int
    url: str
    current: bool = False


def steps_round(page: int, pages: int) -> list[int]:
    """Which pages are named? The ends, those near this one, and 0 for a gap."""
    near = range(max(1, page - NEAR), min(pages, page + NEAR) + 1)
    named = sorted({1, *near, pages})
    steps: list[int] = []
    for number_ in named:
        missing = number_ - (steps[-1] if steps else 0) - 1
        if missing == 1:
            steps.append(number_ - 1)
        elif missing > 1:
            steps.append(0)
        steps.append(number_)
    return steps


class Address:
    """Addresses within the list that keep what is already chosen."""

    def __init__(self, spec: ListSpec, filters: Sequence[Bound], sort: str) -> None:
        self.chips = [chip for one in filters for chip in one.chips]
        self._pairs = [(chip.name, chip.value) for chip in self.chips]
        self._default, self._sort = spec.default_sort, sort

    def query(self, *, sort: str = "", page: int = 1) -> str:
        """Which query string gives this filter, in this order, from this page?"""
        return self._written(self._pairs, sort or self._sort, page)

    def without(self, dropped: Chip) -> str:
        """Which address drops one filter and keeps the rest?"""
        gone = (dropped.name, dropped.value)
        left = [pair for pair in self._pairs if pair != gone]
        query = self._written(left, self._sort, 1)
        return f"?{query}" if query else "?clear=1"

    def page(self, number_: int) -> str:
        """Which address shows another page?"""
        return f"?{self.query(page=number_)}"

    def step(self, number_: int, current: int) -> Step:
        """Which item of the paging stands for that page?"""
        return Step(number_, self.page(number_), current=number_ == current)

    def heading(self, column: Column) -> Heading:
        """How does a column's heading order the list, and does it now?"""
        if column.sort == ():
            return Heading(column, "", "")
        turns = {column.key: "ascending", f"-{column.key}": "descending"}
        now = turns.get(self._sort, "none")
        turned = f"-{column.key}" if now == "ascending" else column.key
        return Heading(column, f"?{self.query(sort=turned)}", now)

    def _written(self, pairs: list[tuple[str, str]], sort: str, page: int) -> str:
        more = [("sort", sort)] if sort != self._default or not pairs else []
        more += [("page", str(page))] if page > 1 else []
        return urlencode([*pairs, *more])
