"""Who are the officers, what may each do, and what has been written down?"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fourfold.base.codes import CODES
from fourfold.intake.kinds import KINDS
from fourfold_web.base.clock import today


class Region(models.Model):
    """A region of England and Wales."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=4, unique=True, help_text="In references.")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A force, regional unit, partner or national body."""

    KINDS: ClassVar = [
        ("force", "Force"),
        ("rocu", "Regional organised crime unit"),
        ("national", "National body"),
        ("partner", "Partner"),
    ]

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    short = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=KINDS)
    region = models.ForeignKey(Region, models.PROTECT, related_name="bodies")
    population = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.short


class Prison(models.Model):
    """A prison of England and Wales."""

    code = models.CharField(primary_key=True, max_length=4)
    name = models.CharField(max_length=80)
    postcode = models.CharField(max_length=10, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class RoleKind(models.Model):
    """A role an officer may hold, with its rights. Copied from `roles.toml`."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=60)
    reach = models.CharField(max_length=8)
    rights = ArrayField(models.CharField(max_length=20), default=list)

    def __str__(self) -> str:
        return self.name


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        """Which officer signs in as `username`? Letter case does not matter."""
        return self.get(username__iexact=username)


class Officer(AbstractBaseUser):
    """An officer or member of staff; those with a password may sign in."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    rank = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="officers")
    source_key = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=24, unique=True)
    row_digest = models.CharField(max_length=64, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_service = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)

    objects = OfficerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "source_key"],
                condition=~Q(source_key=""),
                name="one_officer_a_staff_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.name}".strip()

    def roles(self) -> list[RoleHeld]:
        """Which roles does the officer hold today? Read once a request."""
        held = self.__dict__.get("_roles")
        if held is None:
            day = today()
            held = list(
                RoleHeld.objects.filter(Q(until=None) | Q(until__gt=day))
                .filter(officer=self, since__lte=day)
                .select_related("role", "body")
            )
            self.__dict__["_roles"] = held
        return held

    def may(self, right: str, body: Body | str | None = None) -> bool:
        """Does the officer hold the right, for that body when one is named?"""
        return any(
            right in held.role.rights and (body is None or held.covers(body))
            for held in self.roles()
        )


class RoleHeld(models.Model):
    """A role that an officer holds for a body, from a day until a day."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="held")
    role = models.ForeignKey(RoleKind, models.PROTECT)
    body = models.ForeignKey(Body, models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
                violation_error_message="A role ends after the day it begins.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer}: {self.role} of {self.body}"

    def covers(self, body: Body | str) -> bool:
        """Does the role reach as far as that body?"""
        slug = body.slug if isinstance(body, Body) else body
        if self.role.reach == "all" or self.body_id == slug:
            return True
        if self.role.reach != "region":
            return False
        if isinstance(body, Body):
            return body.region_id == self.body.region_id
        return Body.objects.filter(slug=slug, region=self.body.region).exists()


class Compartment(models.Model):
    """A wall around sensitive material: its members only."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=60)
    body = models.ForeignKey(Body, models.PROTECT)

    def __str__(self) -> str:
        return self.name


class CompartmentHeld(models.Model):
    """Membership of a compartment, from a day until a day."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="compartments")
    compartment = models.ForeignKey(Compartment, models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.officer} in {self.compartment}"


class Counter(models.Model):
    """The last number given out for a kind of record in a region."""

    region = models.ForeignKey(Region, models.PROTECT)
    code = models.CharField(max_length=3)
    last = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "code"], name="one_counter")
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.code} {self.last}"


class Record(models.Model):
    """What every record has: a reference, an owner, a maker, a delivery.

    `source_key` is the sending system's own key; `row_digest` the digest of the
    row last delivered, so that the same row twice changes nothing.
    """

    KIND: ClassVar[str] = ""
    SEEN_ONLY_IF: ClassVar[str] = ""
    """A condition in SQL beside the marking, for a record that tells of another."""

    reference = models.CharField(max_length=24, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=200, blank=True)
    row_digest = models.CharField(max_length=64, blank=True)
    delivery = models.CharField(max_length=24, blank=True, help_text="Last delivery.")
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["body", "source_key"],
                condition=~Q(source_key=""),
                name="%(app_label)s_%(class)s_one_a_source_key",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def label(self, field: str) -> str:
        """What do officers call the value of a coded field? Empty: nothing."""
        codes = KINDS[self.KIND].fields[field].codes
        return CODES[codes].label(getattr(self, field) or "")


class MarkedRecord(Record):
    """A record with a marking: who may see it is read from the row itself."""

    classification = models.CharField(max_length=20, default="official")
    handling = models.CharField(max_length=1, default="P")
    compartments = ArrayField(models.SlugField(), default=list, blank=True)
    shared_with = ArrayField(models.SlugField(), default=list, blank=True)

    class Meta(Record.Meta):
        abstract = True

    def marking(self) -> str:
        """What marking stands at the top of the record?"""
        words = [CODES["classification"].label(self.classification)]
        words += [name.upper() for name in self.compartments]
        if self.handling == "C":
            words.append("handling code C")
        return " ".join(words)


class Entry(models.Model):
    """One line of the change log. Appended, never altered; each seals the last.

    The database fills `seq`, `at`, `line`, `prev` and `digest`.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    event = models.CharField(max_length=60)
    about = models.CharField(max_length=60, help_text="Reference of the record.")
    body = models.CharField(max_length=60)
    classification = models.CharField(max_length=20)
    compartments = ArrayField(models.CharField(max_length=50), default=list)
    shared_with = ArrayField(models.CharField(max_length=50), default=list)
    dpa = models.CharField(max_length=14, help_text="Kind under section 62.")
    reason = models.TextField(blank=True)
    made = models.JSONField(help_text="Records made or changed, before and after.")
    line = models.TextField()
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    txid = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["-seq"]
        indexes: ClassVar = [
            models.Index(fields=["about", "-seq"]),
            models.Index(fields=["txid"]),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"line {self.seq}: {self.event} {self.about}"


class ChainHead(models.Model):
    """Where the change log ends: the seq and digest of its last line."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"line {self.seq}"


class PendingWrite(models.Model):
    """A transaction that wrote and has yet to log. Empty once it commits."""

    txid = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.txid)


class Look(models.Model):
    """One reading of a person's record, search or export. Appended only."""

    at = models.DateTimeField(auto_now_add=True)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=20, help_text="record, search or export")
    about = models.CharField(max_length=200)
    body = models.CharField(max_length=60)
    dpa = models.CharField(max_length=14, default="consultation")
    reason = models.TextField(blank=True)
    count = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.officer} {self.kind} {self.about}"


def on_day(on: date) -> Q:
    """Which roles or memberships run on a day?"""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
