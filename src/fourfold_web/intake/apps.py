"""How does Django know the stage intake?"""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The stage intake."""

    name = "fourfold_web.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
