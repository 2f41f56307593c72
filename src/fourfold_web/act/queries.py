"""Which disruptions may an officer see, and which wait for a grade?"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from fourfold.base.codes import CODES
from fourfold.picture.extracts import filters
from fourfold_web.act.models import Disruption, Operation
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.visible import visible_to, withheld
from fourfold_web.picture.models import Threat
from fourfold_web.picture.on_list import TESTS

Rows = QuerySet[Any]

WAITING = Q(impact="")
WITH = ("threat", "body", "operation", "claimant", "grader")
COUNTED = ("minor", "moderate", "major")


def visible_disruptions(officer: Officer) -> QuerySet[Disruption]:
    """Which disruptions may the officer see? Unordered.

    Threat, body and people are fetched for the rows shown, not joined: a join would
    ask who may see the threat once for each of a hundred thousand rows.
    """
    return visible_to(officer, Disruption).prefetch_related(
        "threat", "body", "claimant", "grader"
    )


def see_disruption(officer: Officer, reference: str) -> Disruption:
    """Which disruption has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    seen = visible_to(officer, Disruption).filter(reference=reference)
    found = seen.select_related(*WITH).first()
    if found is None:
        raise Http404
    return found


def disruptions_of(officer: Officer, threat: Threat) -> QuerySet[Disruption]:
    """What was done to a threat? Newest first."""
    found = visible_to(officer, Disruption).filter(threat=threat)
    return found.select_related(*WITH).order_by("-event_on", "-id")


def waiting_for(officer: Officer) -> QuerySet[Disruption]:
    """Which disruptions wait for a grade that this officer may give? Oldest first."""
    bodies = [body.slug for body in Body.objects.all() if officer.may("grade", body)]
    theirs = visible_disruptions(officer).filter(WAITING, body__in=bodies)
    others = theirs.filter(Q(claimant=None) | ~Q(claimant=officer))
    return others.order_by("recorded_on", "id")


def withheld_disruptions(officer: Officer) -> int:
    """How many disruptions may the officer be told of but not see?"""
    return withheld(officer, Disruption)


def visible_operations(officer: Officer) -> QuerySet[Operation]:
    """Which operations may the officer see? Unordered."""
    return visible_to(officer, Operation).select_related("body", "sio", "threat")


def operations_for(officer: Officer, threat: Threat) -> QuerySet[Operation]:
    """Which open operations might a disruption of a threat belong to? By name."""
    own = Q(threat=threat) | Q(body=officer.body)
    return visible_operations(officer).filter(own, closed_on=None).order_by("name")


def counted_as(extract: str) -> Q:
    """Which disruptions does an extract count, whatever their dates?"""
    counted = Q()
    for rule in filters(extract):
        if rule.test != "between":
            counted &= TESTS[rule.test](rule.column, rule.value)
    return counted


def by_p(disruptions: Iterable[Disruption]) -> list[tuple[str, str, int, int, int]]:
    """How many of these fall under each P? Code, label, led, supported, waiting.

    Led and supported count those graded minor, moderate or major, and are never added.
    """
    found = list(disruptions)
    return [
        (
            p,
            label,
            sum(d.p == p and d.role == "lead" and d.impact in COUNTED for d in found),
            sum(
                d.p == p and d.role == "support" and d.impact in COUNTED for d in found
            ),
            sum(d.p == p and not d.is_graded() for d in found),
        )
        for p, label in CODES["four_p"].choices()
    ]
