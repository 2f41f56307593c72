"""How does a worker read a file of evidence, and what does the record say then?"""

from collections.abc import Callable, Sequence
from typing import Any

from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence import queries, services, store
from fourfold_web.intake.evidence.kinds_of_job import Answer
from fourfold_web.intake.evidence.models import EvidenceFile

LOCKED = "locked"
"""Messages that may be privileged: the line of each, and why."""
Follow = Callable[[Officer, EvidenceFile, Sequence[tuple[int, str]]], None]
FOLLOWING: list[Follow] = []
"""What later stages do once a file is read."""
OPTIONS = ("layout", "columns", "dates", "zone")


class ReadingJob:
    """Reading one file that was confirmed."""

    module = "fourfold_web.intake.evidence.reading_apart"

    def begin(self, actor: Officer, reference: str) -> dict[str, Any]:
        """Which file is read, how and where to?

        Raises:
            NoAuthority, NotToBeConfirmed: it is not to be read any more.
            EvidenceGone: its bytes are not there.
        """
        file = queries.see_file(actor, reference)
        if file.state != EvidenceFile.READING:
            raise services.NotToBeConfirmed(reference=reference, says=file.says.lower())
        path = store.bytes_of(file.sha256, file.name)
        if not path.exists():
            folder = str(store.evidence_folder())
            raise store.EvidenceGone(reference=reference, folder=folder)
        options = {name: file.options.get(name) for name in OPTIONS}
        given = {name: value for name, value in options.items() if value}
        key = store.reading_key(file.sha256, file.kind, given)
        return {
            "path": str(path),
            "kind": file.kind,
            "options": given,
            "authority": "" if file.authority is None else file.authority.number,
            "out": str(store.rows_folder(file.sha256, key)),
        }

    def finish(self, actor: Officer, reference: str, answer: Answer) -> None:
        """Say what came of it."""
        file = queries.see_file(actor, reference)
        read = {name: value for name, value in answer.items() if name != LOCKED}
        services.put_down_reading(actor=actor, file=file, read=read)
        for follow in FOLLOWING:
            follow(actor, file, answer.get(LOCKED, []))

    def fail(self, actor: Officer, reference: str, why: str) -> None:
        """Say why it could not be read."""
        file = queries.see_file(actor, reference)
        services.put_down_refusal(actor=actor, file=file, why=why)

    def stop(self, actor: Officer, reference: str) -> None:
        """Say that somebody stopped it."""
        file = queries.see_file(actor, reference)
        services.put_down_refusal(actor=actor, file=file, why="Reading was stopped.")
