"""How is one value of a record shown in a table?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from fourfold_web.base.words import number, uk_date, uk_instant

NOTHING = format_html('<span class="ff-quiet">{}</span>', "Not recorded")
NO_NUMBER = format_html(
    '<span aria-hidden="true">–</span><span class="govuk-visually-hidden">{}</span>',
    "Not recorded",
)
COLOURS = (
    "grey",
    "green",
    "teal",
    "blue",
    "purple",
    "magenta",
    "red",
    "orange",
    "yellow",
)


@dataclass(frozen=True)
class Status:
    """A state in words, with a colour that adds nothing the words do not say."""

    words: str
    colour: str = "grey"

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Shown:
    """A value ready for a table's cell: its markup, and how the cell behaves."""

    html: SafeString
    numeric: bool = False
    nowrap: bool = False


def shown_cell(
    value: Any, *, url: str | None = None, numeric: bool = False, nowrap: bool = False
) -> Shown:
    """How is a value shown? Linked where there is an address to go to."""
    unknown = value is None or value == ""
    html = NO_NUMBER if numeric and unknown else shown_value(value)
    if url:
        html = format_html('<a class="govuk-link" href="{}">{}</a>', url, html)
    return Shown(html, numeric=numeric, nowrap=nowrap or isinstance(value, date))


def shown_value(value: Any) -> SafeString:
    """What stands on the page for a value? Text is escaped; unknown says so."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Status):
        return status_tag(value.words, value.colour)
    if isinstance(value, bool):
        return conditional_escape("Yes" if value else "No")
    if isinstance(value, datetime):
        return conditional_escape(uk_instant(value))
    if isinstance(value, date):
        return conditional_escape(uk_date(value))
    if isinstance(value, (int, float, Decimal)):
        return conditional_escape(number(value))
    if isinstance(value, (list, tuple)):
        return conditional_escape(", ".join(str(part) for part in value)) or NOTHING
    return conditional_escape(value)


def status_tag(words: str, colour: str = "grey") -> SafeString:
    """How is a state shown? In words, on a coloured ground."""
    known = colour if colour in COLOURS else "grey"
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>', known, words
    )


def looked_up(row: Any, path: str) -> Any:
    """What does a row say at a path such as "lro.name"? None: a step leads nowhere."""
    value = row
    for step in path.replace("__", ".").split("."):
        if value is None:
            return None
        try:
            value = value[step] if isinstance(value, dict) else getattr(value, step)
        except (ObjectDoesNotExist, KeyError):
            return None
        if callable(value):
            value = value()
    return value
