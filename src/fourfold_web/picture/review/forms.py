"""What may a reviewer say of a message?"""

from django import forms

from fourfold_web.base.fields import PlainForm
from fourfold_web.picture.review.tags import TAGS


class ReviewForm(PlainForm):
    """Tags and a note; the buttons say whether it is set aside."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    tags = forms.MultipleChoiceField(
        choices=[(tag.key, tag.says) for tag in TAGS.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )


class OpenForm(PlainForm):
    """Why a message that was set aside is opened."""

    reason = forms.CharField(
        label="Why do you need to read it?",
        max_length=500,
        help_text="Written into the log of who looked.",
    )


class DecideForm(PlainForm):
    """Whether a message is privileged after all."""

    release = forms.ChoiceField(
        label="Is it privileged?",
        choices=[("no", "Yes: it stays locked"), ("yes", "No: it is released")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Why", max_length=2000, widget=forms.Textarea({"rows": 3})
    )
