"""What does an officer fill in to assess a threat or to moderate an assessment?"""

from typing import Any

from django import forms

from fourfold.assess.scoring import CONFIDENCES, Criterion, criteria, method_on
from fourfold_web.assess.models import Assessment
from fourfold_web.base.clock import today
from fourfold_web.base.fields import PlainForm, UkDateField


class AssessmentForm(PlainForm):
    """A value for each criterion of today's method, and how sure the assessor is."""

    confidence = forms.ChoiceField(
        label="How sure you are",
        choices=[(one.key, one.says) for one in CONFIDENCES],
        widget=forms.RadioSelect,
        help_text="It stands beside the score and is no part of it.",
    )
    summary = forms.CharField(
        label="What it rests on",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    withheld_considered = forms.BooleanField(
        label="Sensitive intelligence was considered",
        required=False,
        help_text="Only the day is kept, nothing of what it says.",
    )
    next_review_on = UkDateField(label="Next assessment")

    def __init__(self, data: Any = None, *, last: Assessment | None = None) -> None:
        super().__init__(data)
        self.criteria = criteria(method_on(today()).key)
        before = last.criteria if last is not None else {}
        for one in self.criteria:
            self.fields[one.key] = _field(one, before.get(one.key))
        self.order_fields([one.key for one in self.criteria])

    def said(self) -> dict[str, Any]:
        """What does the officer say, criteria in one place?"""
        keys = {one.key for one in self.criteria}
        rest = {n: v for n, v in self.cleaned_data.items() if n not in keys}
        given = {key: int(self.cleaned_data[key]) for key in keys}
        return {"criteria": given, **rest}


class ModerationForm(PlainForm):
    """Whether a moderator agrees, and what they say."""

    judgement = forms.ChoiceField(
        label="Do you agree?",
        choices=[
            ("moderated", "Moderate: the threat takes this score"),
            ("returned", "Return it to the assessor"),
        ],
        widget=forms.RadioSelect,
    )
    says = forms.CharField(
        label="What you say of it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _field(one: Criterion, before: int | None) -> forms.ChoiceField:
    values = range(one.lowest, one.highest + 1)
    choices = [(str(v), f"{v}: {one.word(v)}") for v in values]
    return forms.ChoiceField(
        label=one.says,
        choices=[("", "Choose one"), *choices],
        help_text=f"Last time: {before}." if before is not None else "",
        error_messages={"required": f"Give a value: {one.says.lower()}."},
    )
