import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

UNSAID = re.compile(r"\b(invalid|please|successfully)\b", re.IGNORECASE)
RIGHT = {"login": "dale", "password": "fourfold-dale-2022"}

pytestmark = pytest.mark.django_db


def said(response: Any) -> str:
    """The words of a page, on one line."""
    html = re.sub(
        r"<(title|script|style).*?</\1>", "", response.content.decode(), flags=re.S
    )
    return " ".join(strip_tags(html).split())


def test_the_right_password_leads_to_the_second_factor(client: Any) -> None:
    response = client.post(reverse("account_login"), RIGHT)
    assert response["Location"].startswith(reverse("mfa_authenticate"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "no"}, "That username and password do not belong together."),
        ({"login": "nobody"}, "That username and password do not belong together."),
        ({"password": ""}, "Enter password."),
        ({"login": ""}, "Enter username."),
    ],
)
def test_a_refused_sign_in_says_what_to_do(
    client: Any, wrong: dict[str, str], words: str
) -> None:
    page = said(client.post(reverse("account_login"), RIGHT | wrong))
    assert words in page
    assert not UNSAID.search(page)


@pytest.mark.parametrize(
    ("code", "words"),
    [("000000", "That code is not right, or is too old."), ("", "Enter code.")],
)
def test_a_wrong_code_says_what_to_do(client: Any, code: str, words: str) -> None:
    client.post(reverse("account_login"), RIGHT)
    page = said(client.post(reverse("mfa_authenticate"), {"code": code}))
    assert words in page


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_inactive",
    ],
)
def test_a_stranger_reads_plain_words(client: Any, name: str) -> None:
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert "govuk-heading-l" in page.content.decode()
    assert not UNSAID.search(said(page))


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
    ],
)
def test_an_officer_reads_plain_words(
    client_of: Callable[[str], Any], name: str
) -> None:
    page = client_of("dale").get(reverse(name), follow=True)
    assert page.status_code == 200
    assert "govuk-heading-l" in page.content.decode()
    assert not UNSAID.search(said(page))


def test_a_new_password_that_is_weak_is_refused_in_plain_words(
    client_of: Callable[[str], Any],
) -> None:
    typed = {
        "oldpassword": RIGHT["password"],
        "password1": "password",
        "password2": "passwords",
    }
    page = said(client_of("dale").post(reverse("account_change_password"), typed))
    assert "There is a problem" in page
    assert "Your password now" in page
    assert not UNSAID.search(page)


def test_a_stranger_cannot_ask_for_a_new_password(client: Any) -> None:
    assert (
        client.post("/accounts/password/reset/", {"email": "a@b.uk"}).status_code == 404
    )
