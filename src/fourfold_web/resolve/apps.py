"""How does Django know the stage resolve?"""

from django.apps import AppConfig


class ResolveConfig(AppConfig):
    """The stage resolve."""

    name = "fourfold_web.resolve"
    label = "resolve"
    default_auto_field = "django.db.models.BigAutoField"
