"""How does Django know the stage picture?"""

from django.apps import AppConfig


class PictureConfig(AppConfig):
    """The stage picture."""

    name = "fourfold_web.picture"
    label = "picture"
    default_auto_field = "django.db.models.BigAutoField"
