"""What do officers see when they ask for a list, and how do they narrow and order it?

A list is declared once, in words: its columns, its filters, its order. The filter,
the order and the page stand in the URL, so a list can be sent to a colleague. A list
costs two queries: the count and the rows of the page.

    THREATS = ListSpec(
        name="threats",
        title="Threats",
        noun=("threat", "threats"),
        columns=(
            Column("reference", "Reference", sort="reference", link=threat_url),
            Column("lro", "Lead officer", cell="lro.name", sort="lro__name"),
        ),
        filters=(
            Text(name="q", lookups=("reference", "title"), always=True),
            Choice(name="kind", label="Kind", codes=CODES["threat_kind"].choices()),
            Flag(name="off_list", label="Not on the national list", where=OFF_LIST),
            DateRange(name="opened", label="Opened", lookup="opened_on"),
        ),
        default_sort="reference",
        empty="No threat matches. Clear a filter, or add the threat.",
    )

    def threat_list(request):
        return list_response(request, THREATS, visible_threats(request.user))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from fourfold_web.base.cells import Shown, shown_cell
from fourfold_web.base.exports import TYPES, Export, exported
from fourfold_web.base.filters import (
    Bound,
    Choice,
    DateRange,
    Flag,
    Rows,
    Text,
)
from fourfold_web.base.list_addresses import Address, Heading, Step, steps_round
from fourfold_web.base.list_specs import Column, ListSpec, Says
from fourfold_web.base.words import counted, number

__all__ = [
    "Choice",
    "Column",
    "DateRange",
    "Flag",
    "ListPage",
    "ListSpec",
    "Text",
    "list_response",
    "shown_list",
]

CHUNK = 2000

OnExport = Callable[[HttpRequest, "ListSpec", int], None]


@dataclass(frozen=True)
class ListPage:
    """One page of a list, ready to be shown. `rows` hold the records themselves."""

    spec: ListSpec
    rows: Sequence[Any]
    cells: Sequence[Sequence[Shown]]
    total: int
    says: str
    filters: Sequence[Bound]
    faults: Sequence[str]
    chips: Sequence[tuple[str, str]]
    headings: Sequence[Heading]
    steps: Sequence[Step]
    page: int
    pages: int
    previous_url: str
    next_url: str
    query: str
    sort: str
    marking: str
    withheld: int

    @property
    def export_links(self) -> list[tuple[str, str]]:
        """Where are all the rows as files? Words and address."""
        start = f"?{self.query}&format=" if self.query else "?format="
        return [("Download CSV", f"{start}csv"), ("Download Excel", f"{start}xlsx")]

    @property
    def always(self) -> list[Bound]:
        """Which filters are shown without opening the rest?"""
        return [one for one in self.filters if one.filter.always]

    @property
    def more(self) -> list[Bound]:
        """Which filters stand behind "More filters"?"""
        return [one for one in self.filters if not one.filter.always]

    @property
    def more_in_use(self) -> int:
        """How many of the filters that are folded away narrow the list?"""
        return sum(len(one.chips) for one in self.more)

    @property
    def where(self) -> str:
        """Which of the rows are these? As "Showing 51 to 100 of 312 threats"."""
        first = (self.page - 1) * self.spec.page_size + 1
        last, many = first + len(self.rows) - 1, self.spec.noun[1]
        return (
            f"Showing {number(first)} to {number(last)} of {number(self.total)} {many}"
        )


def list_response(
    request: HttpRequest,
    spec: ListSpec,
    queryset: Rows,
    *,
    template: str = "fourfold/list.html",
    extra: Mapping[str, Any] | None = None,
    aside: Says = "",
    withheld: int = 0,
    on_export: OnExport | None = None,
) -> HttpResponseBase:
    """What is sent to somebody who asks for the list?

    The page; or a file, for `?format=csv` and `?format=xlsx`, with every row that the
    filters leave; or, for a bare address, the way to the filter last used.

    Args:
        request: what was asked. Its session keeps the last filter.
        spec: the list.
        queryset: the rows this officer may see (`visible_to`).
        template: a template that extends `fourfold/list.html`; it has `page`.
        extra: more for the template.
        aside: said after the count: "14 of them overdue"; or a function of the rows
            that the filters leave.
        withheld: how many records the reader may be told of but not see.
        on_export: told of each export before it is sent; what it raises stops it.

    Raises:
        TooManyRows: more rows than an Excel sheet holds.
    """
    if (elsewhere := _remembered(request, spec)) is not None:
        return redirect(elsewhere)
    kind = request.GET.get("format", "")
    if kind in TYPES:
        return _export(request, spec, queryset, kind, on_export)
    page = shown_list(request, spec, queryset, aside=aside, withheld=withheld)
    _remember(request, page)
    return render(request, template, {**(extra or {}), "page": page})


def shown_list(
    request: HttpRequest,
    spec: ListSpec,
    queryset: Rows,
    *,
    aside: Says = "",
    withheld: int = 0,
) -> ListPage:
    """Which rows does the URL ask for, and what is said about them? Two queries.

    Args and errors as for `list_response`. Values the URL gets wrong are named in
    `faults` and left out.
    """
    filters, narrowed, faults = _narrowed(request, spec, queryset)
    sort, sort_faults = _sort(request, spec)
    paginator = Paginator(_ordered(spec, narrowed, sort), spec.page_size)
    number_, page_faults = _page_number(request, paginator)
    rows = list(paginator.page(number_).object_list) if paginator.count else []
    address = Address(spec, filters, sort)
    pages = paginator.num_pages
    return ListPage(
        spec=spec,
        rows=rows,
        cells=[_cells(spec, row) for row in rows],
        total=paginator.count,
        says=_says(spec, narrowed, paginator.count, aside),
        filters=filters,
        faults=[*faults, *sort_faults, *page_faults],
        chips=[(chip.words, address.without(chip)) for chip in address.chips],
        headings=[address.heading(c) for c in spec.columns if c.on_page],
        steps=[address.step(n, number_) for n in steps_round(number_, pages)],
        page=number_,
        pages=pages,
        previous_url=address.page(number_ - 1) if number_ > 1 else "",
        next_url=address.page(number_ + 1) if number_ < pages else "",
        query=address.query(),
        sort=sort if sort != spec.default_sort else "",
        marking=_marking(spec, narrowed),
        withheld=withheld,
    )


def _remembered(request: HttpRequest, spec: ListSpec) -> str | None:
    """Where should a bare address lead: to the filter last used? None: nowhere else."""
    key = f"list:{spec.name}"
    if request.GET.get("clear"):
        request.session.pop(key, None)
        return request.path
    last = None if request.GET else request.session.get(key)
    return f"{request.path}?{last}" if last else None


def _remember(request: HttpRequest, page: ListPage) -> None:
    """Keep the filter and the order for the next visit; a plain list keeps nothing."""
    key = f"list:{page.spec.name}"
    kept = page.query if page.chips or page.sort else ""
    if request.session.get(key, "") != kept:
        request.session[key] = kept


def _narrowed(
    request: HttpRequest, spec: ListSpec, queryset: Rows
) -> tuple[list[Bound], Rows, list[str]]:
    filters = [one.bind(request) for one in spec.filters]
    faults = [fault for one in filters for fault in one.faults]
    for one in filters:
        if one.narrow is not None:
            queryset = one.narrow(queryset)
    return filters, queryset, faults


def _sort(request: HttpRequest, spec: ListSpec) -> tuple[str, list[str]]:
    asked = request.GET.get("sort", "")
    if not asked:
        return spec.default_sort, []
    if asked.removeprefix("-") in spec.sortable():
        return asked, []
    fault = f"The list cannot be ordered by '{asked[:40]}', so it has its usual order."
    return spec.default_sort, [fault]


def _ordered(spec: ListSpec, queryset: Rows, sort: str) -> Rows:
    """The rows in order, unknown values last, and the same order each time."""
    column = spec.sortable()[sort.removeprefix("-")]
    order: list[OrderBy] = []
    for part in column.sorts():
        field = F(part) if isinstance(part, str) else part
        turn = field.desc if sort.startswith("-") else field.asc
        order.append(turn(nulls_last=True))
    return queryset.order_by(*order, "pk")


def _page_number(
    request: HttpRequest, paginator: "Paginator[Any]"
) -> tuple[int, list[str]]:
    asked = request.GET.get("page", "1")
    try:
        return paginator.validate_number(asked), []
    except (EmptyPage, PageNotAnInteger):
        if not paginator.count:
            return 1, []
        fault = f"There is no page '{asked[:20]}', so this is the first one."
        return 1, [fault]


def _says(spec: ListSpec, rows: Rows, total: int, aside: Says) -> str:
    count = counted(total, *spec.noun)
    if not total or not aside:
        return count
    words = aside(rows) if callable(aside) else aside
    return f"{count}, {words}" if words else count


def _marking(spec: ListSpec, rows: Rows) -> str:
    return spec.marking if isinstance(spec.marking, str) else spec.marking(rows)


def _cells(spec: ListSpec, row: Any) -> list[Shown]:
    return [
        shown_cell(
            column.value(row),
            url=column.link(row) if column.link is not None else None,
            numeric=column.numeric,
            nowrap=column.nowrap,
        )
        for column in spec.columns
        if column.on_page
    ]


def _export(
    request: HttpRequest,
    spec: ListSpec,
    queryset: Rows,
    kind: str,
    on_export: OnExport | None,
) -> HttpResponseBase:
    _, narrowed, _ = _narrowed(request, spec, queryset)
    ordered = _ordered(spec, narrowed, _sort(request, spec)[0])
    export = Export(
        name=spec.name,
        title=spec.title,
        marking=_marking(spec, narrowed),
        headings=[column.heading for column in spec.columns],
        rows=(
            [column.exported(row) for column in spec.columns]
            for row in ordered.iterator(chunk_size=CHUNK)
        ),
    )
    if on_export is None:
        return exported(export, kind)
    return exported(export, kind, lambda count: on_export(request, spec, count))
