"""What is asked in the tests: the chat that is dropped in, read, and a question."""

from pathlib import Path
from typing import Any

from tests.fourfold_web.intake.evidence.given import dropped

URGENT = "messages.urgent"


def read_chat(actor: Any, folder: Path, **said: Any) -> Any:
    """Drop the chat in and have it read; in a database where commits stay."""
    from fourfold_web.base.audit import acting_as
    from fourfold_web.intake.evidence import services
    from fourfold_web.intake.evidence.models import EvidenceFile, Job
    from fourfold_web.intake.evidence.working import carry_out

    with acting_as(actor):
        file = dropped(actor, folder, **said)
        services.confirm_file(actor=actor, file=file, options={})
        job = Job.objects.get(about=file.reference)
    carry_out(job.pk)
    with acting_as(actor):
        return EvidenceFile.objects.get(pk=file.pk)


def asked(actor: Any, *files: Any, key: str = URGENT, **said: Any) -> Any:
    """Ask a question of files; nobody answers it yet."""
    from fourfold.picture.analyses import analysis
    from fourfold_web.base.audit import acting_as
    from fourfold_web.picture.runs import services

    given = {"analysis": analysis(key), "given": {}, "why": "Is anybody at risk?"}
    with acting_as(actor):
        return services.ask(actor=actor, files=files, **(given | said))


def job_of(actor: Any, record: Any) -> Any:
    """The job on a record, as it stands now."""
    from fourfold_web.base.audit import acting_as
    from fourfold_web.intake.evidence.models import Job

    with acting_as(actor):
        return Job.objects.filter(about=record.reference).first()


def again(actor: Any, record: Any) -> Any:
    """A record as it stands now, as the officer sees it."""
    from fourfold_web.base.audit import acting_as

    with acting_as(actor):
        return type(record).objects.get(pk=record.pk)
