"""How is a question asked of evidence, watched, stopped, and its answer kept?"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from django.utils import timezone

from fourfold.base.analysis import Analysis, NothingToRead, Value
from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import acting_as, change
from fourfold_web.base.covering import covered
from fourfold_web.base.models import Officer
from fourfold_web.base.references import next_references
from fourfold_web.intake.evidence import queue
from fourfold_web.intake.evidence.models import EvidenceFile, Job
from fourfold_web.picture.runs import queries
from fourfold_web.picture.runs.bulk_search import as_approved, check_lists
from fourfold_web.picture.runs.models import BulkSearch, EvidenceRun, KeptResult
from fourfold_web.picture.runs.parameters_kept import kept
from fourfold_web.picture.runs.results import check_open

IN_BULK = "vehicles.bulk"
"""How the keys of questions begin that may be asked only under an approved request."""
ANALYSIS = "analysis"
"""The kind of job that answers a question."""
MARKS = ("classification", "handling", "compartments", "shared_with")


class NotReadYet(FourfoldError):
    """A file was chosen that can be asked nothing."""

    what = "{references} cannot be asked anything: not read yet, or kept back."
    do = "Open it, do what its page says, then ask again."
    status = 422


class HasEnded(FourfoldError):
    """A run that has ended cannot be paused or stopped."""

    what = "{reference} has ended: {says}."
    do = "Ask the question again if you need another answer."
    status = 409


class NoAnswerYet(FourfoldError):
    """A run without a result cannot be kept."""

    what = "{reference} has no result to keep: {says}."
    do = "Wait until it is done."
    status = 409


class SearchNotApproved(FourfoldError):
    """A search in bulk needs somebody else's word first."""

    what = "A search of plate reads in bulk needs an approved request."
    do = "Ask for one under Bulk vehicle search, and choose it here once approved."
    status = 422


def ask(
    *,
    actor: Officer,
    analysis: Analysis,
    files: Sequence[EvidenceFile],
    given: Mapping[str, Value],
    why: str,
    engine: str = "duckdb",
    under: BulkSearch | None = None,
) -> EvidenceRun:
    """Ask a question of files of evidence; a worker answers it.

    Args:
        actor: who asks.
        analysis: the question.
        files: as the officer sees them, in the order in which they are numbered.
        given: parameters that were set; the others have their default.
        why: what the answer is needed for.
        engine: which engine answers it.
        under: the approved request, for a search in bulk.

    Raises:
        NotAllowed: `actor` lacks the right "analyse".
        WrongParameter, NothingToRead, NotReadYet, SearchNotApproved, OtherLists.
    """
    _check_files(analysis, files)
    if needs_approval(analysis):
        given = {**given, **_under_approval(actor, analysis, files, under)}
    settled = kept(analysis.settle(given))
    aside = queries.set_aside_of(file.pk for file in files)
    run = EvidenceRun(
        body=actor.body, made_by=actor, analysis=analysis.key,
        question=analysis.question, why=why, engine=engine, under=under,
        files=[file.pk for file in files], inputs=[_input(file) for file in files],
        parameters=settled, set_aside=len(aside),
        asked=asked_digest(analysis, files, settled, aside),
    )  # fmt: skip
    above = covered(files[0], *files[1:], *([under] if under else []))
    for name in MARKS:
        setattr(run, name, getattr(above, name))
    with change(actor, "run.asked", about=run, reason=why) as line:
        run.reference = next_references(actor.body, "RUN")[0]
        run.save()
        queue.ask_for(actor, ANALYSIS, run)
        line.add(run, state="")
    return run


def pause(*, actor: Officer, run: EvidenceRun) -> None:
    """Let a run rest where it is, even in the middle of a long step.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
        HasEnded: there is nothing to pause.
    """
    _want(actor, run, Job.PAUSE, EvidenceRun.PAUSED)


def resume(*, actor: Officer, run: EvidenceRun) -> None:
    """Let a run that rests go on.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
        HasEnded: there is nothing to resume.
    """
    _want(actor, run, Job.GO, EvidenceRun.RUNNING)


def stop(*, actor: Officer, run: EvidenceRun) -> None:
    """Stop a run; nothing of it is kept.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
        HasEnded: there is nothing to stop.
    """
    _want(actor, run, Job.STOP, run.state)


