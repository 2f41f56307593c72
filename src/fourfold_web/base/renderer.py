"""How does a form look?"""

from django.forms.renderers import TemplatesSetting


class GovUkRenderer(TemplatesSetting):
    """Forms in GOV.UK markup."""
