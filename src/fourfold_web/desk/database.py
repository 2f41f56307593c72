"""Which database do we work on, and are its two roles fit for their parts?"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from fourfold.base.errors import FourfoldError
from fourfold_web.desk.embedded import using_server

OLDEST_SERVER = 150_000  # PostgreSQL 15, as the server numbers itself
SITE_POWERS = """
SELECT current_user::text,
       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
       (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user),
       (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relowner = (
           SELECT oid FROM pg_roles WHERE rolname = current_user)
           AND n.nspname NOT IN ('pg_catalog', 'information_schema'))
"""


class DatabaseOutOfReach(FourfoldError):
    """The server that the environment names does not let us in."""

    what = "The database in {setting} cannot be reached: {said}."
    do = "Correct {setting}, or start that server, then try again."
    status = 503


class SiteAddressMissing(FourfoldError):
    """The owner's address is set, the site's is not."""

    what = "DATABASE_OWNER_URL is set and DATABASE_URL is not."
    do = "Set DATABASE_URL to the same database as the role of the site."
    status = 503


class RolesAreTheSame(FourfoldError):
    """Both addresses sign in as one role, or as one that can become the other."""

    what = "The site would work as the owner of the tables: {site} can act as {owner}."
    do = "Make a role for the site alone, without membership of {owner}."
    status = 503


class SiteRoleTooStrong(FourfoldError):
    """The site's role is above row-level security."""

    what = "The site's role {site} {power}, so row-level security would not hold."
    do = "Give DATABASE_URL a role with NOSUPERUSER and NOBYPASSRLS that owns nothing."
    status = 503


class ServerTooOld(FourfoldError):
    """The server is older than the oldest we support."""

    what = "The database server is PostgreSQL {version}; Fourfold needs 15 or later."
    do = "Use a newer server, or leave DATABASE_URL out to use the embedded one."
    status = 503


@dataclass(frozen=True)
class Database:
    """The addresses of one database: for the site, and for migrations.

    `owner_url` is `None` where the owner's password is kept away from the site.
    """

    site_url: str = field(repr=False)
    owner_url: str | None = field(repr=False)

    def environment(self) -> dict[str, str]:
        """The variables by which settings and child processes find this database."""
        owner = {} if self.owner_url is None else {"DATABASE_OWNER_URL": self.owner_url}
        return {"DATABASE_URL": self.site_url, **owner}


@contextmanager
def open_database(
    home: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[Database]:
    """Have a database for a while: the one DATABASE_URL names, or the embedded one.

    Args:
        home: the data home of the embedded server, which is started when needed and
            stopped by the last who uses it.
        environment: DATABASE_URL (role of the site), DATABASE_OWNER_URL (migrations).

    Raises:
        SiteAddressMissing, DatabaseOutOfReach, ServerTooOld, RolesAreTheSame,
        SiteRoleTooStrong: the named server will not do.
        FourfoldError: the embedded server says why it cannot run.
    """
    site = environment.get("DATABASE_URL")
    owner = environment.get("DATABASE_OWNER_URL")
    if site:
        named = Database(site_url=site, owner_url=owner or None)
        check_roles(named)
        yield named
    elif owner:
        raise SiteAddressMissing
    else:
        with using_server(home) as server:
            yield Database(site_url=server.site_url, owner_url=server.owner_url)


def check_roles(database: Database) -> None:
    """Insist that row-level security will hold for the site.

    Raises:
        DatabaseOutOfReach, ServerTooOld, RolesAreTheSame, SiteRoleTooStrong.
    """
    with _connected(database.site_url, "DATABASE_URL") as connection:
        if connection.info.server_version < OLDEST_SERVER:
            version = connection.info.parameter_status("server_version") or "?"
            raise ServerTooOld(version=version)
        powers = connection.execute(SITE_POWERS).fetchone()
        assert powers is not None
        site, is_superuser, bypasses, owned = powers
        owner = _owner_of(database) or ""
        if owner and _can_act_as(connection, owner) and not is_superuser:
            raise RolesAreTheSame(site=site, owner=owner)
    for has_it, power in (
        (is_superuser, "is a superuser"),
        (bypasses, "may bypass row-level security"),
        (owned, f"owns {owned} tables"),
    ):
        if has_it:
            raise SiteRoleTooStrong(site=site, power=power)


def _owner_of(database: Database) -> str | None:
    """As which role does the owner's address sign in?"""
    if database.owner_url is None:
        return None
    with _connected(database.owner_url, "DATABASE_OWNER_URL") as connection:
        row = connection.execute("SELECT current_user::text").fetchone()
    return None if row is None else str(row[0])


def _can_act_as(connection: psycopg.Connection, role: str) -> bool:
    """Is the session's role that role, or a member of it?"""
    question = "SELECT pg_has_role(current_user, %s, 'MEMBER')"
    return connection.execute(question, [role]).fetchone() == (True,)


@contextmanager
def _connected(url: str, setting: str) -> Iterator[psycopg.Connection]:
    """Connect, or say which setting led nowhere, without repeating its password."""
    try:
        connection = psycopg.connect(url, connect_timeout=10)
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[-1].rstrip(".")
        raise DatabaseOutOfReach(setting=setting, said=said) from error
    with connection:
        yield connection
