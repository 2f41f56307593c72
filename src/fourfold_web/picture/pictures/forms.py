"""Why does an officer look at a picture itself?"""

from django import forms

from fourfold_web.base.fields import PlainForm

REASONS = (
    ("place", "To recognise a place, a vehicle or a thing"),
    ("danger", "To keep somebody from harm"),
    ("match", "To confirm that two pictures are of the same scene"),
    ("words", "To read words or a number plate in it"),
    ("file", "To decide whether it is evidence in the case"),
)


class ClearForm(PlainForm):
    """The reason, chosen; written into the log of who looked."""

    reason = forms.ChoiceField(
        label="Why do you need to see it?",
        choices=REASONS,
        widget=forms.RadioSelect,
        help_text="Written into the log of who looked.",
    )

    def said(self) -> str:
        """The reason in words."""
        return dict(REASONS)[self.cleaned_data["reason"]]
