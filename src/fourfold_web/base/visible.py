"""Which records may an officer see? The same rule as the database's, said once more.

Row-level security hides rows even from a query that forgets this filter; this filter
shows the right rows even where row-level security is asked by somebody else.
"""

from dataclasses import dataclass
from typing import TypeVar

from django.db import connection
from django.db.models import Exists, ForeignKey, OuterRef, Q, QuerySet

from fourfold_web.base.audit import acting_as
from fourfold_web.base.clock import today
from fourfold_web.base.models import (
    Body,
    Compartment,
    CompartmentHeld,
    MarkedRecord,
    Officer,
    Record,
    RoleHeld,
    on_day,
)

R = TypeVar("R", bound=Record)

POLICE = frozenset({"force", "rocu"})
REGIONAL_UNIT = frozenset({"rocu"})


@dataclass(frozen=True)
class Sight:
    """How far an officer sees: bodies by what may be read of them, compartments."""

    official: frozenset[str]
    sensitive: frozenset[str]
    shared: frozenset[str]
    compartments: frozenset[str]


def visible_to(officer: Officer, model: type[R]) -> QuerySet[R]:
    """Which records of a kind may the officer see?

    A record is never seen by somebody who may not see the record it hangs on. For
    records without a marking of their own this filter says so; for marked ones, which
    carry the marking of what they hang on, the database alone does: saying it twice
    doubles the cost of every count.
    """
    return model._default_manager.filter(_rule(officer, model))


def withheld(officer: Officer, model: type[Record]) -> int:
    """How many records of a kind may the officer be told of but not see?

    All of those of the bodies for which they hold the right "withheld", whatever a
    page's filter: a count that followed it would say what the hidden records are.
    """
    if not officer.may("withheld"):
        return 0
    bodies = [body for body in Body.objects.all() if officer.may("withheld", body)]
    shown = visible_to(officer, model).filter(body__in=bodies).count()
    counter = Officer.objects.get(username="service-counter")
    with acting_as(counter):
        return visible_to(counter, model).filter(body__in=bodies).count() - shown


def compartments_asked_for() -> list[str]:
    """Which compartments does the database show to whoever asks now?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.compartments()")
        held: list[str] = cursor.fetchone()[0]
    return held


def sight_of(officer: Officer) -> Sight:
    """How far does the officer see today? Read once a request."""
    held: Sight | None = officer.__dict__.get("_sight")
    if held is None:
        held = _sight(officer)
        officer.__dict__["_sight"] = held
    return held


def _sight(officer: Officer) -> Sight:
    reads = [held for held in officer.roles() if "read" in held.role.rights]
    shares = [h for h in officer.roles() if {"read", "read_shared"} & {*h.role.rights}]
    bodies = list(Body.objects.all()) if reads else []
    return Sight(
        official=frozenset(b.slug for b in bodies if _reads(reads, b, POLICE)),
        sensitive=frozenset(b.slug for b in bodies if _reads(reads, b, REGIONAL_UNIT)),
        shared=frozenset(held.body_id for held in shares),
        compartments=_compartments(officer),
    )


def _compartments(officer: Officer) -> frozenset[str]:
    if officer.may("every_compartment"):
        return frozenset(Compartment.objects.values_list("key", flat=True))
    member = CompartmentHeld.objects.filter(on_day(today()), officer=officer)
    return frozenset(member.values_list("compartment_id", flat=True))


def _reads(held: list[RoleHeld], body: Body, kinds: frozenset[str]) -> bool:
    return any(
        one.role.reach == "all"
        or one.body_id == body.slug
        or (
            one.body.kind in kinds
            and one.body.region_id == body.region_id
            and body.kind in POLICE
        )
        for one in held
    )


def _rule(officer: Officer, model: type[Record]) -> Q:
    sight = sight_of(officer)
    if issubclass(model, MarkedRecord):
        member = Q(compartments__contained_by=sorted(sight.compartments))
        return (Q(compartments=[]) | member) & (
            Q(classification="official", body__in=sight.official)
            | Q(body__in=sight.sensitive)
            | Q(shared_with__overlap=sorted(sight.shared))
        )
    seen = Q(body__in=sight.official)
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if not isinstance(field, ForeignKey) or not isinstance(target, type):
            continue
        if issubclass(target, Record) and target is not model:
            # As in the database's rule: asked by key for a few rows, hashed for many.
            parents = visible_to(officer, target)
            held = Q(Exists(parents.filter(pk=OuterRef(str(field.column)))))
            seen &= (held | Q(**{field.name: None})) if field.null else held
    return seen
