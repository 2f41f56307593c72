"""Which rules are in force, and where does each come from?

A rule sheet is a TOML file beside the module that gives it meaning: a list of
`[[rule]]` tables. The reader turns each into a frozen dataclass whose fields are
the keys allowed; a key too many or too few stops the program.
"""

import dataclasses
import tomllib
import types
import typing
from datetime import date
from importlib import resources
from typing import Any, TypeVar

from fourfold.base.errors import SheetFault

R = TypeVar("R")

PLACEHOLDER = "placeholder"


def load(record: type[R], package: str, sheet: str) -> tuple[R, ...]:
    """Which rules does a sheet hold, in its order?

    Args:
        record: a frozen dataclass with the keys of the sheet. It must have `key`,
            `says` and `source`; a field with a default may be left out of a row.
        package: dotted package of the sheet's owner, for example "fourfold.measure".
        sheet: name without ending, found in the package's folder `rules`.

    Returns:
        One record a row. Never empty.

    Raises:
        SheetFault: the sheet has no rules, a row has a key too many or too few, a
            key twice, or a value of another type than its field.
    """
    path = resources.files(package) / "rules" / f"{sheet}.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
    name = f"{package}.{sheet}"
    if not rows:
        raise SheetFault(sheet=name, row="-", fault="it has no [[rule]] rows")
    rules = tuple(_record(record, row, name) for row in rows)
    seen: set[str] = set()
    for rule in rules:
        key = str(getattr(rule, "key", ""))
        if key in seen:
            raise SheetFault(sheet=name, row=key, fault="the key stands twice")
        seen.add(key)
    return rules


def in_force(rules: tuple[R, ...], on: date) -> tuple[R, ...]:
    """Which of the rules are in force on a day, in their order?

    A rule without `in_force` always is; one with `in_force_to` ends that day.
    """
    return tuple(
        rule
        for rule in rules
        if (getattr(rule, "in_force", None) or date.min) <= on
        and on <= (getattr(rule, "in_force_to", None) or date.max)
    )


def _record(record: type[R], row: dict[str, Any], sheet: str) -> R:
    fields = {  # a record is a dataclass; its type variable cannot say so
        f.name: f
        for f in dataclasses.fields(record)  # type: ignore[arg-type]
    }
    name = str(row.get("key", "without a key"))
    extra = sorted(set(row) - set(fields))
    missing = sorted(n for n, f in fields.items() if n not in row and _needed(f))
    if extra:
        raise SheetFault(sheet=sheet, row=name, fault=f"unknown {', '.join(extra)}")
    if missing:
        raise SheetFault(sheet=sheet, row=name, fault=f"lacks {', '.join(missing)}")
    hints = typing.get_type_hints(record)
    for key, value in row.items():
        if not _fits(value, hints[key]):
            raise SheetFault(sheet=sheet, row=name, fault=f"{key} is of another type")
    return record(**{k: _frozen(v) for k, v in row.items()})


def _needed(field: "dataclasses.Field[Any]") -> bool:
    return (
        field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    )


def _fits(value: Any, hint: Any) -> bool:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return True
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, arg) for arg in args)
    if origin in (tuple, list):
        return isinstance(value, list) and all(_fits(v, args[0]) for v in value)
    if origin is dict:
        return isinstance(value, dict)
    if hint is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value
