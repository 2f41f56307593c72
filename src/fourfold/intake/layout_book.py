"""Which layouts are there for a body and a kind of rows?"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

from fourfold.intake.errors import UnknownLayout
from fourfold.intake.kinds import Kind
from fourfold.intake.layout import Column, Footer, Layout, read_layout

CANONICAL = "canonical"
CANONICAL_DATES = ("yyyy-mm-dd", "dd/mm/yyyy", "d Mon yyyy", "dd-Mon-yyyy", "excel")
FOOTERS = (
    "Total",
    "Totals",
    "Grand total",
    "Row count",
    "Rows",
    "Number of rows",
    "Record count",
    "Records",
    "Number of records",
    "End of report",
    "End of extract",
    "End of file",
)
ALSO = {"ref": ("reference",)}


def canonical(kind: Kind, body: str, format_: str = "csv") -> Layout:
    """Which layout has our own field names as its columns?

    Every field that the kind does not require may be absent from the heading.
    """
    columns = {
        name: Column(
            field=name,
            headings=(name, *ALSO.get(name, ())),
            dates=CANONICAL_DATES if format_ == "xlsx" else CANONICAL_DATES[:-1],
            separator="auto",
            optional=not field.required,
        )
        for name, field in kind.fields.items()
    }
    return Layout(
        name=CANONICAL,
        says="Our own field names as columns.",
        kind=kind,
        body=body,
        format=format_,
        columns=columns,
        delimiter="auto",
        root=kind.name,
        record="",
        footer=Footer(starts=FOOTERS),
    )


def layouts_for(
    body: str, kind: Kind, folders: Iterable[Path] = ()
) -> tuple[Layout, ...]:
    """Which layouts does the book hold for a body's rows of one kind, by name?

    Args:
        body: slug of the sending body.
        kind: the kind of rows.
        folders: further folders of layouts, each with a folder a body.

    Raises:
        LayoutFault: a sheet in one of the folders has faults.
    """
    return tuple(
        layout
        for layout in _of_body(body, tuple(folders))
        if layout.kind.name == kind.name
    )


def layout_called(
    name: str | Path,
    *,
    kind: Kind,
    body: str,
    format_: str,
    folders: Iterable[Path] = (),
) -> Layout:
    """Which layout is meant by a name, or by the path of a sheet?

    Args:
        name: `canonical`, `derbyshire/threats`, `threats` (of the body), or a path that
            ends in .toml.
        kind: the kind of rows to be read.
        body: slug of the sending body.
        format_: the format of the file, for `canonical`.
        folders: further folders of layouts.

    Returns:
        The layout, read for `body` even when its sheet is another body's.

    Raises:
        UnknownLayout: there is none, or it is for another kind.
        LayoutFault: the sheet has faults.
    """
    text = str(name)
    if text == CANONICAL:
        return canonical(kind, body, format_)
    if text.endswith(".toml") and Path(text).is_file():
        found = read_layout(Path(text))
        if found.kind.name == kind.name:
            return replace(found, body=body)
    folders = tuple(folders)
    owner, _, short = text.rpartition("/")
    for layout in layouts_for(owner or body, kind, folders):
        if layout.name == f"{owner or body}/{short}":
            return replace(layout, body=body)
    known = [layout.name for layout in layouts_for(body, kind, folders)]
    raise UnknownLayout(layout=text, known=", ".join([*known, CANONICAL]))


def every_layout(folders: Iterable[Path] = ()) -> tuple[Layout, ...]:
    """Which layouts does the book hold for all bodies and kinds, by name?"""
    bodies = sorted({place.name for place in _places(tuple(folders)) if place.is_dir()})
    return tuple(layout for body in bodies for layout in _of_body(body, tuple(folders)))


@cache
def _of_body(body: str, folders: tuple[Path, ...]) -> tuple[Layout, ...]:
    sheets = [
        sheet
        for place in _places(folders)
        if place.name == body
        for sheet in sorted(place.glob("*.toml"))
    ]
    return tuple(read_layout(sheet, f"{body}/{sheet.stem}") for sheet in sheets)


def _places(folders: tuple[Path, ...]) -> list[Path]:
    package = Path(str(resources.files("fourfold.intake"))) / "layouts"
    return [
        place
        for folder in (package, *folders)
        if folder.is_dir()
        for place in sorted(folder.iterdir())
    ]
