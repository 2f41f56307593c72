"""Which record does a delivered row of each kind of this stage become?"""

from fourfold_web.intake.registry import register
from fourfold_web.plan.models import IntelligenceRequirement, Plan, PlanAction, Priority


def register_kinds() -> None:
    """Say so to intake."""
    register("plans", Plan)
    register("plan-actions", PlanAction)
    register("priorities", Priority)
    register("requirements", IntelligenceRequirement)
