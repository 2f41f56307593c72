"""How does Django know the stage plan?"""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The stage plan."""

    name = "fourfold_web.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.plan import deliveries  # noqa: PLC0415 models are ready now

        deliveries.register_kinds()
