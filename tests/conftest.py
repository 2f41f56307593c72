"""What do all tests share: a real PostgreSQL, officers with roles, rows by the door."""

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from hypothesis import settings as cases

cases.register_profile("ours", deadline=None)  # a busy machine is no fault of the code
cases.load_profile("ours")
settings.FOURFOLD_DEMONSTRATION = True
settings.FOURFOLD_TODAY = date(2022, 6, 1)
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

EMPTY, REGION = "fourfold_template", "fourfold_region"


class TestDatabases:
    """One throw-away server a run, shared by its workers; a database a worker."""

    def __init__(self) -> None:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        self.home = Path(tempfile.gettempdir()) / f"fourfold-test-{run}"
        self.server: Any = None

    @contextmanager
    def locked(self) -> Iterator[None]:
        with Path(f"{self.home}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def start(self) -> None:
        with self.locked():
            if not self.exists(EMPTY):
                self.make(EMPTY, lambda: None)

    def exists(self, name: str) -> bool:
        with psycopg.connect(self.server.superuser_url, autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            return connection.execute(query, [name]).fetchone() is not None

    def make(self, name: str, fill: Callable[[], None]) -> None:
        """Make a template: prepared in a work copy, renamed when it is whole."""
        from fourfold_web.desk.embedded import create_database, drop_database
        from fourfold_web.desk.prepare import prepare_database

        work = f"{name}_work"
        drop_database(self.server, work)
        create_database(self.server, work)
        self.use(work)
        prepare_database()
        fill()
        connections.close_all()
        with psycopg.connect(self.server.superuser_url, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{work}" RENAME TO "{name}"')

    def copy(self, template: str, name: str) -> None:
        from fourfold_web.desk.embedded import create_database, drop_database

        with self.locked():
            drop_database(self.server, name)
            create_database(self.server, name, template)

    def use(self, name: str) -> None:
        """Point both connections at a database."""
        connections.close_all()
        for alias, role in (("default", "fourfold_site"), ("owner", "fourfold_owner")):
            at = psycopg.conninfo.conninfo_to_dict(self.server.url(role, name))
            connections.settings[alias].update(
                NAME=name,
                USER=role,
                PASSWORD=at["password"],
                HOST=at["host"],
                PORT=str(at["port"]),
            )
            connections[alias].settings_dict.update(connections.settings[alias])


@pytest.fixture(scope="session")
def databases(django_db_blocker: Any) -> Iterator[TestDatabases]:
    """The last worker to leave stops the server and clears its folder away."""
    from fourfold_web.desk.embedded import using_server

    made = TestDatabases()
    with using_server(made.home, durable=False) as made.server:
        with django_db_blocker.unblock():
            made.start()
        yield made
        connections.close_all()
    if not (made.home / "postgres" / "data" / "postmaster.pid").exists():
        shutil.rmtree(made.home, ignore_errors=True)
        Path(f"{made.home}.lock").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(
    databases: TestDatabases, worker_id: str, django_db_blocker: Any
) -> None:
    name = f"test_{worker_id}"
    with django_db_blocker.unblock():
        databases.copy(EMPTY, name)
        databases.use(name)


@pytest.fixture
def officer(db: None) -> Callable[[str], Any]:
    from fourfold_web.base.models import Officer

    return lambda username: Officer.objects.get(username=username)


@pytest.fixture
def acting(officer: Callable[[str], Any]) -> Callable[[str], Any]:
    """`with acting("dale"):` shows the database as that officer sees it."""
    from fourfold_web.base.audit import acting_as

    return lambda username: acting_as(officer(username))


@pytest.fixture
def client_of(client: Any, officer: Callable[[str], Any]) -> Callable[[str], Any]:
    """A signed-in client for a demonstration officer."""

    def sign_in(username: str) -> Any:
        client.force_login(
            officer(username), "fourfold_web.base.sign_in.OfficerBackend"
        )
        return client

    return sign_in


_numbers = itertools.count(1)


def saved(model: type[Any], body: str, **values: Any) -> Any:
    """Save one record of a body through the door, as the loading service."""
    from fourfold_web.base.audit import acting_as, change
    from fourfold_web.base.models import Body, Officer

    loader = Officer.objects.get(username="service-loader")
    record = model(
        body=Body.objects.get(slug=body),
        made_by=loader,
        reference=f"EM-TST-{next(_numbers):05d}",
        **values,
    )
    with (
        acting_as(loader),
        change(loader, "threat.recorded", about=record) as line,
    ):
        record.save()
        line.add(record)
    return record


THREAT = {
    "name": "Group Alder",
    "kind": "ocg",
    "theme": "drugs",
    "type": "tactical",
    "moderation": "moderated",
    "soc": "soc",
    "tier": 2,
    "phase": "Active",
    "opened_on": date(2021, 1, 4),
    "national_ref": "NAT-1",
    "listed_on": date(2021, 1, 20),
}
DISRUPTION = {
    "event_on": date(2022, 3, 1),
    "recorded_on": date(2022, 3, 4),
    "role": "lead",
    "p": "pursue",
    "impact": "minor",
    "evidence": "Two runners charged; the line went quiet for a week.",
}


@pytest.fixture
def make_threat(db: None) -> Callable[..., Any]:
    """`make_threat("derbyshire", name="...")`: a threat on the list unless changed."""
    from fourfold_web.picture.models import Threat

    return lambda body, **values: saved(Threat, body, **(THREAT | values))


@pytest.fixture
def make_disruption(db: None) -> Callable[..., Any]:
    """`make_disruption(threat)`: led by the threat's body and graded unless changed."""
    from fourfold_web.act.models import Disruption

    return lambda threat, **values: saved(
        Disruption, threat.body_id, threat=threat, **(DISRUPTION | values)
    )


@pytest.fixture
def own_database(
    databases: TestDatabases, worker_id: str, django_db_blocker: Any
) -> Iterator[TestDatabases]:
    """A database of the test's own, where commits stay; both roles may be used."""
    own, shared = f"own_{worker_id}", f"test_{worker_id}"
    with django_db_blocker.unblock():
        databases.copy(EMPTY, own)
        databases.use(own)
        yield databases
        if databases.exists(shared):
            databases.use(shared)
