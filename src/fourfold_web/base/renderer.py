"""How does a form look? In GOV.UK markup, wherever `{{ form }}` stands.

Our templates are found first, then those of the stages, then Django's own. A form
says its errors twice: in a summary at the top that leads to each field, and beside
the field.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms
from django.forms.renderers import BaseRenderer
from django.template.backends.django import DjangoTemplates

OURS = Path(__file__).parent / "templates"
DJANGOS = Path(django.forms.__file__).parent / "templates"


class GovUkRenderer(BaseRenderer):
    """Renders forms, groups of a label and a field, and fields as GOV.UK does."""

    form_template_name = "fourfold/forms/form.html"
    field_template_name = "fourfold/forms/field.html"

    @cached_property
    def engine(self) -> DjangoTemplates:
        """Which templates does a form find, and in which order?"""
        return DjangoTemplates(
            {
                "APP_DIRS": True,
                "DIRS": [OURS, DJANGOS],
                "NAME": "fourfold-forms",
                "OPTIONS": {
                    "builtins": ["fourfold_web.base.templatetags.forms"],
                },
            }
        )

    def get_template(self, template_name: str) -> Any:
        """Which template has that name?"""
        return self.engine.get_template(template_name)
