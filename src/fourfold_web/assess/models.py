"""How bad is a threat, by which method, and who agreed?"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fourfold.assess.scoring import CONFIDENCES, Scored, band_of, score
from fourfold.base.codes import CODES
from fourfold_web.base.models import MarkedRecord, Officer
from fourfold_web.picture.models import Threat


class Assessment(MarkedRecord):
    """One assessment of a threat. Never altered once somebody has judged it."""

    threat = models.ForeignKey(
        Threat, models.PROTECT, related_name="assessments", help_text="The threat."
    )
    method = models.CharField(max_length=40, help_text="Version of the matrix.")
    criteria = models.JSONField(help_text="Criterion to value.")
    score = models.FloatField(help_text="Illustrative: no national score.")
    band = models.CharField(max_length=24, help_text="Band of the score.")
    confidence = models.CharField(
        max_length=24, help_text="How sure the assessor is; not part of the score."
    )
    summary = models.TextField(help_text="What the assessment rests on.")
    assessor = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    assessed_on = models.DateField(help_text="The day it was made.")
    withheld_considered_on = models.DateField(
        null=True,
        blank=True,
        help_text="Sensitive intelligence was considered; a date only.",
    )
    next_review_on = models.DateField(help_text="When the threat is next assessed.")
    state = models.CharField(
        max_length=24, default="submitted", help_text="Where it stands."
    )
    moderator = models.ForeignKey(
        Officer, models.PROTECT, related_name="+", null=True, blank=True
    )
    moderated_on = models.DateField(null=True, blank=True)
    moderator_says = models.TextField(blank=True, help_text="What the moderator says.")

    class Meta(MarkedRecord.Meta):
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.CheckConstraint(
                name="nobody_moderates_their_own",
                condition=Q(moderator=None) | ~Q(moderator=F("assessor")),
                violation_error_message="Nobody moderates their own assessment.",
            ),
            models.UniqueConstraint(
                fields=["threat"],
                condition=Q(state="submitted"),
                name="one_assessment_waits_a_threat",
            ),
        ]

    def working(self) -> Scored:
        """How did the score come about? By the method of its day."""
        return score(self.criteria, method=self.method)

    def band_words(self) -> str:
        """What is its band called?"""
        return band_of(self.score, method=self.method).says

    def state_words(self) -> str:
        """Where does it stand, in words?"""
        return CODES["moderation"].label(self.state)

    def confidence_words(self) -> str:
        """How sure was the assessor, in words?"""
        found = {one.key: one.says for one in CONFIDENCES}
        return found.get(self.confidence, self.confidence)
