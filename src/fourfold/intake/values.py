"""What does one cell mean as a value of its field?"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from fourfold.base.bodies import BODIES
from fourfold.base.codes import CODES
from fourfold.intake.cells import (
    FORMULA,
    LONGEST_REFERENCE,
    LONGEST_TEXT,
    TWO_VALUES,
    Cell,
    Formula,
    Wrong,
)
from fourfold.intake.date_styles import day_of
from fourfold.intake.kinds import Field
from fourfold.intake.layout import Column, Layout
from fourfold.intake.nearest import near_miss
from fourfold.intake.words import plain_dashes, same_word, singular, tidy

Reader = Callable[[Cell], Any]
"""From a cell to a value, None (nothing or unknown), or Wrong."""

OneReader = Callable[[str], Any]
"""From a tidy, known, non-empty text to a value or Wrong."""

AUTO, SEPARATORS = "auto", ";|,"
ISO = "yyyy-mm-dd"
NUMBER = re.compile(r"([-+]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?")
LARGEST = {"integer": 2**31 - 1, "number": 1e15, "money": 1e12}
REMEMBERED = 50_000
MARKINGS = ("classification", "compartments")
POLICE_WORDS = re.compile(r"\b(police|constabulary|service|force|the)\b")
_NEW = object()


def value_reader(
    field: Field, column: Column, layout: Layout, today: date | None
) -> Reader:
    """Which function reads the cells of one column as values of its field?

    Args:
        field: what the kind says of the field.
        column: what the layout says of the column.
        layout: for its words for true, false and codes.
        today: the clock, for two-digit years; None: unknown.
    """
    words = {same_word(k): v for k, v in layout.codes.get(field.name, {}).items()}
    unknown = {plain_dashes(tidy(word)).casefold() for word in column.unknown}
    unknown = {word for word in unknown if same_word(word) not in words}
    longest = max(map(len, unknown), default=0)
    one = _one_reader(field, column, layout, today, words)
    if field.type in ("list", "bodies"):
        return _list_reader(field, column, one, unknown)

    def read(cell: Cell) -> Any:
        if not cell and (cell is None or cell == ""):
            return None
        text = cell if isinstance(cell, str) else as_text(cell)
        if isinstance(text, Wrong):
            return text
        text = tidy(text)
        if not text:
            return None
        if text[0] == "=":
            return FORMULA
        if len(text) <= longest and plain_dashes(text).casefold() in unknown:
            return _unknown_marking(field)
        return one(text)

    return read if field.type == "text" else _remember(read)


def as_text(cell: Cell) -> str | Wrong:
    """What does a typed cell of a workbook or of JSON say as text? "" for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return FORMULA
    if isinstance(cell, list):
        return TWO_VALUES if len(cell) > 1 else (cell[0] if cell else "")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != cell.min.time() else _day(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _day(cell: datetime) -> str:
    return cell.date().isoformat()


def _remember(read: Reader) -> Reader:
    known: dict[str, Any] = {}

    def remembered(cell: Cell) -> Any:
        if not isinstance(cell, str):
            return read(cell)
        value = known.get(cell, _NEW)
        if value is _NEW:
            value = read(cell)
            if len(known) < REMEMBERED and len(cell) < 100:
                known[cell] = value
        return value

    return remembered


def _unknown_marking(field: Field) -> Wrong | None:
    if field.name not in MARKINGS:
        return None
    return Wrong(
        "the marking is not stated", "State it, or leave it empty for OFFICIAL."
    )


def _one_reader(
    field: Field,
    column: Column,
    layout: Layout,
    today: date | None,
    words: Mapping[str, str],
) -> OneReader:
    """Which function reads one tidy, known, non-empty text?"""
    if field.codes:
        return _code_reader(field, words)
    if field.type in ("body", "bodies"):
        return _body_reader(words)
    if field.type == "date":
        styles = tuple(dict.fromkeys((*column.dates, ISO)))
        past = field.name == "born_on"
        read: OneReader = partial(day_of, styles=styles, today=today, past=past)
    elif field.type in LARGEST:
        read = partial(number_of, type_=field.type)
    elif field.type == "boolean":
        read = _boolean_reader(layout)
    elif field.type == "ref" or field.name == "ref" or field.name.endswith("_ref"):
        read = reference_of
    elif field.name == "compartments":
        read = _compartment
    else:
        read = _text_of
    return (lambda text: read(words.get(same_word(text), text))) if words else read


def _compartment(text: str) -> str:
    return same_word(text).replace(" ", "-")


def _text_of(text: str) -> str | Wrong:
    if len(text) > LONGEST_TEXT:
        return Wrong(
            f"longer than {LONGEST_TEXT:,} characters",
            "Shorten it, or attach a document.",
        )
    return text


def reference_of(text: str) -> str | Wrong:
    """Which reference does the text give, its dashes made plain?"""
    if len(text) > LONGEST_REFERENCE or "\n" in text:
        return Wrong(
            "not a reference",
            f"Give one reference on one line, up to {LONGEST_REFERENCE} characters.",
        )
    return plain_dashes(text)


def number_of(text: str, type_: str) -> int | float | Wrong:
    """Which number does the text give, of type integer, number or money?

    A pound sign and thousands in threes are read: £1,234.50.
    """
    plain = plain_dashes(text)
    if type_ == "money":
        plain = re.sub(r"^([-+]?) ?(?:£|GBP) ?", r"\1", plain)
    found = NUMBER.fullmatch(plain)
    if not found:
        mend = "Write digits only, for example 1234 or 1,234"
        return Wrong(
            "not a number", f"{mend}.50." if type_ != "integer" else f"{mend}."
        )
    value = float(found[1] + found[2].replace(",", "") + (found[3] or ""))
    if not math.isfinite(value) or abs(value) > LARGEST[type_]:
        return Wrong("too large a number", "Correct the number.")
    if type_ != "integer":
        return value
    if not value.is_integer():
        return Wrong("not a whole number", "Give a whole number.")
    return int(value)


def _boolean_reader(layout: Layout) -> Callable[[str], bool | Wrong]:
    words = dict.fromkeys(map(same_word, layout.false), False)
    words |= dict.fromkeys(map(same_word, layout.true), True)
    wrong = Wrong("neither yes nor no", f"Write {layout.true[0]} or {layout.false[0]}.")

    def read(text: str) -> bool | Wrong:
        return words.get(same_word(text), wrong)

    return read


def _code_reader(
    field: Field, words: Mapping[str, str]
) -> Callable[[str], str | Wrong]:
    codes = CODES[field.codes]
    forms = {same_word(key): key for key in codes.values}
    forms |= {same_word(label): key for key, label in codes.values.items()}
    forms |= words
    loose = {singular(form): key for form, key in forms.items()}
    names = [*words, *codes.values.values(), *codes.values]

    def read(text: str) -> str | Wrong:
        found = forms.get(same_word(text)) or loose.get(singular(text))
        if found:
            return found
        near = near_miss(text, names)
        if field.type == "list" and not near:
            return _text_of(text)
        known = ", ".join(codes.values.values())
        mend = f"Did you mean '{near}'? " if near else ""
        return Wrong(f"not in the list {field.codes}", f"{mend}Use one of: {known}.")

    return read


def _body_reader(words: Mapping[str, str]) -> Callable[[str], str | Wrong]:
    forms: dict[str, str] = {}
    for slug, body in BODIES.items():
        for name in (slug, body.short, body.name):
            forms.setdefault(same_word(name), slug)
    for slug, body in BODIES.items():
        forms.setdefault(_bare(body.name), slug)
    forms |= words

    def read(text: str) -> str | Wrong:
        found = forms.get(same_word(text)) or forms.get(_bare(text))
        if found:
            return found
        near = near_miss(_bare(text), forms)
        mend = f"Did you mean '{forms[near]}'?" if near else "Write its full name."
        return Wrong("not a body that we know", mend)

    return read


def _bare(name: str) -> str:
    return same_word(POLICE_WORDS.sub(" ", same_word(name).replace("&", "and")))


def _list_reader(
    field: Field, column: Column, one: OneReader, unknown: set[str]
) -> Reader:
    def read(cell: Cell) -> Any:
        if not cell:
            return []
        text = cell if isinstance(cell, (str, list)) else as_text(cell)
        if isinstance(text, Wrong):
            return text
        parts = _items(text, column) if isinstance(text, str) else text
        items = [item for item in map(tidy, parts) if item]
        if len(items) == 1 and plain_dashes(items[0]).casefold() in unknown:
            return _unknown_marking(field)
        values = [FORMULA if item[0] == "=" else one(item) for item in items]
        wrong = next((v for v in values if isinstance(v, Wrong)), None)
        return wrong or list(dict.fromkeys(values))

    return read


def _items(text: str, column: Column) -> list[str]:
    if column.separator != AUTO:
        return text.split(column.separator)
    return text.split(next((mark for mark in SEPARATORS if mark in text), ";"))
