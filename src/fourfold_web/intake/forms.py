"""What may an officer say of a file, and of a row that was kept back?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from fourfold.base.codes import CODES
from fourfold.intake.cells import Fault
from fourfold.intake.kinds import KINDS
from fourfold.intake.layout import Layout
from fourfold_web.base.fields import PlainForm
from fourfold_web.base.models import Body
from fourfold_web.intake.models import QuarantinedRow
from fourfold_web.intake.registry import taken
from fourfold_web.intake.uploads import Asked

MEGABYTE = 1024 * 1024
INITIALS = ("lro", "sio", "soc", "p", "fte", "gbp")
LONG = 60
"""Characters from which a text is shown in a box of several lines."""


class DeliveryForm(PlainForm):
    """A file, what rows it holds and who sent it."""

    file = forms.FileField(
        label="File",
        help_text="CSV, Excel (.xlsx), JSON, JSON Lines or XML, up to 20 MB.",
    )
    kind = forms.ChoiceField(label="Kind of rows")
    body = forms.ChoiceField(label="Body that sent it")
    layout = forms.CharField(
        label="Layout",
        required=False,
        max_length=120,
        help_text="Leave empty to let Fourfold find the one that fits.",
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, KINDS[name].title) for name in taken()]
        self._choose("kind", [("", "Choose a kind"), *kinds])
        self._choose("body", [(body.slug, body.short) for body in bodies])

    def clean_file(self) -> Any:
        """Is the file small enough to come in by a page?"""
        file = self.cleaned_data["file"]
        largest = settings.FOURFOLD_LARGEST_UPLOAD
        if file.size > largest:
            raise forms.ValidationError(
                f"File must be {largest // MEGABYTE} MB or smaller. Bring a larger one"
                " in with `fourfold import`."
            )
        return file

    def clean_layout(self) -> str:
        """Is the layout named, not a path? A path would read a file of the server."""
        name: str = self.cleaned_data["layout"].strip()
        if name.endswith(".toml") or ".." in name or name.startswith("/"):
            raise forms.ValidationError(
                "Layout must be the name of a layout, such as derbyshire/threats."
            )
        return name

    def asked(self) -> Asked:
        """What was said of the file?"""
        said = self.cleaned_data
        return Asked(said["kind"], said["body"], said["layout"], said["file"].name)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class MendForm(PlainForm):
    """The texts of a row that was kept back, as its layout reads them."""

    def __init__(
        self, *args: Any, row: QuarantinedRow, layout: Layout, **kwargs: Any
    ) -> None:
        faulty = {fault["field"] for fault in row.faults}
        super().__init__(*args, initial=row.row, **kwargs)
        names = sorted(layout.columns, key=lambda name: name not in faulty)
        for name in names:
            asked = layout.kind.fields[name]
            says = asked.says + _choices(asked.codes if name in faulty else "")
            long = len(row.row.get(name, "")) > LONG
            self.fields[name] = forms.CharField(
                label=_label(name),
                help_text=says,
                required=asked.required,
                strip=False,
                widget=forms.Textarea({"rows": 4}) if long else forms.TextInput(),
            )

    def put(self, faults: Sequence[Fault]) -> None:
        """Show what is wrong beside the fields where it is wrong."""
        for fault in faults:
            name = fault.field if fault.field in self.fields else None
            if name is not None and name in self.errors:
                continue
            label = _label(fault.field) if fault.field else "The row"
            value = f" \u2018{fault.value}\u2019" if fault.value else ""
            self.add_error(name, f"{label}{value}: {fault.fault}. {fault.mend}")


def _label(name: str) -> str:
    """What do officers call a field? As "Listed on", "LRO since"."""
    words = name.split("_")
    words = [word.upper() if word in INITIALS else word for word in words]
    return words[0][:1].upper() + " ".join(words)[1:]


def _choices(codes: str) -> str:
    if not codes:
        return ""
    return f" One of: {', '.join(CODES[codes].values.values())}."
