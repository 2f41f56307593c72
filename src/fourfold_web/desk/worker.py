"""What does the jobs worker do: take work from the queue, beside the pages?

Started by `fourfold up`, or by `fourfold work` on a server of one's own. It has the
rights of the site's database role and of nobody else, and ends with its parent.
"""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from procrastinate import App

from fourfold_web.desk.parents import end_with_parent

JOBS_AT_ONCE = 2
GRACE_SECONDS = 2.0
"""How long work may go on after the worker is told to end."""
QUICK_SECONDS = 20.0
MOST_QUICK_ENDS = 5
"""A worker that ends so often so soon after it began is not started again (chosen)."""

Tell = Callable[[str], None]


def work_on() -> None:
    """Take jobs from the queue until told to end. Django is set up."""
    from procrastinate.contrib.django import app  # noqa: PLC0415 Django is set up
    from procrastinate.contrib.django.django_connector import (  # noqa: PLC0415
        DjangoConnector,
    )

    from fourfold_web.intake.evidence.working import (  # noqa: PLC0415 as above
        take_up_again,
    )

    take_up_again()
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as ours:
        asyncio.run(_until_told(ours))


async def _until_told(ours: App) -> None:
    async with ours.open_async():
        await ours.run_worker_async(
            queues=["evidence"],
            concurrency=JOBS_AT_ONCE,
            shutdown_graceful_timeout=GRACE_SECONDS,
            fetch_job_polling_interval=2.0,
            delete_jobs="successful",
        )


@contextmanager
def worker_beside(tell: Tell) -> Iterator[None]:
    """Have a worker running while the block runs; it is started again if it ends.

    Args:
        tell: is given a line where it cannot be kept running.
    """
    keeper = _Keeper(tell)
    keeper.start()
    try:
        yield
    finally:
        keeper.end()


class _Keeper(threading.Thread):
    """Starts the worker, and starts it again when it ends by itself."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(daemon=True, name="worker-keeper")
        self.tell, self.ending = tell, threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Keep it running, unless it ends again and again at once."""
        quick = 0
        while not self.ending.is_set() and quick < MOST_QUICK_ENDS:
            began = time.monotonic()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fourfold_web.desk.worker"],
                start_new_session=True,
            )
            self.process.wait()
            lived = time.monotonic() - began
            quick = quick + 1 if lived < QUICK_SECONDS else 0
            self.ending.wait(min(quick, 3))
        if not self.ending.is_set():
            self.tell(
                "Jobs do not run: the worker ended again and again. Files of evidence"
                " and questions wait. Read the lines above, then start Fourfold again."
            )

    def end(self) -> None:
        """Tell the worker to end, and wait until it has."""
        self.ending.set()
        process = self.process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()


def main() -> None:
    """Work as a process of `fourfold up`, whose environment names the database."""
    end_with_parent()
    import django  # noqa: PLC0415 the environment is complete only here

    django.setup()
    work_on()


if __name__ == "__main__":
    main()
