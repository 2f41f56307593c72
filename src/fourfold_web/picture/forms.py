"""What does an officer fill in about a threat, and what are the choices?"""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from fourfold.base.codes import CODES
from fourfold_web.base.cells import looked_up
from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.visible import sight_of
from fourfold_web.picture.models import Threat
from fourfold_web.picture.queries import every_body, officers_of
from fourfold_web.picture.services import FIELDS, MODERATORS_SAY

SECTIONS = (
    ("What it is", "name kind theme tags phase tier area opened_on closed_on"),
    ("Who owns it", "lro lro_since sio intelligence_officer"),
    (
        "Assessment",
        "type moderation soc assessed_on next_review_on sensitive_checked_on",
    ),
    ("National list", "national_ref listed_on delisted_on"),
    ("Marking", "classification compartments"),
)
PEOPLE = ("lro", "sio", "intelligence_officer")


def says(field: str) -> str:
    """What does the record say of this field?"""
    return str(Threat._meta.get_field(field).help_text)  # type: ignore[union-attr]


def coded(codes: str, label: str, **options: Any) -> forms.ChoiceField:
    """Which field offers a code list, with nothing chosen yet?"""
    choices = [("", "Choose one"), *CODES[codes].choices()]
    return forms.ChoiceField(choices=choices, label=label, **options)


def ticked(codes: str, label: str, **options: Any) -> forms.MultipleChoiceField:
    """Which field offers several values of a code list at once?"""
    return forms.MultipleChoiceField(
        choices=CODES[codes].choices(),
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


def optional_day(field: str, label: str) -> UkDateField:
    """Which field takes a day that may be unknown?"""
    return UkDateField(label=label, required=False, help_text=says(field))


class ThreatForm(PlainForm):
    """Everything an officer may say about a threat."""

    name = forms.CharField(max_length=200, help_text=says("name"))
    kind = coded("threat_kind", "Kind", help_text=says("kind"))
    theme = coded("theme", "Crime theme", help_text=says("theme"))
    tags = ticked("threat_tag", "Tags")
    phase = forms.CharField(max_length=80, help_text=says("phase"))
    tier = forms.TypedChoiceField(
        choices=[("", "Not decided"), *((str(n), f"Tier {n}") for n in range(1, 6))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=says("tier"),
    )
    area = forms.CharField(max_length=120, required=False, help_text=says("area"))
    opened_on = UkDateField(label="Opened", help_text=says("opened_on"))
    closed_on = optional_day("closed_on", "Closed")
    lro = forms.ModelChoiceField(
        Officer.objects.none(), label="Lead responsible officer", required=False
    )
    lro_since = optional_day("lro_since", "Lead officer since")
    sio = forms.ModelChoiceField(
        Officer.objects.none(), label="Senior investigating officer", required=False
    )
    intelligence_officer = forms.ModelChoiceField(
        Officer.objects.none(), label="Intelligence officer", required=False
    )
    type = coded("assessment_type", "Type of assessment", help_text=says("type"))
    moderation = coded("moderation", "Moderation", help_text=says("moderation"))
    soc = coded("soc", "Serious and organised crime")
    assessed_on = optional_day("assessed_on", "Last assessed")
    next_review_on = optional_day("next_review_on", "Next review")
    sensitive_checked_on = optional_day(
        "sensitive_checked_on", "Sensitive intelligence checked"
    )
    national_ref = forms.CharField(
        max_length=60,
        required=False,
        label="National reference",
        help_text=says("national_ref"),
    )
    listed_on = optional_day("listed_on", "On the national list since")
    delisted_on = optional_day("delisted_on", "Off the national list since")
    classification = coded("classification", "Classification")
    compartments = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="All of them are needed to see the threat.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        officer: Officer,
        body: Body,
        threat: Threat | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(threat))
        current = [getattr(threat, f"{name}_id") for name in PEOPLE] if threat else []
        choice = officers_of(body)
        people = choice | Officer.objects.filter(pk__in=[pk for pk in current if pk])
        for name in PEOPLE:
            self._field(name).queryset = people.order_by("name")
            self._field(name).empty_label = "Nobody"
        held = sorted(sight_of(officer).compartments)
        self._field("compartments").choices = [(key, key.title()) for key in held]
        if not held:
            del self.fields["compartments"]
        self._moderation(officer, body, threat)

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Under which headings do the fields stand?"""
        return [
            (heading, [self[name] for name in names.split() if name in self.fields])
            for heading, names in SECTIONS
        ]

    def said(self) -> dict[str, Any]:
        """What does the officer say of each field?"""
        given = {n: v for n, v in self.cleaned_data.items() if n in FIELDS}
        return {"compartments": [], **given}

    def differences(self, threat: Threat) -> list[tuple[str, Any, Any]]:
        """Where do the record and what was typed differ? Label, now, typed."""
        rows = []
        for name, typed in self.said().items():
            now = looked_up(threat, name)
            if now != typed:
                label = str(self.fields[name].label) if name in self.fields else name
                rows.append((label, now, typed))
        return rows

    def _moderation(self, officer: Officer, body: Body, threat: Threat | None) -> None:
        if officer.may("moderate", body):
            return
        now = threat.moderation if threat is not None else ""
        self._field("moderation").choices = [
            (key, label)
            for key, label in CODES["moderation"].choices()
            if key not in MODERATORS_SAY or key == now
        ]

    def _field(self, name: str) -> Any:
        return self.fields[name]


class ShareForm(PlainForm):
    """With whom a threat is shared, and why."""

    body = forms.ChoiceField(label="Share it with")
    reason = forms.CharField(
        label="Why they need it",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The share is logged as a disclosure, with this reason.",
    )

    def __init__(self, data: Any = None, *, threat: Threat) -> None:
        super().__init__(data)
        seeing = {threat.body_id, *threat.shared_with}
        field: Any = self.fields["body"]
        bodies = [pair for pair in every_body() if pair[0] not in seeing]
        field.choices = [("", "Choose a body"), *bodies]


class ReasonForm(PlainForm):
    """Why somebody opens the records of people."""

    reason = forms.CharField(
        label="Why you need to see the people",
        max_length=300,
        help_text="A few words. Your name, the time and this reason are logged.",
    )


def _initial(threat: Threat | None) -> dict[str, Any]:
    if threat is None:
        return {"type": "tactical", "soc": "soc", "classification": "official"}
    return {name: getattr(threat, name) for name in FIELDS}
