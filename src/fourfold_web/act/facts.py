"""What is known of one disruption, in the order officers ask for it?"""

from typing import Any

from fourfold_web.act.models import Disruption
from fourfold_web.base.models import Body
from fourfold_web.base.words import listed


def facts_of(disruption: Disruption) -> list[tuple[str, Any]]:
    """Which facts stand on the page of a disruption, in which order?"""
    others = Body.objects.filter(slug__in=disruption.bodies).order_by("short")
    return [
        ("What was done", disruption.event),
        ("Happened", disruption.event_on),
        ("Recorded", disruption.recorded_on),
        ("P", disruption.label("p")),
        ("Impact", disruption.impact_words()),
        ("Role", f"{disruption.label('role')}: {disruption.body}"),
        ("Other bodies", listed([body.short for body in others]) or "None"),
        ("Operation", disruption.operation and disruption.operation.name),
        ("Unit", disruption.unit),
        ("Area", disruption.area),
        ("Claimed by", disruption.claimant and str(disruption.claimant)),
        ("Graded by", disruption.grader and str(disruption.grader)),
        ("Graded", disruption.graded_on),
    ]
