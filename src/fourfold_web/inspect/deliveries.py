"""Which record does a delivered row of each kind of this stage become?"""

from fourfold_web.inspect.models import TrackedRecommendation
from fourfold_web.intake.registry import register


def register_kinds() -> None:
    """Say so to intake."""
    register("recommendations", TrackedRecommendation)
