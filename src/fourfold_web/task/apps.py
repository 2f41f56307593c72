"""How does Django know the stage task?"""

from django.apps import AppConfig


class TaskConfig(AppConfig):
    """The stage task."""

    name = "fourfold_web.task"
    label = "task"
    default_auto_field = "django.db.models.BigAutoField"
