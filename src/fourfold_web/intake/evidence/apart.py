"""How is heavy work done in a process of its own, to be paused and stopped?

A process can be paused in the middle of a long question, and what it holds is given
back when it ends. It is given no key to the database and none of the site's secrets.
"""

import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from queue import Empty, Queue
from threading import Thread
from typing import Any

from fourfold.base.errors import FourfoldError
from fourfold_web.intake.evidence.models import Job

LOOK_SECONDS = 0.5
"""How often it is asked whether to go on: at most twice a second."""
END_SECONDS = 3.0
SECRETS = ("DATABASE_URL", "DATABASE_OWNER_URL", "FOURFOLD_SECRET_KEY")
LAST_LINES = 40
FLAG = re.compile(r"--([a-z]+)")

log = logging.getLogger(__name__)

Told = Callable[[float, str], str]
"""Told how far it is; says whether to go, pause or stop."""


class StoppedByOfficer(FourfoldError):
    """Somebody pressed stop."""

    what = "The work was stopped."
    do = "Nothing was kept. Ask again when it suits."
    status = 409


class WorkerCloses(FourfoldError):
    """The worker is being shut down in the middle of the work."""

    what = "The worker was shut down."
    do = "The work begins again when it is up."
    status = 503


class WorkRefused(FourfoldError):
    """The work said in plain words why it cannot be done."""

    what = "{said}"
    do = "{mend}"
    status = 422


class WorkBroke(FourfoldError):
    """The work ended without an answer."""

    what = "The work ended without an answer ({how})."
    do = "Try it with fewer rows or a shorter time; if it ends so again, tell {whom}."
    status = 500


def done_apart(
    module: str, order: Mapping[str, Any], told: Told, closing: Callable[[], bool]
) -> dict[str, Any]:
    """What came of the work? Returns when it is done; paused and stopped as told.

    Args:
        module: run as `python -m`, with the order as JSON on its input.
        order: what it is to do.
        told: asked twice a second.
        closing: is the worker being shut down?

    Raises:
        StoppedByOfficer, WorkerCloses, WorkRefused, WorkBroke.
    """
    environment = {k: v for k, v in os.environ.items() if k not in SECRETS}
    process = subprocess.Popen(  # noqa: S603 our own module
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
        text=True,
    )
    try:
        return _Conversation(process, order).until_answered(told, closing)
    finally:
        _end(process)


class _Conversation:
    """What the process says, line by line, and how far it is."""

    def __init__(
        self, process: "subprocess.Popen[str]", order: Mapping[str, Any]
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self.process, self.paused = process, False
        self.share, self.doing = 0.0, "Beginning"
        self.answer: dict[str, Any] | None = None
        self.said: Queue[str | None] = Queue()
        self.errors: deque[str] = deque(maxlen=LAST_LINES)
        for take, source in (
            (self._hear, process.stdout),
            (self.errors.extend, process.stderr),
        ):
            Thread(target=take, args=(source,), daemon=True).start()
        with suppress(BrokenPipeError), process.stdin as way:
            json.dump(dict(order), way)

    def until_answered(self, told: Told, closing: Callable[[], bool]) -> dict[str, Any]:
        """Listen, tell, and do as told, until there is an answer."""
        while self._listen():
            if closing():
                raise WorkerCloses
            wanted = told(self.share, self.doing)
            if wanted == Job.STOP:
                raise StoppedByOfficer
            if self.paused != (wanted == Job.PAUSE):
                self.paused = not self.paused
                sign = signal.SIGSTOP if self.paused else signal.SIGCONT
                os.killpg(self.process.pid, sign)
        return self._outcome()

    def _hear(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.said.put(line)
        self.said.put(None)

    def _listen(self) -> bool:
        """Take in what was said in a while; is there more to come?"""
        wait = LOOK_SECONDS
        while True:
            try:
                line = self.said.get(timeout=wait)
            except Empty:
                return True
            if line is None:
                return False
            self._take(json.loads(line))
            wait = 0 if self.answer is None else LOOK_SECONDS

    def _take(self, said: dict[str, Any]) -> None:
        if "share" in said:
            self.share, self.doing = said["share"], said["doing"]
        else:
            self.answer = said

    def _outcome(self) -> dict[str, Any]:
        status = self.process.wait(timeout=60)
        answer = self.answer or {}
        if "refused" in answer:
            mend = FLAG.sub(r"\1", answer["mend"])  # Boxes of a page, not flags.
            raise WorkRefused(said=answer["refused"], mend=mend)
        if "done" in answer:
            done: dict[str, Any] = answer["done"]
            return done
        log.error("Work apart broke:\n%s", "".join(self.errors))
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        raise WorkBroke(how=how, whom="your administrator")


def _end(process: "subprocess.Popen[str]") -> None:
    """End the process and all that it began, politely first."""
    for sign in (signal.SIGCONT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            if sign != signal.SIGCONT:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=END_SECONDS)
