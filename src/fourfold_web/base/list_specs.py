"""How is a list declared: which columns, which filters, in which order?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, F

from fourfold.base.errors import FourfoldError
from fourfold_web.base.cells import looked_up
from fourfold_web.base.filters import Filter, Rows

OURS = ("sort", "page", "format", "clear")

Sort = str | F | Expression
Says = str | Callable[[Rows], str]


class ListFault(FourfoldError):
    """A list is declared in a way that cannot work."""

    what = "The list {name} is declared wrongly: {fault}."
    do = "Correct its ListSpec."
    status = 500


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `cell`: where the value is: a path such as "lro.name", or a function of the row; by
    default the attribute called `key`. A value may be text, a number, a day, an
    instant, yes or no, several of them, a `Status`, or markup made by `format_html`.
    `sort`: the field, several, or an expression to order by; none: cannot be ordered.
    `link`: gives the address the cell leads to, or nothing. `export`: the value in a
    file, where it differs from `cell`.
    """

    key: str
    heading: str
    cell: str | Callable[[Any], Any] = ""
    sort: Sort | tuple[Sort, ...] = ()
    link: Callable[[Any], str | None] | None = None
    numeric: bool = False
    nowrap: bool = False
    export: Callable[[Any], Any] | None = None
    on_page: bool = True

    def value(self, row: Any) -> Any:
        """What does the row say in this column? None: nothing."""
        if callable(self.cell):
            return self.cell(row)
        return looked_up(row, self.cell or self.key)

    def exported(self, row: Any) -> Any:
        """What does the row say in this column of a file?"""
        return self.value(row) if self.export is None else self.export(row)

    def sorts(self) -> tuple[Sort, ...]:
        """By which fields or expressions is the list ordered by this column?"""
        return self.sort if isinstance(self.sort, tuple) else (self.sort,)


@dataclass(frozen=True, kw_only=True)
class ListSpec:
    """A list, declared: its name in the session, its words, columns and filters.

    `default_sort`: key of a column, with "-" in front for the largest first. `empty`:
    what to do when nothing matches. `marking`: the highest marking its rows may have,
    or a function of the rows that finds it (for files and print).
    """

    name: str
    title: str
    noun: tuple[str, str]
    columns: Sequence[Column]
    default_sort: str
    empty: str
    filters: Sequence[Filter] = ()
    page_size: int = 50
    marking: Says = "OFFICIAL"

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        names = [name for one in self.filters for name in one.names()]
        twice = {one for part in (keys, names) for one in part if part.count(one) > 1}
        if twice:
            self._refuse(f"{', '.join(sorted(twice))} stands there twice")
        if taken := set(names) & set(OURS):
            self._refuse(f"a filter cannot be called {', '.join(sorted(taken))}")
        if self.default_sort.removeprefix("-") not in self.sortable():
            self._refuse(f"it is ordered by {self.default_sort}, which has no sort")

    def sortable(self) -> dict[str, Column]:
        """By which columns can the list be ordered?"""
        return {column.key: column for column in self.columns if column.sort != ()}

    def _refuse(self, fault: str) -> None:
        raise ListFault(name=self.name, fault=fault)
