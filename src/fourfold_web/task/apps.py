"""How does Django know the stage task?"""

from django.apps import AppConfig


class TaskConfig(AppConfig):
    """The stage task."""

    name = "fourfold_web.task"
    label = "task"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which records the rows of this stage's kinds become."""
        from fourfold_web.task import deliveries  # noqa: PLC0415 models are ready now

        deliveries.register_kinds()
