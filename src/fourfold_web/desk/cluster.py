"""Does PostgreSQL run on this data folder, and how does it start and stop?"""

import hashlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fourfold.base.errors import FourfoldError
from fourfold_web.desk.binaries import Account, Programs

PORT = 5432  # only names the socket file: the server opens no network port
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = f"/.s.PGSQL.{PORT}"
STOP_SECONDS = 60.0
HALF_MADE = ".new-"
CLEAR_SECONDS, CLEAR_AGAIN = 20.0, 0.1
BUILTIN_LOCALES_SINCE = 17
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "log_checkpoints": "off",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServerWouldNotStart(FourfoldError):
    """PostgreSQL ended while it was being made or started."""

    what = "The embedded database would not start: {said}."
    do = "Read {log}, mend what it names, then start again."
    status = 503


class ServerWouldNotStop(FourfoldError):
    """PostgreSQL is still there although it was told to end."""

    what = "The embedded database (process {pid}) did not stop in {seconds} seconds."
    do = "Close what still uses it, then try again."
    status = 503


class SocketFolderTaken(FourfoldError):
    """The short folder for the socket exists and belongs to somebody else."""

    what = "The folder {folder}, where the database would listen, is not ours."
    do = "Set FOURFOLD_HOME to a folder with a shorter path."
    status = 503


@dataclass(frozen=True)
class Cluster:
    """One data folder of PostgreSQL, with the programs and the account that run it.

    `durable` false trades safety after a crash for speed: for tests alone.
    """

    folder: Path
    programs: Programs
    account: Account
    durable: bool = True

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.folder / "server.log"

    @property
    def mark(self) -> str:
        """The words on each process of this server by which we know it again."""
        path = str(self.folder.resolve()).encode()
        return f"fourfold-{hashlib.sha256(path).hexdigest()[:16]}"

    @property
    def socket_folder(self) -> Path:
        """Where the server listens: beside the data, or in /tmp if that is too long."""
        beside = str(self.folder.resolve() / "run")
        fits = len(os.fsencode(beside)) + len(SOCKET_NAME) <= LONGEST_SOCKET_PATH
        if fits and re.fullmatch(r"[\w/.+@-]+", beside, re.ASCII):
            return Path(beside)
        return Path("/tmp") / self.mark  # noqa: S108 (its owner is checked)


def make_data(cluster: Cluster, password: str) -> None:
    """Make an empty database server, all of it or nothing.

    Args:
        cluster: where; nothing happens when the data is there already.
        password: for `postgres`, the superuser of this server alone.

    Raises:
        ServerWouldNotStart: `initdb` refused; its last words are in the message.
    """
    _clear_half_made(cluster.folder)
    if cluster.data.exists():
        return
    with tempfile.TemporaryDirectory(dir=cluster.folder, prefix=HALF_MADE) as made:
        new = Path(made)
        secret = new / "password"
        secret.write_text(password)
        cluster.account.owns(new)
        if cluster.account.drops:
            os.chown(secret, cluster.account.uid, cluster.account.gid)
        _run(cluster, "initdb", *_initdb_options(cluster, new / "data", secret))
        with (new / "data" / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{key} = '{SETTINGS[key]}'\n" for key in SETTINGS)
        (new / "data" / "pg_hba.conf").write_text("local all all scram-sha-256\n")
        (new / "data").rename(cluster.data)


def _clear_half_made(folder: Path) -> None:
    """Remove what starts that were cut off left behind: it may hold a password.

    An `initdb` whose parent was killed still writes, and ends when its folder is gone.
    """
    until = time.monotonic() + CLEAR_SECONDS
    while cut_off := list(folder.glob(f"{HALF_MADE}*")):
        for one in cut_off:
            shutil.rmtree(one, ignore_errors=True)
        if time.monotonic() > until:
            return
        time.sleep(CLEAR_AGAIN)


def start(cluster: Cluster) -> subprocess.Popen[bytes]:
    """Start the server; it goes on when we end. Ready is for the caller to find out."""
    _make_socket_folder(cluster)
    _forget_dead_server(cluster)
    settings = {
        "unix_socket_directories": str(cluster.socket_folder),
        "cluster_name": cluster.mark,
        **({} if cluster.durable else FORGETFUL),
    }
    given = [part for key in settings for part in ("-c", f"{key}={settings[key]}")]
    with cluster.log.open("ab") as log:
        os.fchmod(log.fileno(), 0o600)
        server = subprocess.Popen(  # noqa: S603 (PostgreSQL itself)
            [cluster.programs.folder / "postgres", "-D", cluster.data, *given],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_environment(),
            start_new_session=True,
            **cluster.account.options(),
        )
    threading.Thread(target=server.wait, daemon=True).start()  # leaves no zombie
    return server


def stop(cluster: Cluster) -> bool:
    """Stop the server, letting no change be lost. Was it running?

    Raises:
        ServerWouldNotStop: it is still there after a minute.
    """
    pid = running_pid(cluster)
    if pid is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)  # "fast": ends sessions, writes everything
    deadline = time.monotonic() + STOP_SECONDS
    while _processes(cluster):
        if time.monotonic() > deadline:
            raise ServerWouldNotStop(pid=pid, seconds=STOP_SECONDS)
        time.sleep(0.02)
    return True