def keep_result(
    *, actor: Officer, run: EvidenceRun, title: str, note: str, **marking: Any
) -> KeptResult:
    """Put a result down as evidence, marked no lower than what it rests on.

    Raises:
        NotAllowed: `actor` lacks the right "analyse".
        NoAnswerYet: there is none.
        ClosedSince: a message that it may tell of was set aside since.
        ValidationError: a field is empty.
    """
    if run.state != EvidenceRun.DONE:
        raise NoAnswerYet(reference=run.reference, says=run.says.lower())
    with acting_as(actor):
        check_open(run)
    made = KeptResult(
        body=actor.body, made_by=actor, run=run, title=title, note=note,
        result=run.result, **marking,
    )  # fmt: skip
    above = covered(made, run)
    for name in MARKS:
        setattr(made, name, getattr(above, name))
    with change(actor, "run.kept", about=made) as line:
        made.reference = next_references(actor.body, "KRS")[0]
        made.full_clean()
        made.save()
        line.add(made)
    return made


def put_down(
    *, actor: Officer, run: EvidenceRun, state: str, failed: str = "", result: str = ""
) -> None:
    """Record how far a run came: begun, done, stopped or failed.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
    """
    before = {"state": run.state, "result": run.result}
    run.state, run.failed, run.result = state, failed, result
    run.ended_at = None if run.unended else timezone.now()
    event = "run.changed" if run.unended else "run.ended"
    with change(actor, event, about=run) as line:
        run.save(update_fields=["state", "failed", "result", "ended_at"])
        line.add(run, **before)


def needs_approval(analysis: Analysis) -> bool:
    """May it be asked only under a request that somebody else approved?"""
    return analysis.key.startswith(IN_BULK)


def asked_digest(
    analysis: Analysis,
    files: Sequence[EvidenceFile],
    parameters: Mapping[str, Any],
    aside: Sequence[tuple[int, int]],
) -> str:
    """Which digest has a question? Equal for the same question of the same rows."""
    said = [
        analysis.key,
        version("fourfold"),
        [[file.sha256, file.reading] for file in files],
        parameters,
        [list(one) for one in aside],
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _check_files(analysis: Analysis, files: Sequence[EvidenceFile]) -> None:
    unread = [f.reference for f in files if f.state != EvidenceFile.READ]
    if unread:
        raise NotReadYet(references=", ".join(unread))
    held = queries.kinds_in(files)
    lacks = [kind for kind in analysis.takes if kind not in held]
    if lacks or not files:
        raise NothingToRead(
            analysis=analysis.key,
            lacks=", ".join(lacks) or "a file",
            given=", ".join(held) or "nothing",
        )


def _under_approval(
    actor: Officer,
    analysis: Analysis,
    files: Sequence[EvidenceFile],
    under: BulkSearch | None,
) -> dict[str, Value]:
    """What the approved request says, once the files hold no list beyond it."""
    if under is None or under.state != BulkSearch.APPROVED:
        raise SearchNotApproved
    check_lists(under, queries.lists_of_vehicles(files))
    names = {parameter.name for parameter in analysis.parameters}
    said = as_approved(actor, under)
    return {name: value for name, value in said.items() if name in names}


def _input(file: EvidenceFile) -> dict[str, Any]:
    authority = file.authority
    return {
        "reference": file.reference,
        "name": file.name,
        "kind": file.kind,
        "sha256": file.sha256,
        "size": file.size,
        "rows": file.loaded,
        "layout": file.layout,
        "authority": "" if authority is None else authority.number,
    }


def _want(actor: Officer, run: EvidenceRun, wanted: str, state: str) -> None:
    if not run.unended:
        raise HasEnded(reference=run.reference, says=run.says.lower())
    before = {"state": run.state}
    job = Job.objects.filter(about=run.reference, ended_at=None).first()
    waits = job is not None and job.begun_at is None
    run.state = EvidenceRun.QUEUED if waits and state == run.RUNNING else state
    with change(actor, "run.changed", about=run, reason=f"{wanted}") as line:
        run.save(update_fields=["state"])
        Job.objects.filter(about=run.reference, ended_at=None).update(wanted=wanted)
        line.add(run, **before)
