"""How does Django know the stage inspect?"""

from django.apps import AppConfig


class InspectConfig(AppConfig):
    """The stage inspect."""

    name = "fourfold_web.inspect"
    label = "inspect"
    default_auto_field = "django.db.models.BigAutoField"
