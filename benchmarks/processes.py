"""How long does a command take, how much processor time, and how much memory?"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from fourfold_web.desk import cluster
from fourfold_web.desk.home import cluster_of
from fourfold_web.desk.readiness import program

TICKS = os.sysconf("SC_CLK_TCK")
LOOK_SECONDS = 0.2
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True)
class Run:
    """One run of a command, its database server included.

    `cpu_seconds` says what the machine had to do, however busy it was with others;
    `peak_mb` is the most memory that all its processes had together, pages that they
    share counted once.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    said: str


class CommandFailed(AssertionError):
    """The command to be measured ended badly."""


def fourfold(*arguments: str, home: Path) -> Run:
    """What does a `fourfold` command cost, run from a data home?"""
    return measured([str(program()), *arguments], home=home)


def python(module: str, *arguments: str, home: Path) -> Run:
    """What does a module of ours cost, run as a program of its own?"""
    return measured([sys.executable, "-m", module, *arguments], home=home)


def measured(command: Sequence[str], *, home: Path) -> Run:
    """What does a command cost, together with the server of its data home?

    Raises:
        CommandFailed: its exit status is not 0.
    """
    server = server_processes(home)
    before = _cpu(server)
    begun = time.perf_counter()
    with TemporaryFile("w+") as complaints:
        child = subprocess.Popen(
            command,
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        watch = Watch([child.pid], home)
        said = child.stdout.read() if child.stdout is not None else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
        watch.stop()
        if child.returncode:
            complaints.seek(0)
            raise CommandFailed(f"{' '.join(command)}: {complaints.read()[-500:]}")
    server_cpu = max(_cpu(server_processes(home)) - before, 0.0)
    cpu = used.ru_utime + used.ru_stime + server_cpu
    return Run(seconds, cpu, watch.peak_mb, said)


def environment(home: Path) -> dict[str, str]:
    """In which environment do our commands use this data home and no other?"""
    clean = {k: v for k, v in os.environ.items() if k not in OURS}
    return clean | {"FOURFOLD_HOME": str(home)}


def server_processes(home: Path) -> list[int]:
    """Which processes are the database server of a data home? None: not running."""
    if not (home / "postgres").exists():
        return []
    parent = cluster.running_pid(cluster_of(home, durable=True))
    return [] if parent is None else tree([parent])


def tree(roots: Iterable[int]) -> list[int]:
    """Which processes are these, and those they started?"""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children.setdefault(int(stat[1]), []).append(int(entry.name))
    found, waiting = [], list(roots)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


class Watch:
    """Looks now and then how much memory the processes have, until stopped."""

    def __init__(self, roots: list[int], home: Path) -> None:
        self.peak_mb = 0.0
        self._roots, self._home = roots, home
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_SECONDS):
            pids = {*tree(self._roots), *server_processes(self._home)}
            self.peak_mb = max(self.peak_mb, sum(map(_memory_mb, pids)))


def _cpu(pids: Iterable[int]) -> float:
    """Processor seconds of processes and of their children that ended."""
    stats = [stat for pid in pids if (stat := _stat(pid))]
    return sum(sum(map(int, stat[11:15])) for stat in stats) / TICKS


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; none: the process is gone."""
    with suppress(OSError):
        text = Path(f"/proc/{pid}/stat").read_text()
        return text.rpartition(")")[2].split()
    return []


def _memory_mb(pid: int) -> float:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        found = next(line for line in lines if line.startswith("Pss:"))
        return int(found.split()[1]) / 1024
    return 0.0
