"""How does Django know the stage measure?"""

from django.apps import AppConfig


class MeasureConfig(AppConfig):
    """The stage measure."""

    name = "fourfold_web.measure"
    label = "measure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.measure import deliveries  # noqa: PLC0415 models are ready now

        deliveries.register_kinds()
