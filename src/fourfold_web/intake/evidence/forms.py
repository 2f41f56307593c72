"""What may an officer say of a file of evidence and of its authority?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from fourfold.base.codes import CODES
from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence.models import Authority, EvidenceFile
from fourfold_web.intake.evidence.powers import POWERS, kind_choices
from fourfold_web.intake.evidence.queries import (
    compartments_of,
    visible_authorities,
)
from fourfold_web.intake.evidence.upload_handler import TOO_LARGE

GIGABYTE = 1024**3
AT_ONCE = 20
"""How many files may be dropped in together."""
SENSITIVE = "official_sensitive"


class SeveralFilesInput(forms.FileInput):
    """A box into which several files may be dropped."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or several files; the cleaned value is a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Which files came?"""
        one = super().clean
        if isinstance(data, list | tuple) and data:
            return [one(each, initial) for each in data]
        return [one(data, initial)]


class MarkingForm(PlainForm):
    """The marking of what is recorded; sensitive unless somebody says otherwise."""

    classification = forms.ChoiceField(
        choices=CODES["classification"].choices(), initial=SENSITIVE
    )
    compartments = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="All of them are needed to see it.",
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        walls = compartments_of(officer)
        if walls:
            _choose(self, "compartments", walls)
        else:
            del self.fields["compartments"]

    def marking(self) -> dict[str, Any]:
        """Which marking was chosen?"""
        said = self.cleaned_data
        return {
            "classification": said["classification"],
            "compartments": sorted(said.get("compartments", [])),
        }


class AuthorityForm(MarkingForm):
    """The power under which evidence was obtained."""

    field_order = (
        "power", "number", "granted_by", "from_on", "until_on", "purpose",
        "permitted_use",
    )  # fmt: skip
    power = forms.ChoiceField(
        choices=[("", "Choose one"), *((p.key, p.says) for p in POWERS.values())],
        label="Kind of power",
    )
    number = forms.CharField(
        label="Reference of the authority", max_length=80, help_text="As it is printed."
    )
    granted_by = forms.CharField(
        label="Granted by",
        max_length=120,
        help_text="Who granted it, such as the Office for Communications Data"
        " Authorisations.",
    )
    from_on = UkDateField(label="From", help_text="For example, 27 3 2022.")
    until_on = UkDateField(label="Until", required=False)
    purpose = forms.CharField(
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="What it was sought for.",
    )
    permitted_use = forms.CharField(
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="What the evidence may be used for, as the authority says.",
    )

    def said(self) -> dict[str, Any]:
        """What was said of the authority, its marking with it?"""
        own = {
            name: self.cleaned_data[name]
            for name in self.fields
            if name not in ("classification", "compartments")
        }
        return own | self.marking()


class GiveAuthorityForm(PlainForm):
    """Under which authority a file that is kept back was obtained."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), label="Authority", empty_label="Choose one"
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_authorities(self, officer)


class DropForm(MarkingForm):
    """One or several files of evidence, what they hold and what they are for."""

    field_order = ("files", "kind", "authority", "why")
    files = SeveralFilesField(label="Files")
    kind = forms.ChoiceField(
        choices=[("", "Choose one"), *kind_choices()],
        label="Kind of evidence",
        help_text="All of the files hold the same kind.",
    )
    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        label="Authority",
        required=False,
        empty_label="Not recorded yet: keep the files back",
        help_text="Under which they were obtained. Without one, evidence that needs it"
        " is kept back and cannot be asked anything.",
    )
    why = forms.CharField(
        label="What it is needed for",
        max_length=500,
        help_text="Written into the change log.",
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        self.too_large = kwargs.pop("too_large", False)
        super().__init__(*args, officer=officer, **kwargs)
        _offer_authorities(self, officer)
        most = settings.FOURFOLD_LARGEST_EVIDENCE / GIGABYTE
        self.fields[
            "files"
        ].help_text = f"Up to {AT_ONCE} files, {most:g} GB in all, as they came."
        if self.too_large:
            says = f"Files must be {most:g} GB or smaller in all."
            self.fields["files"].error_messages["required"] = says

    def clean_files(self) -> list[Any]:
        """Are there not too many?"""
        files: list[Any] = self.cleaned_data["files"]
        if len(files) > AT_ONCE:
            raise forms.ValidationError(f"Files: at most {AT_ONCE} at once.")
        return files


class ConfirmForm(PlainForm):
    """How a file is to be read: its layout, columns, dates and zone."""

    def __init__(self, *args: Any, file: EvidenceFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sniffed = file.sniffed
        self.asked = dict(file.options) or dict(file.sniffed.get("options", {}))
        for one in self.sniffed.get("choices", []):
            self.fields[one["name"]] = forms.ChoiceField(
                choices=[tuple(choice) for choice in one["choices"]],
                label=one["label"],
                help_text=one["says"],
                required=False,
                initial=self.asked.get(one["name"], ""),
            )
        headings = [(name, name) for name in self.sniffed.get("headings", [])]
        mapped = self.asked.get("columns") or self.sniffed.get("columns", {})
        for one in self.sniffed.get("fields", []):
            self.fields[f"column_{one['name']}"] = forms.ChoiceField(
                choices=[("", "Not in the file"), *headings],
                label=one["name"].replace("_", " ").capitalize(),
                help_text=one["says"],
                required=False,
                initial=mapped.get(one["name"], ""),
            )

    def columns(self) -> Iterable[Any]:
        """Which boxes say which of our fields stands under which heading?"""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def others(self) -> Iterable[Any]:
        """Which boxes say something else: layout, dates, zone?"""
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def said(self) -> dict[str, Any]:
        """How is the file to be read? Only what was said."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        columns = {
            name.removeprefix("column_"): value
            for name, value in chosen.items()
            if name.startswith("column_")
        }
        rest = {n: v for n, v in chosen.items() if not n.startswith("column_")}
        return rest | ({"columns": columns} if columns else {})


def too_large(request: Any) -> bool:
    """Was a request cut off because its files were more than may come?"""
    return bool(request.META.get(TOO_LARGE))


def _offer_authorities(form: forms.Form, officer: Officer) -> None:
    field = form.fields["authority"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = visible_authorities(officer).order_by("-made_at")
    field.label_from_instance = _authority_words  # type: ignore[method-assign]


def _authority_words(authority: Any) -> str:
    power = POWERS[authority.power].says
    return f"{authority.reference}: {power}, {authority.number}"


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
