"""What may an officer say of a report, and of a promise?"""

from datetime import date
from typing import Any, TypedDict

from django import forms
from django.conf import settings

from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.base.models import Officer
from fourfold_web.picture.queries import officers_of

MEGABYTE = 1024 * 1024
READ = (".txt", ".text", ".htm", ".html", ".docx", ".pdf")


class ReportForm(PlainForm):
    """A published report, as a file."""

    file = forms.FileField(
        label="File",
        help_text="Text, web page (.html), Word (.docx) or PDF, up to 20 MB.",
    )

    def clean_file(self) -> Any:
        """Is it small enough, and of a kind that we read?"""
        file = self.cleaned_data["file"]
        largest = settings.FOURFOLD_LARGEST_UPLOAD
        if file.size > largest:
            says = f"File must be {largest // MEGABYTE} MB or smaller."
            raise forms.ValidationError(says)
        if not file.name.lower().endswith(READ):
            says = "File must be .txt, .html, .docx or .pdf."
            raise forms.ValidationError(says)
        return file


class Promised(TypedDict):
    """What a promise says."""

    text: str
    owner: Officer
    due_on: date


class PromiseForm(PlainForm):
    """What will be done about a finding, by whom and by when."""

    text = forms.CharField(
        label="What will be done",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="So that somebody else can see whether it was done.",
    )
    owner = forms.ModelChoiceField(
        queryset=Officer.objects.none(),
        label="Who will do it",
        empty_label="Choose one",
    )
    due_on = UkDateField(label="By when", help_text="For example, 27 3 2023.")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = officers_of(officer.body)

    def said(self) -> Promised:
        """What was promised?"""
        said = self.cleaned_data
        return Promised(text=said["text"], owner=said["owner"], due_on=said["due_on"])


class KeepForm(PlainForm):
    """When a promise was kept, and what shows it."""

    done_on = UkDateField(label="Kept on")
    evidence = forms.CharField(
        label="Evidence",
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text="What shows that it was done, and where that is kept.",
    )
