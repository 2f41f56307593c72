"""How does a process apart take its order, say how far it is, and answer?"""

import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

from fourfold.base.errors import FourfoldError

PR_SET_PDEATHSIG = 1  # linux/prctl.h
SECONDS_APART = 0.25

Tell = Callable[[float, str], None]
Does = Callable[[dict[str, Any], Tell], dict[str, Any]]


def answer(does: Does) -> None:
    """Take one order from the input, do it, and say what came of it.

    Args:
        does: given the order and somebody to tell how far it is; what it returns is the
            answer. Errors of ours are told in their own words; others end the process.
    """
    _end_with_parent()
    out = _out()
    order = json.load(sys.stdin)
    try:
        done = does(order, _telling(out))
    except FourfoldError as error:
        facts = error.facts
        said = {"refused": error.what.format(**facts), "mend": error.do.format(**facts)}
        _say(out, said)
    else:
        _say(out, {"done": done})


def _out() -> TextIO:
    """Where answers go: our own copy, so that nothing printed is taken for one."""
    copy = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return os.fdopen(copy, "w", encoding="utf-8")


def _telling(out: TextIO) -> Tell:
    last = [0.0]

    def tell(share: float, doing: str) -> None:
        now = time.monotonic()
        if now - last[0] >= SECONDS_APART:
            last[0] = now
            _say(out, {"share": round(float(share), 4), "doing": doing[:200]})

    return tell


def _say(out: TextIO, said: dict[str, Any]) -> None:
    out.write(json.dumps(said, ensure_ascii=True) + "\n")
    out.flush()


def _end_with_parent() -> None:
    """Be ended when the worker ends, however it ends."""
    system = ctypes.CDLL(None)
    if hasattr(system, "prctl"):
        system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        sys.exit("the worker is gone")
