"""How does Django know the stage act?"""

from django.apps import AppConfig


class ActConfig(AppConfig):
    """The stage act."""

    name = "fourfold_web.act"
    label = "act"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.act import deliveries  # noqa: PLC0415 models are ready now

        deliveries.register_kinds()
