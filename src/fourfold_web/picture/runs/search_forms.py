"""What is said of a search in bulk before it may run, and by whoever decides on it?"""

from typing import Any

from django import forms

from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.intake.evidence.forms import MarkingForm

SAID = ("purpose", "proportionality", "lists", "from_on", "until_on")


class SearchForm(MarkingForm):
    """Why plate reads are to be searched in bulk."""

    field_order = SAID
    purpose = forms.CharField(
        label="Lawful purpose",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Which law enforcement purpose, and which investigation or threat.",
    )
    proportionality = forms.CharField(
        label="Necessary and proportionate",
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Why so wide a search is needed, whom it touches who has done"
        " nothing, and why less would not do.",
    )
    lists = forms.CharField(
        label="Lists to be searched",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Own, national and partner lists, and who answers for each."
        " Nationality, ethnicity and religion are no input.",
    )
    from_on = UkDateField(label="Reads from")
    until_on = UkDateField(label="Reads until")

    def said(self) -> dict[str, Any]:
        """What was asked for, its marking with it?"""
        return {name: self.cleaned_data[name] for name in SAID} | self.marking()


class DecisionForm(PlainForm):
    """What the authorising officer decides, and why."""

    approve = forms.ChoiceField(
        label="Decision",
        choices=[("yes", "Approve the search"), ("no", "Refuse it")],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why", max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def said(self) -> dict[str, Any]:
        """What was decided?"""
        said = self.cleaned_data
        return {"approve": said["approve"] == "yes", "why": said["why"]}
