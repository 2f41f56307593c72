"""What does `fourfold up` do between the command and the first page?"""

import fcntl
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from granian.constants import Interfaces
from granian.server import Server as Granian

from fourfold.base.bodies import BODIES
from fourfold.base.errors import FourfoldError
from fourfold_web.desk.database import Database
from fourfold_web.desk.home import make_home
from fourfold_web.desk.parents import end_with_parent
from fourfold_web.desk.ports import insist_on_free
from fourfold_web.desk.readiness import program, read_note, ready_site, write_note
from fourfold_web.desk.worker import worker_beside

if TYPE_CHECKING:
    from fourfold_web.base.demo import DemoOfficer

WORKERS = 2
THREADS = 4
ANSWER_SECONDS = 60.0
Tell = Callable[[str], None]


class AlreadyRunning(FourfoldError):
    """Another `fourfold up` works on the same data home."""

    what = "Fourfold is already running from {home}: {who}."
    do = "Use that one, stop it first, or set FOURFOLD_HOME to another folder."
    status = 503


class RegionNotLoaded(FourfoldError):
    """The demonstration region could not be made or read in."""

    what = "The demonstration region was not loaded (exit status {status_given})."
    do = "Read the lines above, then run `fourfold region load` by hand."
    status = 503


def start_site(*, home: Path, host: str, port: int, tell: Tell) -> None:
    """Serve the site until told to stop, with everything it needs.

    Starts the embedded server unless DATABASE_URL names another, prepares the database,
    loads the demonstration region into a new one, and stops what it started.

    Args:
        home: the data home.
        host: where to listen, such as 127.0.0.1.
        port: where to listen, such as 8000.
        tell: is given each line for the person who started it.

    Raises:
        AlreadyRunning: from this data home.
        PortTaken, CannotListen: at this address.
        FourfoldError: the database cannot be used; the sentence says why.
    """
    make_home(home)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    with _only_one(home, address), _told_to_stop():
        insist_on_free(host, port)
        try:
            with ready_site(home, tell) as database:
                _load_region_once(database, tell)
                _gather_static_files()
                os.environ.pop("DATABASE_OWNER_URL", None)  # the site is not the owner
                told = (address, tell)
                threading.Thread(target=_announce, args=told, daemon=True).start()
                with worker_beside(tell):
                    _serve(host, port)
                tell("Stopping")
        except KeyboardInterrupt:
            tell("Stopped before the site was up")


def site() -> Any:
    """The site as each worker process runs it; a worker never outlives its parent."""
    end_with_parent()
    from fourfold_web.desk.wsgi import (  # noqa: PLC0415 (only in a worker)
        application,
    )

    return application


def _serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    os.environ.setdefault("FOURFOLD_POOL", "1")
    # Forking would copy open connections and locked threads into the workers.
    multiprocessing.set_start_method("spawn", force=True)
    _forget_the_terminal()
    server = Granian(
        "fourfold_web.desk.up:site",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        factory=True,
        log_level="warning",  # type: ignore[arg-type]
    )
    server.serve()


def _forget_the_terminal() -> None:
    """Keep workers from importing, each again, the commands that started us."""
    main = sys.modules["__main__"]
    main.__spec__ = None
    vars(main).pop("__file__", None)


@contextmanager
def _only_one(home: Path, address: str) -> Iterator[None]:
    """Keep a second `up` away from this data home, and tell it who we are."""
    with (home / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise AlreadyRunning(home=str(home), who=lock.read()) from error
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {address}")
        lock.flush()
        yield
        lock.truncate(0)


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Let a polite request to end work like Ctrl-C, so that everything is put away."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _load_region_once(database: Database, tell: Tell) -> None:
    """Make and read in the demonstration region, where it belongs and is missing."""
    if os.environ["FOURFOLD_DEMONSTRATION"] != "1" or database.owner_url is None:
        return
    note = read_note(database.owner_url)
    if note.region_loaded:
        return
    if _anything_delivered():
        tell("The database holds deliveries already: the region is not loaded")
    else:
        tell("Making and loading the demonstration region")
        loading = subprocess.run(  # noqa: S603 (our own command)
            [program(), "region", "load"],
            check=False,
            env=dict(os.environ),
            preexec_fn=end_with_parent,
        )
        if loading.returncode != 0:
            raise RegionNotLoaded(status_given=loading.returncode)
    write_note(database, replace(note, region_loaded=True))


def _anything_delivered() -> bool:
    """Did anything come in before, by hand or by a start that was cut off?"""
    from fourfold_web.base.audit import acting_as  # noqa: PLC0415 (Django is set up)
    from fourfold_web.base.models import Officer  # noqa: PLC0415 (as above)
    from fourfold_web.desk.region_load import LOADER  # noqa: PLC0415 (as above)
    from fourfold_web.intake.models import Delivery  # noqa: PLC0415 (as above)

    officer = Officer.objects.get(username=LOADER)
    with acting_as(officer):
        return Delivery.objects.exists()


def _gather_static_files() -> None:
    """Put styles and scripts where the site serves them from."""
    from django.core.management import (  # noqa: PLC0415 (Django was set up just now)
        call_command,
    )

    call_command("collectstatic", interactive=False, verbosity=0)


def _announce(address: str, tell: Tell) -> None:
    """Say where the site is and how to sign in, once it answers."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while not _answers(address):
        if time.monotonic() > deadline:
            tell(f"\n{address} does not show its sign-in page: read the lines above")
            return
        time.sleep(0.1)
    tell(f"\nFourfold is at {address}   (Ctrl-C stops it)")
    if os.environ["FOURFOLD_DEMONSTRATION"] == "1":
        for line in _sign_in_lines():
            tell(line)


def _answers(address: str) -> bool:
    """Does the site show its sign-in page?"""
    try:
        urllib.request.urlopen(  # noqa: S310 (our own address)
            f"{address}/accounts/login/", timeout=5
        ).close()
    except urllib.error.HTTPError as error:
        return error.code == HTTPStatus.BAD_REQUEST  # not a host the site knows
    except OSError:
        return False
    return True


def _who(officer: "DemoOfficer") -> str:
    """Name, body and roles, in one line."""
    from fourfold_web.base.roles import ROLES  # noqa: PLC0415 (needs Django set up)

    roles = " and ".join(ROLES[role].says.lower() for role in officer.roles)
    return f"{officer.says}, {BODIES[officer.body].short}: {roles}"


def _sign_in_lines() -> list[str]:
    """Who can sign in to the demonstration, and with what?"""
    from fourfold_web.base.demo import OFFICERS  # noqa: PLC0415 (needs Django set up)

    width = max(len(officer.key) for officer in OFFICERS.values())
    rows = [
        f"  {officer.key:<{width}}  {officer.password:<{width + 14}}  {_who(officer)}"
        for officer in OFFICERS.values()
    ]
    return [
        "Sign in as any of these demonstration officers (name, password, who it is):",
        *rows,
        f"Then give the code that this prints: {program()} code NAME",
    ]
