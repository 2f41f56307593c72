"""How does Django know the stage assess?"""

from django.apps import AppConfig


class AssessConfig(AppConfig):
    """The stage assess."""

    name = "fourfold_web.assess"
    label = "assess"
    default_auto_field = "django.db.models.BigAutoField"
