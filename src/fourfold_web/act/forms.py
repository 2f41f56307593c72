"""What does an officer fill in about a disruption?"""

from typing import Any

from django import forms

from fourfold.base.codes import CODES
from fourfold_web.act.models import Disruption, Operation
from fourfold_web.act.queries import operations_for
from fourfold_web.base.clock import today
from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.base.models import Officer
from fourfold_web.base.words import uk_date
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import bodies_near

FIELDS = [
    "p",
    "event_on",
    "evidence",
    "role",
    "bodies",
    "operation",
    "event",
    "unit",
    "area",
]

IMPACTS = {
    "major": "Major: a significant or long-term effect on the threat",
    "moderate": "Moderate: a noticeable or medium-term effect",
    "minor": "Minor: a minimal or short-term effect",
    "none": "None: the evidence shows no effect",
    "negative": "Negative: the threat is now able to do more harm",
}


class ClaimForm(PlainForm):
    """What was done, when, under which P, and how we know it had an effect."""

    event_on = UkDateField(label="The day it happened")
    p = forms.ChoiceField(
        label="P", choices=CODES["four_p"].choices(), widget=forms.RadioSelect
    )
    event = forms.CharField(
        max_length=80,
        required=False,
        label="What was done",
        help_text="Arrest, seizure, order, safeguarding referral and so on.",
    )
    evidence = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What the threat can no longer do, and how we know.",
    )
    role = forms.ChoiceField(
        label="Our part",
        choices=[("lead", "We led it"), ("support", "We supported another body")],
        widget=forms.RadioSelect,
        initial="lead",
    )
    bodies = forms.MultipleChoiceField(
        label="The other bodies",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Who supported us; or, if we supported, who led.",
    )
    operation = forms.ModelChoiceField(
        Operation.objects.none(), required=False, empty_label="None"
    )
    unit = forms.CharField(max_length=120, required=False)
    area = forms.CharField(max_length=120, required=False, label="Division or area")

    def __init__(
        self,
        data: Any = None,
        *,
        officer: Officer,
        threat: Threat,
        disruption: Disruption | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(officer, disruption))
        own = disruption.body_id if disruption else officer.body_id
        others = [pair for pair in bodies_near(officer) if pair[0] != own]
        bodies: Any = self.fields["bodies"]
        bodies.choices = others
        operation: Any = self.fields["operation"]
        operation.queryset = operations_for(officer, threat)
        operation.label_from_instance = lambda one: f"{one.name} ({one.reference})"
        self.fields["event_on"].help_text = f"Not after today, {uk_date(today())}."

    def said(self) -> dict[str, Any]:
        """What does the officer say of each field?"""
        return {name: self.cleaned_data[name] for name in FIELDS}


class GradeForm(PlainForm):
    """How much the threat felt it, and what in the evidence shows that."""

    impact = forms.ChoiceField(
        label="How much did the threat feel it?",
        choices=[(key, IMPACTS[key]) for key in IMPACTS],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="What in the evidence shows it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _initial(officer: Officer, disruption: Disruption | None) -> dict[str, Any]:
    if disruption is None:
        return {"role": "lead", "unit": officer.unit}
    return {name: getattr(disruption, name) for name in FIELDS}
