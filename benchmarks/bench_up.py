"""How long from the command to the first page: on a new machine, and next time?"""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import Figure, check
from benchmarks.processes import environment
from benchmarks.regions import Regions
from benchmarks.running_site import SIGN_IN, free_port, wait_for
from fourfold_web.desk.readiness import program

BUDGETS = {"new data home": 90.0, "second start": 6.0}
STOP_BUDGET_SECONDS = 5.0
HERE = Path(__file__).parent.parent


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Start and stop the site twice from one data home; all: from a fresh clone too."""
    home = regions.folder / "home-up"
    shutil.rmtree(home, ignore_errors=True)
    for start, budget in BUDGETS.items():
        port = str(free_port())
        command = [program(), "up", "--port", port]
        until_up, until_down = start_and_stop(command, environment(home), port, HERE)
        yield Figure(f"fourfold up, {start}: to sign-in page", until_up, "s", budget)
        stop = f"fourfold up, {start}: SIGTERM to end"
        yield Figure(stop, until_down, "s", STOP_BUDGET_SECONDS)
    if full:
        yield from _from_a_clone()


def _from_a_clone() -> Iterator[Figure]:
    """`make up` as a newcomer types it; installed packages come from any caches."""
    with tempfile.TemporaryDirectory(prefix="fourfold-clone-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", HERE, clone], check=True)
        for start in ("cold", "warm"):
            port = str(free_port())
            clean = environment(clone / ".fourfold") | {"PORT": port}
            until_up, _ = start_and_stop(["make", "up"], clean, port, clone)
            yield Figure(
                f"make up in a fresh clone, {start}",
                until_up,
                "s",
                note=f"package caches: {_caches()}" if start == "cold" else "",
            )


def start_and_stop(
    command: Sequence[str], clean: dict[str, str], port: str, folder: Path
) -> tuple[float, float]:
    """Seconds until the sign-in page is served, and until all has stopped."""
    begun = time.perf_counter()
    up = subprocess.Popen(
        command,
        cwd=folder,
        env=clean,
        stdout=subprocess.DEVNULL,
    )
    wait_for(f"http://127.0.0.1:{port}{SIGN_IN}", up)
    answered = time.perf_counter()
    up.send_signal(signal.SIGTERM)  # `make` passes it on and waits
    ended = up.wait(60)
    if command[0] != "make":
        check(that="exit status after SIGTERM", found=ended, expected=0)
    return answered - begun, time.perf_counter() - answered


def _caches() -> str:
    places = {"pip": ".cache/pip", "uv": ".cache/uv", "npm": ".npm"}
    found = [name for name, place in places.items() if (Path.home() / place).exists()]
    return ", ".join(found) or "none"
