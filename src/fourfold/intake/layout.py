"""How does one body's system lay out the rows of one kind?

A layout is a TOML sheet; `docs/how-to/bring-in-a-new-extract.md` shows one whole.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import Path
from typing import Any

from fourfold.base.bodies import BODIES
from fourfold.base.codes import CODES
from fourfold.intake.date_styles import DEFAULT_STYLES, is_style
from fourfold.intake.errors import LayoutFault
from fourfold.intake.kinds import KINDS, Kind
from fourfold.intake.nearest import did_you_mean

FORMATS = ("csv", "xlsx", "jsonl", "json", "xml")
ENCODINGS = ("utf-8", "utf-8-sig", "windows-1252")
UNKNOWN = ("N/K", "NK", "Not known", "Unknown", "N/A", "TBC", "-", "null")
TRUE = ("Yes", "Y", "True", "T", "1")
FALSE = ("No", "N", "False", "F", "0")

COLUMN_KEYS = {
    "column": (str, list),
    "dates": (list,),
    "separator": (str,),
    "unknown": (list,),
    "optional": (bool,),
}
FOOTER_KEYS: dict[str, tuple[type, ...]] = {
    "starts": (list,),
    "counts_rows": (bool,),
    "always": (bool,),
}
SHEET_KEYS: dict[str, tuple[type, ...]] = {
    "says": (str,),
    "kind": (str,),
    "body": (str,),
    "format": (str,),
    "encoding": (str,),
    "delimiter": (str,),
    "sheet": (str,),
    "header_rows": (list,),
    "data_row": (int,),
    "root": (str,),
    "record": (str,),
    "dates": (list,),
    "list_separator": (str,),
    "true": (list,),
    "false": (list,),
    "unknown": (list,),
    "ignore": (list,),
    "footer": (dict,),
    "columns": (dict,),
    "codes": (dict,),
    "constants": (dict,),
}
NEEDED = ("says", "kind", "body", "format", "columns")


@dataclass(frozen=True)
class Column:
    """Where one field stands in the file, and how it is written there.

    `headings` are the names the column may have, the first being the one we write;
    in JSON and XML they are paths (`lead.number`, `lead/@number`).
    """

    field: str
    headings: tuple[str, ...]
    dates: tuple[str, ...] = DEFAULT_STYLES
    separator: str = ";"
    unknown: tuple[str, ...] = UNKNOWN
    optional: bool = False


@dataclass(frozen=True)
class Footer:
    """How the lines after the last row begin, and what they are good for.

    `counts_rows`: their number is the number of rows. `always`: the system never leaves
    them out, so a file without one was cut.
    """

    starts: tuple[str, ...] = ()
    counts_rows: bool = False
    always: bool = False


@dataclass(frozen=True)
class Layout:
    """How one body's system lays out the rows of one kind.

    `header_rows` count from 1; `data_row` is the first row of data. `codes` holds, for
    a field, the sender's words and what each means; `constants` the fields that are the
    same in every row. `delimiter` "auto" is settled by the heading.
    """

    name: str
    says: str
    kind: Kind
    body: str
    format: str
    columns: Mapping[str, Column]
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_rows: tuple[int, ...] = (1,)
    data_row: int = 2
    root: str = "rows"
    record: str = "row"
    true: tuple[str, ...] = TRUE
    false: tuple[str, ...] = FALSE
    ignore: tuple[str, ...] = ()
    footer: Footer = Footer()
    codes: Mapping[str, Mapping[str, str]] = default(default_factory=dict)
    constants: Mapping[str, Any] = default(default_factory=dict)


def read_layout(path: Path, name: str = "") -> Layout:
    """Which layout does the sheet at `path` describe?

    Args:
        path: a TOML file.
        name: what to call it; otherwise folder/file without ending.

    Raises:
        LayoutFault: the sheet is not TOML, or says something unknown, of another type
            or contradictory. All faults are named at once.
    """
    name = name or f"{path.parent.name}/{path.stem}"
    try:
        sheet = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise LayoutFault(layout=name, count=1, faults=str(error)) from error
    return layout_of(sheet, name)


def layout_of(sheet: Mapping[str, Any], name: str) -> Layout:
    """Which layout does a sheet, already parsed, describe?

    Raises:
        LayoutFault: it has faults; all are named at once.
    """
    faults = _faults(sheet)
    if faults:
        raise LayoutFault(layout=name, count=len(faults), faults="; ".join(faults))
    header_rows = tuple(sheet.get("header_rows", [1]))
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in sheet.items()
        if key not in ("kind", "columns", "footer", "dates", "unknown")
        and key not in ("list_separator", "header_rows", "data_row", "true", "false")
    }
    return Layout(
        name=name,
        kind=KINDS[sheet["kind"]],
        columns={
            field: _column(field, said, sheet)
            for field, said in sheet["columns"].items()
        },
        header_rows=header_rows,
        data_row=sheet.get("data_row", max(header_rows, default=0) + 1),
        true=tuple(sheet.get("true", ())) + TRUE,
        false=tuple(sheet.get("false", ())) + FALSE,
        footer=Footer(
            starts=tuple(sheet.get("footer", {}).get("starts", ())),
            counts_rows=sheet.get("footer", {}).get("counts_rows", False),
            always=sheet.get("footer", {}).get("always", False),
        ),
        **plain,
    )


def _column(field: str, said: Any, sheet: Mapping[str, Any]) -> Column:
    own = said if isinstance(said, dict) else {"column": said}
    headings = own["column"]
    unknown = (*own.get("unknown", ()), *sheet.get("unknown", ()), *UNKNOWN)
    return Column(
        field=field,
        headings=(headings,) if isinstance(headings, str) else tuple(headings),
        dates=tuple(own.get("dates", sheet.get("dates", DEFAULT_STYLES))),
        separator=own.get("separator", sheet.get("list_separator", ";")),
        unknown=tuple(dict.fromkeys(unknown)),
        optional=own.get("optional", False),
    )


def _faults(sheet: Mapping[str, Any]) -> list[str]:
    faults = _key_faults(sheet, SHEET_KEYS, "")
    faults += [f"it lacks {key}" for key in NEEDED if key not in sheet]
    if faults:
        return faults
    if sheet["kind"] not in KINDS:
        meant = did_you_mean(sheet["kind"], KINDS)
        return [f"no kind of row is called '{sheet['kind']}'{meant}"]
    kind = KINDS[sheet["kind"]]
    faults += _form_faults(sheet)
    faults += _key_faults(sheet.get("footer", {}), FOOTER_KEYS, "footer.")
    for field, said in sheet["columns"].items():
        faults += _column_faults(field, said, kind)
    for part in ("codes", "constants"):
        faults += _field_faults(sheet.get(part, {}), kind, part)
    for field, words in sheet.get("codes", {}).items():
        faults += _code_faults(field, words, kind)
    given = {*sheet["columns"], *sheet.get("constants", {})}
    faults += [
        f"nothing gives the field {field}, which every row needs"
        for field, asked in kind.fields.items()
        if asked.required and field not in given
    ]
    return faults


def _form_faults(sheet: Mapping[str, Any]) -> list[str]:
    faults = []
    for key, allowed in (("format", FORMATS), ("encoding", ENCODINGS)):
        if key in sheet and sheet[key] not in allowed:
            known = ", ".join(allowed)
            faults.append(f"{key} is '{sheet[key]}'; use one of {known}")
    delimiter = sheet.get("delimiter", ",")
    if delimiter != "auto" and (len(delimiter) != 1 or delimiter in '"\r\n '):
        faults.append("delimiter must be one character, or auto")
    rows = sheet.get("header_rows", [1])
    if not rows or not all(type(row) is int and row > 0 for row in rows):
        faults.append("header_rows must be row numbers from 1")
    elif sheet.get("data_row", max(rows) + 1) <= max(rows):
        faults.append("data_row must come after header_rows")
    faults += _style_faults(sheet.get("dates", []), "dates")
    for key in ("true", "false", "unknown", "ignore"):
        if not _all_text(sheet.get(key, [])):
            faults.append(f"{key} must be a list of words")
    both = {w.casefold() for w in sheet.get("true", [])}
    both &= {w.casefold() for w in sheet.get("false", [])}
    faults += [f"'{word}' is both true and false" for word in sorted(both)]
    if not sheet.get("list_separator", ";").strip():
        faults.append("list_separator is blank")
    return faults


def _column_faults(field: str, said: Any, kind: Kind) -> list[str]:
    faults = _field_faults({field: said}, kind, "columns")
    own = said if isinstance(said, dict) else {"column": said}
    faults += _key_faults(own, COLUMN_KEYS, f"columns.{field}.")
    headings = own.get("column")
    headings = [headings] if isinstance(headings, str) else headings
    if not isinstance(headings, list) or not headings or not _all_text(headings):
        return [*faults, f"columns.{field} must name its column"]
    if not all(heading.strip() for heading in headings):
        faults.append(f"columns.{field} names a blank column")
    styles = own.get("dates", [])
    return faults + _style_faults(styles, f"columns.{field}.dates")


def _code_faults(field: str, words: Any, kind: Kind) -> list[str]:
    if not isinstance(words, dict) or not _all_text(list(words.values())):
        return [f"codes.{field} must map words to words"]
    asked = kind.fields.get(field)
    known: Mapping[str, Any] = {}
    if asked is not None and asked.codes:
        known = CODES[asked.codes].values
    elif asked is not None and asked.type in ("body", "bodies"):
        known = BODIES
    return [
        f"codes.{field}: there is no '{code}'{did_you_mean(code, known)}"
        for code in words.values()
        if known and code not in known
    ]


def _style_faults(styles: Any, where: str) -> list[str]:
    if not isinstance(styles, list) or not _all_text(styles):
        return [f"{where} must be a list of styles"]
    return [f"{where}: '{s}' is not a style of date" for s in styles if not is_style(s)]


def _field_faults(part: Mapping[str, Any], kind: Kind, where: str) -> list[str]:
    return [
        f"{where}: {kind.name} has no field '{name}'{did_you_mean(name, kind.fields)}"
        for name in part
        if name not in kind.fields
    ]


def _key_faults(
    part: Mapping[str, Any], keys: Mapping[str, tuple[type, ...]], where: str
) -> list[str]:
    faults = []
    for key, value in part.items():
        if key not in keys:
            faults.append(f"unknown key {where}{key}{did_you_mean(key, keys)}")
        elif type(value) not in keys[key]:
            faults.append(f"{where}{key} is of another type")
    return faults


def _all_text(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
