"""What did a reviewer decide about a message?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fourfold_web.base.models import MarkedRecord, Officer
from fourfold_web.intake.evidence.models import EvidenceFile


class ReviewedMessage(MarkedRecord):
    """One message of a file, once somebody has looked at it."""

    SEEN, SET_ASIDE = "seen", "set_aside"
    STATES: ClassVar = {SEEN: "Reviewed", SET_ASIDE: "Set aside as privileged"}

    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="reviewed")
    line = models.BigIntegerField(help_text="Its place in the file.")
    state = models.CharField(max_length=10, default=SEEN)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    note = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    released_by = models.ForeignKey(
        Officer, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["-reviewed_at", "-id"]
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["file", "line"], name="one_review_a_message"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["file", "line"],
                condition=Q(state="set_aside"),
                name="messages_set_aside",
            )
        ]

    @property
    def says(self) -> str:
        """What is its state, in words?"""
        return self.STATES[self.state]
