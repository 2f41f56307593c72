"""What do we see: threats, their members, profiles and the national list?"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from fourfold_web.base.models import Body, MarkedRecord, Officer, Record
from fourfold_web.picture.review.models import ReviewedMessage
from fourfold_web.picture.runs.models import BulkSearch, EvidenceRun, KeptResult

__all__ = [
    "BulkSearch",
    "EvidenceRun",
    "KeptResult",
    "Member",
    "NationalListing",
    "Profile",
    "ReviewedMessage",
    "Threat",
]


class Threat(MarkedRecord):
    """A group, priority individual or vulnerability that a body holds."""

    KIND = "threats"

    name = models.TextField(help_text="What officers call it.")
    kind = models.CharField(
        max_length=24, help_text="Group, individual or vulnerability."
    )
    theme = models.CharField(
        max_length=24, help_text="The crime theme that does most harm."
    )
    tags = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="County lines and other models (list threat_tag).",
    )
    type = models.CharField(
        max_length=24, help_text="Tactical or strategic assessment."
    )
    moderation = models.CharField(
        max_length=24, help_text="Where the assessment stands with moderators."
    )
    soc = models.CharField(
        max_length=24, help_text="Serious and organised crime, or not."
    )
    tier = models.IntegerField(
        null=True,
        blank=True,
        help_text="1 to 5, a decision of tasking; 5 is outside the live picture.",
    )
    phase = models.TextField(
        help_text="Phase of the work; any phase containing 'closed' is closed."
    )
    national_ref = models.TextField(
        blank=True,
        help_text="Its reference on the national list; empty: held locally only.",
    )
    listed_on = models.DateField(
        null=True, blank=True, help_text="The day it went onto the national list."
    )
    delisted_on = models.DateField(
        null=True, blank=True, help_text="The day it came off the national list."
    )
    lro = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Lead responsible officer.",
    )
    lro_since = models.DateField(
        null=True, blank=True, help_text="The day that officer took it on."
    )
    sio = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Senior investigating officer.",
    )
    intelligence_officer = models.ForeignKey(
        Officer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="The intelligence officer beside the lead.",
    )
    area = models.TextField(blank=True, help_text="Division or basic command unit.")
    opened_on = models.DateField(help_text="The day the body began to hold it.")
    closed_on = models.DateField(
        null=True, blank=True, help_text="The day it was closed; empty: live."
    )
    assessed_on = models.DateField(null=True, blank=True, help_text="Last assessment.")
    next_review_on = models.DateField(
        null=True, blank=True, help_text="When the assessment is next due."
    )
    score = models.FloatField(
        null=True, blank=True, help_text="Score under the body's matrix; illustrative."
    )
    band = models.CharField(
        max_length=24, blank=True, help_text="Priority band from the score."
    )
    sensitive_checked_on = models.DateField(
        null=True,
        blank=True,
        help_text="Last check of sensitive intelligence; a date only.",
    )

    class Meta(MarkedRecord.Meta):
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.CheckConstraint(
                name="threat_closes_after_it_opens",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message="A threat closes on or after the day it opens.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "kind"]),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="threat_name"),
        ]

    def is_live(self, on: date) -> bool:
        """Is the threat held on that day?"""
        return self.opened_on <= on and (self.closed_on is None or self.closed_on > on)


class Member(MarkedRecord):
    """A person's part in a threat."""

    KIND = "members"

    threat = models.ForeignKey(
        Threat, models.PROTECT, related_name="members", help_text="The threat."
    )
    person = models.TextField(help_text="The sending system's reference of the person.")
    name = models.TextField(help_text="Name as recorded.")
    born_on = models.DateField(null=True, blank=True, help_text="Date of birth.")
    role = models.CharField(
        max_length=24, help_text="Principal, significant or peripheral."
    )
    since = models.DateField(null=True, blank=True, help_text="From when.")
    until = models.DateField(
        null=True, blank=True, help_text="Until when; empty: still."
    )

    class Meta(MarkedRecord.Meta):
        pass

    def part(self) -> str:
        """What do officers call the person's part in it?"""
        return self.label("role")


class Profile(Record):
    """A local or problem profile: what is happening in an area."""

    KIND = "profiles"

    title = models.TextField(help_text="Title.")
    kind = models.CharField(
        max_length=24, help_text="Local profile or problem profile."
    )
    area = models.TextField(
        blank=True, help_text="The area it covers; empty: the whole body."
    )
    dated_on = models.DateField(help_text="The date on it.")
    revised_on = models.DateField(
        null=True, blank=True, help_text="Last revision; empty: never."
    )
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="Replaced or withdrawn."
    )
    readers = models.IntegerField(
        null=True,
        blank=True,
        help_text="Neighbourhood staff who opened it in the last 90 days.",
    )
    readers_expected = models.IntegerField(
        null=True, blank=True, help_text="Neighbourhood staff who should."
    )
    partners = models.IntegerField(
        null=True, blank=True, help_text="Partner bodies that received it."
    )

    class Meta(Record.Meta):
        pass


class NationalListing(Record):
    """A threat as the national list shows it."""

    KIND = "national-list"
    # It names a threat: who may not see the threat may not read of it here. Who
    # brought a row in has read it in the file.
    SEEN_ONLY_IF = (
        "national_ref IN (SELECT t.national_ref FROM picture_threat t)"
        " OR made_by_id = (SELECT access.officer())"
    )

    national_ref = models.TextField(help_text="Reference on the national list.")
    holder = models.ForeignKey(
        Body, models.PROTECT, related_name="+", help_text="The body that owns it there."
    )
    name = models.TextField(blank=True, help_text="Name there.")
    kind = models.CharField(
        max_length=24, help_text="Group, individual or vulnerability."
    )
    theme = models.CharField(max_length=24, blank=True, help_text="Crime theme.")
    type = models.CharField(max_length=24, help_text="Tactical or strategic.")
    moderation = models.CharField(max_length=24, help_text="Moderation status.")
    soc = models.CharField(max_length=24, help_text="SOC or not.")
    tier = models.IntegerField(null=True, blank=True, help_text="Tier.")
    phase = models.TextField(help_text="Phase.")
    listed_on = models.DateField(null=True, blank=True, help_text="Listed.")

    class Meta(Record.Meta):
        pass
