"""What do the form templates ask that Django's template language cannot say?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def classes(attrs: Mapping[str, Any], block: str) -> str:
    """Which classes has an input? Its block's, one for an error, and its own."""
    names = [block]
    if attrs.get("aria-invalid"):
        names.append(f"{block}--error")
    if own := attrs.get("class"):
        names.append(str(own))
    return " ".join(names)


@register.filter
def other_attrs(attrs: Mapping[str, Any]) -> SafeString:
    """Which attributes has an input beside its class? Those that are on.

    Placeholders are left out: they vanish when somebody types and are too pale.
    """
    pairs = [
        (name, "" if value is True else value)
        for name, value in attrs.items()
        if name not in ("class", "placeholder")
        and value is not False
        and value is not None
    ]
    return format_html_join("", ' {}="{}"', pairs)


@register.filter
def typed_attrs(attrs: Mapping[str, Any]) -> SafeString:
    """Which attributes has a number that is typed as text? Not those of spinners."""
    spun = ("min", "max", "step")
    return other_attrs({name: attrs[name] for name in attrs if name not in spun})


@register.filter
def first_id(field: BoundField) -> str:
    """Which element should a link to the field lead to? The first one to fill in."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def faults(form: BaseForm) -> Iterator[tuple[str, str]]:
    """What is wrong with the form? Each fault, with the element to go to."""
    for fault in form.non_field_errors():
        yield "", str(fault)
    for name in form.errors:
        if name in form.fields:
            field = form[name]
            for fault in field.errors:
                yield ("" if field.is_hidden else first_id(field)), str(fault)
