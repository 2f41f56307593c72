"""What waits to be done by the worker, and who asked for it?

The queue is procrastinate's, in the same database: a job is asked for in the same
transaction as the change that needs it, so that there is never one without the other.
It holds the number of the job and nothing else.
"""

from datetime import timedelta

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from fourfold.base.errors import FourfoldError
from fourfold_web.base.models import MarkedRecord, Officer
from fourfold_web.intake.evidence.models import Job

QUEUE = "evidence"
SERVICE = "service-worker"
SIGN_OF_LIFE = 60
"""Seconds after which a worker that says nothing counts as gone (chosen)."""


class UnderWay(FourfoldError):
    """Somebody asked for work on a record that is being worked on."""

    what = "{reference} is being worked on already."
    do = "Wait until that is done, or stop it first."
    status = 409


@app.task(queue=QUEUE, name="fourfold.work", pass_context=True)
def work(context: JobContext, job: int) -> None:
    """Do one job, unless it is done or somebody else does it."""
    from fourfold_web.intake.evidence.working import (  # noqa: PLC0415 only a worker
        carry_out,
    )

    carry_out(job, closing=context.should_abort)


def ask_for(actor: Officer, kind: str, record: MarkedRecord) -> Job:
    """Put work on a record into the queue. Call it inside `change`.

    Raises:
        UnderWay: there is work on it that has not ended.
    """
    if Job.objects.filter(about=record.reference, ended_at=None).exists():
        raise UnderWay(reference=record.reference)
    job = Job.objects.create(
        about=record.reference,
        kind=kind,
        officer=actor,
        body=record.body,
        classification=record.classification,
        compartments=record.compartments,
        shared_with=record.shared_with,
        doing="Waiting for its turn",
    )
    put(job)
    return job


def put(job: Job) -> None:
    """Let a worker take the job."""
    work.defer(job=job.pk)


def no_worker() -> bool:
    """Is there no worker that gave a sign of life within a minute?"""
    since = timezone.now() - timedelta(seconds=SIGN_OF_LIFE)
    return not ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()


def waits(job: Job) -> bool:
    """Does the job stand in the queue, taken by nobody?"""
    mine = ProcrastinateJob.objects.filter(args__job=job.pk)
    return bool(mine.filter(status="todo").exists())
