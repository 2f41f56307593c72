"""Which record does a delivered row of each kind of this stage become?"""

from fourfold_web.intake.registry import register
from fourfold_web.measure.models import KeptMeasure


def register_kinds() -> None:
    """Say so to intake."""
    register("performance", KeptMeasure)
