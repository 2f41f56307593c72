"""What does an officer fill in about a pair of records?"""

from django import forms

from fourfold_web.base.fields import PlainForm
from fourfold_web.resolve.models import MatchDecision


class DecisionForm(PlainForm):
    """Whether two records are one person, and what that rests on."""

    says = forms.ChoiceField(
        label="Are they one person?",
        choices=MatchDecision.SAYS,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="What it rests on",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the change log, and the decision can be taken back.",
    )


class UndoForm(PlainForm):
    """Why a decision is taken back."""

    why = forms.CharField(
        label="Why it is taken back",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
