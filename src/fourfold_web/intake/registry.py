"""Which record does a row of each kind become?

A stage says so for its kinds in its `deliveries.py`; intake never imports a stage.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from fourfold.base.errors import FourfoldError
from fourfold.intake.cells import Wrong
from fourfold.intake.kinds import KINDS, Field, Kind, kind

Values = dict[str, Any]
"""Column to value, of one record."""

RowRule = Callable[[Mapping[str, Any]], Iterable[tuple[str, Wrong]]]
"""From a canonical row to the fields that its record would refuse, each with why."""

Complete = Callable[[Values], Values]
"""From the values of a new record to those values with what its kind does not give."""


class NotTaken(FourfoldError):
    """No stage of the site keeps rows of that kind."""

    what = "Rows of the kind '{kind}' are not kept here yet."
    do = "Use one of: {known}."
    status = 404


class NotAColumn(FourfoldError):
    """A kind has a field for which its record has no place."""

    what = "The record {model} has no place for the field {field} of {kind}."
    do = "Add it to the record, or take it out of the sheet of kinds."
    status = 500


@dataclass(frozen=True)
class Slot:
    """Where one field of a row stands in its record, and what stands for unknown."""

    field: Field
    column: str
    blank: Any
    longest: int | None


@dataclass(frozen=True)
class Becomes:
    """How the rows of one kind become records.

    `slots` are the fields that a row gives; `always` the values that every new record
    of the model starts with.
    """

    kind: Kind
    model: type[models.Model]
    slots: tuple[Slot, ...]
    references: tuple[Slot, ...]
    limited: tuple[Slot, ...]
    always: Mapping[str, Any]
    rules: tuple[RowRule, ...]
    complete: Complete

    @property
    def marked(self) -> bool:
        """Does each row carry a marking of its own?"""
        return self.kind.marked


_TAKEN: dict[str, Becomes] = {}


def register(
    name: str,
    model: type[models.Model],
    *,
    rules: tuple[RowRule, ...] = (),
    complete: Complete = dict,
) -> None:
    """Say which record the rows of a kind become.

    Args:
        name: a kind of `kinds.toml`.
        model: the record; its fields are called as the kind's.
        rules: what the record asks of a row beyond the sheet of kinds.
        complete: adds what a new record needs and the row does not give.

    Raises:
        UnknownKind: there is no such kind.
        NotAColumn: the record lacks one of the kind's fields.
    """
    rows = kind(name)
    slots = tuple(
        _slot(rows, model, field)
        for field in rows.fields.values()
        if field.name != "ref"
    )
    given = {slot.column for slot in slots}
    _TAKEN[name] = Becomes(
        kind=rows,
        model=model,
        slots=slots,
        references=tuple(slot for slot in slots if slot.field.type == "ref"),
        limited=tuple(slot for slot in slots if slot.longest is not None),
        always={
            str(field.column): field.get_default()
            for field in model._meta.concrete_fields
            if not field.primary_key and field.column not in given
        },
        rules=rules,
        complete=complete,
    )


def becomes(name: str) -> Becomes:
    """Which record do rows of the kind become?

    Raises:
        UnknownKind: there is no such kind.
        NotTaken: no stage has said.
    """
    asked = kind(name)
    if asked.name not in _TAKEN:
        raise NotTaken(kind=name, known=", ".join(taken()))
    return _TAKEN[asked.name]


def taken() -> list[str]:
    """Which kinds can be brought in? In the order of the sheet of kinds."""
    return [name for name in KINDS if name in _TAKEN]


def source_key(rows: Kind, row: Mapping[str, Any]) -> str:
    """What tells the row from others of its body? Its key's values, joined by "|"."""
    return "|".join("" if row[f] is None else str(row[f]) for f in rows.key)


def _slot(rows: Kind, model: type[models.Model], field: Field) -> Slot:
    columns = {one.name: one for one in model._meta.concrete_fields}
    if field.name not in columns:
        raise NotAColumn(model=model.__name__, field=field.name, kind=rows.name)
    column = columns[field.name]
    default = column.get_default()
    inner = getattr(column, "base_field", column)
    return Slot(
        field=field,
        column=str(column.column),
        blank=None if column.null else default if default is not None else "",
        longest=inner.max_length
        if isinstance(inner, models.CharField) and field.type != "code"
        else None,
    )
