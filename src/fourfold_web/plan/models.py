"""What do we intend: plans, priorities and what we need to know?"""

from django.db import models

from fourfold_web.base.models import MarkedRecord, Officer, Record
from fourfold_web.picture.models import Threat


class Plan(MarkedRecord):
    """What is intended against a threat under all four Ps."""

    KIND = "plans"

    threat = models.ForeignKey(
        Threat, models.PROTECT, related_name="plans", help_text="The threat it answers."
    )
    title = models.TextField(blank=True, help_text="Title.")
    level = models.CharField(
        max_length=24, help_text="A force's own plan or one for a regional priority."
    )
    author = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who wrote it.",
    )
    owner = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who answers for it.",
    )
    made_on = models.DateField(help_text="The day it was made.")
    reviewed_on = models.DateField(null=True, blank=True, help_text="Last review.")
    review_due_on = models.DateField(null=True, blank=True, help_text="Next review.")
    finance_lead = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Financial investigator named on it.",
    )
    finance_lead_on = models.DateField(
        null=True, blank=True, help_text="The day that investigator was named."
    )
    safeguarding_lead = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Safeguarding officer named on it.",
    )
    closed_on = models.DateField(
        null=True, blank=True, help_text="The day it ended; empty: live."
    )

    class Meta(MarkedRecord.Meta):
        pass


class PlanAction(Record):
    """One thing that a plan asks of somebody."""

    KIND = "plan-actions"

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="actions", help_text="The plan."
    )
    p = models.CharField(
        max_length=24, help_text="Pursue, prevent, protect or prepare."
    )
    text = models.TextField(help_text="What is to be done.")
    owner = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who does it.",
    )
    partner = models.TextField(
        blank=True, help_text="The partner who owns it, when not police."
    )
    set_on = models.DateField(null=True, blank=True, help_text="The day it was set.")
    due_on = models.DateField(null=True, blank=True, help_text="When it is due.")
    done_on = models.DateField(
        null=True, blank=True, help_text="When it was done; empty: open."
    )
    dropped_on = models.DateField(
        null=True, blank=True, help_text="When it was dropped."
    )

    class Meta(Record.Meta):
        pass


class Priority(Record):
    """A line of a control strategy."""

    KIND = "priorities"

    strategy = models.TextField(help_text="The control strategy.")
    dated_on = models.DateField(help_text="Its date.")
    refreshed_on = models.DateField(
        null=True, blank=True, help_text="Mid-year refresh."
    )
    ends_on = models.DateField(null=True, blank=True, help_text="Ends or was replaced.")
    rank = models.IntegerField(help_text="Rank, 1 the highest.")
    theme = models.CharField(max_length=24, help_text="Crime theme.")
    title = models.TextField(blank=True, help_text="In the strategy's words.")

    class Meta(Record.Meta):
        pass


class IntelligenceRequirement(Record):
    """What needs to be known about a priority, and what has come in against it."""

    KIND = "requirements"

    priority = models.ForeignKey(
        Priority,
        models.PROTECT,
        related_name="requirements",
        null=True,
        blank=True,
        help_text="The priority it serves.",
    )
    theme = models.CharField(max_length=24, help_text="Crime theme.")
    asks = models.TextField(help_text="What needs to be known.")
    opened_on = models.DateField(help_text="Set.")
    closed_on = models.DateField(
        null=True, blank=True, help_text="Met or withdrawn; empty: live."
    )
    submitted_on = models.DateField(
        null=True, blank=True, help_text="Last submission against it."
    )
    community_on = models.DateField(
        null=True,
        blank=True,
        help_text="Last submission from a community or neighbourhood source.",
    )

    class Meta(Record.Meta):
        pass
