"""How does a parameter of an analysis look on a form, and how is it kept?"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from fourfold.base.analysis import Analysis, Parameter, Value
from fourfold_web.base.fields import UkDateField
from fourfold_web.picture.runs.parameters_kept import taken_up

PREFIX = "p_"
LONGEST = 200_000
INSTANT_FORMATS = (
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%d/%m/%Y",
)


class TextsField(forms.CharField):
    """Several words or numbers, one a line or with commas between them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Which words were typed? In their order, each once."""
        typed = str(value or "").replace(",", "\n").splitlines()
        return tuple(dict.fromkeys(one.strip() for one in typed if one.strip()))

    def prepare_value(self, value: Any) -> Any:
        """How do the words stand in the box? One a line."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def validate(self, value: Any) -> None:
        """Is something there, where it must be?"""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], "required")

    def run_validators(self, value: Any) -> None:
        """Is the whole of it short enough?"""
        super().run_validators("\n".join(value))


def field_of(parameter: Parameter) -> forms.Field:
    """Which field of a form takes the parameter?"""
    said: dict[str, Any] = {
        "label": _label(parameter),
        "help_text": _help(parameter),
        "required": parameter.required or parameter.default not in (None, "", ()),
        "initial": parameter.default,
    }
    numbers: dict[str, Any] = {
        "min_value": parameter.least,
        "max_value": parameter.most,
    }
    if parameter.kind == "whole":
        return forms.IntegerField(**said, **_whole(numbers))
    if parameter.kind == "number":
        return forms.FloatField(**said, **numbers)
    if parameter.kind == "day":
        return UkDateField(**said)
    if parameter.kind == "instant":
        return forms.DateTimeField(**said, input_formats=INSTANT_FORMATS)
    if parameter.kind == "flag":
        return forms.BooleanField(**(said | {"required": False}))
    if parameter.kind == "texts":
        return TextsField(**said, max_length=LONGEST, widget=_box())
    if parameter.choices:
        none = [] if parameter.required or parameter.default else [("", "Any")]
        choices = [*none, *((one, words_of(one)) for one in parameter.choices)]
        return forms.ChoiceField(**said, choices=choices)
    return forms.CharField(**said, max_length=400)


def typed(analysis: Analysis, cleaned: Mapping[str, Any]) -> dict[str, Value]:
    """Which parameters were given? Those left empty have their default."""
    given: dict[str, Value] = {}
    for parameter in analysis.parameters:
        value = cleaned.get(PREFIX + parameter.name)
        if value is None or value in ("", ()):
            continue
        if isinstance(value, datetime):
            value = value.astimezone(UTC)
        given[parameter.name] = value
    return given


def initial_of(analysis: Analysis, said: Mapping[str, Any]) -> dict[str, Value]:
    """What stands in the boxes at first, for what a run was given?"""
    return {PREFIX + name: value for name, value in taken_up(analysis, said).items()}


def shown(analysis: Analysis, said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What was set, in words, in the order declared?"""
    rows = []
    for parameter in analysis.parameters:
        value = said.get(parameter.name)
        if value is None or value == []:
            words: Any = "Not limited"
        elif parameter.kind == "day":
            words = date.fromisoformat(value)
        elif parameter.kind == "instant":
            words = timezone.localtime(datetime.fromisoformat(value))
        elif parameter.unit and not isinstance(value, bool):
            words = f"{value} {parameter.unit}"
        else:
            words = value
        rows.append((_label(parameter), words))
    return rows


def words_of(name: str) -> str:
    """How is one of our names said? As "First contact"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _label(parameter: Parameter) -> str:
    return words_of(parameter.name)


def _help(parameter: Parameter) -> str:
    says = parameter.says.rstrip(".") + "."
    if parameter.unit:
        says += f" In {parameter.unit}."
    if parameter.kind == "texts":
        says += " One a line, or with commas between them."
    if parameter.kind == "instant":
        says += " For example, 27/03/2022 14:30, by the clock in London."
    if parameter.default is None and not parameter.required:
        says += " Empty: not limited."
    return says


def _whole(numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {n: None if value is None else int(value) for n, value in numbers.items()}


def _box() -> forms.Textarea:
    return forms.Textarea({"rows": 4})
