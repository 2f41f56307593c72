"""Which disruptions may an officer see, and which wait for a grade?"""

from django.db.models import Q, QuerySet
from django.http import Http404

from fourfold.picture.extracts import filters
from fourfold_web.act.models import Disruption, Operation
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.picture.models import Threat

WAITING = Q(impact="")


def visible_disruptions(officer: Officer) -> QuerySet[Disruption]:
    """Which disruptions may the officer see? With threat, bodies and people, unordered."""
    return visible_to(officer, Disruption).select_related(
        "threat", "body", "operation", "claimant", "grader"
    )


def see_disruption(officer: Officer, reference: str) -> Disruption:
    """Which disruption has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    found = visible_disruptions(officer).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def disruptions_of(officer: Officer, threat: Threat) -> QuerySet[Disruption]:
    """What was done to a threat? Newest first."""
    found = visible_disruptions(officer).filter(threat=threat)
    return found.order_by("-event_on", "-id")


def waiting_for(officer: Officer) -> QuerySet[Disruption]:
    """Which disruptions wait for a grade that this officer may give? Oldest first."""
    bodies = [body.slug for body in Body.objects.all() if officer.may("grade", body)]
    theirs = visible_disruptions(officer).filter(WAITING, body__in=bodies)
    others = theirs.filter(Q(claimant=None) | ~Q(claimant=officer))
    return others.order_by("recorded_on", "id")


def visible_operations(officer: Officer) -> QuerySet[Operation]:
    """Which operations may the officer see? Unordered."""
    return visible_to(officer, Operation).select_related("body", "sio", "threat")


def operations_for(officer: Officer, threat: Threat) -> QuerySet[Operation]:
    """Which open operations might a disruption of a threat belong to? By name."""
    own = Q(threat=threat) | Q(body=officer.body)
    return visible_operations(officer).filter(own, closed_on=None).order_by("name")


def counted_as(extract: str) -> Q:
    """Which disruptions does an extract of the inspectorate count, whatever the dates?"""
    counted = Q()
    for rule in filters(extract):
        if rule.test != "between":
            counted &= Q(**{f"{rule.column}__in": rule.value})
    return counted


