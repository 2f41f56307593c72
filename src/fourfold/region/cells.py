"""How does a body's system print one value of one field?"""

import random
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fourfold.base.bodies import BODIES as PLACES
from fourfold.base.codes import CODES
from fourfold.intake.kinds import Field
from fourfold.intake.layout import Column, Layout
from fourfold.region.rows import Row

Printer = Callable[[Any], Any]
"""From a canonical value to what stands in the file: text, or typed where it can be."""

TYPED = ("xlsx", "jsonl", "json")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
TRUE_FALSE = {
    "emsou": ("Y", "N"),
    "derbyshire": ("Yes", "No"),
    "northamptonshire": ("true", "false"),
    "nottinghamshire": ("1", "0"),
}
POUNDS = ("emsou", "derbyshire")
"""Bodies that write money as £1,234.50."""


def printers(layout: Layout) -> dict[str, Printer]:
    """Which function prints each field of the layout, by field?"""
    return {
        name: _printer(layout.kind.fields[name], column, layout)
        for name, column in layout.columns.items()
    }


def printed(row: Row, by_field: Mapping[str, Printer]) -> list[Any]:
    """What stands in the columns of the file for one row? None and [] print as ""."""
    return [
        "" if row[name] is None else print_one(row[name])
        for name, print_one in by_field.items()
    ]


def day_text(day: date, style: str) -> str:
    """How is a day written in a style of the layouts: "d Mon yyyy", "dd-Mon-yy"?"""
    month = MONTHS[day.month - 1]
    year = day.year
    match style:
        case "dd/mm/yyyy":
            return f"{day.day:02}/{day.month:02}/{year}"
        case "d Mon yyyy":
            return f"{day.day} {month} {year}"
        case "dd.mm.yyyy":
            return f"{day.day:02}.{day.month:02}.{year}"
        case "dd-Mon-yy":
            return f"{day.day:02}-{month}-{year % 100:02}"
        case _:
            return day.isoformat()


def stray(rng: random.Random, text: str) -> str:
    """How does a text look with a careless hand's spaces round or inside it?"""
    return rng.choice((f"  {text}", f"{text} ", f" {text}  ", text.replace(" ", "  ")))


def _printer(field: Field, column: Column, layout: Layout) -> Printer:
    words = {code: word for word, code in layout.codes.get(field.name, {}).items()}
    if field.type == "date":
        style = column.dates[0]
        if layout.format == "xlsx":
            return _same
        return lambda day: day_text(day, style)
    if field.type in ("list", "bodies"):
        return _list_printer(field, column, layout, words)
    if field.type == "boolean":
        return _boolean_printer(layout)
    if field.type in ("integer", "number", "money") and not words:
        return _number_printer(field, layout)
    return _word_printer(field, words)


def _same(value: Any) -> Any:
    return value


def _word_printer(field: Field, words: Mapping[str, str]) -> Printer:
    if field.type == "code":
        words = CODES[field.codes].values | dict(words)
    elif field.type == "body":
        words = {slug: body.short for slug, body in PLACES.items()} | dict(words)
    return lambda value: words.get(str(value), str(value))


def _list_printer(
    field: Field, column: Column, layout: Layout, words: Mapping[str, str]
) -> Printer:
    if field.type == "bodies":
        words = {slug: body.short for slug, body in PLACES.items()} | dict(words)
    if layout.format in ("jsonl", "json", "xml"):
        return lambda items: [words.get(item, item) for item in items]
    mark = column.separator
    return lambda items: mark.join(words.get(item, item) for item in items)


def _boolean_printer(layout: Layout) -> Printer:
    if layout.format in TYPED:
        return _same
    yes, no = TRUE_FALSE.get(layout.body, ("Yes", "No"))
    return lambda value: yes if value else no


def _number_printer(field: Field, layout: Layout) -> Printer:
    if layout.format in TYPED:
        return _same
    if field.type == "money" and layout.body in POUNDS:
        return lambda value: f"£{value:,.2f}"
    return lambda value: f"{value:g}" if abs(value) < 100000 else f"{value:.2f}"
