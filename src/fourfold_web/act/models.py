"""What did it change: operations, disruptions, orders and stops?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fourfold_web.base.models import MarkedRecord, Officer, Record
from fourfold_web.picture.models import Threat


class Operation(MarkedRecord):
    """Work with a name, a senior investigating officer and a rank among priorities."""

    KIND = "operations"

    name = models.TextField(help_text="Operation name.")
    threat = models.ForeignKey(
        Threat,
        models.PROTECT,
        related_name="operations",
        null=True,
        blank=True,
        help_text="The threat it works on.",
    )
    theme = models.CharField(max_length=24, help_text="Crime theme.")
    rank = models.IntegerField(
        null=True, blank=True, help_text="Priority, 1 the highest; empty: unranked."
    )
    opened_on = models.DateField(help_text="The day it opened.")
    closed_on = models.DateField(
        null=True, blank=True, help_text="The day it closed; empty: open."
    )
    milestone_on = models.DateField(
        null=True, blank=True, help_text="Last milestone reached."
    )
    sio = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Senior investigating officer.",
    )
    closing_plan = models.BooleanField(
        null=True, blank=True, help_text="A charge or closing plan exists."
    )

    class Meta(MarkedRecord.Meta):
        pass


class Disruption(MarkedRecord):
    """Something done that left a threat less able to do harm, with the evidence."""

    KIND = "disruptions"

    threat = models.ForeignKey(
        Threat,
        models.PROTECT,
        related_name="disruptions",
        help_text="The threat that felt it.",
    )
    operation = models.ForeignKey(
        Operation,
        models.PROTECT,
        related_name="disruptions",
        null=True,
        blank=True,
        help_text="The operation it belongs to.",
    )
    event_on = models.DateField(help_text="The day it happened.")
    recorded_on = models.DateField(help_text="The day it was recorded.")
    role = models.CharField(
        max_length=24, help_text="The sending body led it, or supported another."
    )
    bodies = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="The others: who supported, or who led.",
    )
    p = models.CharField(
        max_length=24, help_text="Pursue, prevent, protect or prepare."
    )
    impact = models.CharField(
        max_length=24, blank=True, help_text="Impact as graded; empty: not yet graded."
    )
    event = models.TextField(
        blank=True, help_text="Arrest, seizure, order, referral and so on."
    )
    unit = models.TextField(blank=True, help_text="The unit that did it.")
    area = models.TextField(blank=True, help_text="Division or basic command unit.")
    evidence = models.TextField(help_text="What it can no longer do, and how we know.")
    claimant = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who claimed it.",
    )
    grader = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who graded it: somebody else.",
    )
    graded_on = models.DateField(
        null=True, blank=True, help_text="The day it was graded."
    )

    class Meta(MarkedRecord.Meta):
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.CheckConstraint(
                name="grader_is_not_claimant",
                condition=Q(grader=None) | Q(claimant=None) | ~Q(grader=F("claimant")),
                violation_error_message="Nobody grades their own disruption.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "recorded_on"]),
            models.Index(fields=["threat", "-event_on"]),
            models.Index(
                F("recorded_on").desc(nulls_last=True), "id", name="newest_recorded"
            ),
            models.Index(
                fields=["recorded_on"], condition=Q(impact=""), name="waiting_for_grade"
            ),
        ]

    def is_graded(self) -> bool:
        """Has somebody else said how much the threat felt it?"""
        return bool(self.impact)

    def impact_words(self) -> str:
        """How much did the threat feel it, in words?"""
        return self.label("impact") if self.impact else "Waiting for a grade"


class LocalEvent(Record):
    """An event in a body's own store: an arrest, a search, a warrant."""

    KIND = "activity"

    store = models.TextField(help_text="Name of the local store.")
    event = models.CharField(max_length=24, help_text="What happened.")
    event_on = models.DateField(help_text="The day it happened.")
    team = models.TextField(blank=True, help_text="The local team.")
    threat = models.ForeignKey(
        Threat,
        models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
        help_text="The threat, when it is tied to one.",
    )
    disruption = models.ForeignKey(
        Disruption,
        models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
        help_text="The disruption recorded for it; empty: none.",
    )

    class Meta(Record.Meta):
        pass


class ManagedOffender(MarkedRecord):
    """An organised offender in a prison or on release, and who manages them."""

    KIND = "offenders"

    name = models.TextField(help_text="Name as recorded.")
    born_on = models.DateField(null=True, blank=True, help_text="Date of birth.")
    prison = models.TextField(
        blank=True, help_text="Prison code (list of prisons); empty: in the community."
    )
    programme = models.CharField(
        max_length=24, help_text="Prison intelligence or MARSOC."
    )
    threat = models.ForeignKey(
        Threat,
        models.PROTECT,
        related_name="offenders",
        null=True,
        blank=True,
        help_text="The threat they belong to.",
    )
    managed_from = models.DateField(help_text="Managed from.")
    managed_to = models.DateField(
        null=True, blank=True, help_text="Managed until; empty: still."
    )
    release_on = models.DateField(null=True, blank=True, help_text="Release due.")
    plan_on = models.DateField(
        null=True, blank=True, help_text="Release plan made; empty: none."
    )
    group_match = models.BooleanField(
        null=True,
        blank=True,
        help_text="Offender unit and threat record agree on the group.",
    )

    class Meta(MarkedRecord.Meta):
        pass


class OffenderOrder(MarkedRecord):
    """An order on an offender and when it was last checked."""

    KIND = "orders"

    offender = models.TextField(help_text="The offender, as recorded.")
    threat = models.ForeignKey(
        Threat,
        models.PROTECT,
        related_name="orders",
        null=True,
        blank=True,
        help_text="The threat they belong to.",
    )
    kind = models.TextField(help_text="Serious crime prevention order and so on.")
    risk = models.CharField(
        max_length=24, help_text="Risk: sets how often it is checked."
    )
    made_on = models.DateField(help_text="Made.")
    ends_on = models.DateField(null=True, blank=True, help_text="Ends.")
    checked_on = models.DateField(
        null=True, blank=True, help_text="Last compliance check; empty: never."
    )

    class Meta(MarkedRecord.Meta):
        pass


class VehicleStop(MarkedRecord):
    """One vehicle stopped under a vehicle operation, and what came of it."""

    KIND = "vehicle-stops"

    operation = models.TextField(help_text="Operation name.")
    stopped_on = models.DateField(help_text="Stopped.")
    vehicle = models.TextField(blank=True, help_text="Registration mark.")
    seized = models.BooleanField(help_text="The vehicle was seized.")
    arrests = models.IntegerField(help_text="People arrested.")
    assets_gbp = models.FloatField(
        null=True, blank=True, help_text="Criminal assets seized, pounds."
    )
    warrants_sought = models.IntegerField(
        null=True, blank=True, help_text="Warrants sought from it."
    )
    sex_offenders = models.IntegerField(
        null=True,
        blank=True,
        help_text="High-risk sex offenders identified and under investigation.",
    )
    place = models.TextField(blank=True, help_text="Where.")

    class Meta(MarkedRecord.Meta):
        pass
