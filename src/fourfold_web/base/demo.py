"""Who signs in to the demonstration region, and with what?"""

import base64
import hashlib
import time
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password

from fourfold.base import rules
from fourfold.base.errors import FourfoldError
from fourfold_web.base.clock import demonstration
from fourfold_web.base.models import (
    Body,
    Compartment,
    CompartmentHeld,
    Officer,
    RoleHeld,
)

SINCE = date(2020, 1, 1)
COMPARTMENTS = (
    ("sycamore", "Sycamore", "emsou"),
    ("juniper", "Juniper", "leicestershire"),
)
SERVICES = (
    ("service-loader", "Deliveries service", "loader"),
    ("service-counter", "Counting service", "counter"),
    ("service-worker", "Jobs service", "worker"),
)


class OnlyInDemonstration(FourfoldError):
    """Somebody asked for a demonstration sign-in where there is none."""

    what = "This is not the demonstration region."
    do = "Sign in with your own second factor."
    status = 403


class NoSuchOfficer(FourfoldError):
    """No demonstration officer has that name."""

    what = "No demonstration officer signs in as '{username}'."
    do = "Use one of: {known}."
    status = 404


@dataclass(frozen=True)
class DemoOfficer:
    """One demonstration officer."""

    key: str
    says: str
    rank: str
    body: str
    roles: tuple[str, ...]
    compartments: tuple[str, ...]
    source: str
    staff_number: str = ""

    @property
    def password(self) -> str:
        """What is the printed password?"""
        return f"fourfold-{self.key}-2022"

    @property
    def secret(self) -> str:
        """What is the printed secret of the second factor, in base 32?"""
        digest = hashlib.sha1(f"fourfold {self.key}".encode()).digest()  # noqa: S324
        return base64.b32encode(digest).decode()


OFFICERS = {
    o.key: o for o in rules.load(DemoOfficer, "fourfold_web.base", "demonstration")
}


def make_services(using: str = "owner") -> None:
    """Make the named service officers that jobs act as. They cannot sign in."""
    body = Body.objects.using(using).get(slug="emsou")
    for username, name, role in SERVICES:
        officer, _ = Officer.objects.using(using).update_or_create(
            username=username,
            defaults={
                "name": name,
                "body": body,
                "reference": f"SVC-{username}",
                "is_service": True,
                "password": make_password(None),
            },
        )
        _give(officer, role, using)


def make_officers(using: str = "owner") -> None:
    """Make the demonstration officers, their roles and their second factors."""
    for key, name, body in COMPARTMENTS:
        Compartment.objects.using(using).update_or_create(
            key=key, defaults={"name": name, "body_id": body}
        )
    for demo in OFFICERS.values():
        officer, made = Officer.objects.using(using).get_or_create(
            username=demo.key,
            defaults={
                "name": demo.says,
                "rank": demo.rank,
                "body_id": demo.body,
                "reference": f"DEMO-{demo.key}",
                "demonstration": True,
                "source_key": demo.staff_number,
                "password": make_password(demo.password),
            },
        )
        if not made:
            continue
        for role in demo.roles:
            _give(officer, role, using)
        for key in demo.compartments:
            CompartmentHeld.objects.using(using).create(
                officer=officer, compartment_id=key, since=SINCE
            )
        Authenticator.objects.using(using).create(
            user=officer,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(demo.secret)},
        )


def code_now(username: str) -> str:
    """Which second-factor code would this demonstration officer's phone show now?

    Raises:
        OnlyInDemonstration: outside demonstration mode.
        NoSuchOfficer: no demonstration officer has that name.
    """
    if not demonstration():
        raise OnlyInDemonstration
    if username not in OFFICERS:
        raise NoSuchOfficer(username=username, known=", ".join(OFFICERS))
    counter = int(time.time()) // 30
    return str(format_hotp_value(hotp_value(OFFICERS[username].secret, counter)))


def _give(officer: Officer, role: str, using: str) -> None:
    RoleHeld.objects.using(using).get_or_create(
        officer=officer, role_id=role, body_id=officer.body_id, since=SINCE
    )
