"""Which assessments may an officer see, and which threats are due for one?"""

from typing import Any

from django.db.models import Q, QuerySet

from fourfold_web.assess.models import Assessment
from fourfold_web.base.clock import today
from fourfold_web.base.models import Entry, Officer
from fourfold_web.base.visible import visible_to, withheld
from fourfold_web.picture.models import Threat
from fourfold_web.picture.on_list import active
from fourfold_web.picture.queries import visible_threats

Rows = QuerySet[Any]

WAITS = Q(state="submitted")


def visible_assessments(officer: Officer) -> QuerySet[Assessment]:
    """Which assessments may the officer see?"""
    seen = visible_to(officer, Assessment)
    return seen.select_related("body", "threat__body", "assessor", "moderator")


def withheld_assessments(officer: Officer) -> int:
    """How many assessments may the officer be told of but not see?"""
    return withheld(officer, Assessment)


def assessments_of(officer: Officer, threat: Threat) -> list[Assessment]:
    """Which assessments has a threat? The newest first."""
    found = visible_assessments(officer).filter(threat=threat)
    return list(found.order_by("-assessed_on", "-pk"))


def waiting_of(officer: Officer, threat: Threat) -> Assessment | None:
    """Which assessment of a threat waits for moderation? None: none that is seen."""
    return visible_assessments(officer).filter(WAITS, threat=threat).first()


def due(officer: Officer) -> QuerySet[Threat]:
    """Which active threats should be assessed: never, or not by the day set for it?"""
    late = Q(next_review_on__lt=today()) | Q(assessed_on=None)
    return visible_threats(officer).filter(active(today()) & late)


def lines_of(assessments: list[Assessment]) -> QuerySet[Entry]:
    """Which lines of the change log are about these assessments? Newest first."""
    about = [one.reference for one in assessments]
    return Entry.objects.filter(about__in=about).order_by("-seq")
