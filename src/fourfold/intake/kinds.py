"""Which kinds of rows do bodies send, and what does each field mean?"""

import tomllib
from dataclasses import dataclass
from importlib import resources

from fourfold.base.codes import CODES
from fourfold.base.errors import FourfoldError, SheetFault

TYPES = frozenset(
    [
        "text",
        "date",
        "integer",
        "number",
        "money",
        "boolean",
        "code",
        "body",
        "list",
        "bodies",
        "ref",
    ]
)


class UnknownKind(FourfoldError):
    """Nobody sends rows of that kind."""

    what = "No kind of row is called '{kind}'."
    do = "Use one of: {known}."
    status = 404


@dataclass(frozen=True)
class Field:
    """One field of a kind: its type, and the list or kind that its value names."""

    name: str
    type: str
    says: str
    required: bool = False
    codes: str = ""
    to: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of row."""

    name: str
    title: str
    says: str
    stage: str
    code: str
    key: tuple[str, ...]
    marked: bool
    fields: dict[str, Field]


MARKING = {
    "classification": Field(
        "classification", "code", "How sensitive it is.", codes="classification"
    ),
    "compartments": Field(
        "compartments", "list", "Compartments; all of them are needed to see it."
    ),
    "shared_with": Field(
        "shared_with", "bodies", "Bodies it is shared with beyond its owner."
    ),
}


def kind(name: str) -> Kind:
    """Which kind is called `name`?

    Raises:
        UnknownKind: none is.
    """
    if name not in KINDS:
        raise UnknownKind(kind=name, known=", ".join(KINDS))
    return KINDS[name]


def _field(kind_name: str, name: str, row: dict[str, str]) -> Field:
    try:
        field = Field(name=name, **row)  # type: ignore[arg-type]
    except TypeError as error:
        raise SheetFault(
            sheet="kinds", row=kind_name, fault=f"{name}: {error}"
        ) from error
    if field.type not in TYPES:
        raise SheetFault(sheet="kinds", row=kind_name, fault=f"{name} is {field.type}")
    if field.type == "code" and field.codes not in CODES:
        raise SheetFault(sheet="kinds", row=kind_name, fault=f"{name}: no code list")
    return field


def _load() -> dict[str, Kind]:
    path = resources.files("fourfold.intake") / "rules" / "kinds.toml"
    sheet = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = {}
    for name, row in sheet.items():
        fields = {f: _field(name, f, v) for f, v in row["fields"].items()}
        marked = bool(row.get("marked", False))
        kinds[name] = Kind(
            name=name,
            title=row["title"],
            says=row["says"],
            stage=row["stage"],
            code=row["code"],
            key=tuple(row["key"]),
            marked=marked,
            fields=fields | (MARKING if marked else {}),
        )
    return kinds


KINDS = _load()
