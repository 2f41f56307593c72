"""Every address from the wrong side: what is hidden reads like what is absent."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings

from fourfold_web.base.audit import acting_as, change
from fourfold_web.base.models import Entry, Officer
from fourfold_web.base.roles import ROLES
from tests.conftest import EMPTY
from tests.fourfold_web.desk import hidden_world
from tests.fourfold_web.desk.address_book import (
    ABSENT,
    ACCOUNT,
    OPEN,
    PAGES,
    UNMARKED,
    address,
    addresses,
    named,
    plain,
)
from tests.fourfold_web.desk.hidden_world import OFFICERS, SECRET, SENSITIVE, WALLED

pytestmark = pytest.mark.django_db

BACKEND = "fourfold_web.base.sign_in.OfficerBackend"
OUTSIDERS = ("dale", "holt", "quill", "kerr", "lamb", "soar", "ledger", "keys")
"""Outside juniper: other forces, the regional unit, its own force, no reading role."""

KEYED = ("", "measure", "rule", "analysis")
NO_PAGE_OF_FACTS = ("QRN", "AUT", "EVF", "RUN", "KRS", "REV", "BSR")
"""Records of no kind of delivered row: no measure counts them."""
RECORDS = [name for name, page in PAGES.items() if page.names not in KEYED]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
SENDS = {
    "p": "pursue", "event_on": "2022-05-01", "event_on_day": "1",
    "event_on_month": "5", "event_on_year": "2022", "evidence": "It went quiet.",
    "role": "lead", "impact": "minor", "reason": "A review", "body": "derbyshire",
    "soc": "soc",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def worlds(databases, worker_id, django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of the module's own: the hidden records are brought in once."""
    folder, own = tmp_path_factory.mktemp("worlds"), f"hidden_{worker_id}"
    with django_db_blocker.unblock(), override_settings(FOURFOLD_HOME=folder / "home"):
        databases.copy(EMPTY, own)
        databases.use(own)
        for body in ("leicestershire", "northamptonshire"):
            hidden_world.bring(folder, "officers", OFFICERS, body)
        found = {
            "walled": hidden_world.deliver(folder, WALLED, "leicestershire"),
            "sensitive": hidden_world.deliver(
                folder, SENSITIVE, "northamptonshire", word="Wheatear"
            ),
        }
        yield found
        databases.use(f"test_{worker_id}")


@pytest.fixture
def walled(worlds):
    """Records of Leicestershire that only juniper's members see, a reference a kind."""
    return {code: one for code, one in worlds["walled"].items() if code != "DEL"}


@pytest.fixture
def sensitive(worlds):
    """OFFICIAL-SENSITIVE records of Northamptonshire, in no compartment."""
    return worlds["sensitive"]


@pytest.fixture
def client_for(officer):
    """A signed-in client an officer; several may be signed in at once."""

    def sign_in(username, **more):
        client = Client(**more)
        client.force_login(officer(username), BACKEND)
        return client

    return sign_in


def targets(name, hidden):
    """Which hidden records does the address name, each with one that is not there?"""
    code = PAGES[name].names
    if code == "upload":
        return [("a" * 64, "b" * 64)]
    ours = [hidden[code]] if code in hidden else []
    found = list(hidden.values()) if code == "any" else ours
    return [(one, f"{one.rsplit('-', 1)[0]}-{ABSENT}") for one in found]


def refused(name):
    """What may be answered? An upload is its officer's own: others are told so."""
    return (403, 404, 405) if PAGES[name].names == "upload" else (404, 405)


def said(answer, typed):
    """Everything an answer says, but for the reference typed and one-time tokens."""
    headers = {k: v for k, v in answer.headers.items() if k != "Content-Length"}
    headers.pop("Set-Cookie", None)
    body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content
    body = TOKEN.sub(b"", body).replace(typed.encode(), b"{typed}")
    located = headers.pop("Location", "").replace(typed, "{typed}")
    return answer.status_code, located, sorted(headers.items()), body


def test_every_address_is_in_the_book():
    known = OPEN | ACCOUNT | set(PAGES)
    assert set(addresses()) == known


def test_the_world_holds_a_record_for_every_address(walled, sensitive):
    codes = {PAGES[name].names for name in RECORDS} - {"any", "upload"} - UNMARKED
    assert codes <= set(sensitive)
    assert codes - {"DEL"} <= set(walled)


@pytest.mark.parametrize("name", [*PAGES, *sorted(ACCOUNT)])
def test_a_stranger_is_sent_to_sign_in(client, name):
    path = address(name, "EM-THR-0001")
    for answer in (client.get(path), client.post(path, SENDS)):
        if name.startswith("api:") and "openapi" not in name:
            assert answer.status_code in (401, 404, 405)
        else:
            assert answer.status_code in (302, 405)
            wanted = "/accounts/login/"
            assert answer.get("Location", wanted).startswith(wanted)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_officer_without_a_second_factor_is_sent_to_set_it_up(
    client_for, officer, name
):
    Authenticator.objects.filter(user=officer("holt")).delete()
    client = client_for("holt")
    path = address(name, "EM-THR-0001")
    for answer in (client.get(path), client.post(path, SENDS)):
        assert answer.status_code == 302
        assert answer["Location"] == "/accounts/totp/activate/"


