"""Which evidence was brought in, under which authority, and what works on it now?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fourfold_web.base.models import Body, MarkedRecord, Officer


class Authority(MarkedRecord):
    """The power under which evidence was obtained: what, from whom, for what."""

    power = models.CharField(max_length=24, help_text="Kind of power.")
    number = models.CharField(max_length=80, help_text="Its own reference.")
    purpose = models.TextField(help_text="What it was sought for.")
    granted_by = models.CharField(max_length=120, help_text="Who granted it.")
    from_on = models.DateField(help_text="From which day.")
    until_on = models.DateField(null=True, blank=True, help_text="Until which day.")
    permitted_use = models.TextField(help_text="What the evidence may be used for.")

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name_plural = "authorities"
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.CheckConstraint(
                name="an_authority_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                violation_error_message="An authority ends after the day it begins.",
            ),
            models.UniqueConstraint(
                fields=["body", "power", "number"],
                name="one_authority_a_number",
                violation_error_message="That authority is recorded already.",
            ),
        ]


class EvidenceFile(MarkedRecord):
    """One file of bulk evidence, how it is to be read, and what came of reading it.

    The bytes are kept under their digest, the rows beside them. Once it is read, rows =
    loaded + repeated + quarantined.
    """

    KEPT_BACK, WAITING, READING = "kept_back", "waiting", "reading"
    READ, REFUSED = "read", "refused"
    STATES: ClassVar = {
        KEPT_BACK: "Kept back: no authority",
        WAITING: "To be confirmed",
        READING: "Being read",
        READ: "Read",
        REFUSED: "Could not be read",
    }

    name = models.CharField(max_length=255, help_text="What the sender calls it.")
    kind = models.CharField(max_length=24, help_text="Kind of evidence.")
    sha256 = models.CharField(max_length=64, help_text="Digest of its bytes.")
    size = models.BigIntegerField(help_text="Bytes.")
    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        related_name="files",
        null=True,
        blank=True,
        help_text="Under which it was obtained.",
    )
    why = models.TextField(help_text="What it is needed for.")
    sniffed = models.JSONField(
        default=dict, help_text="What its first rows look like, before anybody said."
    )
    options = models.JSONField(
        default=dict, help_text="Layout, columns, dates and zone, as confirmed."
    )
    state = models.CharField(max_length=10, default=WAITING)
    refused = models.TextField(blank=True, help_text="Why it could not be read.")
    rows = models.BigIntegerField(null=True, blank=True)
    loaded = models.BigIntegerField(null=True, blank=True)
    repeated = models.BigIntegerField(null=True, blank=True)
    quarantined = models.BigIntegerField(null=True, blank=True)
    found = models.JSONField(
        default=dict, help_text="Rows of each kind of evidence that stand in it."
    )
    faults = models.JSONField(default=list, help_text="Faults by cause, most first.")
    notes = models.JSONField(default=list, help_text="What the reader took for given.")
    layout = models.CharField(max_length=120, blank=True, help_text="As it was read.")
    reading = models.CharField(
        max_length=64,
        blank=True,
        help_text="Digest of file and options: where it lies.",
    )

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["sha256"])]
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.CheckConstraint(
                name="every_row_of_evidence_is_accounted_for",
                condition=Q(rows=None)
                | Q(rows=F("loaded") + F("repeated") + F("quarantined")),
            ),
        ]

    @property
    def says(self) -> str:
        """What is its state, in words?"""
        return self.STATES[self.state]


class Job(models.Model):
    """Work that somebody asked for and that goes on beside the pages.

    Marked as the record it works on, and seen by the same people. How far it is
    passes by without a line of the log; that it began and ended does not.
    """

    SEEN_LIKE_ITS_RECORD: ClassVar = True
    GO, PAUSE, STOP = "go", "pause", "stop"

    about = models.CharField(max_length=24, db_index=True, help_text="The record.")
    kind = models.CharField(max_length=24, help_text="What is done to it.")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    classification = models.CharField(max_length=20, default="official_sensitive")
    compartments = ArrayField(models.SlugField(), default=list, blank=True)
    shared_with = ArrayField(models.SlugField(), default=list, blank=True)
    wanted = models.CharField(max_length=8, default=GO, help_text="Go, pause or stop.")
    share = models.FloatField(default=0, help_text="How much is done, 0 to 1.")
    doing = models.CharField(max_length=200, blank=True, help_text="What is done now.")
    attempts = models.IntegerField(default=0, help_text="How often it was begun.")
    asked_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about"], condition=Q(ended_at=None), name="one_job_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.about}"

    @property
    def percent(self) -> int:
        """How much is done, in percent? Never all of it before it has ended."""
        return min(int(self.share * 100), 99 if self.ended_at is None else 100)