def running_pid(cluster: Cluster) -> int | None:
    """Which process is the server of this data folder? `None`: it is not running."""
    pid_file = cluster.data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if pid in _processes(cluster) else None


def last_words(cluster: Cluster) -> str:
    """What did the server say last, in one line without its full stop?"""
    try:
        lines = cluster.log.read_text(errors="replace").strip().splitlines()
    except FileNotFoundError:
        lines = []
    telling = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line]
    return (telling or lines or ["it said nothing"])[-1].strip().rstrip(".")


def _run(cluster: Cluster, program: str, *options: str | Path) -> None:
    """Run one PostgreSQL program as the server's account and insist that it works."""
    ran = subprocess.run(  # noqa: S603 (PostgreSQL itself)
        [cluster.programs.folder / program, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=_environment(),
        check=False,
        **cluster.account.options(),
    )
    if ran.returncode != 0:
        with cluster.log.open("ab") as log:
            log.write(ran.stdout)
        raise ServerWouldNotStart(said=last_words(cluster), log=str(cluster.log))


def _initdb_options(cluster: Cluster, data: Path, secret: Path) -> list[str | Path]:
    """The choices that cannot be changed later: encoding, order of letters, sign-in."""
    if cluster.programs.major >= BUILTIN_LOCALES_SINCE:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        locale = ["--locale=C.UTF-8"]
    sign_in = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={secret}"]
    return ["--encoding=UTF8", *locale, *sign_in, "-D", data]


def _environment() -> dict[str, str]:
    """Only what the server needs, so that nothing of ours leaks into it."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _make_socket_folder(cluster: Cluster) -> None:
    """Make the folder of the socket, which only the server's account may enter."""
    folder = cluster.socket_folder
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        cluster.account.owns(folder)
    found = folder.lstat()
    if found.st_uid != cluster.account.uid or found.st_mode & 0o170077 != 0o040000:
        raise SocketFolderTaken(folder=str(folder))


def _forget_dead_server(cluster: Cluster) -> None:
    """Remove what a killed server left, once the last of its children has gone.

    PostgreSQL refuses to start when its old process number belongs to any living
    process, as often happens after a container restarts; the mark tells them apart.
    """
    pid_file = cluster.data / "postmaster.pid"
    if not pid_file.exists() or not Path("/proc/self").exists():
        return
    deadline = time.monotonic() + STOP_SECONDS
    while children := _processes(cluster):
        if time.monotonic() > deadline:
            raise ServerWouldNotStop(pid=min(children), seconds=STOP_SECONDS)
        time.sleep(0.05)
    pid_file.unlink(missing_ok=True)
    for left in cluster.socket_folder.glob(f"{SOCKET_NAME[1:]}*"):
        left.unlink(missing_ok=True)


def _processes(cluster: Cluster) -> set[int]:
    """All living processes that carry the mark of this server, parent and children."""
    if not Path("/proc/self").exists():
        return _parent_by_signal(cluster)
    mark, found = cluster.mark.encode(), set()
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            words = Path(entry.path, "cmdline").read_bytes()
            if mark in words and b"postgres" in words.split(b"\0")[0]:
                found.add(int(entry.name))
    return found


def _parent_by_signal(cluster: Cluster) -> set[int]:
    """The server's parent process on systems that show no list of processes."""
    with suppress(OSError, ValueError):
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, 0)
        return {pid}
    return set()


def new_password() -> str:
    """A password that nobody has to remember."""
    return secrets.token_urlsafe(24)
