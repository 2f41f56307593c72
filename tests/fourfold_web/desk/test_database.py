"""Is a server refused whose roles would let the site past row-level security?"""

from collections.abc import Iterator

import psycopg
import pytest

from fourfold_web.desk.database import (
    Database,
    DatabaseOutOfReach,
    RolesAreTheSame,
    SiteAddressMissing,
    SiteRoleTooStrong,
    check_roles,
    open_database,
)
from fourfold_web.desk.embedded import OWNER, SITE, Server, throwaway_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with throwaway_server() as running:
        yield running


@pytest.fixture
def fit(server) -> Iterator[Database]:
    """A database whose roles are fit; each test spoils one thing, undone after it."""
    database = Database(site_url=server.site_url, owner_url=server.owner_url)
    check_roles(database)
    yield database
    order(server, f"ALTER ROLE {SITE} NOSUPERUSER NOBYPASSRLS")
    order(server, f"REVOKE {OWNER} FROM {SITE}")


def order(server: Server, statement: str) -> None:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("power", ["SUPERUSER", "BYPASSRLS"])
def test_a_site_role_above_row_security_is_refused(server, fit, power):
    order(server, f"ALTER ROLE {SITE} {power}")
    with pytest.raises(SiteRoleTooStrong):
        check_roles(fit)


def test_a_site_role_that_can_become_the_owner_is_refused(server, fit):
    order(server, f"GRANT {OWNER} TO {SITE}")
    with pytest.raises(RolesAreTheSame):
        check_roles(fit)


def test_the_same_role_twice_is_refused(fit):
    with pytest.raises(RolesAreTheSame):
        check_roles(Database(site_url=fit.owner_url, owner_url=fit.owner_url))


def test_a_site_role_that_owns_tables_is_refused(server, fit):
    with psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE owned AS SELECT 1 AS n")
    check_roles(fit)
    with pytest.raises(SiteRoleTooStrong, match="owns 1 tables"):
        check_roles(Database(site_url=server.owner_url, owner_url=None))


def test_an_address_that_leads_nowhere_is_named_without_its_password(server, fit):
    wrong = server.site_url.replace(SITE, "nobody_here", 1)
    with pytest.raises(DatabaseOutOfReach, match="DATABASE_URL") as refusal:
        check_roles(Database(site_url=wrong, owner_url=None))
    assert server.passwords[SITE] not in str(refusal.value)


def test_a_named_server_is_used_and_nothing_is_started(fit, tmp_path):
    with open_database(tmp_path / "home", fit.environment()) as found:
        assert found == fit
    assert not (tmp_path / "home").exists()


def test_an_owner_without_a_site_is_refused(fit, tmp_path):
    only_owner = {"DATABASE_OWNER_URL": fit.owner_url}
    with pytest.raises(SiteAddressMissing):
        open_database(tmp_path, only_owner).__enter__()
