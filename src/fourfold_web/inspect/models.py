"""What did inspectors find, and what was promised?"""

from django.db import models

from fourfold_web.base.models import Record


class TrackedRecommendation(Record):
    """An inspector's earlier finding, and where it stands."""

    KIND = "recommendations"

    report = models.TextField(help_text="The report it comes from.")
    published_on = models.DateField(help_text="Published.")
    kind = models.TextField(
        blank=True,
        help_text="Recommendation, area for improvement or cause of concern.",
    )
    theme = models.TextField(
        blank=True,
        help_text="What it is about, in a word or two: the same word when it returns.",
    )
    text = models.TextField(help_text="The recommendation.")
    due_on = models.DateField(null=True, blank=True, help_text="Due.")
    state = models.CharField(
        max_length=24, help_text="Awaiting review, being progressed or complete."
    )
    completed_on = models.DateField(null=True, blank=True, help_text="Completed.")
    evidence = models.TextField(blank=True, help_text="The evidence that closed it.")

    class Meta(Record.Meta):
        pass
