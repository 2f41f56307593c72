"""What did inspectors find, and what was promised?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fourfold_web.base.models import Officer, Record


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


class Report(Record):
    """A published inspection report or press text, filed in the register."""

    title = models.TextField(help_text="As printed.")
    published_on = models.DateField(null=True, blank=True, help_text="As printed.")
    source = models.CharField(max_length=40, blank=True, help_text="Report or press.")
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    lines = ArrayField(models.TextField(), help_text="The text, line by line.")

    class Meta(Record.Meta):
        ordering: ClassVar = ["-published_on", "-id"]


class ReportItem(Record):
    """Something that a report says, with the line it stands on.

    `place` is the slug of a body, or the key of a region; empty when the text names
    neither. `place_name` is as printed.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="%(class)ss")
    place = models.CharField(max_length=60, blank=True)
    place_name = models.TextField(blank=True)
    quote = models.TextField(help_text="The words themselves.")
    line = models.IntegerField(help_text="Line of the text, from 1.")

    class Meta(Record.Meta):
        abstract = True
        ordering: ClassVar = ["report", "line", "id"]


class Judgment(ReportItem):
    """A grade that a report gives to a body."""

    grade = models.CharField(max_length=24)

    class Meta(ReportItem.Meta):
        abstract = False


class Finding(ReportItem):
    """A boxed finding, a plain heading, a request or a piece of history."""

    kind = models.CharField(max_length=24)
    section = models.TextField(blank=True)
    heading = models.TextField()
    text = models.TextField(blank=True)
    bullets = ArrayField(models.TextField(), default=list, blank=True)
    rules = ArrayField(
        models.CharField(max_length=4),
        default=list,
        blank=True,
        help_text="Codes of the inspection rules that would find it again.",
    )

    class Meta(ReportItem.Meta):
        abstract = False


class Recommendation(ReportItem):
    """What somebody should do, and by when."""

    owner = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    deadline_text = models.TextField(blank=True)
    actions = ArrayField(models.TextField(), default=list)
    parent = models.TextField(blank=True, help_text="Cause of concern it belongs to.")
    number = models.CharField(max_length=20, blank=True)

    class Meta(ReportItem.Meta):
        abstract = False


class ReportFigure(ReportItem):
    """A number that a report prints. Shares are in percent, money in pounds."""

    value = models.FloatField()
    unit = models.CharField(max_length=24)
    measures = models.TextField(blank=True)
    period = models.TextField(blank=True)
    qualifier = models.TextField(blank=True)
    reported_by = models.TextField(blank=True)

    class Meta(ReportItem.Meta):
        abstract = False


class Promise(Record):
    """What we said we would do about a finding, by when, and the proof that we did."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="promises")
    text = models.TextField(help_text="What will be done.")
    owner = models.ForeignKey(Officer, models.PROTECT, related_name="promises")
    due_on = models.DateField(help_text="By when.")
    done_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True, help_text="What shows that it was done.")

    class Meta(Record.Meta):
        ordering: ClassVar = ["due_on"]
