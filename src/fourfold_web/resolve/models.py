"""Who is who: people as bodies' systems record them, and who is the same as whom?

A record of a person hangs on the row that named it, a member of a threat or a managed
offender. Those belong to later stages, so they are named here and not imported; who may
not see the row cannot see the person.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fourfold_web.base.models import MarkedRecord, Officer, Record


class PersonRecord(Record):
    """A person as one row of one body names them."""

    member = models.OneToOneField(
        "picture.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    offender = models.OneToOneField(
        "act.ManagedOffender", models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.TextField(help_text="Name as recorded.")
    born_on = models.DateField(null=True, blank=True, help_text="Date of birth.")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="a_person_comes_from_one_row",
                condition=Q(member=None, offender__isnull=False)
                | Q(member__isnull=False, offender=None),
            ),
        ]

    def named_by(self) -> Any:
        """Which row names the person: a member of a threat or a managed offender?"""
        return self.member or self.offender

    def hangs_on(self) -> list[MarkedRecord]:
        """Which marked records hide the person when they hide?"""
        row = self.named_by()
        threat = getattr(row, "threat", None)
        return [one for one in (row, threat) if isinstance(one, MarkedRecord)]


class MatchPair(Record):
    """Two records of different bodies that may be about one person."""

    left = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    right = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    alike = models.FloatField(help_text="How alike the names are, 0 to 1.")
    reasons = models.JSONField(default=list, help_text="Why it is worth a look.")
    candidate = models.BooleanField(
        default=True, help_text="The records, as they are now, are still alike."
    )

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["left", "right"], name="one_pair"),
        ]

    def hangs_on(self) -> list[MarkedRecord]:
        """Which marked records hide the pair when one of them hides?"""
        return [*self.left.hangs_on(), *self.right.hangs_on()]


class MatchDecision(Record):
    """What somebody decided about a pair, and whether it was taken back."""

    SAYS: ClassVar = [
        ("same", "One person"),
        ("suspected", "Perhaps one person"),
        ("different", "Two people"),
    ]

    pair = models.ForeignKey(MatchPair, models.PROTECT, related_name="decisions")
    says = models.CharField(max_length=12, choices=SAYS)
    why = models.TextField(help_text="What it rests on.")
    decided_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    undone_by = models.ForeignKey(
        Officer, models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_on = models.DateField(null=True, blank=True)
    undone_why = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(undone_on=None),
                name="one_decision_stands",
            ),
        ]
