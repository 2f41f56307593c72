"""What does an officer fill in to sign in, and what is said when it is not right?"""

from typing import ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm

from fourfold_web.base.fields import PlainWords


class SecondFactorWords(DefaultMFAAdapter):  # type: ignore[misc]
    """Says in our words what is wrong with a code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "That code is not right, or is too old. Enter the one the app shows now."
        ),
    }


class SignInForm(PlainWords, LoginForm):  # type: ignore[misc]
    """Username and password."""

    hints: ClassVar = {"password": ""}


class PasswordForm(PlainWords, ChangePasswordForm):  # type: ignore[misc]
    """The password now, and a new one twice."""

    labels: ClassVar = {
        "oldpassword": "Your password now",
        "password1": "New password",
        "password2": "New password again",
    }
    hints: ClassVar = {
        "oldpassword": "",
        "password1": "At least 12 characters, and not one that is often used.",
    }


class PasswordAgain(PlainWords, PasswordAgainForm):  # type: ignore[misc]
    """The password, to confirm who asks."""

    hints: ClassVar = {"password": ""}


class CodeForm(PlainWords, AuthenticateForm):  # type: ignore[misc]
    """The code that the authenticator app shows, to sign in."""


class CodeAgainForm(PlainWords, ReauthenticateForm):  # type: ignore[misc]
    """The code once more, to confirm who asks."""


class FirstCodeForm(PlainWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""
