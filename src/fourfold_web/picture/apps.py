"""How does Django know the stage picture?"""

from django.apps import AppConfig


class PictureConfig(AppConfig):
    """The stage picture."""

    name = "fourfold_web.picture"
    label = "picture"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.picture import deliveries  # noqa: PLC0415 models are ready now

        deliveries.register_kinds()
