"""Which layout fits a file, and what is missing when none does?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fourfold.intake.errors import (
    FileRefused,
    HeadingTwice,
    NoLayoutFits,
    NotThisFormat,
    WrongKind,
)
from fourfold.intake.kinds import KINDS, Kind
from fourfold.intake.layout import Layout
from fourfold.intake.layout_book import canonical, every_layout, layouts_for
from fourfold.intake.nearest import near_miss
from fourfold.intake.readers.csv_rows import DELIMITERS
from fourfold.intake.readers.formats import GRIDS, NAMES, headings_of
from fourfold.intake.words import same_word

Place = int | str | None


@dataclass(frozen=True)
class Fit:
    """How a layout fits the headings of a file.

    `places` holds for each column of the layout where it stands (a number in a grid, a
    path in JSON and XML, None when it may be absent and is); `missing` the headings
    that had to be there; `unread` those of the file that the layout does not know.
    """

    layout: Layout
    places: tuple[Place, ...]
    missing: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def matched(self) -> int:
        """How many columns of the layout does the file have?"""
        return sum(place is not None for place in self.places)


def fit_of(layout: Layout, headings: Sequence[str]) -> Fit:
    """How does the layout fit the headings?"""
    grid = layout.format in GRIDS
    forms = _forms(headings, grid=grid)
    needed = layout.kind.fields
    places: list[Place] = []
    missing = []
    known = {same_word(heading) for heading in layout.ignore}
    for column in layout.columns.values():
        known |= {same_word(heading) for heading in column.headings}
        names = [same_word(heading) for heading in column.headings]
        at = next((forms[name] for name in names if name in forms), None)
        places.append(at if at is None or grid else headings[at])
        may_lack = column.optional or not (grid or needed[column.field].required)
        if at is None and not may_lack:
            missing.append(column.headings[0])
        elif at is None and not grid:
            places[-1] = column.headings[0]
    read = {place for place in places if place is not None}
    unread = [
        heading
        for n, heading in enumerate(headings)
        if heading
        and same_word(heading) not in known
        and (n if grid else heading) not in read
    ]
    return Fit(layout, tuple(places), tuple(missing), tuple(unread))


def best_fit(
    path: Path, *, kind: Kind, candidates: Sequence[Layout], named: bool, format_: str
) -> Fit:
    """Which of the candidates fits the file best?

    Args:
        path: the file.
        kind: the kind of rows that it is said to hold.
        candidates: the layouts to try; never empty.
        named: somebody named the layout, so nothing else is thought of.
        format_: the format of the file's content.

    Raises:
        NotThisFormat: no candidate reads files of this format.
        HeadingTwice: a column that is read stands twice.
        WrongKind: no candidate fits, or fits worse than one of another kind.
        NoLayoutFits: no candidate fits; says which columns are missing.
    """
    same = [layout for layout in candidates if layout.format == format_]
    if not same:
        expected = NAMES[candidates[0].format]
        raise NotThisFormat(file=path.name, found=NAMES[format_], expected=expected)
    tried = _Headings(path)
    fits = [fit_of(layout, tried.of(layout)) for layout in same if tried.can(layout)]
    if not fits:
        raise tried.refusals[0]
    whole = [fit for fit in fits if not fit.missing]
    best = max(whole or fits, key=lambda fit: (fit.matched, -len(fit.unread)))
    if not (named and whole):
        _refuse_other_kind(tried, best, kind, path)
    if not whole:
        raise _no_fit(tried, best, kind, candidates)
    _refuse_doubles(best, tried.of(best.layout), path)
    return best


class _Headings:
    """The headings of one file, read once for each way of reading it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read: dict[tuple[object, ...], tuple[str, ...] | FileRefused] = {}

    @property
    def refusals(self) -> list[FileRefused]:
        return [found for found in self.read.values() if isinstance(found, FileRefused)]

    def can(self, layout: Layout) -> bool:
        return not isinstance(self._found(layout), FileRefused)

    def of(self, layout: Layout) -> tuple[str, ...]:
        found = self._found(layout)
        return () if isinstance(found, FileRefused) else found

    def _found(self, layout: Layout) -> tuple[str, ...] | FileRefused:
        way = (
            layout.format,
            layout.encoding,
            layout.delimiter,
            layout.header_rows,
            layout.sheet,
            layout.record,
        )
        if way not in self.read:
            try:
                self.read[way] = headings_of(self.path, layout)
            except FileRefused as refused:
                self.read[way] = refused
        return self.read[way]


def _forms(headings: Sequence[str], *, grid: bool) -> dict[str, int]:
    forms: dict[str, int] = {}
    if grid:
        lasts = [same_word(heading.rpartition(" / ")[2]) for heading in headings]
        forms = {last: n for n, last in enumerate(lasts) if lasts.count(last) == 1}
    forms |= {
        same_word(heading): n for n, heading in reversed(list(enumerate(headings)))
    }
    forms.pop("", None)
    return forms


def _refuse_doubles(fit: Fit, headings: Sequence[str], path: Path) -> None:
    forms = [same_word(heading) for heading in headings]
    for place in fit.places:
        if isinstance(place, int) and forms.count(forms[place]) > 1:
            raise HeadingTwice(file=path.name, heading=headings[place])


def _refuse_other_kind(tried: _Headings, best: Fit, kind: Kind, path: Path) -> None:
    body, format_ = best.layout.body, best.layout.format
    for other in KINDS.values():
        if other.name == kind.name:
            continue
        layouts = [*layouts_for(body, other), canonical(other, body, format_)]
        for fit in _whole_fits(tried, layouts, format_):
            better = fit.matched > _known(best) and len(fit.unread) < len(best.unread)
            if better:
                raise WrongKind(file=path.name, kind=kind.name, looks=other.name)


def _known(fit: Fit) -> int:
    """How many columns of the file does the layout know?"""
    return len(set(fit.places) - {None})


def _whole_fits(
    tried: _Headings, layouts: Iterable[Layout], format_: str
) -> Iterable[Fit]:
    for layout in layouts:
        if layout.format == format_ and tried.can(layout):
            fit = fit_of(layout, tried.of(layout))
            if not fit.missing:
                yield fit


def _no_fit(
    tried: _Headings, best: Fit, kind: Kind, candidates: Sequence[Layout]
) -> NoLayoutFits:
    hints = []
    headings = [heading for heading in tried.of(best.layout) if heading]
    if len(headings) == 1 and any(mark in headings[0] for mark in DELIMITERS):
        hints.append("The whole heading is one cell: check `delimiter`.")
    for heading in best.missing:
        near = near_miss(heading, best.unread)
        if near:
            hints.append(f"Did you mean '{heading}' where it says '{near}'?")
    for layout in candidates:
        if layout.format != best.layout.format:
            hints.append(f"Layout {layout.name} reads {NAMES[layout.format]}.")
    others = [layout for layout in every_layout() if layout.kind.name == kind.name]
    for fit in _whole_fits(tried, others, best.layout.format):
        hints.append(f"It fits layout {fit.layout.name}: check the body.")
    hints.append("Rename the columns, or write a layout for this extract.")
    return NoLayoutFits(
        file=tried.path.name,
        layout=best.layout.name,
        missing=", ".join(f"'{heading}'" for heading in best.missing),
        hint=" ".join(hints),
    )