@pytest.mark.parametrize("name", RECORDS)
def test_hidden_reads_exactly_like_absent(client_for, walled, name):
    for username in OUTSIDERS:
        client = client_for(username)
        for hidden, absent in targets(name, walled):
            there = client.get(address(name, hidden))
            nowhere = client.get(address(name, absent))
            assert there.status_code in refused(name), (username, hidden)
            assert said(there, hidden) == said(nowhere, absent), (username, hidden)


@pytest.mark.parametrize("name", RECORDS)
def test_another_forces_sensitive_record_reads_exactly_like_absent(
    client_for, sensitive, name
):
    for username in ("dale", "lamb", "fenn"):
        client = client_for(username)
        for hidden, absent in targets(name, sensitive):
            there = client.get(address(name, hidden))
            nowhere = client.get(address(name, absent))
            assert there.status_code in refused(name), (username, hidden)
            assert said(there, hidden) == said(nowhere, absent), (username, hidden)


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_sent_to_hidden_is_refused_like_what_is_sent_to_absent(
    client_for, walled, name
):
    kind = "application/json" if name.startswith("api:") else None
    more = {"content_type": kind} if kind else {}
    for username in ("holt", "soar", "lamb", "quill"):
        client = client_for(username)
        before = lines()
        for hidden, absent in targets(name, walled):
            there = client.post(address(name, hidden), SENDS, **more)
            nowhere = client.post(address(name, absent), SENDS, **more)
            assert there.status_code in refused(name), (username, hidden)
            assert said(there, hidden) == said(nowhere, absent), (username, hidden)
        assert lines() == before


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_other_way_of_asking_tells_more(client_for, walled, name):
    client = client_for("holt")
    before = lines()
    for method in ("put", "patch", "delete", "options", "head"):
        for hidden, absent in targets(name, walled) or [("led", "led")]:
            there = getattr(client, method)(address(name, hidden))
            nowhere = getattr(client, method)(address(name, absent))
            assert said(there, hidden) == said(nowhere, absent), method
            assert SECRET.encode() not in said(there, hidden)[-1]
    assert lines() == before


@pytest.mark.parametrize("name", named("THR", "DIS", "any"))
def test_a_member_of_the_compartment_finds_it(client_for, walled, name):
    client = client_for("fenn")
    for hidden, _ in targets(name, walled):
        if hidden.split("-")[1] not in NO_PAGE_OF_FACTS:
            status = client.get(address(name, hidden)).status_code
            assert status in ((200, 403, 405) if PAGES[name].writes else (200,))


@pytest.mark.parametrize("name", named(*UNMARKED))
def test_what_nobody_may_read_reads_like_absent_too(client_for, name):
    for username in ("ledger", "keys"):
        answer = client_for(username).get(address(name, f"EM-XXX-{ABSENT}"))
        assert answer.status_code == 404


@pytest.mark.parametrize("name", named("DEL", "QRN"))
def test_the_regional_unit_finds_a_forces_delivery(client_for, sensitive, name):
    for hidden, _ in targets(name, sensitive):
        assert client_for("holt").get(address(name, hidden)).status_code == 200


@pytest.mark.parametrize("name", [n for n in plain() if PAGES[n].needs])
def test_who_lacks_the_right_is_refused_and_who_has_it_is_not(client_for, name):
    right = PAGES[name].needs
    officers = Officer.objects.filter(demonstration=True).order_by("username")
    assert officers
    for one in officers:
        has = any(right in ROLES[held.role_id].rights for held in one.roles())
        status = client_for(one.username).get(address(name)).status_code
        assert status == (200 if has else 403), one.username


@pytest.mark.parametrize("name", sorted(PAGES))
def test_nothing_is_taken_from_another_site(client_for, name):
    client = client_for("holt", enforce_csrf_checks=True)
    answer = client.post(address(name, "EM-THR-0001"), SENDS)
    allowed = (403, 405, 404) if name.startswith("api:") else (403, 405)
    assert answer.status_code in allowed


@pytest.mark.parametrize(
    "ended", [{"is_active": False}, {"is_service": True}, {"left_role": True}]
)
def test_who_has_left_sees_nothing_more(client_for, officer, acting, walled, ended):
    fenn = officer("fenn")
    client = client_for("fenn")
    path = address("picture:threat", walled["THR"])
    assert client.get(path).status_code == 200
    if ended == {"left_role": True}:
        keys = officer("keys")
        with acting("keys"), change(keys, "role.ended", about=fenn) as line:
            assert fenn.held.update(until=date(2022, 5, 31)) == 1
            line.add(fenn)
    else:
        Officer.objects.filter(pk=fenn.pk).update(**ended)
    assert client.get(path).status_code in (302, 404)


def lines():
    """How many lines has the change log?"""
    with acting_as(Officer.objects.get(username="service-counter")):
        return Entry.objects.count()
