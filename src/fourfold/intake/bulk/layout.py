"""How does one sender lay out bulk evidence of one kind?

A layout is a TOML sheet in the folder `layouts`; `docs/how-to/bring-in-call-records.md`
shows one whole. A file that no sheet fits is read by its headings.
"""

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from fourfold.intake.bulk.errors import BulkLayoutFault, UnknownBulkLayout
from fourfold.intake.bulk.headings import fields_of, plain_heading
from fourfold.intake.evidence import EVIDENCE
from fourfold.intake.nearest import did_you_mean


@dataclass(frozen=True)
class BulkLayout:
    """How one sender lays out one kind of evidence.

    `columns`: our field to their heading. `names`: the columns of a file without a
    heading, in order. `words`: for a field, their words and ours. `constants`: fields
    that are the same in every row. `footer`: how lines after the last row begin.
    `unfold`: for each further row that a line makes, our field to their heading (see
    `fourfold.intake.bulk.unfold`).
    """

    key: str
    says: str
    kind: str
    columns: Mapping[str, str]
    dates: tuple[str, ...] = ()
    zone: str = ""
    delimiter: str = ""
    names: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    footer: tuple[str, ...] = ()
    unfold: tuple[Mapping[str, str], ...] = ()


def layout_book(kind: str) -> dict[str, BulkLayout]:
    """Which layouts of a kind do we know, by key?"""
    return {key: one for key, one in _all().items() if one.kind == kind}


def bulk_layout(kind: str, named: str) -> BulkLayout:
    """Which layout is meant by a key, or by the path of a sheet?

    Raises:
        UnknownBulkLayout: there is neither.
        BulkLayoutFault: the sheet cannot be used.
    """
    known = layout_book(kind)
    if named in known:
        return known[named]
    path = Path(named)
    if path.suffix == ".toml" and path.is_file():
        return layout_from(path.read_text(encoding="utf-8"), path.stem)
    raise UnknownBulkLayout(kind=kind, layout=named, known=", ".join(known) or "none")


def fitting(kind: str, headings: Sequence[str]) -> BulkLayout | None:
    """Which layout has all its headings in the file? The one with most of them."""
    present = {plain_heading(heading) for heading in headings}
    fits = [
        layout
        for layout in layout_book(kind).values()
        if not layout.names
        and {plain_heading(name) for name in layout.columns.values()} <= present
    ]
    return max(fits, key=lambda layout: (len(layout.columns), layout.key), default=None)


def layout_from(text: str, key: str) -> BulkLayout:
    """Which layout does a sheet describe?

    Raises:
        BulkLayoutFault: it is not TOML, or says something unknown. All faults at once.
    """
    try:
        sheet = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BulkLayoutFault(layout=key, faults=str(error)) from error
    faults = _faults(sheet)
    if faults:
        raise BulkLayoutFault(layout=key, faults="; ".join(faults))
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in sheet.items()
    }
    return BulkLayout(key=key, **plain)


@cache
def _all() -> dict[str, BulkLayout]:
    folder = resources.files("fourfold.intake.bulk") / "layouts"
    sheets = sorted((s for s in folder.iterdir() if s.name.endswith(".toml")), key=str)
    return {
        sheet.name[: -len(".toml")]: layout_from(
            sheet.read_text(encoding="utf-8"), sheet.name[: -len(".toml")]
        )
        for sheet in sheets
    }


def _faults(sheet: Mapping[str, Any]) -> list[str]:
    known = {f.name for f in dataclasses.fields(BulkLayout)} - {"key"}
    faults = [
        f"unknown key {k}{did_you_mean(k, known)}" for k in sheet if k not in known
    ]
    faults += [f"it lacks {k}" for k in ("says", "kind", "columns") if k not in sheet]
    if faults:
        return faults
    if sheet["kind"] not in EVIDENCE:
        return [f"no kind of evidence is called '{sheet['kind']}'"]
    ours = _ours(sheet["kind"])
    for part in ("columns", "words", "constants"):
        faults += [
            f"{part}: there is no field '{name}'{did_you_mean(name, ours)}"
            for name in sheet.get(part, {})
            if name not in ours
        ]
    faults += [
        f"unfold: there is no field '{name}'{did_you_mean(name, ours)}"
        for group in sheet.get("unfold", [])
        for name in group
        if name not in ours
    ]
    return faults


def _ours(kind: str) -> set[str]:
    return set(fields_of(kind)) | {column.name for column in EVIDENCE[kind].columns}
