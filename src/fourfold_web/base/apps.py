"""How does Django know the stage base?"""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The stage base."""

    name = "fourfold_web.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"
