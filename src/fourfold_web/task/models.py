"""Who does what, with what: posts, meetings, bids, queues and money?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fourfold_web.base.models import Body, Officer, Record


class Post(Record):
    """An established post and whether somebody is in it."""

    KIND = "posts"

    team = models.TextField(help_text="Team.")
    purpose = models.CharField(max_length=24, help_text="What the team is for.")
    title = models.TextField(blank=True, help_text="Post title.")
    theme = models.CharField(
        max_length=24, blank=True, help_text="The theme it is given to, when to one."
    )
    fte = models.FloatField(help_text="Full-time share: 1 whole, 0.5 half.")
    funding = models.CharField(
        max_length=24, blank=True, help_text="Core or fixed-term money."
    )
    opened_on = models.DateField(help_text="Established from.")
    closed_on = models.DateField(
        null=True, blank=True, help_text="Established until; empty: still."
    )
    holder = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who holds it; empty: vacant.",
    )
    filled_from = models.DateField(
        null=True, blank=True, help_text="Held from; empty: vacant."
    )
    filled_to = models.DateField(
        null=True, blank=True, help_text="Held until; empty: still."
    )
    deployable = models.BooleanField(
        null=True,
        blank=True,
        help_text="The holder is at work in it: not absent, seconded or restricted.",
    )

    class Meta(Record.Meta):
        pass


class LeadAppointment(Record):
    """An appointment as lead responsible officer and the course that goes with it."""

    KIND = "training"

    officer = models.ForeignKey(
        Officer, models.PROTECT, related_name="+", help_text="The lead officer."
    )
    appointed_on = models.DateField(help_text="Appointed.")
    ended_on = models.DateField(
        null=True, blank=True, help_text="Stood down; empty: still."
    )
    trained_on = models.DateField(
        null=True, blank=True, help_text="Course completed; empty: not yet."
    )
    mentor = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Mentor for the first threat.",
    )

    class Meta(Record.Meta):
        pass


class Meeting(Record):
    """A planned meeting that decides about threats or resources."""

    KIND = "meetings"

    name = models.TextField(help_text="Meeting.")
    level = models.CharField(max_length=24, help_text="Regional or a force's own.")
    purpose = models.CharField(
        max_length=24, help_text="Priorities, tasking, plan or performance."
    )
    planned_on = models.DateField(help_text="The day it was planned for.")
    state = models.CharField(max_length=24, help_text="Held or cancelled.")
    cancelled_for = models.CharField(
        max_length=24, blank=True, help_text="Why it was cancelled."
    )

    class Meta(Record.Meta):
        pass


class Attendance(Record):
    """Who was asked to a meeting, and who came."""

    KIND = "attendance"

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendance", help_text="The meeting."
    )
    invited = models.ForeignKey(
        Body, models.PROTECT, related_name="+", help_text="The body asked."
    )
    unit = models.TextField(
        blank=True, help_text="The unit asked, for a force's own meeting."
    )
    attended = models.BooleanField(
        null=True, blank=True, help_text="Came; empty when the meeting was cancelled."
    )
    apologies = models.BooleanField(null=True, blank=True, help_text="Sent apologies.")

    class Meta(Record.Meta):
        pass


class Bid(Record):
    """A request for resources put to a tasking meeting."""

    KIND = "bids"

    bidder = models.ForeignKey(
        Body, models.PROTECT, related_name="+", help_text="The body that asks."
    )
    asked = models.ForeignKey(
        Body, models.PROTECT, related_name="+", help_text="The body asked."
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="bids",
        null=True,
        blank=True,
        help_text="The meeting that decides.",
    )
    theme = models.CharField(max_length=24, help_text="Crime theme.")
    asked_for = models.TextField(blank=True, help_text="What is asked for.")
    made_on = models.DateField(help_text="The day it was made.")
    decision = models.CharField(
        max_length=24, blank=True, help_text="Decision; empty: none yet."
    )
    decided_on = models.DateField(
        null=True, blank=True, help_text="The day it was decided."
    )

    class Meta(Record.Meta):
        pass


class QueueItem(Record):
    """One item that waits: an intelligence report, a SAR, a device, an application."""

    KIND = "queue-items"

    queue = models.CharField(max_length=24, help_text="Which queue.")
    category = models.TextField(
        blank=True, help_text="Standard phone, complex device, consent SAR and so on."
    )
    received_on = models.DateField(help_text="Received.")
    triaged_on = models.DateField(
        null=True, blank=True, help_text="Triaged for risk; empty: not yet."
    )
    risk = models.CharField(max_length=24, blank=True, help_text="Risk at triage.")
    done_on = models.DateField(
        null=True, blank=True, help_text="Finished; empty: waiting."
    )
    suspect_waiting = models.BooleanField(
        null=True, blank=True, help_text="A suspect is released while it waits."
    )
    band = models.CharField(
        max_length=24, blank=True, help_text="Priority band of the threat it serves."
    )

    class Meta(Record.Meta):
        pass


class Agreement(Record):
    """A collaboration or sharing agreement and when it was last reviewed."""

    KIND = "agreements"

    title = models.TextField(help_text="Title.")
    kind = models.CharField(
        max_length=24, help_text="Collaboration or information sharing."
    )
    signed_on = models.DateField(help_text="Signed.")
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="Last reviewed; empty: never."
    )
    review_due_on = models.DateField(
        null=True, blank=True, help_text="Its own review date."
    )
    ends_on = models.DateField(null=True, blank=True, help_text="Ends; empty: open.")
    parties = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="The parties.",
    )

    class Meta(Record.Meta):
        pass


class FundingLine(Record):
    """A line of money and the day until which it is confirmed."""

    KIND = "funding"

    line = models.TextField(help_text="What it pays for.")
    kind = models.CharField(max_length=24, help_text="Core, fixed-term or capital.")
    confirmed_from = models.DateField(help_text="Confirmed from.")
    confirmed_to = models.DateField(help_text="Confirmed until.")
    amount = models.FloatField(null=True, blank=True, help_text="Pounds a year.")

    class Meta(Record.Meta):
        pass


class KitItem(Record):
    """A vehicle, a piece of kit or software, and whether money will replace it."""

    KIND = "assets"

    kind = models.CharField(max_length=24, help_text="Vehicle, software or kit.")
    title = models.TextField(blank=True, help_text="What it is.")
    bought_on = models.DateField(null=True, blank=True, help_text="Bought.")
    replace_on = models.DateField(
        null=True, blank=True, help_text="Due for replacement."
    )
    retired_on = models.DateField(
        null=True, blank=True, help_text="Out of use; empty: in use."
    )
    capital_line = models.BooleanField(
        null=True, blank=True, help_text="Capital money will replace it."
    )

    class Meta(Record.Meta):
        pass
