"""What does somebody type who searches for people?"""

from django import forms

from fourfold_web.base.fields import PlainForm


class PeopleSearchForm(PlainForm):
    """Why an officer looks for people of that name."""

    reason = forms.CharField(
        label="Why you look for people",
        max_length=300,
        help_text="A few words. Your name, the time and this reason are logged.",
    )
