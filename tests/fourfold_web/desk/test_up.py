"""Does `fourfold up` serve, refuse, stop and recover as a person would expect?"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fourfold_web.desk.embedded import stop_server
from fourfold_web.desk.ports import holder_of

pytestmark = pytest.mark.slow
COMMAND = "from fourfold_web.desk.cli import main; main()"
PATIENCE_SECONDS = 300
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One data home for all: prepared once, and nothing left running by any test."""
    folder = Path(tempfile.mkdtemp(prefix="fourfold-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "home"
    stop_server(folder / "home")
    shutil.rmtree(folder)


@pytest.fixture
def port() -> int:
    return free_port()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def up(home: Path, port: int) -> Iterator[Start]:
    """Start `fourfold up` without the demonstration region; all end with the test."""
    started = []

    def start(*, home: Path = home, port: int = port) -> "subprocess.Popen[str]":
        environment = {k: v for k, v in os.environ.items() if "DATABASE" not in k}
        environment |= {
            "FOURFOLD_HOME": str(home),
            "FOURFOLD_DEMONSTRATION": "0",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        command = [sys.executable, "-c", COMMAND, "up", "--port", str(port)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, env=environment, text=True, **pipes)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def page_comes(port: int, up: "subprocess.Popen[str]") -> bool:
    """Wait for the sign-in page; an ended process brings none."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and up.poll() is None:
        try:
            address = f"http://127.0.0.1:{port}/accounts/login/"
            with urllib.request.urlopen(address, timeout=10) as page:
                return b"Sign in" in page.read()
        except OSError:
            time.sleep(0.05)
    return False


def processes_naming(text: str) -> list[int]:
    """The processes whose command line holds these words."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if text in (entry / "cmdline").read_text():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_asked_to_stop_and_leaves_nothing_running(
    up, home, port, asked
):
    site = up()
    assert page_comes(port, site)
    assert processes_naming(str(home)), "the database runs"
    site.send_signal(asked)
    assert site.wait(PATIENCE_SECONDS) == 0
    assert not processes_naming(str(home))


def test_a_second_one_on_the_same_home_names_the_first(up, port):
    first = up()
    assert page_comes(port, first)
    second = up(port=free_port())
    _, said = second.communicate(timeout=PATIENCE_SECONDS)
    assert second.returncode == 1
    assert f"process {first.pid}" in said
    assert len(said.splitlines()) == 1


def test_a_second_one_on_the_same_port_says_so_and_starts_nothing(up, home, port):
    first = up()
    assert page_comes(port, first)
    elsewhere = home.with_name("other")
    second = up(home=elsewhere)
    _, said = second.communicate(timeout=PATIENCE_SECONDS)
    assert second.returncode == 1
    assert f"Port {port}" in said
    assert not (elsewhere / "postgres").exists()


def test_workers_do_not_know_the_owners_password(up, port):
    site = up()
    assert page_comes(port, site)
    known = [Path(f"/proc/{pid}/environ").read_text() for pid in children_of(site.pid)]
    workers = [words for words in known if "FOURFOLD_SECRET_KEY" in words]
    assert len(workers) >= 2
    assert all("DATABASE_URL=" in words for words in workers)
    assert not any("DATABASE_OWNER_URL" in words for words in workers)


def test_after_a_kill_the_workers_end_and_the_next_start_works(up, port):
    first = up()
    assert page_comes(port, first)
    first.kill()
    first.wait()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while holder_of(port) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    second = up()
    assert page_comes(port, second)
