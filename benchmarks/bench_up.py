"""How long from `fourfold up` to the first page: on a new machine, and next time?"""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from fourfold_web.desk.readiness import program

BUDGETS = {"cold": 90.0, "warm": 6.0}  # cold makes and reads in the whole region
PATIENCE_SECONDS = 600.0
STOP_BUDGET_SECONDS = 5.0


def figures() -> Iterator[Figure]:
    """Start and stop the site twice from one data home."""
    with tempfile.TemporaryDirectory(prefix="fourfold-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        for start, budget in BUDGETS.items():
            until_up, until_down = start_and_stop(Path(folder) / "home")
            yield Figure(f"{start}: command to sign-in page", until_up, "s", budget)
            stop = f"{start}: SIGTERM to end"
            yield Figure(stop, until_down, "s", STOP_BUDGET_SECONDS)


def start_and_stop(home: Path) -> tuple[float, float]:
    """Seconds until the sign-in page is served, and until all has stopped."""
    port = str(free_port())
    environment = os.environ | {"FOURFOLD_HOME": str(home), "PORT": port}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environment.pop(name, None)
    begun = time.perf_counter()
    command = [program(), "up"]
    up = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    wait_for(f"http://127.0.0.1:{port}/accounts/login/", up)
    answered = time.perf_counter()
    up.send_signal(signal.SIGTERM)
    assert up.wait(60) == 0, "it was asked politely and ended badly"
    return answered - begun, time.perf_counter() - answered


def wait_for(address: str, up: subprocess.Popen[bytes]) -> None:
    """Return when the page is there and says what it should."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert up.poll() is None, "it ended before it served a page"
        try:
            with urllib.request.urlopen(address, timeout=10) as page:
                assert b"Sign in" in page.read(), "a page came, but not the right one"
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("no page came")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        number: int = trial.getsockname()[1]
        return number
