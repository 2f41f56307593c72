"""How does somebody narrow a list, and what does the address of the page say of it?

A filter reads its own parameters from the URL. Values it does not know are named in
a sentence and left out; they never narrow the list and never break the page.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from fourfold_web.base.dates import NoSuchDay, typed_date
from fourfold_web.base.words import uk_date

Rows = QuerySet[Any]
Codes = Sequence[tuple[str, str]]
Narrow = Callable[[Rows], Rows]

LONGEST = 200
YES = frozenset({"1", "yes", "on", "true"})


@dataclass(frozen=True)
class Chip:
    """One filter in use, in words, with the parameter that is removed to drop it."""

    words: str
    name: str
    value: str


@dataclass(frozen=True)
class Bound:
    """A filter together with what the URL says of it."""

    filter: "Filter"
    chips: tuple[Chip, ...] = ()
    faults: tuple[str, ...] = ()
    shown: dict[str, Any] = field(default_factory=dict)
    narrow: Narrow | None = None


@dataclass(frozen=True, kw_only=True)
class Filter(ABC):
    """One way to narrow a list. `always`: shown without opening the filters."""

    template: ClassVar[str]

    name: str
    label: str
    hint: str = ""
    always: bool = False

    def names(self) -> tuple[str, ...]:
        """Which parameters of the URL belong to this filter?"""
        return (self.name,)

    @abstractmethod
    def bind(self, request: HttpRequest) -> Bound:
        """What does the URL ask of this filter, and what does it get wrong?"""


@dataclass(frozen=True, kw_only=True)
class Choice(Filter):
    """One or several values of a code list.

    `codes`: pairs of value and label, or a function of the request that gives them.
    `lookup`: the field to compare, by default `name`. `where` replaces the lookup: it
    takes the rows and the values chosen and gives the rows left. `many`: several
    values may be ticked.
    """

    template = "fourfold/filters/choice.html"

    codes: Codes | Callable[[HttpRequest], Codes]
    lookup: str = ""
    many: bool = False
    where: Callable[[Rows, list[str]], Rows] | None = None

    def bind(self, request: HttpRequest) -> Bound:
        """Which of the values does the URL choose? Only those in the list count."""
        codes = self.codes(request) if callable(self.codes) else self.codes
        labels = {str(value): label for value, label in codes}
        asked = [
            value for value in dict.fromkeys(request.GET.getlist(self.name)) if value
        ]
        chosen = [value for value in asked if value in labels]
        unknown = [value for value in asked if value not in labels]
        if not self.many:
            chosen = chosen[:1]
        return Bound(
            filter=self,
            chips=tuple(
                Chip(f"{self.label}: {labels[v]}", self.name, v) for v in chosen
            ),
            faults=tuple(_unknown(self.label, value) for value in unknown),
            shown={
                "options": [(v, label, v in chosen) for v, label in labels.items()],
            },
            narrow=self._narrow(chosen) if chosen else None,
        )

    def _narrow(self, chosen: list[str]) -> Narrow:
        where = self.where
        if where is not None:
            return lambda rows: where(rows, chosen)
        lookup = f"{self.lookup or self.name}__in"
        return lambda rows: rows.filter(**{lookup: chosen})


@dataclass(frozen=True, kw_only=True)
class Text(Filter):
    """Words to look for: each of them, in any of `lookups`, in any letter case."""

    template = "fourfold/filters/text.html"

    lookups: Sequence[str]
    label: str = "Search this list"

    def bind(self, request: HttpRequest) -> Bound:
        """Which words does the URL look for?"""
        typed = request.GET.get(self.name, "").replace("\0", "").strip()
        if not typed:
            return Bound(filter=self, shown={"value": ""})
        if len(typed) > LONGEST:
            fault = f"{self.label}: that is longer than {LONGEST} letters. Use fewer."
            return Bound(filter=self, faults=(fault,), shown={"value": ""})
        return Bound(
            filter=self,
            chips=(Chip(f"{self.label}: {typed}", self.name, typed),),
            shown={"value": typed},
            narrow=lambda rows: rows.filter(self._holds(typed.split())),
        )

    def _holds(self, words: list[str]) -> Q:
        every = Q()
        for word in words:
            some = Q()
            for lookup in self.lookups:
                some |= Q(**{f"{lookup}__icontains": word})
            every &= some
        return every


@dataclass(frozen=True, kw_only=True)
class Flag(Filter):
    """A condition that is on or off. `where`: a Q, or a function of the rows."""

    template = "fourfold/filters/flag.html"

    where: Q | Narrow

    def bind(self, request: HttpRequest) -> Bound:
        """Is the condition switched on?"""
        asked = request.GET.get(self.name, "")
        if asked.lower() in YES:
            chip = Chip(self.label, self.name, asked)
            return Bound(self, (chip,), shown={"on": True}, narrow=self._narrow)
        known = asked.lower() in {"", "0", "no", "off", "false"}
        faults = () if known else (_unknown(self.label, asked),)
        return Bound(filter=self, faults=faults, shown={"on": False})

    def _narrow(self, rows: Rows) -> Rows:
        return (
            rows.filter(self.where) if isinstance(self.where, Q) else self.where(rows)
        )


@dataclass(frozen=True, kw_only=True)
class DateRange(Filter):
    """Days from and to, both included. The URL holds `<name>_from`, `<name>_to`.

    `lookup`: the field, by default `name`. `instant`: it holds instants, not days.
    """

    template = "fourfold/filters/dates.html"

    lookup: str = ""
    instant: bool = False

    def names(self) -> tuple[str, ...]:
        """Which two parameters hold the first and the last day?"""
        return (f"{self.name}_from", f"{self.name}_to")

    def bind(self, request: HttpRequest) -> Bound:
        """Between which days? A day that cannot be read is named and left out."""
        first, last = (request.GET.get(name, "").strip() for name in self.names())
        faults: list[str] = []
        since, until = self._read(first, faults), self._read(last, faults)
        if since is not None and until is not None and since > until:
            faults.append(
                f"{self.label}: {uk_date(since)} is after {uk_date(until)}. "
                "Put the earlier day first."
            )
            since = until = None
        return Bound(
            filter=self,
            chips=tuple(self._chips((since, first), (until, last))),
            faults=tuple(faults),
            shown={"first": first, "last": last},
            narrow=self._narrow(since, until),
        )

    def _read(self, typed: str, faults: list[str]) -> date | None:
        if not typed:
            return None
        try:
            return typed_date(typed)
        except NoSuchDay as fault:
            faults.append(f"{self.label}: {fault} It was left out.")
            return None

    def _chips(self, *ends: tuple[date | None, str]) -> list[Chip]:
        words = ("from", "to")
        return [
            Chip(f"{self.label} {word} {uk_date(day)}", name, typed)
            for (day, typed), word, name in zip(ends, words, self.names(), strict=True)
            if day is not None
        ]

    def _narrow(self, since: date | None, until: date | None) -> Narrow | None:
        lookup = f"{self.lookup or self.name}{'__date' if self.instant else ''}"
        bounds = {f"{lookup}__gte": since, f"{lookup}__lte": until}
        given = {key: day for key, day in bounds.items() if day is not None}
        return (lambda rows: rows.filter(**given)) if given else None


def _unknown(label: str, value: str) -> str:
    return f"{label}: '{value[:40]}' is not one of the choices, so it was left out."
