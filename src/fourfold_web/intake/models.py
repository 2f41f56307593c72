"""What arrived, and what was wrong with it?"""

from typing import ClassVar

from django.db import models

from fourfold_web.base.models import MarkedRecord
from fourfold_web.intake.evidence.models import Authority, EvidenceFile, Job

__all__ = ["Authority", "Delivery", "EvidenceFile", "Job", "QuarantinedRow"]


class Delivery(MarkedRecord):
    """One file that a body sent, with what became of its rows.

    rows = loaded + changed + unchanged + quarantined, always. The file itself is
    kept under its digest.
    """

    kind = models.CharField(max_length=24)
    layout = models.CharField(max_length=120)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="Bytes.")
    rows = models.IntegerField()
    loaded = models.IntegerField()
    changed = models.IntegerField()
    unchanged = models.IntegerField()
    quarantined = models.IntegerField()
    digest = models.CharField(max_length=64, help_text="Digest of the rows written.")
    file_faults = models.JSONField(
        default=list, help_text="Faults of the file, not of a row: a wrong total line."
    )
    unread = models.JSONField(
        default=list, help_text="Headings of the file that the layout does not know."
    )

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            *MarkedRecord.Meta.constraints,
            models.CheckConstraint(
                name="every_row_is_accounted_for",
                condition=models.Q(
                    rows=models.F("loaded")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("quarantined")
                ),
            ),
        ]


class QuarantinedRow(MarkedRecord):
    """A row that could not be loaded: its line, its faults, and what became of it."""

    OPEN, MENDED, REPLACED = "open", "mended", "replaced"
    STATES: ClassVar = {
        OPEN: "To be mended",
        MENDED: "Mended",
        REPLACED: "Came again with a fault",
    }

    kind = models.CharField(max_length=24)
    layout = models.CharField(max_length=120, help_text="How its texts are to be read.")
    key = models.TextField(blank=True, help_text="The row's own key, if it was read.")
    of = models.ForeignKey(Delivery, models.PROTECT, related_name="quarantine")
    line = models.IntegerField(help_text="Line of the file, or row of the sheet.")
    row = models.JSONField(
        help_text="Field to text, as far as it could be read; empty: withheld."
    )
    faults = models.JSONField(help_text="Field, value, fault and mend of each fault.")
    state = models.CharField(max_length=10, default=OPEN)

    class Meta(MarkedRecord.Meta):
        ordering: ClassVar = ["of", "line"]
        indexes: ClassVar = [
            models.Index(fields=["body", "state"]),
            models.Index(
                fields=["body", "kind", "row_digest"],
                condition=models.Q(state="open"),
                name="quarantine_open",
            ),
        ]
