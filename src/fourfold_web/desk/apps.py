"""How does Django know the desk?"""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk: what lies over the stages."""

    name = "fourfold_web.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
