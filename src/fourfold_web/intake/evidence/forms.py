"""What may an officer say of a file of evidence and of its authority?"""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings

from fourfold.base.codes import CODES
from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence.models import Authority, EvidenceFile
from fourfold_web.intake.evidence.powers import POWERS, field_name, kind_choices
from fourfold_web.intake.evidence.queries import (
    compartments_of,
    visible_authorities,
)
from fourfold_web.intake.evidence.upload_handler import TOO_LARGE

GIGABYTE = 1024**3
AT_ONCE = 20
"""How many files may be dropped in together."""
SENSITIVE = "official_sensitive"
COLUMN = "column_"
DATES_HINT = (
    "Empty: as found. Else uk (day first), us (month first), iso, epoch, excel, or a"
    " style such as DD/MM/YYYY HH:MM:SS."
)
ZONE_HINT = "Of times that name none. Empty: as found. Such as Europe/London or UTC."
PICTURE_WORDS = [
    ("", "Read the words of the first few hundred pictures"),
    ("words", "Read the words of every picture"),
    ("no-words", "Read no words of pictures"),
]


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

    field_order = ("dropped", "kind", "authority", "why")
    dropped = SeveralFilesField(label="Files")
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
            "dropped"
        ].help_text = f"Up to {AT_ONCE} files, {most:g} GB in all, as they came."

    def clean(self) -> dict[str, Any]:
        """Was anything cut off because it was more than may come?"""
        said: dict[str, Any] = super().clean() or {}
        if self.too_large:
            most = settings.FOURFOLD_LARGEST_EVIDENCE / GIGABYTE
            self.errors.pop("dropped", None)
            self.add_error("dropped", f"Files must be {most:g} GB or smaller in all.")
        return said

    def clean_dropped(self) -> list[Any]:
        """Are there not too many?"""
        files: list[Any] = self.cleaned_data["dropped"]
        if len(files) > AT_ONCE:
            raise forms.ValidationError(f"Files: at most {AT_ONCE} at once.")
        return files


class ConfirmForm(PlainForm):
    """How a file is to be read: its layout, columns, dates and zone."""

    dates = forms.CharField(required=False, max_length=60)
    zone = forms.CharField(label="Time zone", required=False, max_length=60)

    def __init__(self, *args: Any, file: EvidenceFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sniffed, asked = file.sniffed, dict(file.options)
        self._word("dates", asked, DATES_HINT, self.sniffed.get("dates", ""))
        self._word("zone", asked, ZONE_HINT, self.sniffed.get("zone", ""))
        layouts = PICTURE_WORDS
        if not self.sniffed.get("container"):
            named = [(key, f"{key}: {says}") for key, says in self._layouts()]
            layouts = [("", "By its headings"), *named]
        usual = asked.get("layout", self.sniffed.get("layout", ""))
        self.fields["layout"] = forms.ChoiceField(
            choices=layouts, required=False, initial=usual, label="Layout"
        )
        headings = [(name, name) for name in self.sniffed.get("headings", [])]
        mapped = asked.get("columns") or self.sniffed.get("columns", {})
        for one in self.sniffed.get("fields", []) if headings else []:
            self.fields[COLUMN + one["name"]] = forms.ChoiceField(
                choices=[("", "Not in the file"), *headings],
                label=field_name(one["name"]),
                help_text=one["says"],
                required=False,
                initial=mapped.get(one["name"], ""),
            )
        for name in self.fields:
            self._speak_plainly(name)

    def found(self) -> list[Any]:
        """Which boxes say under which heading a field stands, of those that do?"""
        return [box for box in self._columns() if box.value()]

    def absent(self) -> list[Any]:
        """Which of these boxes are of fields that the file does not seem to have?"""
        return [box for box in self._columns() if not box.value()]

    def others(self) -> Iterable[Any]:
        """Which boxes say something else: layout, dates, zone?"""
        return [self[name] for name in ("layout", "dates", "zone")]

    def clean_zone(self) -> str:
        """Is there such a time zone?"""
        zone: str = self.cleaned_data["zone"]
        if zone and zone not in available_timezones():
            raise forms.ValidationError(
                "Time zone: use a name such as Europe/London or UTC."
            )
        return zone

    def said(self) -> dict[str, Any]:
        """How is the file to be read? What was only found is left to the reader."""
        chosen = self.cleaned_data
        columns = {
            name.removeprefix(COLUMN): value
            for name, value in chosen.items()
            if name.startswith(COLUMN) and value
        }
        words = {n: chosen[n] for n in ("layout", "dates", "zone") if chosen[n]}
        as_found = columns == self.sniffed.get("columns") or not columns
        return words | ({} if as_found else {"columns": columns})

    def _columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    def _word(self, name: str, asked: dict[str, Any], hint: str, found: str) -> None:
        said = f" Found: {found}." if found else ""
        self.fields[name].help_text = hint + said
        self.fields[name].initial = asked.get(name, "")

    def _layouts(self) -> list[tuple[str, str]]:
        return [(key, says) for key, says in self.sniffed.get("layouts", [])]


def too_large(request: Any) -> bool:
    """Was a request cut off because its files were more than may come?"""
    return bool(request.META.get(TOO_LARGE))


def _offer_authorities(form: forms.Form, officer: Officer) -> None:
    field = form.fields["authority"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = visible_authorities(officer).order_by("-made_at")
    field.label_from_instance = _authority_words  # type: ignore[assignment]


def _authority_words(authority: Any) -> str:
    power = POWERS[authority.power].says
    return f"{authority.reference}: {power}, {authority.number}"


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
