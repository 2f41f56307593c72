"""Who may sign in, and how?"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from fourfold_web.base.clock import demonstration
from fourfold_web.base.models import Officer


class OfficerBackend(ModelBackend):
    """Signs officers in by username and password; a second factor follows.

    Demonstration officers, whose passwords are printed, are refused outside
    demonstration mode; service officers always.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """May this officer sign in at all?"""
        if not isinstance(user, Officer) or user.is_service or not user.is_active:
            return False
        return demonstration() or not user.demonstration


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: an administrator makes accounts. Says refusals in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": (
            "That username and password do not belong together. Check both, try again."
        ),
        "too_many_login_attempts": (
            "That was tried too often. Wait five minutes, then try again."
        ),
        "enter_current_password": "That is not your password now. Enter it again.",
        "incorrect_password": "That is not your password. Enter it again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """May a stranger make an account? Never."""
        del request
        return False


def display_name(user: Officer) -> str:
    """How is an officer called on pages?"""
    return str(user)
