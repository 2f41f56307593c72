"""Which record does a delivered row of each kind of this stage become?"""

from fourfold_web.intake.registry import register
from fourfold_web.picture.models import Member, NationalListing, Profile, Threat


def register_kinds() -> None:
    """Say so to intake."""
    register("members", Member)
    register("profiles", Profile)
    register("threats", Threat)
    register("national-list", NationalListing)
