"""How does a worker answer a question, and what does the record of the run say then?"""

from collections import defaultdict
from typing import Any

from fourfold.base.errors import FourfoldError
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence import store
from fourfold_web.intake.evidence.kinds_of_job import Answer
from fourfold_web.intake.evidence.queries import see_files
from fourfold_web.picture.runs import queries, services
from fourfold_web.picture.runs.models import EvidenceRun


class InputHidden(FourfoldError):
    """The officer who asked may not see all of the files any more."""

    what = "{reference} was not run: you may not see all of its files any more."
    do = "Ask again of files that you may see."
    status = 403


class RunningJob:
    """Answering one question."""

    module = "fourfold_web.picture.runs.running_apart"

    def begin(self, actor: Officer, reference: str) -> dict[str, Any]:
        """What is asked of which rows? The run is running from now on.

        Raises:
            InputHidden: the officer may not see all of the files any more.
            HasEnded: it has ended.
            EvidenceGone: the rows of a file are not there.
        """
        run = queries.visible_runs(actor).filter(reference=reference).first()
        if run is None:
            raise InputHidden(reference=reference)
        if not run.unended:
            raise services.HasEnded(reference=reference, says=run.says.lower())
        files = _files(actor, run)
        if run.state == EvidenceRun.QUEUED:
            services.put_down(actor=actor, run=run, state=EvidenceRun.RUNNING)
        return {
            "analysis": run.analysis,
            "files": files,
            "parameters": run.parameters,
            "engine": run.engine,
            "results": str(store.results_folder()),
        }

    def finish(self, actor: Officer, reference: str, answer: Answer) -> None:
        """The answer is there."""
        run = queries.see_run(actor, reference)
        result = str(answer["result"])
        services.put_down(actor=actor, run=run, state=EvidenceRun.DONE, result=result)

    def fail(self, actor: Officer, reference: str, why: str) -> None:
        """There is no answer, and why."""
        run = queries.see_run(actor, reference)
        services.put_down(actor=actor, run=run, state=EvidenceRun.FAILED, failed=why)

    def stop(self, actor: Officer, reference: str) -> None:
        """Somebody stopped it."""
        run = queries.see_run(actor, reference)
        services.put_down(actor=actor, run=run, state=EvidenceRun.STOPPED)


def _files(actor: Officer, run: EvidenceRun) -> list[dict[str, Any]]:
    files = see_files(actor, run.files)
    if len(files) != len(run.files):
        raise InputHidden(reference=run.reference)
    aside: dict[int, list[int]] = defaultdict(list)
    for number, line in queries.set_aside_of(run.files):
        aside[number].append(line)
    told = []
    for file, said in zip(files, run.inputs, strict=True):
        rows = store.rows_folder(file.sha256, file.reading)
        if not rows.is_dir():
            folder = str(store.evidence_folder())
            raise store.EvidenceGone(reference=file.reference, folder=folder)
        told.append(
            {
                "rows": str(rows),
                "input": {n: v for n, v in said.items() if n != "reference"},
                "left_out": aside[file.pk],
            }
        )
    return told
