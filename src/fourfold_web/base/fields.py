"""What may a person type into our forms, and what do they read when it is not right?"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from fourfold_web.base.dates import month_number
from fourfold_web.base.words import listed

PARTS = ("day", "month", "year")
LONG_YEAR = 4

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.MultipleChoiceField)


class UkDateInput(forms.MultiWidget):
    """Three boxes: day, month, year, in that order, called `<name>_day` and so on."""

    template_name = "fourfold/forms/date_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = forms.TextInput
        super().__init__({part: box() for part in PARTS}, attrs)

    def decompress(self, value: Any) -> list[str]:
        """What stands in the three boxes for a day?"""
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]


class UkDateField(forms.MultiValueField):
    """A day as three boxes. The month may be a number or a name.

    The cleaned value is a `date`, or None where the field may be left empty.
    """

    widget = UkDateInput

    def __init__(self, **options: Any) -> None:
        required = options.pop("required", True)
        parts = [forms.CharField(required=False, max_length=12) for _ in PARTS]
        super().__init__(
            fields=parts, require_all_fields=False, required=required, **options
        )

    def clean(self, value: Any) -> date | None:
        """Which day was typed?

        Raises:
            ValidationError: a box is empty or there is no such day; it says which.
        """
        given = [str(part or "").strip() for part in (value or ["", "", ""])]
        label = str(self.label or "The date")
        if not any(given):
            if self.required:
                raise ValidationError(f"Enter {_in_a_sentence(label)}.", "required")
            return None
        missing = [p for p, typed in zip(PARTS, given, strict=True) if not typed]
        if missing:
            parts = listed([f"a {part}" for part in missing])
            raise ValidationError(f"{label} must include {parts}.", "incomplete")
        day = _day(*given)
        if day is None:
            fault = f"{label} must be a real date, like 27 3 2022."
            raise ValidationError(fault, "unreal")
        self.run_validators(day)
        return day

    def compress(self, data_list: Any) -> Any:
        """Unused: `clean` reads the boxes itself, to name the one that is wrong."""
        return data_list

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Is the day typed another than before?"""
        before = self.widget.decompress(initial)  # type: ignore[call-arg]
        return [str(part or "") for part in before] != [
            str(p or "") for p in data or []
        ]


class PlainWords:
    """Makes a form say what to do when a field is empty or cannot be read.

    Mix in before `forms.Form`; a field's own `error_messages` still win. `labels` and
    `hints` replace those of a form that is not ours.
    """

    fields: dict[str, forms.Field]
    labels: ClassVar[Mapping[str, str]] = {}
    hints: ClassVar[Mapping[str, str]] = {}
    # The browser's own bubbles speak in other words, and not to everybody.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self._speak_plainly(name)

    def _speak_plainly(self, name: str) -> None:
        """Give a field its words; a field that is added later is given them so."""
        field = self.fields[name]
        field.help_text = self.hints.get(name, field.help_text)
        field.label = self.labels.get(name, field.label)
        if field.label is None:
            field.label = name.replace("_", " ").capitalize()
        for code, words in _plain_words(field).items():
            if _is_djangos(field, code):
                field.error_messages[code] = words


class PlainForm(PlainWords, forms.Form):
    """A form that speaks plainly. Start from this one."""


def _plain_words(field: forms.Field) -> Mapping[str, str]:
    label = str(field.label)
    thing = _in_a_sentence(label)
    words = {"required": f"Enter {thing}.", "invalid": f"{label} cannot be read."}
    if isinstance(field, CHOSEN):
        words["required"] = f"Choose {thing}."
        words["invalid_choice"] = f"{label}: choose one from the list."
    elif isinstance(field, forms.BooleanField):
        words["required"] = f"Tick the box: {thing}."
    elif isinstance(field, forms.FileField):
        words["required"] = f"Choose {thing}."
        words["empty"] = f"{label} is empty. Choose a file with something in it."
    elif isinstance(field, forms.IntegerField):
        words["invalid"] = f"{label} must be a whole number, like 12."
    elif isinstance(field, forms.DecimalField):
        words["invalid"] = f"{label} must be a number, like 12.50."
    return words


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Does the field still have the words that Django gives its kind?"""
    defaults = {
        code: words
        for kind in reversed(type(field).__mro__)
        for code, words in getattr(kind, "default_error_messages", {}).items()
    }
    return field.error_messages.get(code) == defaults.get(code)


def _in_a_sentence(label: str) -> str:
    """How does a label read inside a sentence? "P" and "EMSOU" keep their letters."""
    first = label.split(" ", 1)[0]
    if first.isupper():
        return label
    return label[:1].lower() + label[1:]


def _day(day: str, month: str, year: str) -> date | None:
    if not (day.isascii() and day.isdigit() and year.isascii() and year.isdigit()):
        return None
    if len(year) != LONG_YEAR:
        return None
    try:
        return date(int(year), month_number(month), int(day))
    except (ValueError, OverflowError):
        return None
