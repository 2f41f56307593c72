"""How does a worker carry out a job: with whose rights, and what if it is cut off?

A worker holds a lock of the database for each job that it does. The lock goes with the
connection, so a job whose worker was killed is known at once by nobody holding it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import psycopg
from django.db import connection
from django.http import Http404
from django.utils import timezone

from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import NotAllowed, acting_as
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence import queue
from fourfold_web.intake.evidence.apart import (
    StoppedByOfficer,
    WorkBroke,
    WorkerCloses,
    done_apart,
)
from fourfold_web.intake.evidence.kinds_of_job import KindOfJob, kind_of_job
from fourfold_web.intake.evidence.models import Job

MOST_ATTEMPTS = 2
"""How often a job is begun before it is given up (chosen)."""
RIGHT = "analyse"

log = logging.getLogger(__name__)


def carry_out(number: int, closing: Callable[[], bool] = lambda: False) -> None:
    """Do one job as the officer who asked for it.

    Nothing happens when it has ended, or when another worker holds it.

    Args:
        number: which job.
        closing: is the worker being shut down? Then the job waits to begin again.
    """
    with holding(number) as held:
        if not held:
            return
        service = Officer.objects.get(username=queue.SERVICE)
        job = _begun(service, number)
        if job is None:
            return
        kind = kind_of_job(job.kind)
        try:
            _do(service, job, kind, closing)
        except WorkerCloses:
            _not_begun(service, job)
        except StoppedByOfficer:
            _settle(service, job, kind.stop)
        except FourfoldError as refused:
            _settle(service, job, partial(_fail, kind, str(refused)))
        except Exception:
            log.exception("Job %s broke", number)
            why = str(WorkBroke(how="a fault of ours", whom="your administrator"))
            _settle(service, job, partial(_fail, kind, why))


def take_up_again() -> int:
    """How many jobs were cut off and are put back into the queue? Asked at a start."""
    service = Officer.objects.get(username=queue.SERVICE)
    with acting_as(service):
        unended = list(Job.objects.filter(ended_at=None))
    again = 0
    for job in unended:
        with holding(job.pk) as free, acting_as(service):
            if free and not queue.waits(job):
                queue.put(job)
                again += 1
    return again


@contextmanager
def holding(number: int) -> Iterator[bool]:
    """Is the job ours to do? While the block runs nobody else can take it."""
    options = connection.get_connection_params()
    wanted = {k: options[k] for k in ("dbname", "user", "password", "host", "port")
              if options.get(k)}  # fmt: skip
    with psycopg.connect(**wanted, autocommit=True) as own:
        asked = "SELECT pg_try_advisory_lock(hashtext('job'), %s)"
        row = own.execute(asked, [number]).fetchone()
        yield row == (True,)


def _begun(service: Officer, number: int) -> Job | None:
    """The job, noted as begun; none when it has ended."""
    with acting_as(service):
        found = Job.objects.select_related("officer", "officer__body", "body")
        job = found.filter(pk=number, ended_at=None).first()
        if job is not None:
            job.attempts, job.begun_at = job.attempts + 1, timezone.now()
            job.save(update_fields=["attempts", "begun_at"])
    return job


def _do(
    service: Officer, job: Job, kind: KindOfJob, closing: Callable[[], bool]
) -> None:
    if job.wanted == Job.STOP:
        raise StoppedByOfficer
    if job.attempts > MOST_ATTEMPTS:
        raise WorkBroke(how="its worker ended twice", whom="your administrator")
    officer = job.officer
    if not (officer.is_active and officer.may(RIGHT, job.body)):
        raise NotAllowed(needs=RIGHT, body=str(job.body))
    with acting_as(officer):
        order = kind.begin(officer, job.about)

    def told(share: float, doing: str) -> str:
        with acting_as(service):
            mine = Job.objects.filter(pk=job.pk)
            mine.update(share=share, doing=doing, told_at=timezone.now())
            return mine.values_list("wanted", flat=True).get()

    answer = done_apart(kind.module, order, told, closing)
    with acting_as(officer):
        kind.finish(officer, job.about, answer)
        _ended(job)


def _fail(kind: KindOfJob, why: str, by: Officer, about: str) -> None:
    kind.fail(by, about, why)


def _settle(
    service: Officer, job: Job, put_down: Callable[[Officer, str], None]
) -> None:
    """Put down the end of a job as its officer; as the service, if they may not."""
    officer = job.officer
    may = officer.is_active and officer.may(RIGHT, job.body)
    for by in (officer, service) if may else (service,):
        with suppress(Http404), acting_as(by):
            put_down(by, job.about)
            _ended(job)
            return


def _ended(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now())


def _not_begun(service: Officer, job: Job) -> None:
    with acting_as(service):
        mine = Job.objects.filter(pk=job.pk)
        mine.update(attempts=job.attempts - 1, doing="Waiting for the worker")
