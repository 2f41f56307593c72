"""Which record does a delivered officer become?"""

from django.contrib.auth.hashers import make_password

from fourfold_web.base.models import Officer
from fourfold_web.intake.registry import Values, register


def register_kinds() -> None:
    """Say so to intake."""
    register("officers", Officer, complete=_without_sign_in)


def _without_sign_in(values: Values) -> Values:
    """A delivered officer can be named and cannot sign in until somebody lets them."""
    username = str(values["reference"]).lower()
    return values | {"username": username, "password": make_password(None)}
