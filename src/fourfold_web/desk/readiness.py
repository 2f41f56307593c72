"""What must be true before a page or a command can use the site's records?"""

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

import fourfold
from fourfold.base.errors import FourfoldError
from fourfold_web.desk.database import Database, open_database

DEFAULT_HOME = Path(".fourfold")
PREPARED_FROM = {".py", ".sql", ".toml", ".csv"}
READ_NOTE = """
SELECT shobj_description(oid, 'pg_database') FROM pg_database
 WHERE datname = current_database()
"""


class NotPrepared(FourfoldError):
    """The database fits another version of the code, and we may not change it."""

    what = "The database was not prepared for this version of Fourfold."
    do = "Start it once with DATABASE_OWNER_URL set: that prepares the database."
    status = 503


class AddressesMissing(FourfoldError):
    """There is no database at all behind a step that needs the owner."""

    what = "This step changes the database itself and needs its owner."
    do = "Set DATABASE_OWNER_URL beside DATABASE_URL, or use neither."
    status = 503


@dataclass(frozen=True)
class Note:
    """What we wrote on the database about itself.

    `prepared_for` is the digest of the code that prepared it; `None`: never prepared.
    """

    prepared_for: str | None = None
    region_loaded: bool = False


def data_home(environment: Mapping[str, str] = os.environ) -> Path:
    """Which folder holds the data of this copy of Fourfold?"""
    return Path(environment.get("FOURFOLD_HOME") or DEFAULT_HOME).resolve()


@contextmanager
def ready_site(
    home: Path, tell: Callable[[str], None] = lambda _: None
) -> Iterator[Database]:
    """Have the site's records at hand for a while: database, settings, models.

    Starts the embedded server when nothing else is named, prepares the database when
    the code has changed since, and sets Django up. After this, models can be imported.

    Args:
        home: the data home, from `data_home`.
        tell: is given a sentence before each step that takes seconds.

    Raises:
        FourfoldError: the database cannot be used; the sentence says why.
    """
    with open_database(home) as database:
        os.environ.update(site_environment(home, database))
        _set_up_django()
        _prepare_when_needed(database, tell)
        yield database


def site_environment(
    home: Path, database: Database, environment: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Which variables does the site need, beside those already set?

    The embedded database holds the demonstration region unless told otherwise; a
    server of one's own holds it only when told to, since its officers' passwords
    are printed.
    """
    embedded = not environment.get("DATABASE_URL")
    return {
        "DJANGO_SETTINGS_MODULE": "fourfold_web.desk.settings",
        "FOURFOLD_HOME": str(home),
        "FOURFOLD_SECRET_KEY": _secret_key(home),
        "FOURFOLD_DEMONSTRATION": "1" if embedded else "0",
        **{key: environment[key] for key in environment if key.startswith("FOURFOLD_")},
        **database.environment(),
    }


def read_note(url: str) -> Note:
    """What does the database say about itself?"""
    with psycopg.connect(url) as connection:
        row = connection.execute(READ_NOTE).fetchone()
    try:
        return Note(**json.loads(row[0])) if row and row[0] else Note()
    except (ValueError, TypeError):  # somebody else's comment, or an older note
        return Note()


def write_note(database: Database, note: Note) -> None:
    """Write on the database what we did to it.

    Raises:
        AddressesMissing: only the owner may.
    """
    if database.owner_url is None:
        raise AddressesMissing
    with psycopg.connect(database.owner_url) as connection:
        words = sql.Literal(json.dumps(note.__dict__))
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, words))


def code_digest() -> str:
    """Which version of the code is this, to the letter?"""
    digest = hashlib.sha256(os.environ.get("FOURFOLD_DEMONSTRATION", "").encode())
    web = Path(__file__).parents[1]
    for package in (Path(fourfold.__file__).parent, web):
        for path in sorted(package.rglob("*")):
            if path.suffix in PREPARED_FROM:
                digest.update(str(path.relative_to(package)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _set_up_django() -> None:
    """Read the settings and the models, once the environment is complete."""
    import django  # noqa: PLC0415 (the settings read the environment set just before)

    django.setup()


def _prepare_when_needed(database: Database, tell: Callable[[str], None]) -> None:
    """Prepare the database unless this very code has prepared it before."""
    now = code_digest()
    note = read_note(database.site_url)
    if note.prepared_for == now:
        return
    if database.owner_url is None:
        raise NotPrepared
    from fourfold_web.desk import prepare  # noqa: PLC0415 (models need Django set up)

    tell("Preparing the database")
    prepare.prepare_database()
    write_note(database, Note(prepared_for=now, region_loaded=note.region_loaded))


def _secret_key(home: Path) -> str:
    """The key that signs sessions: made once, readable by us alone."""
    file = home / "secret-key"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        half_written = file.with_suffix(f".{os.getpid()}")
        half_written.touch(mode=0o600)
        half_written.write_text(secrets.token_urlsafe(50))
        half_written.rename(file)
    return file.read_text()


def program() -> Path:
    """Where is the command `fourfold` of the environment we run in?"""
    return Path(sys.executable).with_name("fourfold")
