"""How does a template write a date, a figure, a marking or a part of a page?

{% load fourfold %}
{{ threat.opened_on|uk_date }}  {{ entry.at|uk_instant }}  {{ asset.value|money }}
{% share 128 533 %}  {% status "Overdue" "red" %}  {% marking threat %}
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fourfold_web.base import words
from fourfold_web.base.cells import shown_value, status_tag

register = template.Library()

FOUR_PS = ("pursue", "prevent", "protect", "prepare")


@register.filter
def uk_date(day: date | None) -> str:
    """How is a day written? As "2 March 2022"."""
    return words.uk_date(day or None)


@register.filter
def uk_time(at: datetime | None) -> str:
    """How is a time of day written? As "09:05"."""
    return words.uk_time(at or None)


@register.filter
def uk_instant(at: datetime | None) -> str:
    """How is an instant written? As "2 March 2022 at 09:05"."""
    return words.uk_instant(at or None)


@register.filter
def money(pounds: words.Number | None) -> str:
    """How is a sum written? As "£2.5 million"."""
    return words.money(None if isinstance(pounds, str) else pounds)


@register.filter
def number(value: words.Number | None) -> str:
    """How is a number written? As "1,930"."""
    return words.number(None if isinstance(value, str) else value)


@register.filter
def shown(value: Any) -> SafeString:
    """How is any value of a record written? Unknown says "Not recorded"."""
    return shown_value(value)


@register.filter
def item_of(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What does a mapping hold under a key that a variable names?"""
    return mapping.get(key) if mapping else None


@register.simple_tag
def counted(count: int, one: str, many: str) -> str:
    """How many are there? As "1 threat" or "312 threats"."""
    return words.counted(count, one, many)


@register.simple_tag
def share(
    numerator: words.Number | None, denominator: words.Number | None, url: str = ""
) -> SafeString:
    """How is a figure shown with its base, linked to the rows behind it?"""
    text = words.share(numerator, denominator)
    figure = format_html('<span class="ff-figure">{}</span>', text)
    if not url:
        return figure
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, figure)


@register.simple_tag
def status(text: str, colour: str = "grey") -> SafeString:
    """How is a state shown? In words; the colour adds nothing to them."""
    return status_tag(text, colour)


@register.simple_tag
def four_p(key: str) -> SafeString:
    """How is one of the four Ps shown? By name, with its colour beside it."""
    name = key.lower()
    style = name if name in FOUR_PS else "none"
    return format_html('<span class="ff-p ff-p--{}">{}</span>', style, key.capitalize())


@register.inclusion_tag("fourfold/parts/marking.html")
def marking(record: Any) -> dict[str, Any]:
    """What is the marking, at the top of the record and of each printed page?

    Args:
        record: a record with a `marking()`, or the words of a marking.
    """
    text = record if isinstance(record, str) else record.marking() if record else ""
    return {"words": text, "sensitive": text.strip().upper() not in ("", "OFFICIAL")}


@register.inclusion_tag("fourfold/parts/summary_list.html")
def summary_list(rows: Sequence[Any], dense: bool = True) -> dict[str, Any]:
    """What are the facts about a record?

    Args:
        rows: (key, value) or (key, value, address, words of the link), in order.
        dense: small type, for pages with much to say.
    """
    return {"rows": [_fact(*row) for row in rows], "dense": dense}


@register.inclusion_tag("fourfold/parts/tabs.html")
def tabs(items: Sequence[tuple[str, str, bool]], label: str) -> dict[str, Any]:
    """Which pages has this record? Each item: words, address, is it this one?"""
    return {"items": items, "label": label}


@register.inclusion_tag("fourfold/parts/timeline.html")
def timeline(items: Sequence[Mapping[str, Any]], level: int = 2) -> dict[str, Any]:
    """What happened, when and by whom?

    Args:
        items: each has `title`, `at` (a day or an instant), and perhaps `by`, `text`,
            `url`.
        level: which level the headings have.
    """
    return {"items": items, "level": level}


@register.inclusion_tag("fourfold/parts/empty.html")
def empty(says: str, action: str = "", url: str = "") -> dict[str, str]:
    """What is said where nothing is, and what can be done about it?"""
    return {"says": says, "action": action, "url": url}


@register.inclusion_tag("fourfold/parts/withheld.html")
def withheld(count: int) -> dict[str, Any]:
    """How many records is the reader told of but not shown? Nothing for none."""
    return {"count": count, "words": words.counted(count, "record", "records")}


@register.inclusion_tag("fourfold/parts/chart.html")
def chart(figure: Any) -> dict[str, Any]:
    """How is a chart shown, with its finding, its base and its table? See `Chart`."""
    return {"chart": figure}


@register.inclusion_tag("fourfold/parts/table.html")
def table(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], caption: str
) -> dict[str, Any]:
    """How is a small table shown? Numbers are set right; the first cell names a row."""
    cells = [[(shown_value(value), _numeric(value)) for value in row] for row in rows]
    numeric = [bool(cells) and cells[0][i][1] for i in range(len(headings))]
    heads = list(zip(headings, numeric, strict=True))
    return {"headings": heads, "rows": cells, "caption": caption}


def _numeric(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _fact(
    key: str, value: Any, url: str = "", action: str = "Change"
) -> dict[str, Any]:
    return {"key": key, "value": shown_value(value), "url": url, "action": action}
