"""Which questions were asked of evidence, why, and what was kept of them?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from fourfold_web.base.models import MarkedRecord, Officer


class BulkSearch(MarkedRecord):
    """The authority to search plate reads in bulk: asked by one, decided by another."""

    ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
    STATES: ClassVar = {
        ASKED: "Waits for a decision",
        APPROVED: "Approved",
        REFUSED: "Refused",
    }

    purpose = models.TextField(help_text="The lawful purpose.")
    proportionality = models.TextField(
        help_text="Why so wide a search is needed, and what would do less."
    )
    lists = models.TextField(help_text="Which lists are searched, and whose they are.")
    from_on = models.DateField(help_text="First day of the reads searched.")
    until_on = models.DateField(help_text="Last day of the reads searched.")
    state = models.CharField(max_length=10, default=ASKED)
    decided_by = models.ForeignKey(
        Officer, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True, help_text="Why it was decided so.")

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name_plural = "bulk searches"
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.CheckConstraint(
                name="nobody_decides_on_their_own_search",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("made_by")),
                violation_error_message="Somebody else must decide on it.",
            ),
            models.CheckConstraint(
                name="a_bulk_search_ends_after_it_begins",
                condition=Q(until_on__gte=models.F("from_on")),
                violation_error_message="The last day comes before the first.",
            ),
        ]

    @property
    def says(self) -> str:
        """What is its state, in words?"""
        return self.STATES[self.state]


class EvidenceRun(MarkedRecord):
    """One question asked of some files of evidence.

    It bears the highest marking of its files, and is seen only by those who may see
    all of them.
    """

    SEEN_ONLY_IF = (
        "NOT EXISTS (SELECT FROM unnest(files) AS one WHERE NOT EXISTS"
        " (SELECT FROM intake_evidencefile f WHERE f.id = one))"
    )
    QUEUED, RUNNING, PAUSED = "queued", "running", "paused"
    DONE, STOPPED, FAILED = "done", "stopped", "failed"
    STATES: ClassVar = {
        QUEUED: "Waiting for its turn",
        RUNNING: "Running",
        PAUSED: "Paused",
        DONE: "Done",
        STOPPED: "Stopped",
        FAILED: "Failed",
    }
    UNENDED = (QUEUED, RUNNING, PAUSED)

    analysis = models.CharField(max_length=60, help_text="Key of the analysis.")
    question = models.CharField(max_length=300, help_text="As it was asked.")
    why = models.TextField(help_text="What the answer is needed for.")
    files = ArrayField(models.BigIntegerField(), help_text="Of which files.")
    inputs = models.JSONField(help_text="Reference, name, kind and digest of each.")
    parameters = models.JSONField(default=dict, help_text="What was set.")
    engine = models.CharField(max_length=10, default="duckdb")
    state = models.CharField(max_length=10, default=QUEUED)
    failed = models.TextField(blank=True, help_text="Why there is no answer.")
    asked = models.CharField(
        max_length=64, help_text="Digest of question, files, parameters and version."
    )
    result = models.CharField(max_length=64, blank=True, help_text="Its digest.")
    set_aside = models.IntegerField(
        default=0, help_text="Privileged messages that were left out."
    )
    under = models.ForeignKey(
        BulkSearch, models.PROTECT, related_name="runs", null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["asked"]),
            GinIndex(fields=["files"], name="runs_of_a_file"),
        ]

    @property
    def says(self) -> str:
        """What is its state, in words?"""
        return self.STATES[self.state]

    @property
    def unended(self) -> bool:
        """Does it wait, or run?"""
        return self.state in self.UNENDED

    @property
    def area(self) -> str:
        """Which area does its analysis belong to?"""
        return self.analysis.split(".")[0]


class KeptResult(MarkedRecord):
    """A result that somebody put down as evidence, with its own title and owner.

    Ties and intelligence made from a result later name this record.
    """

    run = models.ForeignKey(EvidenceRun, models.PROTECT, related_name="kept")
    title = models.CharField(max_length=200, help_text="What it shows.")
    note = models.TextField(help_text="What it rests on, and what it does not show.")
    result = models.CharField(max_length=64, help_text="Digest of the result.")

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["-made_at", "-id"]
