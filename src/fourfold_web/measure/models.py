"""Which measures does each body keep?"""

from django.db import models

from fourfold_web.base.models import Record


class KeptMeasure(Record):
    """A measure that a body keeps for serious and organised crime."""

    KIND = "performance"

    title = models.TextField(help_text="The measure.")
    p = models.CharField(
        max_length=24, blank=True, help_text="The P it shows, when one."
    )
    level = models.CharField(max_length=24, help_text="Regional or a force's own.")
    started_on = models.DateField(help_text="Kept since.")
    ended_on = models.DateField(null=True, blank=True, help_text="Dropped.")
    data_on = models.DateField(
        null=True, blank=True, help_text="Last data; empty: none yet."
    )

    class Meta(Record.Meta):
        pass
