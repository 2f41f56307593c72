"""How does Django know the stage inspect?"""

from django.apps import AppConfig


class InspectConfig(AppConfig):
    """The stage inspect."""

    name = "fourfold_web.inspect"
    label = "inspect"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.inspect import deliveries  # noqa: PLC0415 models are ready now

        deliveries.register_kinds()
