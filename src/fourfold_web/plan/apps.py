"""How does Django know the stage plan?"""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The stage plan."""

    name = "fourfold_web.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
