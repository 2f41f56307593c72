"""Which kinds of work can a worker do, and what does each do to its record?"""

from collections.abc import Mapping
from typing import Any, Protocol

from fourfold_web.base.models import Officer

Answer = Mapping[str, Any]


class KindOfJob(Protocol):
    """One kind of work: heavy work in a process of its own, records around it.

    `module` is run as `python -m`: it takes the order as JSON on its input and says how
    far it is, and at last what came of it, as lines of JSON.
    """

    module: str

    def begin(self, actor: Officer, reference: str) -> dict[str, Any]:
        """What is the worker told to do? Rights are looked at again.

        Raises:
            FourfoldError: it may not be done, or cannot; the record says so.
        """

    def finish(self, actor: Officer, reference: str, answer: Answer) -> None:
        """Put down what came of it."""

    def fail(self, actor: Officer, reference: str, why: str) -> None:
        """Put down that nothing came of it, and why."""

    def stop(self, actor: Officer, reference: str) -> None:
        """Put down that somebody stopped it."""


_known: dict[str, KindOfJob] = {}


def register_job(key: str, kind: KindOfJob) -> None:
    """Say that jobs called `key` are of that kind."""
    _known[key] = kind


def kind_of_job(key: str) -> KindOfJob:
    """Which kind of work is called `key`?"""
    return _known[key]
