"""What does an officer fill in about a plan and its actions?"""

from typing import Any

from django import forms

from fourfold.base.codes import CODES
from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.base.models import Body, Officer
from fourfold_web.picture.queries import officers_of
from fourfold_web.plan.models import Plan
from fourfold_web.plan.queries import officers_near
from fourfold_web.plan.services import FIELDS

PEOPLE = ("owner", "finance_lead", "safeguarding_lead")


def _officer(label: str) -> "forms.ModelChoiceField[Officer]":
    return forms.ModelChoiceField(
        Officer.objects.none(), label=label, required=False, empty_label="Nobody"
    )


class PlanForm(PlainForm):
    """What a plan is called, who answers for it, who is named on it, its review."""

    title = forms.CharField(max_length=200)
    level = forms.ChoiceField(
        choices=CODES["level"].choices(), widget=forms.RadioSelect, initial="force"
    )
    owner = _officer("Owner")
    finance_lead = _officer("Financial investigator")
    safeguarding_lead = _officer("Safeguarding officer")
    review_due_on = UkDateField(label="Next review", required=False)
    closed_on = UkDateField(
        label="Ended", required=False, help_text="Leave it empty while it runs."
    )

    def __init__(
        self, data: Any = None, *, body: Body, plan: Plan | None = None
    ) -> None:
        super().__init__(data, initial=_initial(plan))
        current = [getattr(plan, f"{name}_id") for name in PEOPLE] if plan else []
        named = Officer.objects.filter(pk__in=[pk for pk in current if pk])
        for name in PEOPLE:
            field: Any = self.fields[name]
            field.queryset = (officers_of(body) | named).order_by("name")
        if plan is None:
            del self.fields["closed_on"]

    def said(self) -> dict[str, Any]:
        """What does the officer say of each field?"""
        return {n: v for n, v in self.cleaned_data.items() if n in FIELDS}


class ReviewForm(PlainForm):
    """What a review found, and when the next one is."""

    found = forms.CharField(
        label="What the review found",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the history of the plan.",
    )
    review_due_on = UkDateField(label="Next review")


class ActionForm(PlainForm):
    """What is to be done, under which P, by whom, until when."""

    p = forms.ChoiceField(
        label="P", choices=CODES["four_p"].choices(), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="What is to be done",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = _officer("Owner")
    partner = forms.CharField(
        max_length=120,
        required=False,
        help_text="The partner who does it, when it is not the police.",
    )
    due_on = UkDateField(label="Due", required=False)

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data)
        owner: Any = self.fields["owner"]
        owner.queryset = officers_near(plan.body)


class FinishForm(PlainForm):
    """How an action ended."""

    how = forms.ChoiceField(
        label="How it ended",
        choices=[("done", "It is done"), ("dropped", "It is dropped")],
        widget=forms.RadioSelect,
    )


def _initial(plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {}
    return {name: getattr(plan, name) for name in FIELDS}
