"""How does Django know the stage act?"""

from django.apps import AppConfig


class ActConfig(AppConfig):
    """The stage act."""

    name = "fourfold_web.act"
    label = "act"
    default_auto_field = "django.db.models.BigAutoField"
