"""What becomes of a form whose service said no?"""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.models import Body, Officer

R = TypeVar("R")

CAN_BE_MENDED = (409, 422)


def attempted(form: BaseForm, act: Callable[[], R]) -> R | None:
    """What did the act make? None: it was refused, and the form says why.

    Refusals that the person can mend in the form stay on it, beside the field where
    they belong. Any other error goes on to its own page.
    """
    try:
        return act()
    except ValidationError as refused:
        _put(form, refused)
    except FourfoldError as refused:
        if refused.status not in CAN_BE_MENDED:
            raise
        form.add_error(None, str(refused))
    return None


def require_right(actor: Officer, right: str, body: Body) -> None:
    """May the officer open a form that only those with the right can send?

    Raises:
        NotAllowed: they lack the right for the body.
    """
    if not actor.may(right, body):
        raise NotAllowed(needs=right, body=str(body))


def _put(form: BaseForm, refused: ValidationError) -> None:
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, faults in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)
