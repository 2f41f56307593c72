"""How does Django know the stage measure?"""

from django.apps import AppConfig


class MeasureConfig(AppConfig):
    """The stage measure."""

    name = "fourfold_web.measure"
    label = "measure"
    default_auto_field = "django.db.models.BigAutoField"
