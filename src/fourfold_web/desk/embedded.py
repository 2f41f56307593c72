"""Where is the database that Fourfold runs by itself, and how do we reach it?

The server listens on a socket file in a folder of its own, asks everybody for a
password, and opens no network port. Data lives in the data home and survives restarts.
"""

import fcntl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from fourfold_web.desk import cluster as clusters
from fourfold_web.desk.cluster import Cluster, ServerWouldNotStart
from fourfold_web.desk.home import cluster_of, make_home, passwords_in

SUPERUSER, OWNER, SITE = "postgres", "fourfold_owner", "fourfold_site"
DATABASE = "fourfold"
START_SECONDS = 300.0  # after a crash the server first reads its own log again

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin", "btree_gist")
# Row-level security forbids an index to any operator not marked so; why we accept
# that these may hint at a hidden row is in docs/decisions.
LEAKPROOF = (
    "texticlike(text, text)",
    "textlike(text, text)",
    "ts_match_vq(tsvector, tsquery)",
    "similarity_op(text, text)",
    "word_similarity_op(text, text)",
)


@dataclass(frozen=True)
class Server:
    """A running embedded server and the keys to it.

    `started_by_us` is true when the call that returned this record started it.
    """

    home: Path
    socket_folder: Path
    version: str
    passwords: dict[str, str] = field(repr=False)
    started_by_us: bool = False

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of `database` for `role`, password included."""
        at = f"host={quote(str(self.socket_folder), safe='')}&port={clusters.PORT}"
        return f"postgresql://{role}:{self.passwords[role]}@/{quote(database)}?{at}"

    @property
    def owner_url(self) -> str:
        """The address for migrations: this role owns the tables."""
        return self.url(OWNER)

    @property
    def site_url(self) -> str:
        """The address for the site: row-level security holds for this role."""
        return self.url(SITE)

    @property
    def superuser_url(self) -> str:
        """The address for making and dropping databases, and nothing else."""
        return self.url(SUPERUSER, "postgres")


def ensure_server(home: Path, *, durable: bool = True) -> Server:
    """Make sure that the server of this data home runs: make it, start it or find it.

    Args:
        home: the data home; made when missing.
        durable: false only for tests: faster, and a crash may lose everything.

    Returns:
        The server, ready for connections, with both roles and the database `fourfold`
        (which is empty at first: migrations are for the caller).

    Raises:
        HomeNotWritable, HomeOfSomebodyElse, PasswordsLost: the folder cannot be used.
        ServerWouldNotStart: PostgreSQL says why.
    """
    make_home(home)
    with _locked(home / "start.lock"):
        cluster = cluster_of(home, durable=durable)
        roles = (SUPERUSER, OWNER, SITE)
        passwords = passwords_in(home, roles, new=not cluster.data.exists())
        server = Server(
            home=home,
            socket_folder=cluster.socket_folder,
            version=cluster.programs.version,
            passwords=passwords,
        )
        if clusters.running_pid(cluster) is None:
            clusters.make_data(cluster, passwords[SUPERUSER])
            _wait_until_ready(server, cluster, clusters.start(cluster))
            server = replace(server, started_by_us=True)
        _furnish(server, cluster)
    return server


def stop_server(home: Path) -> bool:
    """Stop the server of this data home, whoever started it. Was it running?"""
    if not (home / "postgres").exists():
        return False
    with _locked(home / "start.lock"):
        return clusters.stop(cluster_of(home, durable=True))


@contextmanager
def using_server(home: Path, *, durable: bool = True) -> Iterator[Server]:
    """Use the server for a while; the last user to leave stops it.

    A user that is killed counts as gone. So a command beside a running site leaves
    the site its database, and the last of them leaves nothing running.
    """
    make_home(home)
    with (home / "use.lock").open("w") as mine:
        fcntl.flock(mine, fcntl.LOCK_SH)
        try:
            yield ensure_server(home, durable=durable)
        finally:
            if _nobody_else_holds(mine.fileno()):
                stop_server(home)


@contextmanager
def throwaway_server() -> Iterator[Server]:
    """A server in a folder of its own for tests, gone afterwards with all its data."""
    with tempfile.TemporaryDirectory(prefix="fourfold-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        with using_server(Path(folder) / "home", durable=False) as server:
            yield server


def create_database(server: Server, name: str, template: str | None = None) -> None:
    """Make a database that `fourfold_owner` owns and `fourfold_site` may enter.

    Args:
        server: a running server.
        name: what to call it; it must not exist.
        template: a database to copy, tables and rows included; nobody may be
            connected to it. `None`: an empty one with our extensions.
    """
    make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    told = (name, OWNER, template or "template1")
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(make.format(*map(sql.Identifier, told)))
        close = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC")
        connection.execute(close.format(sql.Identifier(name)))
        let_in = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        connection.execute(let_in.format(*map(sql.Identifier, (name, SITE))))


def drop_database(server: Server, name: str) -> None:
    """Drop a database, ending whatever is connected; none of that name is fine."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(drop.format(sql.Identifier(name)))


def _wait_until_ready(
    server: Server, cluster: Cluster, process: subprocess.Popen[bytes]
) -> None:
    """Return once the server answers; raise if it ended instead."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(server.superuser_url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.03)
                continue
            said = clusters.last_words(cluster)
            raise ServerWouldNotStart(said=said, log=str(cluster.log)) from error
        return


def _furnish(server: Server, cluster: Cluster) -> None:
    """Make roles, extensions, marks and our database, once for each data folder."""
    done = cluster.folder / "furnished"
    wanted = " ".join((OWNER, SITE, *EXTENSIONS, *LEAKPROOF))
    if done.exists() and done.read_text() == wanted:
        return
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        _end_what_was_cut_off(connection)
        for role in (OWNER, SITE):
            _make_role(connection, role, server.passwords[role])
        found = connection.execute("SELECT datname FROM pg_database").fetchall()
    names = {name for (name,) in found}
    for database in ("template1", *({DATABASE} & names)):
        with psycopg.connect(server.url(SUPERUSER, database)) as connection:
            _add_extensions(connection)
    if DATABASE not in names:
        create_database(server, DATABASE)
    done.write_text(wanted)


def _end_what_was_cut_off(connection: psycopg.Connection) -> None:
    """End what the server still does for a first start that was killed.

    It goes on with a statement whose sender is gone, such as CREATE DATABASE. We hold
    the lock: nobody else furnishes this server.
    """
    connection.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE usename = current_user AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )


def _make_role(connection: psycopg.Connection, role: str, password: str) -> None:
    """Make a role without any right of its own, or set the password of ours."""
    known = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    verb = "ALTER" if connection.execute(known, [role]).fetchone() else "CREATE"
    order = sql.SQL(
        "{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
        " NOREPLICATION PASSWORD {}"
    )
    connection.execute(
        order.format(sql.SQL(verb), sql.Identifier(role), sql.Literal(password))
    )


def _add_extensions(connection: psycopg.Connection) -> None:
    """Add our extensions to a database and mark what its indexes need."""
    for name in EXTENSIONS:
        add = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}")
        connection.execute(add.format(sql.Identifier(name)))
    for function in LEAKPROOF:
        connection.execute(f"ALTER FUNCTION {function} LEAKPROOF".encode())


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time makes, starts or stops the server."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _nobody_else_holds(descriptor: int) -> bool:
    """Are we the last to use the server?"""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
