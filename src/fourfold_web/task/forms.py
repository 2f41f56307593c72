"""What does an officer fill in about a meeting or a bid?"""

from typing import Any

from django import forms

from fourfold.base.codes import CODES
from fourfold_web.base.fields import PlainForm, UkDateField
from fourfold_web.base.models import Body, Officer
from fourfold_web.task.models import Attendance
from fourfold_web.task.queries import bodies_to_ask
from fourfold_web.task.services import right_for


class MeetingForm(PlainForm):
    """Which meeting is planned, what for, when, and who is asked."""

    name = forms.CharField(max_length=200, label="Name of the meeting")
    level = forms.ChoiceField(widget=forms.RadioSelect)
    purpose = forms.ChoiceField(
        label="What it is for",
        choices=CODES["meeting_purpose"].choices(),
        widget=forms.RadioSelect,
    )
    planned_on = UkDateField(label="Day it is planned for")
    invited = forms.ModelMultipleChoiceField(
        Body.objects.none(), label="Who is asked", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, officer: Officer) -> None:
        super().__init__(data)
        level: Any = self.fields["level"]
        level.choices = [
            (key, label)
            for key, label in CODES["level"].choices()
            if officer.may(right_for(key), officer.body)
        ]
        invited: Any = self.fields["invited"]
        invited.queryset = bodies_to_ask(officer)


class HeldForm(PlainForm):
    """Who of those asked came."""

    came = forms.MultipleChoiceField(
        label="Who came",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave out those who did not come.",
    )

    def __init__(self, data: Any = None, *, asked: list[Attendance]) -> None:
        super().__init__(data)
        self.asked = asked
        came: Any = self.fields["came"]
        came.choices = [(str(one.pk), _named(one)) for one in asked]

    def present(self) -> list[Attendance]:
        """Which of those asked are ticked?"""
        ticked = set(self.cleaned_data["came"])
        return [one for one in self.asked if str(one.pk) in ticked]


class CancelledForm(PlainForm):
    """Why a meeting did not take place."""

    why = forms.ChoiceField(
        label="Why it was cancelled",
        choices=CODES["cancelled_for"].choices(),
        widget=forms.RadioSelect,
    )


class DecisionForm(PlainForm):
    """What a meeting decided on a bid, and why."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=CODES["decision"].choices(),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the change log beside the decision.",
    )


def _named(one: Attendance) -> str:
    return f"{one.invited}, {one.unit}" if one.unit else str(one.invited)
